// STARTTLS, TLS on connect and AUTH, against a scripted server with a certificate made for the test.
#include "sending.hpp"
#include "support/mail/certificates.hpp"

namespace candour::mail {
namespace {

using flow::Fate;
using support::Certificates;
using support::hear;
using support::hear_content;
using support::hear_end;
using support::say;
using support::Script;
using support::ScriptedServer;
using support::start_tls;

const Script kOpening{say("220 mail.test\r\n"), hear("EHLO"),
                      say("250-mail.test\r\n250-PIPELINING\r\n250 STARTTLS\r\n")};
const Script kStartTls{hear("STARTTLS"), say("220 go\r\n"), start_tls()};
const Script kHelloAgain{
    hear("EHLO"), say("250-mail.test\r\n250-PIPELINING\r\n250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER\r\n")};
const Script kAcceptedEnvelope{hear("MAIL"), hear("RCPT"), hear("DATA"),
                               say("250 ok\r\n250 ok\r\n354 go\r\n")};
const Script kMail = [] {
    Script script = kAcceptedEnvelope;
    for (const support::Step& step :
         {hear_content(), say("250 2.0.0 queued\r\n"), hear("QUIT"), say("221 bye\r\n")})
        script.push_back(step);
    return script;
}();

const Certificates& localhost() {
    static const Certificates certificates;
    return certificates;
}

class TlsTest : public Sending {
 protected:
    flow::Outcome outcome_of(TlsPolicy policy, Script script, const Certificates& certificates = localhost(),
                             std::string authority = localhost().authority(), Auth auth = {}) {
        ScriptedServer& server = serve({std::move(script)});
        server.use_certificate(certificates.certificate(), certificates.key());
        SubmissionConfig config = config_for(server.port());
        config.host = "localhost";
        config.tls = policy;
        config.ca_file = std::move(authority);
        config.auth = std::move(auth);
        use(config);
        send(message(1));
        run_until_settled();
        finish();
        log_ = server.log();
        return outcome();
    }
    bool heard(const std::string& line) const { return std::ranges::find(log_, line) != log_.end(); }
    std::vector<std::string> log_;
};

TEST_F(TlsTest, StartsTlsChecksTheCertificateAndAsksAgainWhatIsOffered) {
    const flow::Outcome out = outcome_of(TlsPolicy::required, kOpening + kStartTls + kHelloAgain + kMail);
    EXPECT_EQ(out.fate, Fate::handed_over) << out.detail;
    EXPECT_EQ(std::ranges::count(log_, "EHLO localhost"), 2);
    EXPECT_TRUE(heard("<TLS>"));
}

TEST_F(TlsTest, SpeaksTlsFromTheFirstByte) {
    const Script script = Script{start_tls(), say("220 mail.test\r\n")} + kHelloAgain + kMail;
    EXPECT_EQ(outcome_of(TlsPolicy::on_connect, script).fate, Fate::handed_over);
}

TEST_F(TlsTest, RefusesACertificateOfAnUnknownAuthority) {
    const Certificates stranger;
    const flow::Outcome out =
        outcome_of(TlsPolicy::required, kOpening + kStartTls + Script{hear_end()}, stranger);
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_NE(out.detail.find("the certificate is refused"), std::string::npos) << out.detail;
    EXPECT_FALSE(heard("MAIL FROM:<loop@halden.example>"));
}

TEST_F(TlsTest, RefusesACertificateForAnotherHost) {
    const Certificates other("mail.other.example");
    const flow::Outcome out =
        outcome_of(TlsPolicy::required, kOpening + kStartTls + Script{hear_end()}, other, other.authority());
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_FALSE(out.detail.empty());
    EXPECT_FALSE(heard("MAIL FROM:<loop@halden.example>"));
}

TEST_F(TlsTest, GoesNowhereWithoutTlsWhenTlsIsRequired) {
    const Script script{say("220 mail.test\r\n"), hear("EHLO"), say("250 mail.test\r\n"), hear_end()};
    const flow::Outcome out = outcome_of(TlsPolicy::required, script);
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_NE(out.detail.find("does not offer STARTTLS"), std::string::npos);
    EXPECT_EQ(log_.back(), "<end>");
}

TEST_F(TlsTest, TakesAnyCertificateOrNoneWhenItIsOnlyAgainstListeners) {
    const Certificates stranger;
    EXPECT_EQ(outcome_of(TlsPolicy::opportunistic, kOpening + kStartTls + kHelloAgain + kMail, stranger).fate,
              Fate::handed_over);
    outcomes_.clear();
    settled_ = 0;
    const Script plain{say("220 mail.test\r\n"), hear("EHLO"), say("250-mail.test\r\n250 PIPELINING\r\n")};
    EXPECT_EQ(outcome_of(TlsPolicy::opportunistic, plain + kMail).fate, Fate::handed_over);
}

TEST_F(TlsTest, RefusesWhatWasInjectedBehindTheAnswerToStarttls) {
    const Script script =
        kOpening + Script{hear("STARTTLS"), say("220 go\r\n250-mail.test\r\n250 AUTH PLAIN\r\n"), hear_end()};
    const flow::Outcome out = outcome_of(TlsPolicy::required, script);
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_NE(out.detail.find("data after STARTTLS"), std::string::npos) << out.detail;
    EXPECT_EQ(log_.back(), "<end>");
}

TEST_F(TlsTest, DoesNotTakeACutStreamForAnAnswer) {
    const flow::Outcome out =
        outcome_of(TlsPolicy::required, kOpening + kStartTls + kHelloAgain + kAcceptedEnvelope +
                                            Script{hear_content(), say("250 2.0.0 que")});
    EXPECT_EQ(out.fate, Fate::unknown) << out.detail;
    EXPECT_NE(out.detail.find("the connection ended"), std::string::npos) << out.detail;
}

TEST_F(TlsTest, LogsInBeforeItSendsWithEveryMechanism) {
    const Script ok{say("235 2.7.0 welcome\r\n")};
    const std::pair<Mechanism, Script> cases[] = {
        {Mechanism::plain, Script{hear("AUTH PLAIN AHVzZXIAc2VjcmV0")}},
        {Mechanism::login, Script{hear("AUTH LOGIN"), say("334 VXNlcm5hbWU6\r\n"), hear("dXNlcg=="),
                                  say("334 UGFzc3dvcmQ6\r\n"), hear("c2VjcmV0")}},
        {Mechanism::xoauth2, Script{hear("AUTH XOAUTH2 dXNlcj11c2VyAWF1dGg9QmVhcmVyIHNlY3JldAEB")}},
        {Mechanism::oauthbearer, Script{hear("AUTH OAUTHBEARER bixhPXVzZXIsAWhvc3Q9bG9jYWxob3N0AXBvcnQ9")}}};
    for (const auto& [mechanism, script] : cases) {
        outcomes_.clear();
        settled_ = 0;
        const flow::Outcome out =
            outcome_of(TlsPolicy::required, kOpening + kStartTls + kHelloAgain + script + ok + kMail,
                       localhost(), localhost().authority(), {mechanism, "user", "secret"});
        EXPECT_EQ(out.fate, Fate::handed_over) << core::name_of(kMechanisms, mechanism) << ": " << out.detail;
    }
}

TEST_F(TlsTest, AnswersTheErrorReportOfAnExpiredTokenAndDefers) {
    const std::pair<Mechanism, std::string> cases[] = {{Mechanism::xoauth2, ""},
                                                       {Mechanism::oauthbearer, "AQ=="}};
    for (const auto& [mechanism, continuation] : cases) {
        outcomes_.clear();
        settled_ = 0;
        const Script refusal{hear("AUTH"), say("334 eyJzdGF0dXMiOiI0MDAifQ==\r\n"), hear(continuation),
                             say("535 5.7.8 expired\r\n"), hear_end()};
        const flow::Outcome out =
            outcome_of(TlsPolicy::required, kOpening + kStartTls + kHelloAgain + refusal, localhost(),
                       localhost().authority(), {mechanism, "user", "secret"});
        EXPECT_EQ(out.fate, Fate::deferred) << "a wrong token is not the message's fault";
        EXPECT_EQ(out.code, 535);
        EXPECT_NE(out.detail.find("535 5.7.8 expired"), std::string::npos) << out.detail;
        EXPECT_EQ(out.detail.find("secret"), std::string::npos);
        EXPECT_TRUE(heard(continuation)) << "the report is answered";
    }
}

TEST_F(TlsTest, KeepsTheSecretFromAServerThatDoesNotOfferTheMechanism) {
    const Script plain{hear("EHLO"), say("250-mail.test\r\n250 AUTH CRAM-MD5\r\n"), hear_end()};
    const flow::Outcome out = outcome_of(TlsPolicy::required, kOpening + kStartTls + plain, localhost(),
                                         localhost().authority(), {Mechanism::plain, "user", "secret"});
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_NE(out.detail.find("does not offer AUTH PLAIN"), std::string::npos);
    EXPECT_EQ(log_.back(), "<end>");
}

TEST_F(TlsTest, StopsAnEndlessLogin) {
    Script endless{hear("AUTH LOGIN")};
    for (int i = 0; i < 3; ++i) endless = endless + Script{say("334 eA==\r\n"), hear("")};
    const flow::Outcome out =
        outcome_of(TlsPolicy::required, kOpening + kStartTls + kHelloAgain + endless, localhost(),
                   localhost().authority(), {Mechanism::login, "user", "secret"});
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_EQ(std::ranges::count(log_, "c2VjcmV0"), 1);
}

}  // namespace
}  // namespace candour::mail
