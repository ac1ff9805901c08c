// Against programs that other people wrote: Postfix's smtp-source, and a real Postfix whose queue we are the
// end of.
#include <gtest/gtest.h>

#include <set>

#include "lmtp_server.hpp"
#include "sending.hpp"
#include "support/mail/postfix.hpp"

namespace candour::mail {
namespace {

class LmtpPrograms : public Sending {
 protected:
    static std::vector<std::string> source(const RunningLmtp& server, std::vector<std::string> options) {
        std::vector<std::string> command{"/usr/sbin/smtp-source", "-L", "-f",
                                         "ada@example.org",       "-t", "reply@feedback.example"};
        command.insert(command.end(), options.begin(), options.end());
        command.push_back("127.0.0.1:" + std::to_string(server.port()));
        return command;
    }
    support::TemporaryFolder folder;
};

TEST_F(LmtpPrograms, SmtpSourceHandsOverAThousandMailsInTenSessions) {
    RunningLmtp server;
    for (const std::vector<std::string>& options :
         {std::vector<std::string>{"-s", "10", "-m", "500", "-l", "4096"},
          std::vector<std::string>{"-d", "-s", "10", "-m", "500", "-r", "3"}})
        ASSERT_EQ(support::run(source(server, options), folder.path() / "log"), 0)
            << support::contents(folder.path() / "log");
    EXPECT_EQ(server.mails().size(), 1'000U);
    std::size_t recipients = 0;
    for (const flow::ArrivedMail& mail : server.mails()) recipients += mail.recipients.size();
    EXPECT_EQ(recipients, 500U + 500U * 3);
    EXPECT_TRUE(support::eventually([&] { return server.counters().open == 0; }));
}

class PostfixLmtp : public LmtpPrograms {
 protected:
    void SetUp() override {
        if (const std::optional<std::string> why = support::Postfix::missing()) GTEST_SKIP() << *why;
        postfix_ = std::make_unique<support::Postfix>(certificates_, server.port());
        use(config_for(postfix_->port()));
    }
    flow::Outgoing to_us(unsigned number, const std::string& content = "Subject: x\r\n\r\n.hello\r\n") {
        flow::Outgoing mail = message(number, "reply+token@feedback.example");
        mail.sender = "ada@otter.example";
        mail.content = content;
        return mail;
    }
    std::size_t count(const std::string& part) const {
        const std::string log = postfix_->log();
        std::size_t found = 0;
        for (std::size_t at = log.find(part); at != log.npos; at = log.find(part, at + 1)) ++found;
        return found;
    }

    RunningLmtp server;
    support::Certificates certificates_;
    std::unique_ptr<support::Postfix> postfix_;
};

TEST_F(PostfixLmtp, DeliversTheDomainThatIsOurs) {
    for (unsigned number = 0; number < 50; ++number) send(to_us(number));
    run_until_settled();
    ASSERT_TRUE(support::wait_until([&] { return server.mails().size() == 50; })) << postfix_->log();
    const flow::ArrivedMail mail = server.mails()[0];
    EXPECT_EQ(mail.sender, "ada@otter.example");
    EXPECT_EQ(mail.recipients, std::vector<std::string>{"reply+token@feedback.example"});
    EXPECT_TRUE(mail.bytes.ends_with("\r\n\r\n.hello\r\n")) << mail.bytes;
    EXPECT_TRUE(support::wait_until([&] { return count("status=sent (250 2.0.0 kept)") == 50; }))
        << postfix_->log();
}

TEST_F(PostfixLmtp, KeepsMailInItsQueueWhileOurStoreIsAwayAndBringsItOnceLater) {
    server.fail_with(ErrorCode::unavailable);
    send(to_us(1));
    run_until_settled();
    ASSERT_TRUE(support::wait_until([&] { return count("status=deferred") > 0 && count("451 4.3.0") > 0; }))
        << postfix_->log();
    EXPECT_TRUE(server.mails().empty());
    server.recover();
    EXPECT_TRUE(support::wait_until([&] { return server.mails().size() == 1; })) << postfix_->log();
    EXPECT_TRUE(support::wait_until([&] { return count("status=sent (250 2.0.0 kept)") == 1; }))
        << postfix_->log();
}

TEST_F(PostfixLmtp, ReportsToTheAddressInTheEnvelopeWhatDidNotArrive) {
    flow::Outgoing lost = message(2, "kit@gone.example");
    lost.sender = "bounce+token@feedback.example";
    send(lost);
    run_until_settled();
    ASSERT_TRUE(support::wait_until([&] { return server.mails().size() == 1; })) << postfix_->log();
    const flow::ArrivedMail report = server.mails()[0];
    EXPECT_EQ(report.sender, "");
    EXPECT_EQ(report.recipients, std::vector<std::string>{"bounce+token@feedback.example"});
    EXPECT_NE(report.bytes.find("Original-Envelope-Id: " + lost.id.text()), std::string::npos)
        << report.bytes;
    EXPECT_NE(report.bytes.find("Status: 5.1.1"), std::string::npos);
}

}  // namespace
}  // namespace candour::mail
