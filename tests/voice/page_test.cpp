#include "voice/pages.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "sample.hpp"
#include "voice/catalogue.hpp"

namespace candour::voice {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

bool page_has(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

StopFacts preferring(const std::string& language) {
    StopFacts facts;
    facts.organisation = "Halden Systems";
    facts.language = language;
    facts.form_action = "/u/x";
    facts.form_fields = "<i></i>";
    facts.privacy_url = "/privacy";
    facts.how = "light";
    facts.questions = {{"nps/1", "How is <it>?", false}, {"surveys/autumn", "And autumn?", true}};
    facts.person_name = "Priya Raman";
    facts.person_email = "priya@halden.example";
    facts.saved = true;
    facts.undo = {{"how", "as_asked"}, {"k0", "\"<b>\""}};
    return facts;
}

std::vector<std::string> every_page(const std::string& language) {
    std::vector<std::string> pages;
    for (const LoopFacts& facts :
         {sample::raised(language), sample::heard(language), sample::decided(language),
          sample::told(language), sample::declined(language), sample::closed(language),
          sample::second_round(language)}) {
        pages.push_back(loop_page(facts));
        for (const Press press : {Press::seen, Press::confirmed, Press::not_yet, Press::correct})
            pages.push_back(pressed_page(press, facts));
    }
    for (const Notice notice :
         {Notice::unknown_link, Notice::expired_link, Notice::revoked_link, Notice::bad_request,
          Notice::too_large, Notice::unavailable, Notice::received})
        pages.push_back(notice_page(
            notice, {"Halden Systems", language, "score: expected 0 to 10", "+47 22 00 00 00", "/privacy"}));
    pages.push_back(
        press_again_page({"Halden Systems", language, "/l/x", "<i></i>", {{"press", "seen"}}, "/privacy"}));
    pages.push_back(stop_page(preferring(language)));
    pages.push_back(stopped_page(preferring(language)));
    return pages;
}

TEST(EveryPage, IsAWholeDocumentWithoutScriptsAndStyleAttributes) {
    for (const Catalogue& words : catalogues())
        for (const std::string& page : every_page(words.language())) {
            SCOPED_TRACE(page.substr(0, 400));
            EXPECT_TRUE(page.starts_with("<!doctype html>\n<html lang=\"" + words.language() + "\">"));
            EXPECT_EQ(count(page, "<h1"), 1U);
            EXPECT_EQ(count(page, "<main>"), 1U);
            EXPECT_EQ(count(page, "<title>"), 1U);
            EXPECT_EQ(count(page, "<style"), 1U);
            EXPECT_TRUE(page_has(page, "<style>" + std::string(page_style()) + "</style>"));
            EXPECT_FALSE(page_has(page, "<script"));
            EXPECT_FALSE(std::regex_search(page, std::regex(R"(\s(style|on\w+)=)")));
            EXPECT_FALSE(page_has(page, "{{"));
            EXPECT_TRUE(page.ends_with("</html>\n"));
            EXPECT_FALSE(std::regex_search(page.substr(page.find("</style>")),
                                           std::regex(R"(>(pressed|notice|next|step|ring|foot)\.)")))
                << "a key instead of a sentence";
        }
}

TEST(EveryPage, RefersToNothingThatMustBeFetched) {
    for (const std::string& page : every_page("en")) {
        EXPECT_FALSE(page_has(page, " src="));
        EXPECT_FALSE(page_has(page, "<link"));
        EXPECT_FALSE(page_has(page_style(), "url("));
    }
}

TEST(LoopPage, ShowsAllFourStatementsWithDatesAndNames) {
    const std::string page = loop_page(sample::told());
    for (const char* part :
         {"You told us", "Alerts arrive after the truck", "Your score: 4 of 10", "What we heard",
          "too late to act on", "What we decided, and why", "You cannot act on an alert",
          "The monthly report waits", "What changed", "Version 4.12", "18 November, Priya Raman",
          "datetime=\"2026-11-18\"", "Promised by 1 December."})
        EXPECT_TRUE(page_has(page, part)) << part;
    EXPECT_TRUE(page_has(page, R"(<a href="https://halden.example/4.12")"));
}

TEST(LoopPage, OffersThreePostButtonsWhileTheAnswerIsAwaited) {
    const std::string page = loop_page(sample::told());
    EXPECT_EQ(count(page, "<form"), 1U);
    EXPECT_EQ(count(page, R"(method="post" action="/l/9fwm2cqa")"), 1U);
    EXPECT_EQ(count(page, "<button"), 3U);
    for (const char* value : {"seen", "confirmed", "not_yet"})
        EXPECT_EQ(count(page, "name=\"press\" value=\"" + std::string(value) + "\""), 1U);
    EXPECT_TRUE(page_has(page, R"(<textarea id="more" name="more" rows="3" maxlength="4000")"));
    EXPECT_EQ(count(page, R"(<input type="hidden" name="nonce" value="n-1">)"), 1U);
    EXPECT_TRUE(page_has(page, "3.2 4.8 3.2 4.8 3.2 80.8")) << "the fourth arc is dashed";
    EXPECT_TRUE(page_has(page, "goes straight to Priya Raman"));
}

TEST(LoopPage, OffersOnlyACorrectionBeforeItIsTold) {
    for (const LoopFacts& facts : {sample::raised(), sample::heard(), sample::decided()}) {
        const std::string page = loop_page(facts);
        EXPECT_EQ(count(page, "<button"), 1U);
        EXPECT_TRUE(page_has(page, R"(name="press" value="correct")"));
        EXPECT_TRUE(page_has(page, "class=\"next\"")) << "says what comes next";
    }
    EXPECT_TRUE(page_has(loop_page(sample::decided()), "have promised it by 1 December"));
}

TEST(LoopPage, ShowsAWholeRingAndStillNotYetAfterClosing) {
    const std::string page = loop_page(sample::closed());
    EXPECT_TRUE(page_has(page, R"(aria-label="The loop is closed")"));
    EXPECT_EQ(count(page, "<circle"), 1U);
    EXPECT_TRUE(page_has(page, "<path")) << "the tick";
    EXPECT_EQ(count(page, "<button"), 1U);
    EXPECT_TRUE(page_has(page, R"(value="not_yet")"));
    LoopFacts seen = sample::closed();
    seen.can_confirm = true;
    EXPECT_EQ(count(loop_page(seen), "<button"), 2U);
}

TEST(LoopPage, SaysInEveryLanguageThatAPressCameTooLateOrLackedItsWords) {
    for (const Catalogue& words : catalogues()) {
        LoopFacts late = sample::second_round(words.language());
        late.late = true;
        EXPECT_EQ(count(loop_page(late), "role=\"status\""), 1U);
        LoopFacts empty = sample::told(words.language());
        empty.fault = FormFault::no_words;
        empty.typed = "a <b>";
        const std::string page = loop_page(empty);
        EXPECT_EQ(count(page, "role=\"alert\""), 1U);
        EXPECT_TRUE(page_has(page, "aria-describedby=\"mh me\" aria-invalid=\"true\">a &lt;b&gt;</textarea>"))
            << page;
        EXPECT_FALSE(page_has(page, "fault."));
    }
    for (const char* never : {"role=\"alert\"", "role=\"status\"", "aria-invalid"})
        EXPECT_FALSE(page_has(loop_page(sample::told()), never));
}

TEST(LoopPage, ShowsTheThreeTextsOfOurOwnFailureBesideTheChange) {
    LoopFacts facts = sample::told();
    facts.rounds.back().our_failure =
        OurFailure{"A log was full.", "Nobody watched it.", "It is watched now."};
    const std::string page = loop_page(facts);
    for (const char* words : {"What went wrong on our side", "A log was full.", "What we learned",
                              "Nobody watched it.", "It is watched now."})
        EXPECT_TRUE(page_has(page, words)) << words;
}

TEST(LoopPage, LeavesTheThirdArcOutWhenTheAnswerIsNo) {
    const std::string page = loop_page(sample::declined());
    EXPECT_EQ(count(page, "<circle"), 3U);
    EXPECT_FALSE(page_has(page, "-52.8"));
    EXPECT_TRUE(page_has(page, "It is decided that this will not change"));
    EXPECT_EQ(count(page, "What changed"), 0U);
}

TEST(LoopPage, ShowsEveryRoundAndTheRingOfTheLast) {
    const std::string page = loop_page(sample::second_round());
    EXPECT_TRUE(page_has(page, "The first time"));
    EXPECT_TRUE(page_has(page, "After your “not yet” of 20 November"));
    EXPECT_TRUE(page_has(page, "Version 4.12"));
    EXPECT_TRUE(page_has(page, "The night shift still gets them late."));
    EXPECT_TRUE(page_has(page, R"(aria-label="One of four steps is done")"));
    EXPECT_EQ(count(page, "<h3"), 6U) << "four steps of the first round, two of the second";
}

TEST(LoopPage, OwnsUpToAFailureInThreeTexts) {
    LoopFacts facts = sample::told();
    facts.rounds.back().our_failure = {"We batched by the hour.", "Late news is no news.",
                                       "A test watches the delay."};
    const std::string page = loop_page(facts);
    for (const char* part : {"We batched by the hour.", "Late news is no news.", "A test watches the delay."})
        EXPECT_TRUE(page_has(page, part));
}

TEST(LoopPage, ShowsCorrectionsBetweenHeardAndDecided) {
    LoopFacts facts = sample::decided();
    facts.rounds.back().corrections = {{"It is the night shift above all.", {}, sample::november(4)}};
    const std::string page = loop_page(facts);
    EXPECT_LT(page.find("What we heard"), page.find("You corrected us"));
    EXPECT_LT(page.find("You corrected us"), page.find("What we decided"));
}

TEST(LoopPage, NeverLinksToAnythingButAWebAddress) {
    for (const char* link : {"javascript:alert(1)", "data:text/html,x", "https://a b", "ftp://x", "//x",
                             "https://x\" onclick=\"y"}) {
        LoopFacts facts = sample::told();
        facts.rounds.back().changed->link = link;
        EXPECT_FALSE(page_has(loop_page(facts), "rel=\"noopener")) << link;
    }
}

TEST(LoopPage, HoldsAScoreWithoutWords) {
    LoopFacts facts = sample::raised();
    facts.rounds.back().said.text.clear();
    const std::string page = loop_page(facts);
    EXPECT_TRUE(page_has(page, "You left no words, only your score."));
    EXPECT_EQ(count(page, "<blockquote"), 0U);
}

const std::vector<std::string>& hostile() {
    static const std::vector<std::string> texts{"<script>alert(1)</script>",
                                                "\"><img src=x onerror=alert(1)>",
                                                "' onmouseover='x",
                                                "{{form_fields}} {{{form_fields}}} {{#rounds}}",
                                                "{{t.privacy}} {{> page_head}} {date} {name}",
                                                "</blockquote></main><form>",
                                                "&lt;b&gt; &amp;",
                                                "\u202Egnol\u202C \u2067x",
                                                "😀🏽‍🚀 na\u00EFve",
                                                "</title><style>*{display:none}</style>",
                                                "<!-- ",
                                                "]]>",
                                                "line one\nline two\r\nthree",
                                                std::string(4000, 'w')};
    return texts;
}

LoopFacts with_everywhere(const std::string& text) {
    LoopFacts facts = sample::told();
    facts.organisation = facts.contact_name = facts.owner_name = facts.form_action = text;
    Round& round = facts.rounds.back();
    round.said.text = text;
    for (std::optional<Spoken>* spoken : {&round.heard, &round.decided, &round.changed})
        **spoken = Spoken{text, text, text, text, round.said.on, text};
    round.corrections = {{text, {}, round.said.on}};
    round.our_failure = {text, text, text};
    return facts;
}

TEST(LoopPage, ShowsWhateverPeopleWriteAsText) {
    const std::string calm = loop_page(with_everywhere("calm"));
    const auto tags = [](const std::string& page) { return count(page, "<"); };
    const auto quotes = [](const std::string& page) { return count(page, "\""); };
    for (const std::string& text : hostile()) {
        SCOPED_TRACE(text.substr(0, 60));
        const std::string page = loop_page(with_everywhere(text));
        EXPECT_EQ(tags(page), tags(calm)) << "a text became a tag";
        EXPECT_EQ(quotes(page), quotes(calm)) << "a text left its attribute";
        EXPECT_EQ(count(page, "n-1"), 1U) << "a text was taken for a template";
        EXPECT_FALSE(page_has(page, "<script"));
    }
}

TEST(LoopPage, KeepsWordsByteForByteWhereNothingNeedsEscaping) {
    for (const std::string text :
         {"😀🏽‍🚀 na\u00EFve", "\u202Egnol\u202C", "{{t.privacy}} {date}", "line one\nline two"}) {
        EXPECT_TRUE(
            page_has(loop_page(with_everywhere(text)), "<blockquote dir=\"auto\">" + text + "</blockquote>"))
            << text;
    }
}

TEST(PressedPage, SaysWhatHappensNextAndLeadsBack) {
    const std::string page = pressed_page(Press::not_yet, sample::second_round());
    EXPECT_TRUE(page_has(page, "It is open again"));
    EXPECT_TRUE(page_has(page, "Priya Raman has your words now"));
    EXPECT_TRUE(page_has(page, R"(href="https://feedback.example.com/l/9fwm2cqa")"));
    EXPECT_TRUE(page_has(pressed_page(Press::confirmed, sample::closed()), "the loop is closed"));
}

TEST(PressAgainPage, CarriesWhatWasPosted) {
    const std::string page = press_again_page({"Halden",
                                               "de",
                                               "/l/x",
                                               R"(<input name="nonce" value="2">)",
                                               {{"press", "not_yet"}, {"more", "\"<b>\""}},
                                               ""});
    EXPECT_TRUE(page_has(page, R"(<input type="hidden" name="press" value="not_yet">)"));
    EXPECT_TRUE(page_has(page, R"(name="more" value="&quot;&lt;b&gt;&quot;")"));
    EXPECT_TRUE(page_has(page, R"(<input name="nonce" value="2">)"));
    EXPECT_EQ(count(page, "<button>"), 1U);
}

TEST(StopPage, ShowsHowSomebodyIsAskedAndWhoTheyCanTalkTo) {
    const std::string page = stop_page(preferring("en"));
    EXPECT_TRUE(page_has(page, R"(name="how" value="light" checked>)"));
    EXPECT_TRUE(page_has(page, R"(name="k0" value="nps/1")"));
    EXPECT_TRUE(page_has(page, R"(name="a0" value="1" checked> How is &lt;it&gt;?)")) << page;
    EXPECT_TRUE(page_has(page, R"(name="a1" value="1"> And autumn?)"));
    EXPECT_TRUE(page_has(page, R"(<option value="en" lang="en" selected>)"));
    EXPECT_TRUE(page_has(page, R"(name="k0" value="&quot;&lt;b&gt;&quot;")"));
    EXPECT_TRUE(page_has(page, "Priya Raman, priya@halden.example"));
    EXPECT_EQ(count(page, "<form"), 3U) << "undo, stop, save";
}

TEST(StopPage, OffersNoStopToWhomNobodyAsks) {
    StopFacts facts = preferring("de");
    facts.how = "never";
    facts.undo.clear();
    facts.saved = false;
    const std::string page = stop_page(facts);
    EXPECT_EQ(count(page, "<form"), 1U);
    EXPECT_TRUE(page_has(page, R"(value="never" checked>)"));
    EXPECT_EQ(count(stopped_page(facts), "<form"), 0U) << "there is nothing to take back";
}

TEST(NoticePage, ShowsTheReasonAsText) {
    const std::string page = notice_page(Notice::bad_request, {"", "en", "<b>score</b>", "", ""});
    EXPECT_TRUE(page_has(page, "&lt;b&gt;score&lt;/b&gt;"));
    EXPECT_TRUE(page_has(page, "<title>That could not be read</title>"));
}

}  // namespace
}  // namespace candour::voice
