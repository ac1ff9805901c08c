/// The page behind a personal link, and what an answer becomes.
#include "desk.hpp"

namespace candour::relationship_nps {
namespace {

constexpr const char* kLanguages[] = {"en", "de", "fr", "es"};

using Question = Desk;

TEST_F(Question, AsksForANumberAReasonAndHowOneSpeaksAboutUs) {
    const auto page = get(request());
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(count(page.body, "type=\"radio\" name=\"a\""), 11U);
    EXPECT_EQ(count(page.body, "type=\"radio\" name=\"stance\""), 6U);
    EXPECT_EQ(count(page.body, " checked"), 0U) << "nothing is chosen for anybody";
    EXPECT_TRUE(has(page, "<legend><h1>How likely are you to recommend working with us"));
    EXPECT_TRUE(has(page, "When we are not in the room"));
    EXPECT_TRUE(has(page, "<b>Halden Systems</b>"));
    EXPECT_TRUE(has(page, "Your answer carries your name, Ana Ortiz"));
    EXPECT_EQ(count(page.body, "type=\"checkbox\""), 2U);
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(Question, ChoosesTheNumberOfTheLinkWhenItIsOne) {
    EXPECT_TRUE(has(get(request(), {{"a", "9"}}), "value=\"9\" id=\"a9\" checked>"));
    EXPECT_TRUE(has(get(request(), {{"a", "0"}}), "value=\"0\" id=\"a0\" required checked>"));
    EXPECT_TRUE(has(get(request(), {{"a", "10"}}), "value=\"10\" id=\"a10\" checked>"));
    for (const char* wrong : {"11", "-1", "9.5", "09", " 9", "nine", "", "100", "٣"})
        EXPECT_FALSE(has(get(request(), {{"a", wrong}}), " checked")) << wrong;
}

TEST_F(Question, SpeaksFourLanguagesAndEnglishToEverybodyElse) {
    for (const std::string language : kLanguages) {
        const auto page = get(request(language + "-XX"));
        EXPECT_TRUE(has(page, "<html lang=\"" + language + "\">"));
        for (const char* hole : {"{{", "{organisation}", "{name}"})
            EXPECT_FALSE(has(page, hole)) << language << hole;
        EXPECT_EQ(page.headers.find("\"content-language\":\"" + language + "\"") != std::string::npos, true);
        EXPECT_EQ(post(request(language), {}).status, 422U);
    }
    EXPECT_TRUE(has(get(request("nl")), "<html lang=\"en\">"));
}

TEST_F(Question, CarriesTheHostsFieldsAndNothingTheHostWouldBlock) {
    for (const auto& page : {get(request()), post(request(), {}), post(request(), {{"a", "1"}})}) {
        EXPECT_EQ(count(page.body, "<style>"), 1U);
        for (const char* blocked :
             {"<script", " style=", " onclick", "<img", "<link", "@import", "url(", "http://"})
            EXPECT_FALSE(has(page, blocked)) << blocked;
    }
    EXPECT_TRUE(has(get(request()), "<form method=\"post\" action=\"/s/token\">"));
    EXPECT_TRUE(has(get(request()), "<input type=\"hidden\" name=\"nonce\" value=\"n&amp;1\">\n</form>"))
        << "behind the button, because Enter presses the first";
}

TEST_F(Question, OfAVersionThatDoesNotExistIsNotAskedInOtherWords) {
    auto asked = request();
    asked["subject"].as_object()["about"] = "relationship-99";
    EXPECT_EQ(get(asked).status, 404U);
    EXPECT_EQ(post(asked, {{"a", "3"}}).status, 404U);
    EXPECT_TRUE(host.facts.empty());
    asked["subject"].as_object()["about"] = "";
    EXPECT_EQ(get(asked).status, 200U);
}

TEST_F(Question, OfSomebodyWhoAnsweredCanBeCorrected) {
    auto asked = request();
    EXPECT_FALSE(has(get(asked), "we have your answer already"));
    asked["subject"].as_object()["answered"] = true;
    EXPECT_TRUE(has(get(asked), "we have your answer already"));
    EXPECT_TRUE(has(get(asked), "<form method=\"post\""));
}

TEST_F(Question, RefusesWhatIsNoRequestOfTheHost) {
    EXPECT_EQ(plugin.view("answer", "no json").error().code, ErrorCode::corrupt);
    EXPECT_EQ(plugin.view("answer", R"({"method":"GET"})").error().code, ErrorCode::corrupt)
        << "nobody's link";
}

using Answer = Desk;

TEST_F(Answer, BecomesAnObservationOfItsStreamUnderItsInvitation) {
    EXPECT_EQ(post(request("de"), {{"a", "3"}, {"why", "Zu\r\nlangsam"}, {"contact", "1"}}).status, 200U);
    ASSERT_EQ(host.facts.size(), 1U);
    EXPECT_EQ(host.facts[0].stream, "relationship.answer");
    EXPECT_EQ(host.facts[0].key, "job-1");
    EXPECT_EQ(fact(0),
              boost::json::parse(
                  R"({"about":"relationship-1","subject":"msg_00000000000000000000000001","language":"de",
        "item_key":"msg_00000000000000000000000001","score":3,"verbatim":"Zu\nlangsam","contact_me":true,"may_quote":false})"));
}

TEST_F(Answer, AboutHowOneSpeaksIsAFactOfItsOwn) {
    EXPECT_EQ(post(request(), {{"a", "10"}, {"stance", "4"}, {"quote", "1"}}).status, 200U);
    ASSERT_EQ(host.facts.size(), 2U);
    EXPECT_EQ(host.facts[1].stream, "advocacy.declared");
    EXPECT_EQ(host.facts[1].key, "job-1/stance");
    EXPECT_EQ(fact(1).at("score"), 4);
    EXPECT_NE(fact(1).at("item_key"), fact(0).at("item_key")) << "it joins no item";
    EXPECT_FALSE(fact(1).contains("verbatim"));
    EXPECT_EQ(fact(0).at("may_quote"), true);
}

TEST_F(Answer, TakesEveryNumberAndEveryStance) {
    for (int score = 0; score <= 10; ++score) {
        auto asked = request();
        asked["key"] = "job-" + std::to_string(score);
        EXPECT_EQ(post(asked, {{"a", std::to_string(score)}, {"stance", std::to_string(score % 6)}}).status,
                  200U);
    }
    EXPECT_EQ(host.facts.size(), 22U);
}

TEST_F(Answer, WithoutANumberIsAskedForOneAndKeepsWhatWasTyped) {
    const auto page = post(request(), {{"why", "Kept, word for <word>"}, {"contact", "1"}, {"stance", "2"}});
    EXPECT_EQ(page.status, 422U);
    EXPECT_TRUE(has(page, "<title>Error: Working with Halden Systems</title>"));
    EXPECT_TRUE(has(page, "role=\"alert\""));
    EXPECT_TRUE(has(page, "<a href=\"#a0\">Choose a number from 0 to 10</a>"));
    EXPECT_TRUE(has(page, "id=\"a-e\">Error: Choose a number from 0 to 10</p>"));
    EXPECT_TRUE(has(page, "aria-invalid=\"true\""));
    EXPECT_TRUE(has(page, "\nKept, word for &lt;word&gt;</textarea>"));
    EXPECT_TRUE(has(page, "name=\"contact\" value=\"1\" checked>"));
    EXPECT_TRUE(has(page, "id=\"stance2\" checked>"));
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(Answer, WithNumbersThatAreNoneIsRefused) {
    for (const char* wrong : {"11", "-1", "5.5", "05", "+5", "5 ", "five", "", "1e1", "99999999999999999999"})
        EXPECT_EQ(post(request(), {{"a", wrong}}).status, 422U) << wrong;
    for (const char* wrong : {"6", "-1", "", "x", "05"}) {
        const auto page = post(request(), {{"a", "5"}, {"stance", wrong}});
        EXPECT_EQ(page.status, 422U) << wrong;
        EXPECT_TRUE(has(page, "<a href=\"#stance5\">Choose one of the six answers, or none</a>"));
        EXPECT_TRUE(has(page, "id=\"a5\" checked>"));
    }
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(Answer, MayHave8000CharactersAndKeepsALongerOneOnThePage) {
    std::string reason;
    for (int i = 0; i < 8'000; ++i) reason += "€";
    EXPECT_EQ(post(request(), {{"a", "1"}, {"why", reason}}).status, 200U);
    const auto page = post(request(), {{"a", "1"}, {"why", reason + "!"}});
    EXPECT_EQ(page.status, 422U);
    EXPECT_TRUE(has(page, "<a href=\"#why\">Shorten your reason to 8,000 characters; it has 8001</a>"));
    EXPECT_TRUE(has(page, reason + "!</textarea>"));
    EXPECT_EQ(host.facts.size(), 1U);
}

TEST_F(Answer, IsThankedWithWhatHappensNowAndByWhen) {
    auto asked = request();
    asked["loop_url"] = "https://house.example/l/token";
    asked["hear_days"] = 2;
    const auto page = post(asked, {{"a", "3"}, {"why", "Too slow & <late>"}});
    EXPECT_TRUE(has(page, "Your answer has arrived: 3 of 10."));
    EXPECT_TRUE(has(page, "Too slow &amp; &lt;late&gt;"));
    EXPECT_TRUE(has(page, "Within 2 days we tell you what we heard"));
    EXPECT_TRUE(has(page, "<a class=\"go\" href=\"https://house.example/l/token\">"));
    EXPECT_TRUE(has(page, "<a href=\"/s/token\">Correct my answer</a>"));
    asked["hear_days"] = 1;
    EXPECT_TRUE(has(post(asked, {{"a", "3"}}), "Within one day"));
    asked["hear_days"] = 0;
    EXPECT_FALSE(has(post(asked, {{"a", "3"}}), "Within"));
}

TEST_F(Answer, IsPromisedNothingWhenNobodyWillComeBackToIt) {
    const auto page = post(request(), {{"a", "9"}});
    EXPECT_TRUE(has(page, "nothing more follows for you"));
    EXPECT_FALSE(has(page, "class=\"go\""));
}

TEST_F(Answer, SentTwiceIsKeptOnce) {
    post(request(), {{"a", "3"}, {"stance", "3"}});
    plugin.attempt = 2;
    EXPECT_EQ(post(request(), {{"a", "3"}, {"stance", "3"}}).status, 200U);
    EXPECT_EQ(host.facts.size(), 2U);
}

TEST_F(Answer, ThatTheHostDoesNotTakeIsAnErrorNotAThankYou) {
    host.fail_next("ingest.put_json", Error{ErrorCode::exhausted, "too many"});
    EXPECT_EQ(post(request(), {{"a", "3"}}).status, 0U);
    EXPECT_EQ(last_error, (Error{ErrorCode::exhausted, "too many"}));
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(Answer, NeverBecomesMarkup) {
    const auto tags = [](const std::string& page) { return std::count(page.begin(), page.end(), '<'); };
    const auto with = [this](const std::string& text) {
        auto asked = request();
        asked["organisation"] = text;
        asked["subject"].as_object()["contact_name"] = text;
        return post(asked, {{"why", text}}).body + get(asked).body +
               post(asked, {{"a", "1"}, {"why", text}}).body;
    };
    for (const char* text : {"<script>x</script>", "</textarea><b>", "\"><a href=\"https://evil.example\">",
                             "{{{why}}} {{#promise}}", "</style>"})
        EXPECT_EQ(tags(with(text)), tags(with("calm"))) << text;
}

TEST_F(Question, IsShownWithItsThanksBeforeAnybodyIsAsked) {
    const auto shown =
        plugin.event("campaign.pages", R"({"language":"de","organisation":"Halden <b>","hear_days":2})");
    ASSERT_TRUE(shown) << shown.error().message;
    const boost::json::value answer = boost::json::parse(*shown);
    const boost::json::array& pages = answer.at("pages").as_array();
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].at("name"), "question");
    EXPECT_EQ(pages[1].at("name"), "thanks");
    for (const boost::json::value& page : pages) {
        const std::string_view html = page.at("html").as_string();
        EXPECT_EQ(count(html, "lang=\"de\""), 1U);
        EXPECT_EQ(count(html, "Halden &lt;b&gt;"), count(html, "Halden"));
    }
    EXPECT_EQ(count(pages[0].at("html").as_string(), "type=\"radio\""), 17U);
    EXPECT_EQ(count(pages[1].at("html").as_string(), "<form"), 0U);
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(Question, ThatNobodyWroteIsNotShown) {
    for (const char* wrong : {"", "[]", R"({"about":"relationship-99"})"})
        EXPECT_EQ(plugin.event("campaign.pages", wrong).error().code, ErrorCode::invalid) << wrong;
    EXPECT_EQ(plugin.event("campaign.sing", "{}").error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace candour::relationship_nps
