/// What the bytes of a mail say: words, charsets, parts, and the faults that mail programs make.
#include <gmock/gmock.h>

#include "plugins/mail/reader.hpp"

namespace candour::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string with_header(const std::string& header, const std::string& body = "x") {
    return "From: ann@customer.example\r\n" + header + "\r\n\r\n" + body;
}

std::string part(const std::string& type, const std::string& body, const std::string& more = "") {
    return "--b\r\nContent-Type: " + type + "\r\n" + more + "\r\n" + body + "\r\n";
}

std::string multipart(const std::string& kind, const std::string& parts) {
    return with_header("Content-Type: multipart/" + kind + "; boundary=b", parts + "--b--\r\n");
}

class Reading : public Reader {
 protected:
    std::string subject(const std::string& value) {
        return text_of(read(with_header("Subject: " + value)), "subject");
    }
    std::string body(const std::string& header, const std::string& bytes) {
        return text_of(read(with_header(header, bytes)), "text");
    }
};

TEST_F(Reading, GoesOnBehindAPaddedWord) {
    EXPECT_EQ(subject("=?UTF-8?B?SGVsbG8=?= =?UTF-8?B?V29ybGQ=?="), "HelloWorld");
}

TEST_F(Reading, JoinsACharacterThatIsCutInTwoWords) {
    EXPECT_EQ(subject("=?utf-8?Q?caf=C3?=\r\n =?utf-8?Q?=A9?="), "café");
}

TEST_F(Reading, KnowsCharsetsByTheNamesThatMailProgramsGiveThem) {
    EXPECT_EQ(subject("=?iso-8859-1?Q?=80_5?="), "€ 5") << "browsers and mail programs mean windows-1252";
    EXPECT_EQ(subject("=?ks_c_5601-1987?B?vsiz5w==?="), "안녕");
    EXPECT_EQ(subject("=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?="), "日本");
    EXPECT_EQ(subject("=?x-nobody-knows?Q?=E9?="), "é");
}

TEST_F(Reading, LeavesBrokenWordsAsTheyStand) {
    EXPECT_EQ(subject("=?utf-8?X?abc?= =?utf-8 and =?"), "=?utf-8?X?abc?= =?utf-8 and =?");
}

TEST_F(Reading, ReadsNamesWithWordsAndCommas) {
    const auto mail = read(
        "From: =?UTF-8?B?SsO8cmdlbg==?= =?UTF-8?B?IEzDtnc=?= <j@customer.example>\r\nTo: \"Lee, Ann\" "
        "<a@b.example>, c@d.example\r\n\r\nx");
    EXPECT_EQ(mail.at("authored_by").as_object().at("name"), "Jürgen Löw");
    EXPECT_THAT(texts_of(mail, "to"), ElementsAre("a@b.example", "c@d.example"));
}

TEST_F(Reading, GoesOnBehindPaddingInsideABody) {
    EXPECT_EQ(body("Content-Transfer-Encoding: base64", "aGVsbG8=d29ybGQ=\r\n"), "helloworld");
}

TEST_F(Reading, BelievesUtf8ThatWasNotDeclared) {
    EXPECT_EQ(body("Content-Type: text/plain; charset=us-ascii", "caf\xC3\xA9"), "café");
    EXPECT_EQ(body("Content-Type: text/plain; charset=utf-8", "caf\xE9"), "caf\xEF\xBF\xBD")
        << "never invalid UTF-8";
}

TEST_F(Reading, TakesAMailOfAnOldMac) {
    const auto mail = read("From: ann@customer.example\rSubject: Old\r\rone\rtwo\r");
    EXPECT_EQ(text_of(mail, "subject"), "Old");
    EXPECT_EQ(text_of(mail, "text"), "one\ntwo\n");
}

TEST_F(Reading, JoinsFlowedLines) {
    EXPECT_EQ(body("Content-Type: text/plain; format=flowed",
                   "one \r\ntwo\r\n> three \r\n> four\r\n-- \r\nAnn\r\n"),
              "one two\n> three four\n-- \nAnn\n");
}

TEST_F(Reading, PrefersPlainTextUnlessItOnlyPointsAtHtml) {
    const std::string html = part("text/html", "<p>rich</p>");
    EXPECT_THAT(text_of(read(multipart("alternative", part("text/plain", "plain") + html)), "text"),
                HasSubstr("plain"));
    EXPECT_THAT(text_of(read(multipart("alternative",
                                       part("text/plain", "Please view this in an HTML reader.") + html)),
                        "text"),
                HasSubstr("rich"));
    EXPECT_THAT(text_of(read(multipart("alternative", part("text/plain", " ") + html)), "text"),
                HasSubstr("rich"));
}

TEST_F(Reading, JoinsTheTextsAroundAPicture) {
    const auto mail =
        read(multipart("mixed", part("text/plain", "before") +
                                    part("image/png", "AA==", "Content-Transfer-Encoding: base64\r\n") +
                                    part("text/plain", "after")));
    EXPECT_EQ(text_of(mail, "text"), "before\nafter");
    EXPECT_EQ(mail.at("parts").as_array().at(1).as_object().at("bytes"), 1);
}

TEST_F(Reading, NeverTakesAnAttachmentForTheBody) {
    const auto mail =
        read(multipart("mixed", part("text/plain", "log line",
                                     "Content-Disposition: attachment; filename*=utf-8''b%C3%A4r.txt\r\n") +
                                    part("text/plain", "Hello")));
    EXPECT_EQ(text_of(mail, "text"), "Hello");
    EXPECT_EQ(mail.at("parts").as_array().at(0).as_object().at("name"), "bär.txt");
}

TEST_F(Reading, ReadsTheFrontOfAMultipartThatHasNoParts) {
    const auto mail = read(with_header("Content-Type: multipart/mixed; boundary=zzz", "Only this.\r\n"));
    EXPECT_THAT(text_of(mail, "text"), HasSubstr("Only this."));
    EXPECT_FALSE(mail.at("defects").as_array().empty());
}

TEST_F(Reading, SaysWhenTheSenderWrote) {
    EXPECT_EQ(text_of(read(with_header("Date: Sat, 21 Nov 2026 21:18:00 +0100")), "date"),
              "2026-11-21T20:18:00Z");
    EXPECT_EQ(text_of(read(with_header("Date: soon")), "date"), "");
}

TEST_F(Reading, AnswersTheSameToTheSame) {
    const std::string raw = multipart("mixed", part("text/plain", "Hello") + part("text/html", "<b>x"));
    EXPECT_EQ(*ask(raw, "{}"), *ask(raw, "{}"));
}

}  // namespace
}  // namespace candour::mail
