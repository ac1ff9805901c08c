/// The surveys plugin on a desk: linked into the test, driven through the SDK's test host.
#pragma once
#include "plugins/page_desk.hpp"

namespace candour::surveys {

inline constexpr const char* kDefinition = R"({
  "id": "autumn", "from": "Halden Systems", "readers": "Priya Raman and her team",
  "languages": {
    "en": {"question": "How likely are you to recommend Halden?", "intro": "Two minutes ago you met us."},
    "de": {"question": "Wie wahrscheinlich empfehlen Sie Halden weiter?", "thanks": "Herzlichen Dank!"}
  }
})";

/// Two pages and a third one for some; every kind of question.
inline constexpr const char* kWhole = R"({
  "id": "spring", "languages": ["en", "de", "ar"], "readers": "Priya",
  "intro": {"en": "Dear {contact.name|customer}", "de": "Hallo {contact.name|Sie}"},
  "pages": [
    {"questions": [
      {"id": "nps", "type": "score", "required": true, "text": {"en": "Recommend?", "de": "Empfehlen?", "ar": "هل توصي بنا؟"},
       "lowest": "no", "highest": "yes"},
      {"id": "topic", "type": "multiple_choice", "text": "About what?", "at_most": 2,
       "options": [{"id": "price", "text": "Price"}, {"id": "people", "text": {"en": "People", "de": "Menschen"}}, {"id": "speed", "text": "Speed"}]}]},
    {"title": "About {answer.topic|us}", "show_if": {"question": "nps", "at_most": 8}, "questions": [
      {"id": "trust", "type": "matrix", "required": true, "text": "How far?", "steps": 5,
       "rows": [{"id": "say", "text": "We do what we say"}, {"id": "fair", "text": "We are fair"}]},
      {"id": "which", "type": "single_choice", "text": "Which one?", "show_if": {"question": "topic", "is": ["price"]},
       "options": [{"id": "high", "text": "Too high"}, {"id": "odd", "text": "Hard to follow"}]}]},
    {"title": "At last", "questions": [
      {"id": "ease", "type": "rating", "text": "How easy?", "labels": ["Hard", "Fair", "Easy"]},
      {"id": "role", "type": "short_text", "required": true, "at_most": 20, "text": "Your role"},
      {"id": "why", "type": "long_text", "text": "Why?"},
      {"id": "more", "type": "long_text", "text": "Anything else?"},
      {"id": "note", "type": "statement", "text": "Nearly there."},
      {"id": "terms", "type": "consent", "required": true, "text": "We may keep this"},
      {"id": "contact", "type": "consent", "grants": "contact_me"}]}],
  "thanks": [
    {"if": {"question": "nps", "at_least": 9}, "text": "We are glad, {contact.name|friend}."},
    {"if": {"all": [{"question": "nps", "at_most": 6}, {"not": {"question": "why", "answered": false}}]}, "text": "We will look into it."}]
})";

class Desk : public plugins::PageDesk {
 protected:
    void SetUp() override {
        host.grants = {"kv", "ingest:survey.answer", "ingest:survey.partial", "ingest:advocacy.declared"};
        const Done started = plugin.start();
        ASSERT_TRUE(started) << started.error().message;
        const auto added = plugin.event("survey.add", kDefinition);
        ASSERT_TRUE(added) << added.error().message;
    }

    static boost::json::object open_request(const std::string& survey = "autumn") {
        return {{"params", boost::json::object{{"survey", survey}}},
                {"query", boost::json::object{}},
                {"form", boost::json::object{}},
                {"language", "en"},
                {"form_action", "/c/surveys/" + survey},
                {"form_fields", "<input type=\"hidden\" name=\"trap\" value=\"t&amp;1\">"},
                {"loop_url", ""},
                {"key", "job-1"},
                {"answer_class", "unverified"}};
    }
    static boost::json::object personal_request() {
        boost::json::object request = open_request();
        request["params"] = boost::json::object{};
        request["subject"] = boost::json::object{{"message", "msg_00000000000000000000000001"},
                                                 {"about", "autumn"},
                                                 {"contact_name", "Ana Ortiz"},
                                                 {"answered", false}};
        request["loop_url"] = "/l/token";
        return request;
    }
    static boost::json::object spring(bool personal) {
        boost::json::object request = personal ? personal_request() : open_request("spring");
        if (personal) request["subject"].as_object()["about"] = "spring";
        request["organisation"] = "Halden Systems";
        return request;
    }
    /// The hidden fields of a page, as a browser sends them back.
    static Fields kept_on(const sdk::testing::Page& page) {
        Fields kept;
        const std::string mark = "<input type=\"hidden\" name=\"";
        for (std::size_t at = page.body.find(mark); at != std::string::npos;
             at = page.body.find(mark, at + 1)) {
            const std::size_t name = at + mark.size(), end = page.body.find('"', name);
            const std::size_t value = end + 9, stop = page.body.find('"', value);
            kept[page.body.substr(name, end - name)] = page.body.substr(value, stop - value);
        }
        return kept;
    }
    /// Presses the page's button, as the same browser would.
    sdk::testing::Page go_on(const boost::json::object& request, const sdk::testing::Page& from,
                             const Fields& typed) {
        boost::json::object next = request;
        next["key"] = "job-" + std::to_string(++presses_);
        Fields form = kept_on(from);
        for (const auto& [name, value] : typed) form[name] = value;
        return post(next, form);
    }
    void add(const std::string& definition) {
        const auto added = plugin.event("survey.add", definition);
        ASSERT_TRUE(added) << added.error().message;
    }
    std::string problem_of(const std::string& definition) {
        const auto added = plugin.event("survey.add", definition);
        return added ? std::string() : added.error().message;
    }

    sdk::testing::Page get(boost::json::object request, const Fields& query = {}) {
        const std::string at(route(request));
        return view(at, std::move(request), query);
    }
    sdk::testing::Page post(boost::json::object request, const Fields& form) {
        const std::string at(route(request));
        return submit(at, std::move(request), form);
    }
    static std::string_view route(const boost::json::object& request) {
        return request.contains("subject") ? "personal" : "open";
    }

    int presses_ = 1;
};

}  // namespace candour::surveys
