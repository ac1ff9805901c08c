/// What of a mail is the person's own, and what is quoted, forwarded or signed.
#include <gmock/gmock.h>

#include "plugins/mail/reader.hpp"

namespace candour::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Quote {
    const char* name;
    const char* below;
};

class Quotes : public Reader, public ::testing::WithParamInterface<Quote> {};

TEST_P(Quotes, AreCutOffBelowTheAnswer) {
    const auto mail = read_text(std::string("It works now.\n\n") + GetParam().below);
    EXPECT_EQ(text_of(mail, "reply"), "It works now.");
    EXPECT_THAT(text_of(mail, "text"), HasSubstr(GetParam().below)) << "nothing is lost";
}

INSTANTIATE_TEST_SUITE_P(
    , Quotes,
    ::testing::Values(
        Quote{"English", "On Tue, 3 May 2022 at 10:15, Care <care@halden.example> wrote:\n> Does it work?\n"},
        Quote{"Wrapped",
              "On Tue, 3 May 2022 at 10:15, Care at Halden Systems\n<care@halden.example>\nwrote:\n\n> Does "
              "it work?\n"},
        Quote{"WithoutMarks",
              "On 3 May 2022, at 10:15, Care <care@halden.example> wrote:\n\nDoes it work?\n"},
        Quote{"German",
              "Am Di., 3. Mai 2022 um 10:15 Uhr schrieb Care <care@halden.example>:\n\n> Geht es?\n"},
        Quote{"French", "Le mar. 3 mai 2022 à 10:15, Care <care@halden.example> a écrit :\n\n> Alors ?\n"},
        Quote{"Spanish",
              "El mar, 3 may 2022 a las 10:15, Care (<care@halden.example>) escribió:\n\n> ¿Funciona?\n"},
        Quote{"Portuguese",
              "Em ter., 3 de mai. de 2022 às 10:15, Care <care@halden.example> escreveu:\n\n> Funciona?\n"},
        Quote{"Italian",
              "Il giorno mar 3 mag 2022 alle ore 10:15 Care <care@halden.example> ha scritto:\n\n> "
              "Funziona?\n"},
        Quote{"Dutch", "Op di 3 mei 2022 om 10:15 schreef Care <care@halden.example>:\n\n> Werkt het?\n"},
        Quote{"Polish", "wt., 3 maj 2022 o 10:15 Care <care@halden.example> napisał(a):\n\n> Działa?\n"},
        Quote{"Russian", "вт, 3 мая 2022 г. в 10:15, Care <care@halden.example> пишет:\n\n> Работает?\n"},
        Quote{"Outlook",
              "From: Care <care@halden.example>\nSent: Tuesday, May 3, 2022 10:15 AM\nTo: Ann Lee\nSubject: "
              "The export\n\nDoes it work?\n"},
        Quote{"GermanOutlook",
              "Von: Care <care@halden.example>\nGesendet: Dienstag, 3. Mai 2022 10:15\nAn: Ann Lee\nBetreff: "
              "Export\n\nGeht es?\n"},
        Quote{"Original", "-----Original Message-----\nDoes it work?\n"},
        Quote{"Forwarded",
              "---------- Forwarded message ---------\nFrom: Care <care@halden.example>\nDate: Tue, May 3, "
              "2022\n\nDoes it work?\n"},
        Quote{"Apple",
              "> On 3 May 2022, at 10:15, Care <care@halden.example> wrote:\n> \n> Does it work?\n"}),
    [](const auto& instance) { return instance.param.name; });

class Replies : public Reader {};

TEST_F(Replies, BelowTheQuoteAreKept) {
    const auto mail =
        read_text("On 3 May 2022, Care <care@halden.example> wrote:\n> Does it work?\n\nIt does.\n");
    EXPECT_EQ(text_of(mail, "reply"), "It does.");
    EXPECT_EQ(mail.at("interleaved"), false);
}

TEST_F(Replies, BetweenQuotesKeepTheQuotesThatTheyNeed) {
    const auto mail = read_text(
        "On 3 May 2022, Care <care@halden.example> wrote:\n> Which one?\n\nThe blue one.\n\n> And "
        "when?\n\nMonday.\n");
    EXPECT_EQ(mail.at("interleaved"), true);
    EXPECT_EQ(text_of(mail, "reply"), "> Which one?\n\nThe blue one.\n\n> And when?\n\nMonday.");
}

TEST_F(Replies, RightBelowAQuestionAreNoRestOfIt) {
    const auto mail = read_text(
        "On 3 May 2022, Care <care@halden.example> wrote:\n> Would you like the blue one or rather the red "
        "one of last year?\nBlue.\n> And when do you need it?\nMonday.\n");
    EXPECT_THAT(text_of(mail, "reply"), HasSubstr("Blue."));
    EXPECT_THAT(text_of(mail, "reply"), HasSubstr("Monday."));
}

TEST_F(Replies, ThatSpeakOfWritingAreNoAttribution) {
    const std::string words =
        "On the other hand, as I wrote on page 12, the export must\nwork: from here and from: there.\n\nOn "
        "Monday we meet.";
    EXPECT_EQ(text_of(read_text(words), "reply"), words);
}

TEST_F(Replies, ThatOnlyForwardShowWhatTheyForward) {
    const auto mail = read_text(
        "---------- Forwarded message ---------\nFrom: Bob <bob@there.example>\nDate: Tue, May 3, "
        "2022\nSubject: Export\n\nIt times out.\n");
    EXPECT_EQ(text_of(mail, "reply"), "It times out.");
}

TEST_F(Replies, LoseAMarkedSignature) {
    const auto mail = read_text("It works.\n\n-- \nAnn Lee\nCustomer Ltd\n+44 20 7946 0000\n");
    EXPECT_EQ(text_of(mail, "reply_trimmed"), "It works.");
    EXPECT_THAT(text_of(mail, "signature"), HasSubstr("Ann Lee"));
    EXPECT_THAT(text_of(mail, "reply"), HasSubstr("Ann Lee")) << "the signature is no quote";
}

TEST_F(Replies, LoseAClosingANameAndANumber) {
    EXPECT_EQ(text_of(read_text("It works.\n\nBest regards,\nAnn Lee\n"), "reply_trimmed"), "It works.");
    EXPECT_EQ(text_of(read_text("Es geht.\n\nMit freundlichen Grüßen\nAnn Lee\n"), "reply_trimmed"),
              "Es geht.");
    EXPECT_EQ(text_of(read_text("It works.\n\nAnn Lee\n(403) 974-6721\n"), "reply_trimmed"), "It works.");
    EXPECT_EQ(text_of(read_text("It works.\n\nSent from my phone\n"), "reply_trimmed"), "It works.");
}

TEST_F(Replies, KeepWordsThatOnlyResembleASignature) {
    for (const char* words :
         {"Thanks for the quick fix, it works.", "Please call me back:\n\n+44 20 7946 0000",
          "We need two things:\n-- a date\n-- a price", "It fails with\n\nhttps://halden.example/export",
          "Thanks"})
        EXPECT_EQ(text_of(read_text(words), "reply_trimmed"), words);
}

TEST_F(Replies, KeepCodeThatHoldsMarksOfSignatures) {
    const std::string words = "This fails:\n\n```\n--\nselect 1\n```\n\nWhy?";
    EXPECT_EQ(text_of(read_text(words), "reply_trimmed"), words);
}

TEST_F(Replies, InHtmlLoseWhatTheProgramMarkedAsQuoted) {
    const char* const kGmail =
        "<div dir=ltr>It works.<br></div><br><div class=\"gmail_quote\">On Tue, May 3, 2022 Care &lt;<a "
        "href=x>care@halden.example</a>&gt; "
        "wrote:<br><blockquote><div>Does it?</div></blockquote></div>";
    const char* const kPlain = "<p>It works.</p><blockquote type=cite><p>Does it?</p></blockquote>";
    for (const char* html : {kGmail, kPlain})
        EXPECT_EQ(text_of(read_html(html), "reply"), "It works.") << html;
}

TEST_F(Replies, InHtmlAreTextAsItIsSeen) {
    const auto mail = read_html(
        "<html><head><title>no</title><style>p{}</style></head><body><p>Caf&eacute; &amp; cr&#232;me&nbsp;1 "
        "&lt; 2</p>"
        "<div style='display:none'>hidden</div><ul><li>one<li>two</ul><script>alert(1)</script><!-- no "
        "--></body></html>");
    EXPECT_THAT(text_of(mail, "text"), HasSubstr("Café & crème"));
    EXPECT_THAT(text_of(mail, "text"), HasSubstr("* one\n* two"));
    for (const char* gone : {"hidden", "alert", "no", "p{}"})
        EXPECT_THAT(text_of(mail, "text"), Not(HasSubstr(gone)));
}

}  // namespace
}  // namespace candour::mail
