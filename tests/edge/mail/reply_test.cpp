#include "edge/mail/submission/reply.hpp"

#include <gtest/gtest.h>

namespace candour::mail {
namespace {

Reply taken(std::string_view bytes) {
    Result<TakenReply> result = take_reply(bytes);
    EXPECT_TRUE(result);
    return result && result->reply ? *result->reply : Reply{};
}

TEST(TakeReply, ReadsCodeStatusAndText) {
    const Reply reply = taken("550 5.1.1 no such person\r\n");
    EXPECT_EQ(reply.code, 550);
    EXPECT_EQ(reply.status, "5.1.1");
    EXPECT_TRUE(reply.permanent());
    EXPECT_EQ(one_line(reply), "550 5.1.1 no such person");
}

TEST(TakeReply, JoinsSeveralLinesAndLeavesTheNextReplyAlone) {
    const std::string bytes = "250-first\r\n250-second\r\n250 third\r\n354 go\r\n";
    const Result<TakenReply> result = take_reply(bytes);
    ASSERT_TRUE(result && result->reply);
    EXPECT_EQ(result->reply->lines, (std::vector<std::string>{"first", "second", "third"}));
    EXPECT_EQ(bytes.substr(result->used), "354 go\r\n");
}

TEST(TakeReply, AsksForMoreAtEveryPrefixOfAReply) {
    const std::string bytes = "250-first\r\n250 2.0.0 last\r\n";
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const Result<TakenReply> result = take_reply(bytes.substr(0, length));
        ASSERT_TRUE(result) << length;
        EXPECT_FALSE(result->reply) << length;
        EXPECT_EQ(result->used, 0U);
    }
    EXPECT_EQ(taken(bytes).code, 250);
}

TEST(TakeReply, TakesACodeWithoutText) {
    EXPECT_EQ(taken("250\r\n").code, 250);
    EXPECT_EQ(taken("250 \r\n").code, 250);
}

TEST(TakeReply, TakesAsStatusOnlyWhatIsOne) {
    EXPECT_EQ(taken("250 2.1.5 ok\r\n").status, "2.1.5");
    EXPECT_EQ(taken("550 5.7.515\r\n").status, "5.7.515");
    for (const char* text : {"250 5.1.1 other class\r\n", "250 2.1 x\r\n", "250 2.1.1234 x\r\n",
                             "250 2..1 x\r\n", "250 2.1.5x\r\n", "250 22.1.1 x\r\n"})
        EXPECT_EQ(taken(text).status, "") << text;
}

TEST(TakeReply, RefusesWhatCanNeverBecomeAReply) {
    for (const std::string bytes : {"hello\r\n", "99 x\r\n", "150 x\r\n", "650 x\r\n", "250x\r\n",
                                    "250 bare line feed\n", "250-a\r\n251 b\r\n", "\r\n"}) {
        const Result<TakenReply> result = take_reply(bytes);
        ASSERT_FALSE(result) << bytes;
        EXPECT_EQ(result.error().code, ErrorCode::corrupt);
    }
}

TEST(TakeReply, IsBounded) {
    EXPECT_FALSE(take_reply("250 " + std::string(kMaxReplyLine, 'x')));
    std::string endless;
    for (std::size_t i = 0; i <= kMaxReplyLines; ++i) endless += "250-x\r\n";
    EXPECT_FALSE(take_reply(endless));
    std::string wide;
    for (int i = 0; i < 40; ++i) wide += "250-" + std::string(2000, 'x') + "\r\n";
    EXPECT_FALSE(take_reply(wide));
}

TEST(Printable, ShowsAnythingAsOneShortLine) {
    EXPECT_EQ(printable(std::string_view("a\0b\rc\n\x1b[31m", 11)), "a?b?c??[31m");
    EXPECT_EQ(printable("caf\xc3\xa9 \xff\xc3"), "caf\xc3\xa9 ??");
    EXPECT_LE(printable(std::string(10000, 'x')).size(), 404U);
    EXPECT_EQ(printable("\xe2\x82\xac\xe2\x82\xac", 4), "\xe2\x82\xac…") << "never cuts a character";
}

TEST(CapabilitiesOf, ReadsWhatWeUseAndSkipsTheRest) {
    const Capabilities all =
        capabilities(taken("250-mail.test at your service\r\n250-PIPELINING\r\n250-SIZE "
                           "1000\r\n250-starttls\r\n250-AUTH PLAIN xoauth2\r\n"
                           "250-8BITMIME\r\n250-DSN\r\n250-X-UNKNOWN 1\r\n250-\r\n250 SMTPUTF8\r\n"));
    EXPECT_TRUE(all.pipelining && all.starttls && all.eight_bit && all.dsn && all.utf8 && all.size);
    EXPECT_EQ(all.size_limit, 1000U);
    EXPECT_TRUE(all.offers("XOAUTH2"));
    EXPECT_FALSE(all.offers("LOGIN"));
}

TEST(CapabilitiesOf, TakesASizeThatIsNoNumberAsNoLimit) {
    for (const char* text : {"250-x\r\n250 SIZE\r\n", "250-x\r\n250 SIZE 99999999999999999999999\r\n",
                             "250-x\r\n250 SIZE -1\r\n"}) {
        const Capabilities offered = capabilities(taken(text));
        EXPECT_TRUE(offered.size);
        EXPECT_EQ(offered.size_limit, 0U) << text;
    }
    EXPECT_FALSE(capabilities(taken("250 PIPELINING\r\n")).pipelining)
        << "the first line is the server's name";
}

}  // namespace
}  // namespace candour::mail
