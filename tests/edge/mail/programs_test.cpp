// Against programs that other people wrote: Postfix's smtp-sink and a real Postfix.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "edge/mail/compose.hpp"
#include "sending.hpp"
#include "support/mail/postfix.hpp"
#include "support/mail/smtp_sink.hpp"

namespace candour::mail {
namespace {

using flow::Fate;
using support::Certificates;
using support::Postfix;
using support::SmtpSink;

class ProgramsTest : public Sending {
 protected:
    static std::map<std::string, int> by_message_id(const std::vector<std::string>& mails) {
        std::map<std::string, int> found;
        for (const std::string& mail : mails) {
            const std::size_t at = mail.find("Message-ID: <") + 13;
            ++found[mail.substr(at, mail.find('@', at) - at)];
        }
        return found;
    }
};

TEST_F(ProgramsTest, TwoHundredMessagesOverTwoSessionsArriveOnceEach) {
    const SmtpSink sink;
    SubmissionConfig config = config_for(sink.port());
    config.sessions = 2;
    config.messages_per_connection = 30;
    config.domain_rate = {};
    use(config);
    for (unsigned number = 0; number < 200; ++number)
        send(message(number, "person" + std::to_string(number) + "@moss.example"));
    run_until_settled();
    for (std::size_t i = 0; i < 200; ++i) EXPECT_EQ(outcome(i).fate, Fate::handed_over) << outcome(i).detail;
    EXPECT_EQ(promised_, 200);
    const std::map<std::string, int> arrived = by_message_id(sink.mails());
    EXPECT_EQ(arrived.size(), 200U);
    for (const auto& [id, times] : arrived) EXPECT_EQ(times, 1) << id;
}

TEST_F(ProgramsTest, SinkSeesAskedForReportsAndUnstuffedContent) {
    const SmtpSink sink;
    use(config_for(sink.port()));
    send(message(7));
    run_until_settled();
    const std::vector<std::string> mails = sink.mails();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_NE(mails[0].find("RET=HDRS ENVID=" + message(7).id.text()), std::string::npos) << mails[0];
    EXPECT_NE(mails[0].find("NOTIFY=FAILURE,DELAY ORCPT=rfc822;dele@moss.example"), std::string::npos)
        << mails[0];
    EXPECT_NE(mails[0].find("\n.hello"), std::string::npos) << "one dot again";
}

TEST_F(ProgramsTest, SinkThatHangsUpLeavesADeferredOrAnUnknownMessage) {
    const std::pair<const char*, Fate> cases[] = {
        {"DATA", Fate::deferred}, {".", Fate::unknown}, {"MAIL", Fate::deferred}};
    for (const auto& [command, fate] : cases) {
        const SmtpSink sink({"-q", command});
        use(config_for(sink.port()));
        outcomes_.clear();
        settled_ = 0;
        send(message(1));
        run_until_settled();
        finish();
        EXPECT_EQ(outcome().fate, fate) << command << ": " << outcome().detail;
    }
}

TEST_F(ProgramsTest, SinkThatRefusesTheContentMakesABounce) {
    const SmtpSink sink({"-f", "."});
    use(config_for(sink.port()));
    send(message(1));
    run_until_settled();
    EXPECT_EQ(outcome().fate, Fate::rejected);
    EXPECT_EQ(outcome().code, 500) << outcome().detail;
}

class PostfixTest : public ProgramsTest {
 protected:
    void SetUp() override {
        if (const std::optional<std::string> why = Postfix::missing()) GTEST_SKIP() << *why;
        certificates_ = std::make_unique<Certificates>();
        postfix_ = std::make_unique<Postfix>(*certificates_);
        SubmissionConfig config = config_for(postfix_->port());
        config.host = "localhost";
        config.tls = TlsPolicy::required;
        config.ca_file = certificates_->authority();
        config.sessions = 2;
        use(config);
    }
    static std::size_t count(const std::string& text, const std::string& part) {
        std::size_t found = 0;
        for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
        return found;
    }
    std::unique_ptr<Certificates> certificates_;
    std::unique_ptr<Postfix> postfix_;
};

TEST_F(PostfixTest, TakesComposedMailOverTlsAndSaysWhoIsRefused) {
    Letter letter;
    letter.id = message(1).id;
    letter.from = {"Halden Systems", "loop@halden.example"};
    letter.to = {"Dele", "dele@example.org"};
    letter.subject = "Grüße";
    letter.text = "Hello\n.\nthere\n";
    letter.html = "<p>Hello</p>";
    letter.date = core::Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 18}};
    flow::Outgoing composed = message(1, "dele@example.org");
    composed.content = *compose(letter);
    send(composed);
    send(message(2, "refused@example.org"));
    send(message(3, "later@example.org"));
    send(message(4, "other@example.org"));
    run_until_settled();
    EXPECT_EQ(outcome(0).fate, Fate::handed_over) << outcome(0).detail;
    EXPECT_EQ(outcome(1).fate, Fate::rejected) << outcome(1).detail;
    EXPECT_EQ(outcome(1).status, "5.1.1");
    EXPECT_NE(outcome(1).detail.find("no such person"), std::string::npos);
    EXPECT_EQ(outcome(2).fate, Fate::deferred) << outcome(2).detail;
    EXPECT_EQ(outcome(2).code, 450);
    EXPECT_EQ(outcome(3).fate, Fate::handed_over) << outcome(3).detail;
    const std::string taken = "message-id=<" + message(1).id.text() + "@halden.example>";
    EXPECT_TRUE(support::wait_until([&] { return count(postfix_->log(), "status=sent (example.org)") >= 2; }))
        << postfix_->log();
    EXPECT_EQ(count(postfix_->log(), taken), 1U) << postfix_->log();
}

TEST_F(PostfixTest, TakesAHundredMessagesOnceEach) {
    for (unsigned number = 0; number < 100; ++number) send(message(number, "person@example.org"));
    run_until_settled();
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(outcome(i).fate, Fate::handed_over) << outcome(i).detail;
    // Postfix writes its log beside its answers, a moment later; every numbered is queued exactly once.
    EXPECT_TRUE(support::wait_until([&] {
        return count(postfix_->log(), "status=sent (example.org)") >= 100;
    })) << postfix_->log();
    EXPECT_EQ(count(postfix_->log(), "message-id=<msg_"), 100U);
}

}  // namespace
}  // namespace candour::mail
