#include "edge/mail/compose.hpp"

#include <gtest/gtest.h>

#include "edge/mail/parsed.hpp"

namespace candour::mail {
namespace {

using namespace std::chrono_literals;

Letter letter() {
    Letter one;
    one.id = MessageId(IdBytes{1, 2, 3});
    one.from = {"Halden Systems", "loop@halden.example"};
    one.to = {"Dele Okafor", "dele@moss.example"};
    one.reply_to = "loop+t0ken@halden.example";
    one.subject = "What became of what you told us";
    one.text = "Hello Dele,\nit is done.\n";
    one.html = "<!doctype html><html><body><p>Hello Dele,</p></body></html>";
    one.language = "en";
    one.date = core::Instant{std::chrono::sys_days{2026y / 11 / 18} + 9h + 5min};
    one.loop = "itm_1";
    return one;
}

TEST(Compose, BuildsAWholeMessageThatReadsBack) {
    const Result<std::string> raw = compose(letter());
    ASSERT_TRUE(raw) << raw.error().message;
    is_clean(*raw);
    const Parsed mail(*raw);
    EXPECT_EQ(mail.header("From"), "Halden Systems <loop@halden.example>");
    EXPECT_EQ(mail.header("To"), "Dele Okafor <dele@moss.example>");
    EXPECT_EQ(mail.header("Reply-To"), "loop+t0ken@halden.example");
    EXPECT_EQ(mail.header("Subject"), letter().subject);
    EXPECT_EQ(mail.header("Message-Id"), "<" + letter().id.text() + "@halden.example>");
    EXPECT_EQ(mail.header("Date"), "Wed, 18 Nov 2026 09:05:00 +0000");
    EXPECT_EQ(mail.header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(mail.header("X-Candour-Loop"), "itm_1");
    EXPECT_EQ(mail.header("Content-Language"), "en");
    EXPECT_TRUE(has(mail.header("Content-Type"), "multipart/alternative"));
    EXPECT_EQ(mail.part(0), letter().text);
    EXPECT_EQ(mail.part(1), letter().html + "\n");
    EXPECT_TRUE(has(*raw, "MIME-Version: 1.0\r\n"));
    EXPECT_TRUE(has(
        *raw, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"));
}

TEST(Compose, GivesTheSameBytesEachTime) {
    EXPECT_EQ(*compose(letter()), *compose(letter()));
}

TEST(Compose, CarriesAnyTextAndAnyName) {
    Letter one = letter();
    one.from.name = "Søndergård, Åse \"Ops\" (Süd)";
    one.to.name = "山田 太郎";
    one.subject = "Grüße aus København: „noch nicht“ 😀 " + std::string(300, 'x') + " 你好";
    one.text = ".\n..\nFrom here on: = é 😀 \t\ntrailing space \n" + std::string(5000, 'w') +
               "\r\nlone\rreturn\n--=_" + one.id.text() + "\n";
    const Result<std::string> raw = compose(one);
    ASSERT_TRUE(raw) << raw.error().message;
    is_clean(*raw);
    const Parsed mail(*raw);
    EXPECT_EQ(std::string(g_mime_message_get_subject(mail.message)), one.subject);
    EXPECT_EQ(mail.part(0), ".\n..\nFrom here on: = é 😀 \t\ntrailing space \n" + std::string(5000, 'w') +
                                "\nlone\nreturn\n--=_" + one.id.text() + "\n");
    InternetAddress* from = internet_address_list_get_address(g_mime_message_get_from(mail.message), 0);
    EXPECT_EQ(std::string(internet_address_get_name(from)), one.from.name);
    InternetAddress* to = internet_address_list_get_address(g_mime_message_get_to(mail.message), 0);
    EXPECT_EQ(std::string(internet_address_get_name(to)), one.to.name);
    EXPECT_EQ(g_mime_multipart_get_count(GMIME_MULTIPART(g_mime_message_get_mime_part(mail.message))), 2);
}

TEST(Compose, WritesTextAloneWhenThereIsNoHtml) {
    Letter one = letter();
    one.html.clear();
    const Parsed mail(*compose(one));
    EXPECT_TRUE(has(mail.header("Content-Type"), "text/plain"));
    EXPECT_EQ(mail.part(0), one.text);
}

TEST(Compose, OffersOneClickUnsubscribeWithLinksUnbroken) {
    Letter one = letter();
    one.unsubscribe_url = "https://feedback.example.com/u/" + std::string(150, 'k');
    one.unsubscribe_mail = "leave+" + std::string(50, 'k') + "@halden.example";
    const std::string raw = *compose(one);
    is_clean(raw);
    EXPECT_TRUE(has(raw, "List-Unsubscribe: <" + one.unsubscribe_url +
                             ">,\r\n <mailto:" + one.unsubscribe_mail + ">\r\n"));
    EXPECT_TRUE(has(raw, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
    EXPECT_FALSE(has(*compose(letter()), "List-Unsubscribe"));
    one.unsubscribe_url = "http://feedback.example.com/u/x";
    const auto plain = compose(one);
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->find("List-Unsubscribe-Post"), std::string::npos) << "RFC 8058 wants https";
    EXPECT_NE(plain->find("List-Unsubscribe: <http://"), std::string::npos);
}

TEST(Compose, AddsFurtherFieldsButNeverItsOwnAgain) {
    Letter one = letter();
    one.extra = {{"Precedence", "bulk"}, {"X-Note", "grün"}};
    const Parsed mail(*compose(one));
    EXPECT_EQ(mail.header("Precedence"), "bulk");
    EXPECT_EQ(mail.header("X-Note"), "grün");
    for (const char* name : {"From", "bcc", "SUBJECT", "Content-Type", "a b", "a:b", "", "X\r\nBcc"}) {
        one.extra = {{name, "x"}};
        EXPECT_FALSE(compose(one)) << name;
    }
}

TEST(Compose, RefusesWhateverWouldStartAnotherHeader) {
    const auto refused = [](auto change) {
        Letter one = letter();
        change(one);
        const Result<std::string> raw = compose(one);
        return !raw && raw.error().code == ErrorCode::invalid;
    };
    for (const std::string& bad :
         {std::string("x\r\nBcc: all@example.com"), std::string("x\ny"), std::string("x\ry"),
          std::string("x\0y", 3), std::string("x\x1by"), std::string("\xff")}) {
        EXPECT_TRUE(refused([&](Letter& l) { l.subject = bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.from.name = bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.to.name = bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.to.address = bad + "@moss.example"; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.reply_to = bad + "@moss.example"; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.loop = bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.language = bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.unsubscribe_url = "https://x/" + bad; })) << bad;
        EXPECT_TRUE(refused([&](Letter& l) { l.extra = {{"X-Note", bad}}; })) << bad;
    }
    EXPECT_TRUE(refused([](Letter& l) { l.text = std::string("a\0b", 3); }));
    EXPECT_TRUE(refused([](Letter& l) { l.html = "\xff"; }));
    EXPECT_TRUE(refused([](Letter& l) { l.to.address = "a@b, c@d"; }));
    EXPECT_TRUE(refused([](Letter& l) { l.id = {}; }));
}

}  // namespace
}  // namespace candour::mail
