/// Mail that somebody wrote to break its reader: it ends in time, is valid UTF-8, and says that it was cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "plugins/mail/reader.hpp"
#include "reading/charset.hpp"

namespace candour::mail {
namespace {

/// Of the processor's own time, with room for a slow build on a slow machine: what grows faster than the mail
/// does takes minutes.
constexpr double kBudgetSeconds = 20;

double seconds_of_processor() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string times(std::size_t count, const std::string& text) {
    std::string all;
    all.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

const std::string kHead = "From: a@b.example\nSubject: x\n";

struct Attack {
    const char* name;
    std::string (*make)();
    bool cut;  ///< more than what is read of a mail
};

class Attacks : public Reader, public ::testing::WithParamInterface<Attack> {};

TEST_P(Attacks, EndInTimeWithAnAnswer) {
    const std::string raw = GetParam().make();
    const double start = seconds_of_processor();
    const Result<std::string> answer = ask(raw, "{}");
    EXPECT_LT(seconds_of_processor() - start, kBudgetSeconds);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(is_utf8(*answer));
    EXPECT_EQ(boost::json::parse(*answer).at("truncated").as_bool(), GetParam().cut);
}

INSTANTIATE_TEST_SUITE_P(
    , Attacks,
    ::testing::Values(
        Attack{"NestedMultiparts",
               [] {
                   std::string raw = kHead;
                   for (int i = 0; i < 30'000; ++i) {
                       const std::string name = "n" + std::to_string(i);
                       raw += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
                   }
                   return raw + "\nhi\n";
               },
               true},
        Attack{"NestedMessages",
               [] { return kHead + times(30'000, "Content-Type: message/rfc822\n\n") + "\nhi\n"; }, true},
        Attack{"SameBoundaryAgain",
               [] { return kHead + times(30'000, "Content-Type: multipart/mixed; boundary=a\n\n--a\n"); },
               true},
        Attack{"ManyParts",
               [] {
                   return kHead + "Content-Type: multipart/mixed; boundary=q\n\n" +
                          times(100'000, "--q\n\nx\n");
               },
               true},
        Attack{
            "AlmostBoundaries",
            [] { return kHead + "Content-Type: multipart/mixed; boundary=a\n\n" + times(300'000, "--ax\n"); },
            true},
        Attack{"LongBoundary",
               [] {
                   const std::string name(500'000, 'b');
                   return kHead + "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name +
                          "\n\nx\n";
               },
               true},
        Attack{"ManyFields", [] { return times(200'000, "X-A: b\n") + kHead + "\nhi\n"; }, true},
        Attack{"LongField", [] { return "X-Long: " + std::string(5'000'000, 'a') + "\n" + kHead + "\nhi\n"; },
               true},
        Attack{"ManyWords", [] { return "Subject:" + times(200'000, " =?utf-8?Q?=C3=A9?=\n") + "\nhi\n"; },
               true},
        Attack{"ManyRecipients",
               [] { return kHead + "To: " + times(2'000, "someone@there.example, ") + "\n\nhi\n"; }, false},
        Attack{"Comments", [] { return "To: " + std::string(60'000, '(') + "\n" + kHead + "\nhi\n"; }, false},
        Attack{"Colons", [] { return "From: " + std::string(60'000, ':') + "\n\nhi\n"; }, false},
        Attack{"ManyParameters",
               [] {
                   std::string type = "Content-Type: text/plain";
                   for (int i = 0; i < 3'000; ++i) type += "; name*" + std::to_string(i) + "*=%41";
                   return kHead + type + "\n\nhi\n";
               },
               false},
        Attack{"SoftLineEnds",
               [] {
                   return kHead + "Content-Transfer-Encoding: quoted-printable\n\n" + times(3'000'000, "=\n");
               },
               false},
        Attack{"Nuls", [] { return kHead + "\n" + std::string(5'000'000, '\0'); }, false},
        Attack{"OneLine", [] { return kHead + "\n" + std::string(20'000'000, 'a'); }, true},
        Attack{"TooManyBytes",
               [] { return kHead + "\n" + times(30'000'000 / 64, std::string(63, 'a') + "\n"); }, true},
        Attack{"DeepHtml", [] { return kHead + "Content-Type: text/html\n\n" + times(500'000, "<div>"); },
               false},
        Attack{"QuotedHtml",
               [] { return kHead + "Content-Type: text/html\n\n" + times(50'000, "<blockquote><b><td>x"); },
               true},
        Attack{"ManyHeads", [] { return kHead + "Content-Type: text/html\n\n" + times(500'000, "<head>"); },
               false},
        Attack{"HtmlAttributes",
               [] { return kHead + "Content-Type: text/html\n\n<a " + times(200'000, "class id=1 ") + ">x"; },
               false},
        Attack{"Attributions",
               [] { return kHead + "\n" + times(5'000, "On 3 May 2022, a@b.example wrote:\n> x\n\n"); },
               false},
        Attack{"Interleaved", [] { return kHead + "\n" + times(9'000, "> x\nOn 1:2 <\n"); }, false},
        Attack{"BounceOfMany",
               [] {
                   std::string raw =
                       "From: mailer-daemon@x.example\nSubject: failure notice\n\nunable to deliver\n";
                   for (int i = 0; i < 3'000; ++i) raw += "<u" + std::to_string(i) + "@x.example>:\n";
                   return raw;
               },
               false},
        Attack{"ReportOfMany",
               [] {
                   std::string raw = kHead +
                                     "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: "
                                     "message/delivery-status\n\n";
                   for (int i = 0; i < 20'000; ++i)
                       raw +=
                           "Final-Recipient: rfc822;u" + std::to_string(i) + "@x.example\nAction: failed\n\n";
                   return raw + "--b--\n";
               },
               false}),
    [](const auto& instance) { return instance.param.name; });

/// A mail with some of everything, for what bytes at random places do to it.
const std::string kSeed =
    "Return-Path: <>\r\nFrom: =?utf-8?B?TWFpbA==?= <mailer-daemon@mx.example>\r\nTo: \"Care, Halden\" "
    "<care+x@halden.example>\r\n"
    "Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= failed\r\nReferences: <1@x> <2@x>\r\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=b\"\r\n\r\n"
    "--=b\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: "
    "quoted-printable\r\n\r\n<p>On 3 May 2022 a@b.example wrote:<blockquote>=C4=E3"
    "</blockquote>&eacute;\r\n--=b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: "
    "rfc822;bob@there.example\r\nStatus: 5.1.1\r\n"
    "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n--=b\r\nContent-Type: "
    "message/rfc822\r\n\r\nSubject: x\r\n\r\n"
    "begin 644 x\r\n#0V%T\r\n`\r\nend\r\n--=b--\r\n";

class Damage : public Reader {};

TEST_F(Damage, NeverMakesAnAnswerThatIsNone) {
    constexpr int kRounds = 3'000;
    std::mt19937 random(20261121);
    const auto below = [&random](std::size_t end) {
        return static_cast<std::size_t>(random()) % std::max<std::size_t>(end, 1);
    };
    for (int round = 0; round < kRounds; ++round) {
        std::string raw = kSeed;
        for (std::size_t i = 1 + below(8); i > 0 && !raw.empty(); --i) {
            const std::size_t at = below(raw.size());
            switch (below(4)) {
                case 0:
                    raw[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    raw.erase(at, 1 + below(40));
                    break;
                case 2:
                    raw.insert(at, raw.substr(below(raw.size()), below(60)));
                    break;
                default:
                    raw.resize(at + 1);
            }
        }
        const Result<std::string> answer = ask(raw, "{}");
        ASSERT_TRUE(answer) << answer.error().message << "\n" << raw;
        ASSERT_TRUE(is_utf8(*answer)) << raw;
        boost::json::error_code ec;
        ASSERT_TRUE(boost::json::parse(*answer, ec).is_object()) << raw;
    }
}

}  // namespace
}  // namespace candour::mail
