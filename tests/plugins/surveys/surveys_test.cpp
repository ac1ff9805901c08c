/// The surveys plugin as customers and operators meet it.
#include "desk.hpp"

namespace candour::surveys {
namespace {

using Surveys = Desk;

TEST_F(Surveys, AreAddedUpdatedListedAndShown) {
    EXPECT_EQ(plugin.event("survey.add", kDefinition).value_or(""),
              R"({"id":"autumn","result":"unchanged","version":1})");
    const std::string winter = R"({"id":"winter","from":"H","languages":{"en":{"question":"Well?"}}})";
    EXPECT_EQ(plugin.event("survey.add", winter).value_or(""),
              R"({"id":"winter","result":"created","version":1})");
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"winter"})").value_or(""), winter);
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"spring"})").error().code, ErrorCode::not_found);
    EXPECT_EQ(
        plugin.event("survey.list", "{}").value_or(""),
        R"({"surveys":[{"id":"autumn","question":"How likely are you to recommend Halden?","languages":["en","de"],"version":1,"pages":1},)"
        R"({"id":"winter","question":"Well?","languages":["en"],"version":1,"pages":1}]})");
}

TEST_F(Surveys, AreRefusedWithEveryProblemAtOnce) {
    const auto added = plugin.event(
        "survey.add",
        R"({"id":"Not a slug","colour":"red","languages":{"de":{"question":""},"en":{"question":7}}})");
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::invalid);
    for (const char* place :
         {"/id:", "/languages/de/question:", "/languages/en/question:", "'from'", "colour"})
        EXPECT_NE(added.error().message.find(place), std::string::npos)
            << place << " in " << added.error().message;
    for (const char* wrong : {"", "[]", "{", R"({"id":"a"})"})
        EXPECT_FALSE(plugin.event("survey.add", wrong)) << wrong;
    EXPECT_FALSE(plugin.event("survey.add", R"({"id":")" + std::string(60'000, 'a') + R"("})"));
    EXPECT_FALSE(
        plugin.event("survey.add", R"({"id":"a","from":"a\u0000b","languages":{"en":{"question":"?"}}})"));
}

TEST_F(Surveys, ComeThroughTwoOperatorsAtOnce) {
    std::string changed(kDefinition);
    changed.replace(changed.find("Two minutes"), 11, "Three weeks");
    host.fail_next("kv.put", Error{ErrorCode::unavailable, "store away"});
    EXPECT_EQ(plugin.event("survey.add", changed).error().code, ErrorCode::unavailable);
    EXPECT_TRUE(plugin.event("survey.add", changed));
    host.fail_next("kv.put", Error{ErrorCode::conflict, "somebody was faster"});
    EXPECT_TRUE(plugin.event("survey.add", kDefinition));
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"autumn"})").value_or(""), kDefinition);
}

using SurveyPage = Desk;

TEST_F(SurveyPage, ShowsOneQuestionAndElevenNumbers) {
    const auto page = get(open_request());
    EXPECT_EQ(page.status, 200U);
    EXPECT_EQ(page.headers, R"({"content-type":"text/html; charset=utf-8","content-language":"en"})");
    EXPECT_TRUE(has(page, "<legend><h1>How likely are you to recommend Halden?</h1></legend>"));
    EXPECT_EQ(count(page.body, "type=\"radio\" name=\"a\""), 11U);
    EXPECT_EQ(count(page.body, " checked"), 0U);
    EXPECT_TRUE(has(page, "Two minutes ago you met us."));
    EXPECT_TRUE(has(page, "Priya Raman and her team"));
    EXPECT_TRUE(has(page, "does not carry your name"));
}

TEST_F(SurveyPage, CarriesTheHostsActionAndFieldsVerbatim) {
    const auto page = get(open_request());
    EXPECT_TRUE(has(page, "<form method=\"post\" action=\"/c/surveys/autumn\">"));
    EXPECT_TRUE(has(page, "<input type=\"hidden\" name=\"trap\" value=\"t&amp;1\">"));
}

TEST_F(SurveyPage, HasOneStyleAndNothingTheHostWouldBlock) {
    for (const auto& page : {get(open_request()), post(open_request(), {}),
                             post(open_request(), {{"a", "1"}}), get(open_request("nowhere"))}) {
        EXPECT_EQ(count(page.body, "<style>"), 1U);
        EXPECT_EQ(count(page.body, "</style>"), 1U);
        for (const char* blocked :
             {"<script", " style=", " onclick", "<img", "<link", "@import", "url(", "http://"})
            EXPECT_FALSE(has(page, blocked)) << blocked;
        EXPECT_FALSE(has(page, "{{"));
        EXPECT_TRUE(has(page, "<!doctype html>"));
    }
}

TEST_F(SurveyPage, ChoosesTheNumberOfTheLinkWhenItIsOne) {
    EXPECT_TRUE(has(get(open_request(), {{"a", "9"}}), "value=\"9\" id=\"a9\" checked>"));
    EXPECT_TRUE(has(get(open_request(), {{"a", "0"}}), "value=\"0\" id=\"a0\" required checked>"));
    for (const char* wrong : {"11", "-1", "9.5", "09", " 9", "nine", ""})
        EXPECT_FALSE(has(get(open_request(), {{"a", wrong}}), " checked")) << wrong;
}

TEST_F(SurveyPage, SpeaksTheLanguageOfItsReader) {
    auto request = open_request();
    request["language"] = "de-AT";
    const auto german = get(request);
    EXPECT_TRUE(has(german, "<html lang=\"de\">"));
    EXPECT_TRUE(has(german, "Wie wahrscheinlich empfehlen Sie Halden weiter?"));
    EXPECT_TRUE(has(german, "Meine Antwort senden"));
    request["language"] = "fr";
    EXPECT_TRUE(has(get(request), "<html lang=\"en\">"));
    EXPECT_TRUE(has(get(request), "Send my answer"));
}

TEST_F(SurveyPage, SpeaksFourLanguages) {
    const std::string definition =
        R"({"id":"all","from":"H","languages":{"en":{"question":"?"},"de":{"question":"?"},
                                       "fr":{"question":"?"},"es":{"question":"?"}}})";
    ASSERT_TRUE(plugin.event("survey.add", definition));
    for (const auto& [language, send] : Fields{{"en", "Send my answer"},
                                               {"de", "Meine Antwort senden"},
                                               {"fr", "Envoyer ma réponse"},
                                               {"es", "Enviar mi respuesta"}}) {
        auto request = open_request("all");
        request["language"] = language;
        EXPECT_TRUE(has(get(request), send)) << language;
        EXPECT_EQ(post(request, {}).status, 422U) << language;
        EXPECT_EQ(post(request, {{"a", "5"}}).status, 200U) << language;
        EXPECT_TRUE(has(get(request), "lang=\"" + language + "\""));
    }
}

TEST_F(SurveyPage, StoresNothing) {
    get(open_request(), {{"a", "9"}});
    get(personal_request(), {{"a", "9"}});
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(SurveyPage, OfAnUnknownSurveyIsNotFound) {
    for (const char* id : {"nowhere", "../etc", "AUTUMN", ""}) {
        const auto page = get(open_request(id));
        EXPECT_EQ(page.status, 404U) << id;
        EXPECT_TRUE(has(page, "This survey does not exist"));
    }
}

TEST_F(SurveyPage, SaysThatAnAnswerExistsAndTakesANewerOne) {
    auto request = personal_request();
    EXPECT_FALSE(has(get(request), "we have your answer already"));
    request["subject"].as_object()["answered"] = true;
    EXPECT_TRUE(has(get(request), "we have your answer already"));
    EXPECT_TRUE(has(get(request), "<form method=\"post\""));
    EXPECT_TRUE(has(get(request), "Your answer carries your name, Ana Ortiz."));
}

TEST_F(SurveyPage, OffersOnlyWhatTheSurveyOffers) {
    ASSERT_TRUE(plugin.event("survey.add", R"({"id":"bare","from":"H","contact_me":false,"may_quote":false,
                                               "languages":{"en":{"question":"?"}}})"));
    EXPECT_FALSE(has(get(open_request("bare")), "type=\"checkbox\""));
    EXPECT_EQ(count(get(personal_request()).body, "type=\"checkbox\""), 2U);
}

TEST_F(SurveyPage, PromisesNothingToPeopleWhoCannotBeReached) {
    const auto open = get(open_request());
    EXPECT_FALSE(has(open, "name=\"contact\""));
    EXPECT_TRUE(has(open, "You may quote what I write"));
    EXPECT_TRUE(has(open, "someone will read it"));
    EXPECT_TRUE(has(get(personal_request()), "someone will answer it"));
    const auto thanks = post(open_request(), {{"a", "3"}});
    EXPECT_TRUE(has(thanks, "we cannot tell you personally"));
    EXPECT_FALSE(has(thanks, "We will tell you what became of it."));
}

TEST_F(SurveyPage, ShowsAnEditedSurveyAfterAFewSeconds) {
    get(open_request());
    const std::string edited = R"({"id":"autumn","from":"H","languages":{"en":{"question":"Edited?"}}})";
    host.documents["survey/autumn"].value = edited;
    EXPECT_FALSE(has(get(open_request()), "Edited?"));
    host.now += std::chrono::seconds{4};
    EXPECT_TRUE(has(get(open_request()), "Edited?"));
}

TEST_F(SurveyPage, AnswersTheHostsErrorsWithErrors) {
    host.fail_next("kv.get", Error{ErrorCode::unavailable, "away"});
    EXPECT_EQ(plugin.view("open", boost::json::serialize(open_request())).error().code,
              ErrorCode::unavailable);
    EXPECT_EQ(plugin.view("open", "no json").error().code, ErrorCode::corrupt);
}

using SurveyAnswer = Desk;

TEST_F(SurveyAnswer, BecomesAnObservationOfItsOwnOnAnOpenLink) {
    const auto page = post(open_request(), {{"a", "3"}, {"why", "Too\r\nslow"}, {"contact", "1"}});
    EXPECT_EQ(page.status, 200U);
    ASSERT_EQ(host.facts.size(), 1U);
    EXPECT_EQ(host.facts[0].stream, "survey.answer");
    EXPECT_EQ(host.facts[0].key, "job-1");
    EXPECT_EQ(fact(),
              boost::json::parse(R"({"about":"autumn","item_key":"job-1","score":3,"verbatim":"Too\nslow",
                                             "contact_me":false,"may_quote":false,"language":"en",
                                             "answers":{"_version":1,"_complete":true}})"));
}

TEST_F(SurveyAnswer, BelongsToTheInvitationOnAPersonalLink) {
    EXPECT_EQ(post(personal_request(), {{"a", "10"}, {"quote", "1"}}).status, 200U);
    EXPECT_EQ(fact().at("subject"), "msg_00000000000000000000000001");
    EXPECT_EQ(fact().at("item_key"), "msg_00000000000000000000000001");
    EXPECT_EQ(fact().at("may_quote"), true);
    EXPECT_FALSE(fact().contains("verbatim"));
}

TEST_F(SurveyAnswer, IsThankedWithAPromiseAndTheLoopPage) {
    const auto named = post(personal_request(), {{"a", "3"}});
    EXPECT_TRUE(has(named, "We will tell you what became of it."));
    EXPECT_TRUE(has(named, "<a href=\"/l/token\">Follow what becomes of it</a>"));
    const auto anonymous = post(open_request(), {{"a", "3"}});
    EXPECT_FALSE(has(anonymous, "<a "));
    auto german = personal_request();
    german["language"] = "de";
    EXPECT_TRUE(has(post(german, {{"a", "3"}}), "Herzlichen Dank!"));
}

TEST_F(SurveyAnswer, WithoutANumberIsAskedForOneAndKeepsWhatWasTyped) {
    const auto page = post(personal_request(), {{"why", "Kept, word for word"}, {"contact", "1"}});
    EXPECT_EQ(page.status, 422U);
    EXPECT_TRUE(has(page, "<title>Error: One question from Halden Systems</title>"));
    EXPECT_TRUE(has(page, "role=\"alert\""));
    EXPECT_TRUE(has(page, "<a href=\"#a0\">Choose a number from 0 to 10</a>"));
    EXPECT_TRUE(has(page, "id=\"a-e\">Error: Choose a number from 0 to 10</p>"));
    EXPECT_TRUE(has(page, "aria-invalid=\"true\""));
    EXPECT_TRUE(has(page, "\nKept, word for word</textarea>"));
    EXPECT_TRUE(has(page, "id=\"contact\" name=\"contact\" value=\"1\" checked>"));
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(SurveyAnswer, WithANumberThatIsNoneIsRefused) {
    for (const char* wrong :
         {"11", "-1", "5.5", "05", "+5", "5 ", "five", "", "1e1", "٣", "99999999999999999999"}) {
        EXPECT_EQ(post(open_request(), {{"a", wrong}}).status, 422U) << wrong;
    }
    EXPECT_TRUE(host.facts.empty());
}

TEST_F(SurveyAnswer, TakesEachNumberFromZeroToTen) {
    for (int score = 0; score <= 10; ++score) {
        auto request = open_request();
        request["key"] = "job-" + std::to_string(score);
        EXPECT_EQ(post(request, {{"a", std::to_string(score)}}).status, 200U);
        EXPECT_EQ(fact(static_cast<std::size_t>(score)).at("score"), score);
    }
}

TEST_F(SurveyAnswer, MayHave8000CharactersAndKeepsALongerOneOnThePage) {
    std::string reason;
    for (int i = 0; i < 8'000; ++i) reason += "€";
    EXPECT_EQ(post(open_request(), {{"a", "1"}, {"why", reason}}).status, 200U);
    const auto page = post(open_request(), {{"a", "1"}, {"why", reason + "!"}});
    EXPECT_EQ(page.status, 422U);
    EXPECT_TRUE(has(page, "<a href=\"#why\">Shorten your answer to 8000 characters; it has 8001</a>"));
    EXPECT_TRUE(has(page, reason + "!</textarea>"));
    EXPECT_TRUE(has(page, "value=\"1\" id=\"a1\" checked>"));
    EXPECT_FALSE(has(page, "maxlength"));
    EXPECT_EQ(host.facts.size(), 1U);
}

TEST_F(SurveyAnswer, SentTwiceIsKeptOnce) {
    post(open_request(), {{"a", "3"}});
    plugin.attempt = 2;
    EXPECT_EQ(post(open_request(), {{"a", "3"}}).status, 200U);
    EXPECT_EQ(host.facts.size(), 1U);
}

TEST_F(SurveyAnswer, ThatTheHostDoesNotTakeIsAnErrorNotAThankYou) {
    host.fail_next("ingest.put_json", Error{ErrorCode::exhausted, "too many"});
    EXPECT_EQ(post(open_request(), {{"a", "3"}}).status, 0U);
    EXPECT_EQ(last_error, (Error{ErrorCode::exhausted, "too many"}));
}

TEST(SurveysPlugin, CanBeLoadedUnloadedAndLoadedAgain) {
    sdk::testing::FakeHost host;
    host.grants = {"kv", "ingest:survey.answer", "ingest:survey.partial", "ingest:advocacy.declared"};
    for (int round = 0; round < 3; ++round) {
        sdk::testing::DrivenPlugin plugin(host, candour_plugin_v1(CDR_ABI_MINOR));
        ASSERT_TRUE(plugin.start());
        ASSERT_TRUE(plugin.event("survey.add", kDefinition));
        ASSERT_TRUE(plugin.stop());
    }
    EXPECT_TRUE(host.offences.empty());
}

}  // namespace
}  // namespace candour::surveys
