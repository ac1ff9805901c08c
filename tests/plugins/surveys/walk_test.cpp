/// A customer on the way through a survey of several pages.
#include "desk.hpp"

namespace candour::surveys {
namespace {

namespace json = boost::json;

class Walk : public Desk {
 protected:
    void SetUp() override {
        Desk::SetUp();
        add(kWhole);
    }
    /// Up to the last page, with a nine.
    sdk::testing::Page last_page(const json::object& request) {
        return go_on(request, get(request), {{"a", "9"}});
    }
    static std::string item_key(const json::object& fact) {
        return std::string(fact.at("item_key").as_string());
    }
};

TEST_F(Walk, LeadsOverEveryPageThatIsMeantForThisCustomer) {
    const auto request = spring(true);
    const auto first = get(request, {{"a", "3"}});
    EXPECT_TRUE(has(first, "id=\"a3\" checked>"));
    EXPECT_TRUE(has(first, "Dear Ana Ortiz"));
    EXPECT_TRUE(has(first, "<button>Continue</button>"));
    const auto second = go_on(request, first, {{"a", "3"}, {"topic.price", "1"}, {"topic.people", "1"}});
    EXPECT_EQ(second.status, 200U);
    EXPECT_TRUE(has(second, "<h1>About Price, People</h1>"));
    EXPECT_TRUE(has(second, "Which one?"));
    const auto third = go_on(request, second, {{"trust.say", "4"}, {"trust.fair", "2"}, {"which", "odd"}});
    EXPECT_TRUE(has(third, "<h1>At last</h1>"));
    EXPECT_TRUE(has(third, "<button>Send my answer</button>"));
    const auto thanks = go_on(request, third,
                              {{"ease", "1"},
                               {"role", "CFO"},
                               {"why", "Slow"},
                               {"more", "Kind"},
                               {"terms", "1"},
                               {"contact", "1"}});
    EXPECT_EQ(thanks.status, 200U);
    EXPECT_TRUE(has(thanks, "We will look into it."));
    ASSERT_EQ(host.facts.size(), 3U);
    EXPECT_EQ(host.facts[2].stream, "survey.answer");
    EXPECT_EQ(fact(2), json::parse(R"({"about":"spring","subject":"msg_00000000000000000000000001",
        "item_key":"msg_00000000000000000000000001","score":3,"verbatim":"Slow\n\nKind","contact_me":true,
        "may_quote":false,"language":"en","answers":{"_version":1,"_complete":true,"topic":["price","people"],
        "trust":{"fair":2,"say":4},"which":"odd","ease":1,"role":"CFO","why":"Slow","more":"Kind","terms":true}})"));
}

TEST_F(Walk, PassesOverPagesAndForgetsWhatTheyHadAsked) {
    const auto request = spring(true);
    const auto last = go_on(request, get(request), {{"a", "9"}, {"trust.say", "4"}, {"which", "odd"}});
    EXPECT_TRUE(has(last, "<h1>At last</h1>"));
    EXPECT_FALSE(has(last, "name=\"trust.say\""));
    const auto thanks = go_on(request, last, {{"role", "CFO"}, {"terms", "1"}});
    EXPECT_TRUE(has(thanks, "We are glad, Ana Ortiz."));
    EXPECT_FALSE(fact(1).at("answers").as_object().contains("trust"));
}

TEST_F(Walk, KeepsWhatWasSaidBeforeItWasBrokenOff) {
    const auto request = spring(true);
    last_page(request);
    ASSERT_EQ(host.facts.size(), 1U);
    EXPECT_EQ(host.facts[0].stream, "survey.partial");
    EXPECT_EQ(fact().at("score"), 9);
    EXPECT_EQ(fact().at("answers").at("_complete"), false);
}

TEST_F(Walk, GoesOnWhereItWasBrokenOffWithWhatWasSaid) {
    auto request = spring(true);
    request["subject"].as_object()["contact"] = "con_00000000000000000000000001";
    const auto last = last_page(request);
    const auto again = get(request, {{"a", "9"}});
    EXPECT_EQ(kept_on(again), kept_on(last)) << "the mail's own number was chosen before";
    EXPECT_NE(again.body.find("name=\"role\""), std::string::npos);
    EXPECT_EQ(kept_on(get(request, {{"a", "2"}})).count("a"), 0U) << "another one: from the beginning";
    auto other = request;
    other["subject"].as_object()["message"] = "msg_00000000000000000000000002";
    EXPECT_EQ(kept_on(get(other)).at("_page"), "0") << "another question";
    go_on(request, last, {{"role", "CFO"}, {"terms", "1"}});
    EXPECT_EQ(kept_on(get(request)).at("_page"), "0") << "it was ended";
}

TEST_F(Walk, TakesSomethingElseInWordsOfOnesOwn) {
    add(R"({"id": "jobs", "languages": ["en", "de"], "pages": [
        {"questions": [{"id": "job", "type": "single_choice", "required": true, "text": "Your job?",
                        "options": [{"id": "cfo", "text": "CFO"}, {"id": "else", "text": "Another one", "write_in": true}]},
                       {"id": "tools", "type": "multiple_choice", "text": "Your tools?",
                        "options": [{"id": "hammer", "text": "Hammer"}, {"id": "more", "text": "More", "write_in": true}]}]}]})");
    const auto page = get(open_request("jobs"));
    EXPECT_TRUE(
        has(page, "Another one: in your own words<input class=\"t\" type=\"text\" name=\"job.else.text\""));
    post(open_request("jobs"),
         {{"job.else.text", "Gardener"}, {"tools.hammer", "1"}, {"tools.more.text", "A <rake>"}});
    EXPECT_EQ(fact().at("answers").at("job"), "else") << "whoever writes there means it";
    EXPECT_EQ(fact().at("answers").at("job.else"), "Gardener");
    EXPECT_EQ(fact().at("answers").at("tools.more"), "A <rake>");
    auto again = open_request("jobs");
    again["key"] = "job-2";
    post(again, {{"job", "cfo"}, {"job.else.text", "Gardener"}, {"tools.more.text", "  "}});
    EXPECT_EQ(fact(1).at("answers").at("job"), "cfo");
    EXPECT_FALSE(fact(1).at("answers").as_object().contains("job.else"));
    EXPECT_FALSE(fact(1).at("answers").as_object().contains("tools"));
    const auto long_one =
        post(open_request("jobs"), {{"job", "else"}, {"job.else.text", std::string(301, '"')}});
    EXPECT_EQ(long_one.status, 422);
    EXPECT_TRUE(has(long_one, "&quot;&quot;")) << "every word that was typed stays";
    EXPECT_EQ(host.facts.size(), 2U);
}

TEST_F(Walk, IsForgottenWithItsPerson) {
    auto request = spring(true);
    request["subject"].as_object()["contact"] = "con_00000000000000000000000001";
    last_page(request);
    ASSERT_NE(kept_on(get(request)).at("_page"), "0");
    EXPECT_TRUE(plugin.event(
        "contact.erased", R"({"contact": "con_00000000000000000000000001", "at": "2031-01-01T00:00:00Z"})"));
    EXPECT_EQ(kept_on(get(request)).at("_page"), "0");
    EXPECT_FALSE(plugin.event("contact.erased", "[]"));
}

TEST_F(Walk, IsOneAnswerHoweverManyPressesItTook) {
    const auto request = spring(false);
    const auto last = last_page(request);
    go_on(request, last, {{"role", "CFO"}, {"terms", "1"}});
    ASSERT_EQ(host.facts.size(), 2U);
    EXPECT_EQ(item_key(fact(0)), item_key(fact(1)));
    EXPECT_NE(host.facts[0].key, host.facts[1].key);
    const auto other = last_page(request);
    EXPECT_NE(item_key(fact(2)), item_key(fact(0)));
}

TEST_F(Walk, NeverBecomesSomebodyElsesAnswer) {
    for (const char* thread : {"msg_00000000000000000000000001", "a/b", "A", "%00"}) {
        post(spring(false), {{"a", "9"}, {"_thread", thread}});
        EXPECT_EQ(item_key(fact()), "job-1") << thread;
    }
}

TEST_F(Walk, ShowsAnotherLanguageWhereItHasTheWordsAndMarksTheRest) {
    auto request = spring(true);
    request["language"] = "de";
    const auto first = get(request);
    EXPECT_TRUE(has(first, "<legend><h1>Empfehlen?</h1></legend>"));
    EXPECT_TRUE(has(first, "<legend><span lang=\"en\">About what?</span></legend>"));
    EXPECT_TRUE(has(first, "<span>Menschen</span>"));
    EXPECT_TRUE(has(first, "Hallo Ana Ortiz"));
}

TEST_F(Walk, SpeaksWhatTheBrowserWantsMostAmongWhatTheSurveyHas) {
    auto request = spring(false);
    request["languages"] = boost::json::array{"sv-SE", "ar-EG", "de"};
    EXPECT_TRUE(has(get(request), "<html lang=\"ar\" dir=\"rtl\">"))
        << "which the host itself does not speak";
    request["languages"] = boost::json::array{"sv-SE", 7};
    request["language"] = "de";
    EXPECT_TRUE(has(get(request), "<html lang=\"de\""));
}

TEST_F(Walk, RunsFromRightToLeftWhereItsLanguageDoes) {
    auto request = spring(true);
    request["language"] = "ar-EG";
    const auto first = get(request);
    EXPECT_TRUE(has(first, "<html lang=\"ar\" dir=\"rtl\">"));
    EXPECT_TRUE(has(first, "<h1>هل توصي بنا؟</h1>"));
    EXPECT_TRUE(has(first, "<span lang=\"en\" dir=\"ltr\">About what?</span>"));
    EXPECT_TRUE(has(first, "متابعة"));
    EXPECT_FALSE(has(get(spring(true)), "dir="));
}

TEST_F(Walk, NamesWhatIsMissingOnTopAndBesideTheField) {
    const auto request = spring(true);
    const auto second = go_on(request, get(request), {{"a", "3"}});
    const auto again = go_on(request, second, {{"trust.say", "4"}});
    EXPECT_EQ(again.status, 422U);
    EXPECT_TRUE(has(again, "<a href=\"#trust.fair-1\">Choose a number in each line</a>"));
    EXPECT_TRUE(has(again, "id=\"trust.say-4\" checked>"));
    const auto last = last_page(request);
    const auto both = go_on(request, last, {{"why", "Kept"}, {"role", "a role of more than twenty"}});
    EXPECT_TRUE(
        has(both, "<a href=\"#role\">Your role: Shorten your answer to 20 characters; it has 26</a>"));
    EXPECT_TRUE(has(both, "<a href=\"#terms\">We may keep this: Tick this box to go on</a>"));
    EXPECT_TRUE(has(both, "id=\"role-e\">Error: Shorten your answer to 20 characters; it has 26</p>"));
    EXPECT_TRUE(has(both, "\nKept</textarea>"));
    EXPECT_TRUE(has(both, "<title>Error: Questions from Halden Systems</title>"));
}

TEST_F(Walk, TakesOnlyWhatAQuestionOffers) {
    const auto request = spring(true);
    const auto first = get(request), second = go_on(request, first, {{"a", "3"}, {"topic.price", "1"}});
    EXPECT_EQ(
        go_on(request, first, {{"a", "3"}, {"topic.price", "1"}, {"topic.people", "1"}, {"topic.speed", "1"}})
            .status,
        422U);
    for (const auto& wrong :
         {Fields{{"trust.say", "6"}, {"trust.fair", "1"}}, Fields{{"trust.say", "0"}, {"trust.fair", "1"}},
          Fields{{"trust.say", "1"}, {"trust.fair", "1"}, {"which", "free"}}})
        EXPECT_EQ(go_on(request, second, wrong).status, 422U);
    EXPECT_EQ(go_on(request, second, {{"trust.say", "1"}, {"trust.fair", "1"}, {"trust.loud", "9"}}).status,
              200U);
    EXPECT_EQ(go_on(request, last_page(request), {{"role", " \n"}, {"terms", "1"}}).status, 422U);
}

TEST_F(Walk, CannotSkipAPage) {
    const auto request = spring(true);
    auto form = kept_on(last_page(request));
    form["role"] = "CFO";
    form["terms"] = "1";
    form["a"] = "2";
    const auto sent_back = post(request, form);
    EXPECT_EQ(sent_back.status, 422U);
    EXPECT_TRUE(has(sent_back, "We do what we say"));
    for (const char* page : {"99", "-1", "x", "18446744073709551616"}) {
        form["_page"] = page;
        EXPECT_EQ(post(request, form).status, 200U) << page;
        EXPECT_EQ(host.facts.back().stream, "survey.partial") << page;
    }
}

TEST_F(Walk, GoesBackAndLosesNothing) {
    const auto request = spring(true);
    const auto last = last_page(request);
    EXPECT_TRUE(has(last, "name=\"_back\""));
    const auto before = host.facts.size();
    const auto first = go_on(request, last, {{"_back", "1"}, {"why", "Typed already"}});
    EXPECT_EQ(first.status, 200U);
    EXPECT_TRUE(has(first, "id=\"a9\" checked>"));
    EXPECT_TRUE(has(first, "value=\"Typed already\""));
    EXPECT_FALSE(has(first, "name=\"_back\""));
    EXPECT_EQ(host.facts.size(), before);
    EXPECT_TRUE(has(go_on(request, first, {{"a", "10"}}), "\nTyped already</textarea>"));
}

TEST_F(Walk, EndsInTheVersionInWhichItBegan) {
    const auto request = spring(true);
    const auto last = last_page(request);
    std::string changed(kWhole);
    changed.replace(changed.find("At last"), 7, "The end");
    add(changed);
    host.now += std::chrono::minutes{1};
    EXPECT_TRUE(has(go_on(request, last, {{"why", "Hm"}}), "<h1>At last</h1>"));
    go_on(request, last, {{"role", "CFO"}, {"terms", "1"}});
    EXPECT_EQ(fact(1).at("answers").at("_version"), 1);
    EXPECT_TRUE(has(last_page(request), "<h1>The end</h1>"));
}

TEST_F(Walk, LimitsTheWordsOfAllTextsTogether) {
    const auto request = spring(true);
    const auto last = last_page(request);
    const Fields rest{{"role", "CFO"}, {"terms", "1"}, {"why", std::string(6'000, 'w')}};
    Fields fits = rest, breaks = rest;
    fits["more"] = std::string(1'998, 'm');
    breaks["more"] = std::string(1'999, 'm');
    EXPECT_EQ(go_on(request, last, fits).status, 200U);
    EXPECT_TRUE(has(go_on(request, last, breaks), "Shorten your answer to 1998 characters; it has 1999"));
}

TEST_F(Walk, HasPagesUnder15KilobytesWithNothingTheHostWouldBlock) {
    for (const char* language : {"en", "de", "ar"}) {
        auto request = spring(true);
        request["language"] = language;
        const auto first = get(request), second = go_on(request, first, {{"a", "3"}, {"topic.price", "1"}}),
                   third = go_on(request, second, {{"trust.say", "1"}, {"trust.fair", "1"}});
        for (const auto& page :
             {first, second, third, go_on(request, third, {}), go_on(request, second, {})}) {
            EXPECT_LT(page.body.size(), 15U * 1024U);
            EXPECT_EQ(count(page.body, "<h1"), 1U);
            EXPECT_EQ(count(page.body, "<style>"), 1U);
            for (const char* blocked :
                 {"<script", " style=", " onclick", "<img", "<link", "url(", "{{", "http://"})
                EXPECT_FALSE(has(page, blocked)) << blocked;
        }
    }
}

TEST_F(Walk, KeepsTheGapOfTwoNumbers) {
    add(plugin.event("survey.ready", R"({"name":"relationships-deficit"})").value_or(""));
    auto request = open_request("relationships-deficit");
    const auto second = go_on(request, get(request), {{"capability", "9"}, {"people", "4"}});
    EXPECT_EQ(go_on(request, second, {}).status, 200U);
    EXPECT_EQ(fact(1).at("answers").at("deficit"), 5);
}

TEST_F(Walk, DeclaresHowPeopleWeKnowSpeakAboutUs) {
    add(plugin.event("survey.ready", R"({"name":"advocacy"})").value_or(""));
    auto request = personal_request();
    request["subject"].as_object()["about"] = "advocacy";
    EXPECT_EQ(post(request, {{"stance", "4"}}).status, 200U);
    ASSERT_EQ(host.facts.size(), 2U);
    EXPECT_EQ(host.facts[1].stream, "advocacy.declared");
    EXPECT_EQ(fact(1).at("score"), 4);
    EXPECT_EQ(item_key(fact(1)), "msg_00000000000000000000000001/stance");
    EXPECT_EQ(fact(0).at("answers").at("stance"), "4");
    auto nobody = open_request("advocacy");
    nobody["key"] = "job-9";
    post(nobody, {{"stance", "5"}});
    ASSERT_EQ(host.facts.size(), 3U);
    EXPECT_EQ(host.facts[2].stream, "survey.answer");
    EXPECT_NE(
        problem_of(
            R"({"id":"s","languages":["en"],"declares":"q","pages":[{"questions":[{"id":"q","type":"single_choice",
                             "text":"?","options":[{"id":"6","text":"?"}]}]}]})")
            .find("/declares:"),
        std::string::npos);
}

TEST_F(Walk, EndsWhenTheOpenLinkHasWhatItTakes) {
    add(R"({"id":"few","languages":["en"],"open":{"answers":2,"per_hour":1},"pages":[{"questions":[
            {"id":"q","type":"short_text","required":true,"text":"?"}]}]})");
    const auto request = open_request("few");
    const auto first = get(request);
    EXPECT_EQ(go_on(request, first, {}).status, 422U);
    EXPECT_EQ(go_on(request, first, {{"q", "1"}}).status, 200U);
    EXPECT_EQ(go_on(request, first, {{"q", "2"}}).status, 429U);
    EXPECT_TRUE(has(get(request), "Please come back a little later"));
    host.now += std::chrono::hours{1};
    EXPECT_EQ(go_on(request, first, {{"q", "2"}}).status, 200U);
    host.now += std::chrono::hours{1};
    EXPECT_EQ(go_on(request, first, {{"q", "3"}}).status, 410U);
    EXPECT_TRUE(has(get(request), "This survey is closed"));
    EXPECT_EQ(host.facts.size(), 2U);
}

TEST_F(Walk, MayHaveNoOpenLinkAtAll) {
    add(R"({"id":"few","languages":["en"],"open":false,"pages":[{"questions":[{"id":"q","type":"short_text","text":"?"}]}]})");
    EXPECT_EQ(get(open_request("few")).status, 410U);
    auto personal = personal_request();
    personal["subject"].as_object()["about"] = "few";
    EXPECT_EQ(get(personal).status, 200U);
    EXPECT_EQ(post(open_request("few"), {{"q", "x"}}).status, 410U);
    EXPECT_EQ(post(personal, {{"q", "x"}}).status, 200U);
}

TEST_F(Walk, CountsAPressThatComesAgainOnce) {
    add(R"({"id":"few","languages":["en"],"open":{"answers":2},"pages":[{"questions":[{"id":"q","type":"short_text","text":"?"}]}]})");
    post(open_request("few"), {{"q", "x"}});
    plugin.attempt = 2;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(post(open_request("few"), {{"q", "x"}}).status, 200U);
    plugin.attempt = 1;
    EXPECT_EQ(get(open_request("few")).status, 200U);
}

}  // namespace
}  // namespace candour::surveys
