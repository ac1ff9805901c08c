/// Text is text: nothing that a customer, an operator or an importer wrote becomes markup on a page.
#include <rapidcheck.h>

#include "desk.hpp"

namespace candour::surveys {
namespace {

/// Hostile pieces in any order, with plain characters between them.
rc::Gen<std::string> hostile_text() {
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "<script>x</script>", "</textarea>", "\"", "'", "&", "<", ">", "</style>", "<b>", "{{why}}",
        "{{{style}}}", "]]>", "-->", "javascript:", "a", " ", "é", "\n", "&lt;"});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string text = "<q>";
                            for (const std::string& one : pieces) text += one;
                            return text;
                        });
}

/// Tags of the page with this text in it: as many as with a harmless one, or something broke out.
std::size_t tags(const std::string& page) {
    std::size_t count = 0;
    for (const char c : page) count += c == '<' ? 1 : 0;
    return count;
}

/// Short enough for every text of the schema, with no character split.
std::string cut(std::string text) {
    if (text.size() > 70) text.resize(70);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0) text.pop_back();
    return text;
}

class Escaping : public Desk {
 protected:
    /// `render` makes a page around a text; the page must have the same tags whatever the text is.
    template <class Render>
    void holds_for(const char* what, Render render) {
        const std::size_t harmless = tags(render("harmless"));
        EXPECT_GT(harmless, 10U) << what;
        const bool held = rc::check(what, [&] {
            const std::string text = *hostile_text();
            const std::string page = render(text);
            RC_ASSERT(page.find("<q>") == std::string::npos);
            RC_ASSERT(page.find("&lt;q&gt;") != std::string::npos);
            RC_ASSERT(tags(page) == harmless);
        });
        EXPECT_TRUE(held) << what;
    }
};

TEST_F(Escaping, HoldsForReasonsOnTheErrorPage) {
    holds_for("reason", [this](const std::string& text) {
        return post(open_request(), {{"why", text}}).body;
    });
}

TEST_F(Escaping, HoldsForTheNameOfTheCustomer) {
    holds_for("name", [this](const std::string& text) {
        auto request = personal_request();
        request["subject"].as_object()["contact_name"] = text;
        return get(request).body;
    });
}

TEST_F(Escaping, HoldsForTheLinkToTheLoopPage) {
    holds_for("loop url", [this](const std::string& text) {
        auto request = personal_request();
        request["loop_url"] = text;
        return post(request, {{"a", "3"}}).body;
    });
}

TEST_F(Escaping, HoldsForTheFormsAction) {
    holds_for("action", [this](const std::string& text) {
        auto request = open_request();
        request["form_action"] = text;
        return get(request).body;
    });
}

TEST_F(Escaping, HoldsForEveryTextOfTheSurvey) {
    for (const char* key : {"from", "readers", "question", "lowest", "highest", "reason", "intro", "thanks"})
        holds_for(key, [this, key](const std::string& text) {
            auto survey = boost::json::parse(kDefinition).as_object();
            const std::string shortened = cut(text);
            if (survey.contains(key) || key == std::string("from"))
                survey[key] = shortened;
            else
                survey["languages"].as_object()["en"].as_object()[key] = shortened;
            host.now += std::chrono::minutes{1};
            if (!plugin.event("survey.add", boost::json::serialize(survey))) return std::string();
            return get(open_request()).body + post(open_request(), {{"a", "1"}}).body;
        });
}

/// A survey in which everything that can be said is this.
std::string survey_of(const std::string& text) {
    namespace json = boost::json;
    std::string braced;
    for (const char c : text) braced.append(c == '{' || c == '}' ? 2 : 1, c);
    const json::value said(braced);
    const json::object option{{"id", "x"}, {"text", said}};
    const auto question = [&said](const char* id, const char* type) {
        return json::object{{"id", id}, {"type", type}, {"text", said}, {"hint", said}};
    };
    json::object score = question("nps", "score"), choice = question("pick", "single_choice"),
                 grid = question("grid", "matrix"), rating = question("rate", "rating");
    score["lowest"] = score["highest"] = said;
    choice["options"] = grid["rows"] = json::array{option};
    rating["labels"] = json::array{said, said};
    json::array first{score,
                      choice,
                      grid,
                      rating,
                      question("line", "short_text"),
                      question("area", "long_text"),
                      question("ok", "consent"),
                      question("note", "statement")};
    json::array second{
        json::object{{"id", "end"}, {"type", "statement"}, {"text", "{answer.line|-} {answer.pick|-}"}}};
    return json::serialize(
        json::object{{"id", "whole"},
                     {"from", text},
                     {"readers", text},
                     {"languages", json::array{"en"}},
                     {"intro", said},
                     {"pages", json::array{json::object{{"title", said}, {"questions", first}},
                                           json::object{{"questions", second}}}},
                     {"thanks", json::array{json::object{{"text", said}}}}});
}

TEST_F(Escaping, HoldsForEveryTextOfAWholeSurveyAndForAnswersThatAreSaidAgain) {
    holds_for("whole", [this](const std::string& text) {
        const std::string shortened = cut(text);
        host.now += std::chrono::minutes{1};
        if (!plugin.event("survey.add", survey_of(shortened))) return std::string();
        return get(open_request("whole")).body +
               post(open_request("whole"), {{"_page", "0"}, {"line", shortened}, {"pick", "x"}}).body +
               post(open_request("whole"), {{"_page", "1"}}).body;
    });
}

}  // namespace
}  // namespace candour::surveys
