// What LMTP says, without a socket.
#include <gtest/gtest.h>

#include "edge/mail/intake/content.hpp"
#include "edge/mail/intake/dialogue.hpp"
#include "edge/mail/intake/handing_over.hpp"

namespace candour::mail {
namespace {

class LmtpDialogue : public testing::Test {
 protected:
    std::string say(const std::string& line) {
        last = dialogue.hear(line);
        return last.text.substr(0, last.text.find("\r\n"));
    }
    void open() {
        say("LHLO mx.example.org");
        say("MAIL FROM:<ada@example.org>");
        say("RCPT TO:<reply@house.example>");
    }

    IntakeConfig config;
    Dialogue dialogue{config};
    Answer last;
};

TEST_F(LmtpDialogue, OffersWhatItKeeps) {
    say("LHLO mx.example.org");
    for (const char* word : {"PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 26214400"})
        EXPECT_NE(last.text.find(word), std::string::npos) << word;
    EXPECT_EQ(last.text.find("CHUNKING"), std::string::npos);
}

TEST_F(LmtpDialogue, TakesOneMailAfterTheOther) {
    open();
    EXPECT_EQ(say("RCPT TO:<other@house.example>"), "250 2.1.5 go on");
    EXPECT_EQ(say("DATA"), "354 end with a dot on a line of its own");
    EXPECT_EQ(last.next, Answer::Next::read_content);
    EXPECT_EQ(dialogue.sender(), "ada@example.org");
    EXPECT_EQ(dialogue.recipients(),
              (std::vector<std::string>{"reply@house.example", "other@house.example"}));
    EXPECT_EQ(dialogue.answer_content("250 2.0.0 kept"), "250 2.0.0 kept\r\n250 2.0.0 kept\r\n")
        << "a reply for each recipient";
    EXPECT_EQ(say("MAIL FROM:<>"), "250 2.1.0 go on");
    EXPECT_EQ(dialogue.sender(), "") << "the null sender";
}

TEST_F(LmtpDialogue, RefusesWhatIsOutOfOrder) {
    EXPECT_EQ(say("MAIL FROM:<a@b.example>"), "503 5.5.1 LHLO first");
    EXPECT_EQ(say("EHLO mx.example.org"), "500 5.5.1 this is LMTP: say LHLO");
    EXPECT_EQ(say("HELO mx.example.org"), "500 5.5.1 this is LMTP: say LHLO");
    EXPECT_TRUE(say("LHLO").starts_with("501"));
    say("LHLO mx.example.org");
    EXPECT_EQ(say("RCPT TO:<a@b.example>"), "503 5.5.1 MAIL first");
    EXPECT_EQ(say("DATA"), "503 5.5.1 no recipient was accepted");
    say("MAIL FROM:<a@b.example>");
    EXPECT_TRUE(say("MAIL FROM:<a@b.example>").starts_with("503"));
    EXPECT_TRUE(say("DATA").starts_with("503")) << "nobody to deliver it to";
    EXPECT_TRUE(say("DATA now").starts_with("501"));
}

TEST_F(LmtpDialogue, ForgetsTheMailAtRsetAndAtLhlo) {
    for (const char* word : {"RSET", "LHLO mx.example.org"}) {
        open();
        EXPECT_TRUE(say(word).starts_with("250"));
        EXPECT_TRUE(say("DATA").starts_with("503")) << word;
    }
}

TEST_F(LmtpDialogue, ReadsAddressesAsTheyMayBeWritten) {
    say("LHLO mx.example.org");
    const std::pair<const char*, const char*> written[] = {
        {"MAIL FROM:<ada@example.org>", "ada@example.org"},
        {"mail from: <ada@example.org> BODY=8BITMIME SIZE=1000 SMTPUTF8", "ada@example.org"},
        {"MAIL FROM:<@relay.example,@other.example:ada@example.org>", "ada@example.org"},
        {"MAIL FROM:<\"a>b c\"@example.org>", "\"a>b c\"@example.org"},
        {"MAIL FROM:<\"a\\\"b\"@example.org>", "\"a\\\"b\"@example.org"},
        {"MAIL FROM:<grüße@example.org> SMTPUTF8", "grüße@example.org"}};
    for (const auto& [line, address] : written) {
        EXPECT_TRUE(say(line).starts_with("250")) << line << ": " << last.text;
        EXPECT_EQ(dialogue.sender(), address);
        say("RSET");
    }
}

TEST_F(LmtpDialogue, RefusesAddressesAndParametersThatAreNone) {
    config.max_errors = 100;
    say("LHLO mx.example.org");
    const std::pair<const char*, const char*> refused[] = {
        {"MAIL FROM:ada@example.org", "501"},
        {"MAIL FROM:<ada@example.org", "501"},
        {"MAIL <ada@example.org>", "501"},
        {"MAIL FROM:<a@b.example>x", "501"},
        {"MAIL FROM:<\xff@b.example>", "501"},
        {"MAIL FROM:<a@b.example> SIZE=x", "501"},
        {"MAIL FROM:<a@b.example> SIZE=", "501"},
        {"MAIL FROM:<a@b.example> BODY=9BIT", "501"},
        {"MAIL FROM:<a@b.example> AUTH=<>", "555"},
        {"MAIL FROM:<a@b.example> SIZE=26214401", "552"},
        {"MAIL FROM:<a@b.example> SIZE=99999999999999999999999", "552"},
        {"BDAT 5 LAST", "500"},
        {"", "500"},
        {"MAIL\tFROM:<a@b.example>", "500"},
        {"XYZZY", "500"}};
    for (const auto& [line, code] : refused)
        EXPECT_TRUE(say(line).starts_with(code)) << line << ": " << last.text;
    EXPECT_TRUE(say("MAIL FROM:<" + std::string(260, 'a') + "@b.example>").starts_with("501"));
    say("MAIL FROM:<a@b.example>");
    EXPECT_TRUE(say("RCPT TO:<>").starts_with("501"));
    EXPECT_TRUE(say("RCPT TO:<c@d.example> NOTIFY=NEVER").starts_with("555"));
    EXPECT_TRUE(say("DATA").starts_with("503"));
}

TEST_F(LmtpDialogue, TakesOnlySoManyRecipientsAtOnce) {
    open();
    for (std::size_t i = 1; i < config.max_recipients; ++i)
        EXPECT_TRUE(say("RCPT TO:<r" + std::to_string(i) + "@b.example>").starts_with("250"));
    EXPECT_TRUE(say("RCPT TO:<one@too.many>").starts_with("452")) << "later, in another mail";
    EXPECT_TRUE(say("DATA").starts_with("354")) << "the others get it";
}

TEST_F(LmtpDialogue, HangsUpOnWhoeverOnlyMakesErrors) {
    for (int i = 1; i < config.max_errors; ++i) {
        say("NONSENSE");
        ASSERT_EQ(last.next, Answer::Next::go_on) << i;
    }
    EXPECT_TRUE(say("NONSENSE").starts_with("421"));
    EXPECT_EQ(last.next, Answer::Next::close);
}

class LmtpContent : public testing::Test {
 protected:
    /// As it arrives in pieces of this size.
    static std::string read(const std::string& wire, std::size_t piece, std::size_t* used = nullptr) {
        ContentReader reader(1'000);
        std::size_t at = 0;
        while (at < wire.size() && !reader.ended())
            at += reader.take(std::string_view(wire).substr(at, piece));
        if (used != nullptr) *used = at;
        return reader.ended() ? reader.content() : "(no end)";
    }
};

TEST_F(LmtpContent, EndsAtTheLoneDotAndTakesAwayTheDotsThatWereAdded) {
    const std::pair<std::string, std::string> cases[] = {
        {"Subject: x\r\n\r\nhello\r\n.\r\n", "Subject: x\r\n\r\nhello\r\n"},
        {"..\r\n.\r\n", ".\r\n"},
        {"a\r\n..b\r\n...\r\n.\r\n", "a\r\n.b\r\n..\r\n"},
        {".\r\n", ""},
        {"a\r\r\n.\r\n", "a\r\r\n"}};
    for (const auto& [wire, content] : cases)
        for (const std::size_t piece : {1U, 2U, 3U, 1'000U}) EXPECT_EQ(read(wire, piece), content) << piece;
}

TEST_F(LmtpContent, LeavesWhatFollowsForTheNextCommand) {
    std::size_t used = 0;
    read("a\r\n.\r\nQUIT\r\n", 1'000, &used);
    EXPECT_EQ(used, 6U);
}

/// A sender could otherwise hide a second mail, with commands of its own, in the first one.
TEST_F(LmtpContent, IsNotEndedByAnyOtherDot) {
    for (const std::string almost :
         {"a\n.\n", "a\r\n.\n", "a\n.\r\n", "a\r.\r", "a\r\n.\r", "a\r\n.\rb\r\n", "a\r\n.\r\r\n"}) {
        const std::string smuggled = almost + "MAIL FROM:<x@evil.example>\r\n";
        for (const std::size_t piece : {1U, 4U, 1'000U}) {
            const std::string content = read(smuggled + ".\r\n", piece);
            EXPECT_NE(content.find("MAIL FROM:<x@evil.example>\r\n"), std::string::npos)
                << testing::PrintToString(almost);
        }
    }
    EXPECT_EQ(read("a\nb\rc\r\n.\r\n", 1), "a\nb\rc\r\n") << "bare CR and LF are kept";
}

TEST_F(LmtpContent, IsThrownAwayPastItsLimitAndStillEnds) {
    ContentReader reader(10);
    EXPECT_EQ(reader.take("0123456789\r\n.\r\n"), 15U);
    EXPECT_TRUE(reader.ended());
    EXPECT_TRUE(reader.too_long());
    EXPECT_EQ(reader.content(), "");
    ContentReader exact(12);
    exact.take("0123456789\r\n.\r\n");
    EXPECT_FALSE(exact.too_long());
}

TEST(AsItTravels, GivesPipesTheLineEndsOfTheWire) {
    EXPECT_EQ(as_it_travels("From ada Mon\nSubject: x\n\nhello\n"), "Subject: x\r\n\r\nhello\r\n");
    EXPECT_EQ(as_it_travels("Subject: x\r\n\r\nbare\nfeed\r\n"), "Subject: x\r\n\r\nbare\nfeed\r\n");
    EXPECT_EQ(as_it_travels("From nothing"), "");
}

}  // namespace
}  // namespace candour::mail
