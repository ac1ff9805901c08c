#include "letter.hpp"

#include <boost/json.hpp>

#include "definition.hpp"
#include "words.hpp"

namespace candour::relationship_nps {

namespace json = boost::json;

namespace {

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::string name_in(const json::object& facts, std::string_view who) {
    const json::value* found = facts.if_contains(who);
    return found && found->is_object() ? text_at(found->get_object(), "name") : std::string();
}

json::object text_block(std::string text) {
    return {{"type", "text"}, {"text", std::move(text)}};
}

}  // namespace

Result<std::string> invitation(std::string_view kind, std::string_view language,
                               std::string_view facts_json) {
    const bool reminds = kind == "reminder";
    if (!reminds && kind != "invitation")
        return Error{ErrorCode::unsupported,
                     "expected the kind invitation or reminder, found " + std::string(kind)};
    json::error_code ec;
    const json::value document = json::parse(json::string_view(facts_json.data(), facts_json.size()), ec);
    if (ec || !document.is_object()) return Error{ErrorCode::invalid, "expected facts as a JSON object"};
    const json::object& facts = document.get_object();
    const std::string_view tongue = spoken(language);
    const auto asked = definition(text_at(facts, "about"), tongue);
    if (!asked)
        return Error{ErrorCode::not_found, "no version of the question is called \"" +
                                               text_at(facts, "about") + "\"; the current one is " +
                                               std::string(kCurrent)};
    const std::string name = name_in(facts, "contact");
    const std::string hello =
        name.empty() ? words(tongue, "hello") : words(tongue, "hello_named", {{"name", name}});
    const std::string intro = words(tongue, reminds ? "reminder_intro" : "intro",
                                    {{"organisation", name_in(facts, "organisation")}});
    json::array blocks{text_block(hello + "\n" + intro),
                       json::object{{"type", "scale"},
                                    {"from", 0},
                                    {"to", 10},
                                    {"lowest", asked->lowest},
                                    {"highest", asked->highest}},
                       text_block(words(tongue, "after"))};
    return json::serialize(json::object{{"subject", words(tongue, reminds ? "reminder_subject" : "subject")},
                                        {"heading", asked->question},
                                        {"blocks", std::move(blocks)}});
}

}  // namespace candour::relationship_nps
