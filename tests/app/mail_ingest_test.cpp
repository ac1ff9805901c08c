/// Handing a mail over from a pipe, without a host: what a mail server reads in the exit code.
#include <gtest/gtest.h>

#include "app/program.hpp"
#include "support/free_port.hpp"

namespace candour::app {
namespace {

constexpr const char* kMail = "From: ada@otter.example\nTo: feedback@house.example\nSubject: x\n\nhello\n";

class MailIngest : public testing::Test {
 protected:
    support::Finished ingest(std::vector<std::string> options, const std::string& input = kMail) const {
        options.insert(options.begin(), {"mail", "ingest"});
        return program.run(std::move(options), input);
    }
    const std::string nobody = "127.0.0.1:" + std::to_string(support::free_port());
    Program program;
};

TEST_F(MailIngest, AsksTheMailServerToTryAgainWhenNobodyTakesMailIn) {
    const support::Finished refused = ingest({"--lmtp", nobody, "-"});
    EXPECT_EQ(refused.code, 75) << refused.errors;
    EXPECT_NE(refused.errors.find(nobody), std::string::npos) << refused.errors;
    EXPECT_EQ(ingest({"--lmtp", "unix:nowhere", "-"}).code, 75);
}

TEST_F(MailIngest, NeedsAnAddressFromSomewhere) {
    const support::Finished refused = ingest({"-"});
    EXPECT_EQ(refused.code, 78);
    EXPECT_NE(refused.errors.find("mail.intake.lmtp"), std::string::npos) << refused.errors;
}

TEST_F(MailIngest, TakesNoPlaceOnANetwork) {
    for (const char* place :
         {"192.0.2.1:2424", "mx.example.org:24", "127.0.0.1", "127.0.0.1:0", "nonsense"}) {
        const support::Finished refused = ingest({"--lmtp", place, "-"});
        EXPECT_EQ(refused.code, 2) << place;
        EXPECT_NE(refused.errors.find("loopback"), std::string::npos) << refused.errors;
    }
}

TEST_F(MailIngest, RefusesWhatIsNoMail) {
    EXPECT_EQ(ingest({"--lmtp", nobody, "missing.eml"}).code, 66);
    EXPECT_EQ(ingest({"--lmtp", nobody, "-"}, "\n \n").code, 65);
    EXPECT_EQ(ingest({"--lmtp", nobody, "-"}, "Subject: for nobody\n\nhello\n").code, 2);
}

}  // namespace
}  // namespace candour::app
