#include "voice/mails.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "core/markup.hpp"
#include "sample.hpp"
#include "voice/catalogue.hpp"

namespace candour::voice {
namespace {

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

std::set<std::string> links(const std::string& html) {
    std::set<std::string> found;
    const std::regex link("href=\"([^\"]*)\"");
    for (std::sregex_iterator at(html.begin(), html.end(), link), end; at != end; ++at)
        found.insert((*at)[1]);
    return found;
}

TEST(Markup, EscapesEverythingThatCouldOpenATagOrEndAnAttribute) {
    EXPECT_EQ(core::escape_markup("<b a=\"1\" b='2'>&"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
}

TEST(EveryMail, HasASubjectATextAndAnHtmlPartInItsLanguage) {
    for (const Catalogue& words : catalogues()) {
        const std::string& language = words.language();
        for (const Mail& mail :
             {acknowledgement_mail(sample::raised(language)), heard_mail(sample::heard(language)),
              closing_mail(sample::told(language)), closing_mail(sample::declined(language))}) {
            EXPECT_FALSE(mail.subject.empty());
            EXPECT_EQ(mail.subject.find('\n'), std::string::npos);
            EXPECT_TRUE(has(mail.html, "<html lang=\"" + language + "\""));
            EXPECT_TRUE(has(mail.text, sample::raised().page_url));
            EXPECT_TRUE(has(mail.text, "> Alerts arrive after the truck has left."));
            for (const std::string& part : {mail.text, mail.html}) {
                EXPECT_FALSE(has(part, "{{")) << part;
                EXPECT_FALSE(std::regex_search(
                    part, std::regex(R"((^|[>\n ])(mail|step|detail|ask|button)\.[a-z]+\b)")))
                    << part;
            }
            EXPECT_FALSE(has(mail.html, "<script"));
            EXPECT_FALSE(has(mail.html, "<img"));
        }
    }
}

TEST(EveryMail, WearsTheOrganisationsColourWhenItHasOne) {
    LoopFacts facts = sample::told();
    EXPECT_FALSE(has(closing_mail(facts).html, "border-top:6px"));
    facts.livery = {"#ffe600", "#000000"};
    const std::string html = closing_mail(facts).html;
    EXPECT_TRUE(has(html, "border-top:6px solid #ffe600"));
    EXPECT_TRUE(has(html, ".card{border-top-color:#ffe600!important}")) << "in the dark as well";
    EXPECT_TRUE(has(html, "bgcolor=\"#ffe600\"")) << "the button";
    EXPECT_TRUE(has(html, ".yes a{color:#000000!important}"));
    EXPECT_FALSE(has(html, "#0b6b49\"")) << "and not the usual one";
    PluginMailFacts invitation;
    invitation.livery = facts.livery;
    EXPECT_TRUE(has(plugin_mail(invitation).html, "border-top:6px solid #ffe600"));
}

TEST(ClosingMail, HoldsAllThreeStatementsInBothParts) {
    const Mail mail = closing_mail(sample::told());
    for (const std::string& part : {mail.text, mail.html})
        for (const char* words :
             {"You told us, 2 November", "What we heard, 3 November", "too late to act on",
              "What we decided, and why, 5 November", "You cannot act on an alert that is an hour old.",
              "What changed, 18 November", "Version 4.12 is live", "Is it resolved?", "Priya Raman",
              "Storgata 5"})
            EXPECT_TRUE(has(part, words)) << words << "\n" << part;
}

TEST(ClosingMail, LinksToThePageAndNeverToAnAnswer) {
    const std::set<std::string> allowed{"https://feedback.example.com/l/9fwm2cqa",
                                        "https://feedback.example.com/privacy",
                                        "https://halden.example/4.12"};
    const Mail mail = closing_mail(sample::told());
    EXPECT_EQ(links(mail.html), allowed);
    for (const char* button : {">Yes, this is resolved</a>", ">Not yet</a>", ">I have read this</a>"})
        EXPECT_TRUE(has(mail.html, button));
}

TEST(ClosingMail, TellsARefusalWithItsReasonAndNoChange) {
    const Mail mail = closing_mail(sample::declined());
    EXPECT_EQ(mail.subject, "What we decided about what you told us, and why");
    EXPECT_TRUE(has(mail.text, "No, we keep the hourly summary."));
    EXPECT_FALSE(has(mail.text, "What changed,"));
}

TEST(ClosingMail, ShowsTheLastRoundOnly) {
    LoopFacts facts = sample::second_round();
    facts.awaiting_answer = true;
    const Mail mail = closing_mail(facts);
    EXPECT_TRUE(has(mail.text, "You said: not yet, 20 November"));
    EXPECT_FALSE(has(mail.text, "Version 4.12"));
}

TEST(EveryMail, IsNotEscapedInItsTextPart) {
    LoopFacts facts = sample::told();
    facts.rounds.back().said.text = "<b>\"5 > 4\" & 'so'</b>\nsecond line";
    const Mail mail = closing_mail(facts);
    EXPECT_TRUE(has(mail.text, "> <b>\"5 > 4\" & 'so'</b>\n> second line\n"));
    EXPECT_TRUE(has(mail.html, "&lt;b&gt;&quot;5 &gt; 4&quot; &amp; &#39;so&#39;&lt;/b&gt;<br>second line"));
}

TEST(EveryMail, KeepsItsSubjectOnOneLineWhateverPeopleAreCalled) {
    PluginMailFacts facts;
    facts.organisation = "Halden\r\nBcc: everyone@example.com";
    facts.subject = "Two questions\r\nBcc: everyone@example.com\n\n";
    const Mail mail = plugin_mail(facts);
    EXPECT_EQ(mail.subject, "Two questions Bcc: everyone@example.com");
}

TEST(EveryMail, ShowsWhateverPeopleWriteAsText) {
    const auto tags = [](const std::string& html) { return std::ranges::count(html, '<'); };
    const auto with = [](const std::string& text) {
        LoopFacts facts = sample::told();
        facts.organisation = facts.contact_name = facts.owner_name = facts.address_line = text;
        facts.rounds.back().said.text = facts.rounds.back().heard->text = facts.rounds.back().decided->why =
            text;
        return closing_mail(facts).html;
    };
    for (const char* text : {"<script>alert(1)</script>", "\"><a href=\"https://evil.example\">",
                             "{{{page_url}}} {{> mail_foot}}", "<!--[if mso]>"}) {
        EXPECT_EQ(tags(with(text)), tags(with("calm"))) << text;
        EXPECT_FALSE(has(with(text), "<a href=\"https://evil")) << text;
    }
}

TEST(PluginMail, PutsBlocksIntoTheSameLayout) {
    PluginMailFacts facts;
    facts.organisation = "Halden Systems";
    facts.subject = "Two questions";
    facts.blocks = {{Block::Kind::text, "Hello,\nhow are we doing?", ""},
                    {Block::Kind::quote, "Your words", ""},
                    {Block::Kind::button, "Answer", "https://feedback.example.com/s/x"},
                    {Block::Kind::button, "Run", "javascript:alert(1)"}};
    facts.unsubscribe_url = "https://feedback.example.com/u/x";
    const Mail mail = plugin_mail(facts);
    EXPECT_TRUE(has(mail.html, "Hello,<br>how are we doing?"));
    EXPECT_TRUE(has(mail.html, "Georgia")) << "the customer's words are set in a serif";
    EXPECT_EQ(links(mail.html), (std::set<std::string>{"https://feedback.example.com/s/x",
                                                       "https://feedback.example.com/u/x"}));
    EXPECT_TRUE(has(mail.html, "<p style=\"margin:0\">Run</p>"))
        << "a button that leads nowhere safe is text";
    EXPECT_TRUE(
        has(mail.text,
            "Hello,\nhow are we doing?\n\n> Your words\n\nAnswer\nhttps://feedback.example.com/s/x\n"));
}

PluginMailFacts with_scale(const std::string& language = "en") {
    PluginMailFacts facts;
    facts.organisation = "Halden Systems";
    facts.language = language;
    facts.subject = "How is it to work with us?";
    Block scale;
    scale.kind = Block::Kind::scale;
    scale.lowest = "not <at> all";
    scale.highest = "very\nmuch";
    facts.blocks = {{Block::Kind::text, "Hello", ""}, scale};
    facts.answer_url = "https://feedback.example.com/s/x";
    return facts;
}

TEST(PluginMail, OffersAScaleAsElevenLinksThatEachNameTheirNumber) {
    const Mail mail = plugin_mail(with_scale());
    std::set<std::string> expected;
    for (int n = 0; n <= 10; ++n) expected.insert("https://feedback.example.com/s/x?a=" + std::to_string(n));
    EXPECT_EQ(links(mail.html), expected);
    EXPECT_TRUE(has(mail.html, "aria-label=\"0, not &lt;at&gt; all\""));
    EXPECT_TRUE(has(mail.html, "aria-label=\"10, very much\""));
    EXPECT_TRUE(has(mail.html, "aria-label=\"7\""));
    EXPECT_TRUE(has(
        mail.text,
        "0, not <at> all\nhttps://feedback.example.com/s/x?a=0\n1\nhttps://feedback.example.com/s/x?a=1\n"));
    EXPECT_TRUE(has(mail.text, "10, very much\nhttps://feedback.example.com/s/x?a=10\n"));
    EXPECT_FALSE(has(mail.html + mail.text, "{{"));
}

TEST(PluginMail, LeadsTheButtonOfAnAnswerToThePageAndLeavesItOutWithoutOne) {
    PluginMailFacts facts = with_scale();
    Block answer;
    answer.kind = Block::Kind::answer;
    answer.text = "Answer\nnow";
    facts.blocks = {answer};
    const Mail mail = plugin_mail(facts);
    EXPECT_EQ(links(mail.html), std::set<std::string>{"https://feedback.example.com/s/x"});
    EXPECT_TRUE(has(mail.html, ">Answer now</a>"));
    EXPECT_TRUE(has(mail.text, "Answer now\nhttps://feedback.example.com/s/x\n"));
    facts.answer_url = "";
    const Mail nowhere = plugin_mail(facts);
    EXPECT_TRUE(links(nowhere.html).empty());
    EXPECT_FALSE(has(nowhere.html + nowhere.text, "Answer"));
}

TEST(PluginMail, LeavesAScaleOutThatLeadsNowhere) {
    for (const char* nowhere : {"", "javascript:alert(1)"}) {
        PluginMailFacts facts = with_scale();
        facts.answer_url = nowhere;
        const Mail mail = plugin_mail(facts);
        EXPECT_TRUE(links(mail.html).empty()) << nowhere;
        EXPECT_FALSE(has(mail.html + mail.text, "?a=")) << nowhere;
    }
}

}  // namespace
}  // namespace candour::voice
