/// What a survey may be, and that everything else is said at once, each with its place.
#include "desk.hpp"

namespace candour::surveys {
namespace {

namespace json = boost::json;

using Definition = Desk;

/// A survey of two pages with this as the second page's only question.
std::string second_question(const std::string& question) {
    return R"({"id":"s","languages":["en","de"],"pages":[
        {"questions":[{"id":"nps","type":"score","text":"?"},
                      {"id":"pick","type":"single_choice","text":"?","options":[{"id":"x","text":"X"}]},
                      {"id":"grid","type":"matrix","text":"?","rows":[{"id":"r","text":"R"}]},
                      {"id":"ok","type":"consent","text":"?"},{"id":"say","type":"long_text","text":"?"}]},
        {"questions":[)" +
           question + "]}]}";
}

TEST_F(Definition, MayHaveEveryKindOfQuestion) {
    EXPECT_EQ(problem_of(kWhole), "");
}

TEST_F(Definition, IsToldEveryProblemOfItsShapeAtOnce) {
    const std::string found = problem_of(
        R"({"id":"s","languages":["en","EN!"],"pages":[{"questions":[
            {"id":"A","type":"slider","text":7},{"id":"b","type":"rating","text":"?","steps":11,"colour":"red"}]}]})");
    for (const char* place : {"/languages/1:", "/pages/0/questions/0/id:", "/pages/0/questions/0/type:",
                              "/pages/0/questions/0/text:", "/pages/0/questions/1/steps:", "colour"})
        EXPECT_NE(found.find(place), std::string::npos) << place << " in " << found;
}

TEST_F(Definition, IsToldEveryProblemOfItsSenseAtOnce) {
    const std::string found = problem_of(second_question(
        R"({"id":"nps","type":"matrix","text":{"de":"Wie?"},"options":[{"id":"x","text":"X"}]},
           {"id":"nonce","type":"rating","text":{"en":"{contact.name} {nobody|x} {","fr":"?"},"labels":["a","b"],"steps":3},
           {"id":"last","type":"short_text","text":"?","show_if":{"any":[{"question":"last","answered":true},
             {"question":"grid","at_least":3},{"question":"pick","is":["y"]},{"row":"r"},{"question":"ok","at_most":1}]}})"));
    for (const char* problem :
         {"/pages/1/questions/0/id: expected an id of its own, found 'nps' a second time",
          "/pages/1/questions/0/text: expected a text in 'en'",
          "/pages/1/questions/0/options: expected only of a choice",
          "/pages/1/questions/0: expected rows, found none",
          "/pages/1/questions/1/id: 'nonce' is taken by every form",
          "/pages/1/questions/1/text/fr: expected one of /languages",
          "/pages/1/questions/1/text/en: expected a variable such as",
          "/pages/1/questions/1/labels: expected one for each of the 3 steps, found 2",
          "/pages/1/questions/2/show_if/any/0/question: expected a question of an earlier page, found 'last'",
          "/pages/1/questions/2/show_if/any/1/row: expected a row of 'grid', found ''",
          "/pages/1/questions/2/show_if/any/2/is: expected what 'pick' offers, found 'y'",
          "/pages/1/questions/2/show_if/any/3: expected the question",
          "/pages/1/questions/2/show_if/any/4: expected a question with numbers, found 'ok'"})
        EXPECT_NE(found.find(problem), std::string::npos) << problem << " in " << found;
}

TEST_F(Definition, HasOneOptionToWriteInAndOnlyWhereSomebodyChooses) {
    const auto survey = [](const std::string& question) {
        return R"({"id": "w", "languages": ["en"], "pages": [{"questions": [{"id": "q", "text": "?", )" +
               question + "}]}]}";
    };
    const std::string two =
        R"([{"id": "a", "text": "A", "write_in": true}, {"id": "b", "text": "B", "write_in": true}])";
    EXPECT_NE(problem_of(survey(R"("type": "single_choice", "options": )" + two))
                  .find("/pages/0/questions/0/options"),
              std::string::npos);
    EXPECT_NE(problem_of(survey(R"("type": "matrix", "rows": )" + two)).find("write_in"), std::string::npos);
}

TEST_F(Definition, MayNotAskInACircle) {
    const std::string found = problem_of(
        R"({"id":"s","languages":["en"],"pages":[
            {"show_if":{"question":"b","answered":true},"questions":[{"id":"q","type":"short_text","text":"?"}]},
            {"show_if":{"question":"q","answered":true},"questions":[{"id":"b","type":"short_text","text":"?"}]}]})");
    EXPECT_NE(
        found.find("/pages/0/show_if/question: expected a question of an earlier page, found 'b', which is "
                   "asked on this page or later"),
        std::string::npos)
        << found;
    EXPECT_EQ(found.find("/pages/1"), std::string::npos) << found;
}

TEST_F(Definition, SaysVariablesOnlyWhereTheyMeanSomething) {
    const auto of = [this](const std::string& text) {
        return problem_of(second_question(R"({"id":"z","type":"statement","text":")" + text + "\"}"));
    };
    for (const char* good : {"{organisation}", "{contact.name|you}", "{account.name|}", "{answer.nps|none}",
                             "{answer.pick|that}", "a {{brace}} of one's own", "closing } alone"})
        EXPECT_EQ(of(good), "") << good;
    for (const char* bad :
         {"{contact.name}", "{contact.email|x}", "{answer.say|x}", "{answer.grid|x}", "{answer.ok|x}",
          "{answer.z|x}", "{answer.none|x}", "{answer.nps}", "{", "{}", "{a{b}}"})
        EXPECT_NE(of(bad), "") << bad;
}

TEST_F(Definition, SpeaksLanguagesWhoseTagsLookLikeItsOwnNames) {
    const std::string words(200, 'o');
    EXPECT_EQ(
        problem_of(
            R"({"id":"s","languages":["is","id","of"],"pages":[{"questions":[{"id":"z","type":"statement",
                             "text":{"is":")" +
            words + R"(","id":")" + words + R"(","of":")" + words + "\"}}]}]}"),
        "");
}

TEST_F(Definition, NamesItsScoreItsWordsAndItsGaps) {
    const auto with = [this](const std::string& member) {
        std::string text = second_question(R"({"id":"two","type":"score","text":"?"})");
        text.insert(1, member + ",");
        return problem_of(text);
    };
    EXPECT_EQ(with(R"("score":"two","words":["say"],"gaps":[{"id":"g","of":"nps","minus":"two"}])"), "");
    EXPECT_NE(with(R"("score":"pick")").find("/score:"), std::string::npos);
    EXPECT_NE(with(R"("words":["nps"])").find("/words:"), std::string::npos);
    EXPECT_NE(with(R"("gaps":[{"id":"say","of":"nps","minus":"pick"}])").find("/gaps/0/id:"),
              std::string::npos);
    EXPECT_NE(with(R"("gaps":[{"id":"g","of":"nps","minus":"pick"}])").find("/gaps/0:"), std::string::npos);
    EXPECT_NE(
        with(R"("thanks":[{"if":{"question":"nobody","answered":true},"text":"?"}])").find("/thanks/0/if"),
        std::string::npos);
}

TEST_F(Definition, OfAnyDepthOrLengthIsRefusedQuietly) {
    std::string deep = "\"x\"";
    for (int i = 0; i < 20'000; ++i) deep = R"({"not":)" + deep + "}";
    EXPECT_NE(
        problem_of(second_question(R"({"id":"z","type":"statement","text":"?","show_if":)" + deep + "}")),
        "");
    EXPECT_NE(problem_of(second_question(R"({"id":")" + std::string(50'000, 'z') +
                                         R"(","type":"statement","text":"?"})")),
              "");
    EXPECT_NE(problem_of(second_question(
                  R"({"id":"z","type":"statement","text":"?","show_if":{"question":"pick","is":[")" +
                  std::string(50'000, 'z') + "\"]}}")),
              "");
    EXPECT_NE(problem_of(std::string(70'000, ' ') + kWhole), "");
}

TEST_F(Definition, ThatIsChangedIsANewVersionAndTheOldOneStays) {
    add(kWhole);
    std::string changed(kWhole);
    changed.replace(changed.find("Recommend?"), 10, "Well?");
    EXPECT_EQ(plugin.event("survey.add", changed).value_or(""),
              R"({"id":"spring","result":"updated","version":2})");
    EXPECT_EQ(plugin.event("survey.add", changed).value_or(""),
              R"({"id":"spring","result":"unchanged","version":2})");
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"spring"})").value_or(""), changed);
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"spring","version":1})").value_or(""), kWhole);
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"spring","version":3})").error().code,
              ErrorCode::not_found);
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"spring","version":0})").error().code, ErrorCode::invalid);
}

TEST_F(Definition, ThatWasStoredBeforeThereWereVersionsIsTheFirst) {
    host.documents.erase("survey/autumn/1");
    host.documents["survey/autumn"] = {kDefinition, 3};
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"autumn","version":1})").value_or(""), kDefinition);
    std::string changed(kDefinition);
    changed.replace(changed.find("Two minutes"), 11, "Three weeks");
    EXPECT_EQ(plugin.event("survey.add", changed).value_or(""),
              R"({"id":"autumn","result":"updated","version":2})");
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"autumn","version":1})").value_or(""), kDefinition);
}

TEST_F(Definition, IsNeverOverwrittenByAVersionThatWasBegunAndNotFinished) {
    std::string other(kDefinition), mine(kDefinition);
    other.replace(other.find("Two minutes"), 11, "Their words");
    mine.replace(mine.find("Two minutes"), 11, "My own ones");
    host.documents["survey/autumn/2"] = {R"({"version":2,"definition":"theirs"})", 1};
    EXPECT_EQ(plugin.event("survey.add", mine).value_or(""),
              R"({"id":"autumn","result":"updated","version":3})");
    EXPECT_EQ(plugin.event("survey.get", R"({"id":"autumn","version":2})").value_or(""), "theirs");
}

TEST_F(Definition, CanBeCopiedWholeUnderANameOfItsOwn) {
    add(kWhole);
    EXPECT_EQ(plugin.event("survey.copy", R"({"id":"spring","to":"summer"})").value_or(""),
              R"({"id":"summer","result":"created","version":1})");
    json::value copied = json::parse(plugin.event("survey.get", R"({"id":"summer"})").value_or("{}"));
    EXPECT_EQ(copied.at("id"), "summer");
    copied.as_object()["id"] = "spring";
    EXPECT_EQ(copied, json::parse(kWhole));
    EXPECT_EQ(plugin.event("survey.copy", R"({"id":"spring","to":"summer"})").error().code,
              ErrorCode::conflict);
    EXPECT_EQ(plugin.event("survey.copy", R"({"id":"none","to":"other"})").error().code,
              ErrorCode::not_found);
    EXPECT_EQ(plugin.event("survey.copy", R"({"id":"spring","to":"Not a name"})").error().code,
              ErrorCode::invalid);
}

TEST_F(Definition, ThatIsReadyIsCompleteInEnglishAndGermanAndSaysWhereItComesFrom) {
    const json::value all = json::parse(plugin.event("survey.ready", "{}").value_or("{}"));
    const json::array& list = all.at("surveys").as_array();
    EXPECT_EQ(list.size(), 9U);
    for (const json::value& one : list) {
        EXPECT_GT(one.at("source").as_string().size(), 20U);
        const std::string name(one.at("name").as_string());
        const std::string text =
            plugin.event("survey.ready", json::serialize(json::object{{"name", name}})).value_or("");
        EXPECT_EQ(problem_of(text), "") << name;
        for (const char* language : {"en", "de"}) {
            auto request = open_request(name);
            request["language"] = language;
            const auto page = get(request);
            EXPECT_EQ(page.status, 200U) << name;
            EXPECT_LT(page.body.size(), 15U * 1024U) << name;
        }
        std::string rest = text;
        EXPECT_EQ(count(rest, "\"en\": "), count(rest, "\"de\": ")) << name;
    }
    EXPECT_EQ(plugin.event("survey.ready", R"({"name":"horoscope"})").error().code, ErrorCode::not_found);
}

TEST_F(Definition, IsShownAsCustomersWouldSeeItAndStoresNothing) {
    const std::string asked = std::string(R"({"page":2,"language":"de","definition":)") + kWhole + "}";
    const auto before = host.documents.size();
    const auto shown = plugin.event("survey.preview", asked);
    ASSERT_TRUE(shown) << shown.error().message;
    const json::value preview = json::parse(*shown);
    EXPECT_EQ(preview.at("pages"), 3);
    const std::string html(preview.at("html").as_string());
    EXPECT_NE(html.find("We do what we say"), std::string::npos);
    EXPECT_NE(html.find("Which one?"), std::string::npos);
    EXPECT_NE(html.find("Vorschau: Nichts wird gespeichert."), std::string::npos);
    EXPECT_EQ(host.documents.size(), before);
    EXPECT_TRUE(host.facts.empty());
    for (const char* wrong : {"{}", "[]", R"({"definition":{"id":"x"}})"})
        EXPECT_EQ(plugin.event("survey.preview", wrong).error().code, ErrorCode::invalid) << wrong;
    EXPECT_FALSE(plugin.event("survey.preview", std::string(R"({"page":9,"definition":)") + kWhole + "}"));
}

TEST_F(Definition, ShowsItsThanksToWhoeverWritesThem) {
    const std::string asked =
        R"({"thanks":true,"organisation":"Halden","definition":{"id":"q","languages":["en"],)"
        R"("pages":[{"questions":[{"id":"how","type":"rating","text":"How was it?"}]}],)"
        R"("thanks":[{"text":"That helps <b>us</b>."}]}})";
    const auto shown = plugin.event("survey.preview", asked);
    ASSERT_TRUE(shown) << shown.error().message;
    const std::string html(json::parse(*shown).at("html").as_string());
    EXPECT_NE(html.find("That helps &lt;b&gt;us&lt;/b&gt;."), std::string::npos);
    EXPECT_EQ(html.find("<form"), std::string::npos);
    EXPECT_TRUE(host.facts.empty());
}

}  // namespace
}  // namespace candour::surveys
