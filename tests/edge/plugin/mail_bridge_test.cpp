#include "edge/plugin/mail_bridge.hpp"

#include <gtest/gtest.h>

#include "edge/plugin/world.hpp"

namespace candour::plugin {
namespace {

class MailBridge : public testing::Test {
 protected:
    ~MailBridge() override { world.stop(); }
    Result<flow::Reading> read(const std::string& raw, int attempt = 1) {
        std::vector<std::string> to{"reply+token@house.example"};
        return world.run(world.registry->read_mail(raw, "ada@example.org", std::move(to), attempt));
    }
    void expect_blamed(const std::string& raw, const std::string& words) {
        const Result<flow::Reading> reading = read(raw);
        ASSERT_FALSE(reading) << raw;
        EXPECT_EQ(reading.error().code, ErrorCode::internal) << raw;
        EXPECT_NE(reading.error().message.find(words), std::string::npos) << reading.error().message;
    }

    World world;
};

TEST_F(MailBridge, HandsOverBytesAndEnvelopeAndBringsBackWhatTheyMean) {
    ASSERT_TRUE(world.load("reads_mail"));
    EXPECT_TRUE(world.registry->reads_mail());
    const std::string raw("Subject: \xff\0\r\n", 13);
    const Result<flow::Reading> reading = read(raw, 3);
    ASSERT_TRUE(reading) << reading.error().message;
    EXPECT_EQ(reading->disposition.kind, core::MailKind::human);
    EXPECT_EQ(reading->disposition.from, "ada@example.org") << "in lower case, as addresses are kept";
    EXPECT_EQ(reading->disposition.text,
              "{'sender':'ada@example.org','recipients':['reply+token@house.example']}#13#3");
    EXPECT_NE(reading->document.find("\"disposition\":\"human\""), std::string::npos);
}

TEST_F(MailBridge, BlamesThePluginForAReplyThatIsNone) {
    ASSERT_TRUE(world.load("reads_mail"));
    expect_blamed("no json", "expected JSON");
    expect_blamed("no object", "the document");
    expect_blamed("no word", "/disposition");
    expect_blamed("no text", "expected UTF-8");
    expect_blamed("nul", "NUL");
    expect_blamed("long", "at most 4 MiB");
    EXPECT_TRUE(read("a good one")) << "it may go on";
}

TEST_F(MailBridge, PassesOnWhatThePluginSaysOfAMail) {
    ASSERT_TRUE(world.load("reads_mail"));
    EXPECT_EQ(read("later").error().code, ErrorCode::unavailable);
    EXPECT_EQ(read("never").error().code, ErrorCode::corrupt);
    EXPECT_NE(read("never").error().message.find("this is no mail"), std::string::npos);
}

TEST_F(MailBridge, LeavesOutAPluginThatHangsOrThrows) {
    ASSERT_TRUE(world.load("reads_mail"));
    EXPECT_FALSE(read("hang"));
    EXPECT_FALSE(world.registry->reads_mail());
    EXPECT_NE(world.info("reads_mail").reason.find("handle_mail did not return"), std::string::npos)
        << world.info("reads_mail").reason;
    EXPECT_EQ(read("next").error().code, ErrorCode::unavailable);
    ASSERT_TRUE(world.load("throws_in_mail"));
    EXPECT_EQ(read("x").error().code, ErrorCode::internal);
    EXPECT_NE(world.info("throws_in_mail").reason.find("threw out of handle_mail"), std::string::npos);
}

TEST_F(MailBridge, NeedsAPluginThatReadsMail) {
    ASSERT_TRUE(world.load("good"));
    EXPECT_FALSE(world.registry->reads_mail());
    EXPECT_EQ(read("x").error().code, ErrorCode::unavailable);
    EXPECT_FALSE(world.load("lacks_mail_slot")) << "its manifest says what its library does not do";
    EXPECT_NE(world.info("lacks_mail_slot").reason.find("collector of mail"), std::string::npos)
        << world.info("lacks_mail_slot").reason;
}

}  // namespace
}  // namespace candour::plugin
