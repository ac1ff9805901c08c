#include "edge/mail/submission/sasl.hpp"

#include <gtest/gtest.h>

namespace candour::mail {
namespace {

// The expected texts are those of RFC 4616, RFC 7628 section 4 and Google's description of XOAUTH2, encoded
// with the base64 program.

TEST(Sasl, PlainIsOneResponse) {
    EXPECT_EQ(auth_command({Mechanism::plain, "tim", "tanstaaftanstaaf"}, "h", 587),
              "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n");
    EXPECT_EQ(auth_answer({Mechanism::plain, "tim", "x"}, 0), std::nullopt);
}

TEST(Sasl, LoginAnswersTwoQuestions) {
    const Auth auth{Mechanism::login, "tim", "secret"};
    EXPECT_EQ(auth_command(auth, "h", 587), "AUTH LOGIN\r\n");
    EXPECT_EQ(auth_answer(auth, 0), "dGlt\r\n");
    EXPECT_EQ(auth_answer(auth, 1), "c2VjcmV0\r\n");
    EXPECT_EQ(auth_answer(auth, 2), std::nullopt);
}

TEST(Sasl, Xoauth2AnswersAnErrorReportWithAnEmptyLine) {
    const Auth auth{Mechanism::xoauth2, "someuser@example.com",
                    "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"};
    EXPECT_EQ(auth_command(auth, "h", 587),
              "AUTH XOAUTH2 "
              "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG"
              "1semRHRXVZMjl0Q2cBAQ==\r\n");
    EXPECT_EQ(auth_answer(auth, 0), "\r\n");
    EXPECT_EQ(auth_answer(auth, 1), std::nullopt);
}

TEST(Sasl, OauthbearerAnswersAnErrorReportWithControlA) {
    const Auth auth{Mechanism::oauthbearer, "user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="};
    EXPECT_EQ(auth_command(auth, "server.example.com", 143),
              "AUTH OAUTHBEARER "
              "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOW"
              "RmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB\r\n");
    EXPECT_EQ(auth_answer(auth, 0), "AQ==\r\n");
}

TEST(Base64, PadsAsRfc4648Says) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(CheckConfig, RefusesASecretInTheClearToAnotherMachine) {
    SubmissionConfig config;
    config.host = "mail.example.com";
    config.auth = {Mechanism::plain, "u", "s"};
    for (const TlsPolicy policy : {TlsPolicy::off, TlsPolicy::opportunistic}) {
        config.tls = policy;
        EXPECT_FALSE(check(config));
    }
    config.tls = TlsPolicy::required;
    EXPECT_TRUE(check(config));
    config.tls = TlsPolicy::off;
    config.host = "127.0.0.1";
    EXPECT_TRUE(check(config)) << "a relay on this machine hears it anyway";
}

TEST(CheckConfig, NamesTheFieldThatIsWrong) {
    const auto message = [](auto change) {
        SubmissionConfig config;
        change(config);
        const Done checked = check(config);
        return checked ? std::string() : checked.error().message;
    };
    EXPECT_EQ(message([](SubmissionConfig&) {}), "");
    EXPECT_NE(message([](SubmissionConfig& c) { c.host = ""; }).find("host"), std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.helo_name = "a b\r\n"; }).find("helo_name"),
              std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.port = 0; }).find("port"), std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.sessions = 0; }).find("sessions"), std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.ca_file = "/nowhere.pem"; }).find("ca_file"),
              std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.domain_rate.burst = 0; }).find("rate"), std::string::npos);
    EXPECT_NE(message([](SubmissionConfig& c) { c.deadlines.reply = {}; }).find("deadlines"),
              std::string::npos);
    EXPECT_NE(
        message([](SubmissionConfig& c) { c.auth.mechanism = Mechanism::login; }).find("user and secret"),
        std::string::npos);
}

}  // namespace
}  // namespace candour::mail
