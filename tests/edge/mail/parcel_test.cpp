#include "edge/mail/submission/parcel.hpp"

#include <gtest/gtest.h>

namespace candour::mail {
namespace {

flow::Outgoing parcel_message(std::string content = "Subject: x\r\n\r\nhello\r\n") {
    flow::Outgoing out;
    out.id = MessageId(IdBytes{1, 2, 3});
    out.channel = "mail";
    out.sender = "loop@halden.example";
    out.recipient = "Dele@Moss.Example";
    out.content = std::move(content);
    return out;
}

Capabilities everything() {
    Capabilities all;
    all.pipelining = all.eight_bit = all.utf8 = all.dsn = all.size = true;
    return all;
}

TEST(Pack, RefusesAddressesThatWouldEndTheCommand) {
    const std::vector<std::string> refused{std::string("a@b\r\nRCPT TO:<c@d>"),
                                           std::string("a@b\nX"),
                                           std::string("a@b\0c", 5),
                                           std::string("a@b> SIZE=1"),
                                           std::string("<a@b"),
                                           std::string("a b@c"),
                                           std::string("a\t@b"),
                                           std::string(""),
                                           std::string("nobody"),
                                           std::string("@b"),
                                           std::string("a@"),
                                           std::string("\xff@b"),
                                           std::string(250, 'a') + "@b.cd"};
    for (const std::string& bad : refused) {
        flow::Outgoing to = parcel_message(), from = parcel_message();
        to.recipient = bad;
        from.sender = bad;
        ASSERT_FALSE(pack(to)) << bad;
        EXPECT_EQ(pack(to).error().code, ErrorCode::invalid);
        EXPECT_EQ(static_cast<bool>(pack(from)), bad.empty()) << bad;
    }
    flow::Outgoing bounce = parcel_message();
    bounce.sender.clear();
    EXPECT_TRUE(pack(bounce)) << "the null sender is one";
}

TEST(Pack, DoublesDotsAndLeavesOnlyCrLf) {
    EXPECT_EQ(pack(parcel_message(".a\r\n..b\r\nc."))->body, "..a\r\n...b\r\nc.\r\n.\r\n");
    EXPECT_EQ(pack(parcel_message("a\nb\rc\r\n\r\nd\n\r"))->body, "a\r\nb\r\nc\r\n\r\nd\r\n\r\n.\r\n");
    EXPECT_EQ(pack(parcel_message("a\n.\nb"))->body, "a\r\n..\r\nb\r\n.\r\n")
        << "no bare line feed ends the message early";
    EXPECT_EQ(pack(parcel_message("a\r.\rb"))->body, "a\r\n..\r\nb\r\n.\r\n");
    EXPECT_EQ(pack(parcel_message(""))->body, ".\r\n");
}

TEST(Pack, RefusesNulAndLongLines) {
    EXPECT_FALSE(pack(parcel_message(std::string("a\0b", 3))));
    EXPECT_TRUE(pack(parcel_message(std::string(998, 'x') + "\r\n")));
    EXPECT_FALSE(pack(parcel_message(std::string(999, 'x') + "\r\n")));
}

TEST(Envelope, AsksForReportsAndSaysTheSize) {
    const Result<Parcel> parcel = pack(parcel_message("Subject: x\r\n\r\nhello\r\n"));
    EXPECT_EQ(parcel->domain, "moss.example");
    EXPECT_EQ(envelope(*parcel, everything()),
              "MAIL FROM:<loop@halden.example> SIZE=21 RET=HDRS ENVID=" + parcel_message().id.text() +
                  "\r\nRCPT TO:<Dele@Moss.Example> NOTIFY=FAILURE,DELAY "
                  "ORCPT=rfc822;Dele@Moss.Example\r\nDATA\r\n");
    EXPECT_EQ(envelope(*parcel, {}),
              "MAIL FROM:<loop@halden.example>\r\nRCPT TO:<Dele@Moss.Example>\r\nDATA\r\n");
}

TEST(Envelope, DeclaresEightBitAndUtf8OnlyWhenThereIsSome) {
    EXPECT_NE(mail_command(*pack(parcel_message("Subject: x\r\n\r\n\xc3\xa9")), everything())
                  .find(" BODY=8BITMIME"),
              std::string::npos);
    EXPECT_EQ(
        mail_command(*pack(parcel_message("Subject: x\r\n\r\n\xc3\xa9")), everything()).find("SMTPUTF8"),
        std::string::npos);
    flow::Outgoing out = parcel_message();
    out.recipient = "j\xc3\xb6rg@moss.example";
    EXPECT_NE(mail_command(*pack(out), everything()).find(" SMTPUTF8"), std::string::npos);
    EXPECT_EQ(rcpt_command(*pack(out), everything()).find("ORCPT"), std::string::npos);
}

TEST(Fits, SaysWhatTheServerCannotCarry) {
    Capabilities plain;
    EXPECT_TRUE(fits(*pack(parcel_message()), plain));
    EXPECT_EQ(fits(*pack(parcel_message("a: b\r\n\r\n\xc3\xa9")), plain).error().code,
              ErrorCode::unsupported);
    EXPECT_EQ(fits(*pack(parcel_message("a: \xc3\xa9\r\n\r\n")), plain).error().code, ErrorCode::unsupported);
    plain.size_limit = 10;
    const Done large = fits(*pack(parcel_message()), plain);
    EXPECT_NE(large.error().message.find("21 bytes, the server takes 10"), std::string::npos);
}

TEST(Xtext, EncodesWhatRfc3461Says) {
    EXPECT_EQ(xtext("a+b=c d\xc3@x"), "a+2Bb+3Dc+20d+C3@x");
}

}  // namespace
}  // namespace candour::mail
