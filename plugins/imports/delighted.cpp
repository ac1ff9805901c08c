#include "delighted.hpp"

#include <boost/json.hpp>

#include "table.hpp"

namespace candour::imports {
namespace {

namespace json = boost::json;

/// A text, or a number as one; anything else is nothing.
std::string text_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    if (found == nullptr) return {};
    if (found->is_string()) return std::string(found->get_string());
    return found->is_number() || found->is_bool() ? json::serialize(*found) : std::string();
}

const json::object& object_in(const json::object& object, std::string_view name) {
    static const json::object nothing;
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : nothing;
}

const json::array& list_in(const json::object& object, std::string_view name) {
    static const json::array nothing;
    const json::value* found = object.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : nothing;
}

/// A choice is its text, several are divided by semicolons.
std::string said_in(const json::object& value) {
    if (std::string text = text_in(value, "free_response"); !text.empty()) return text;
    if (std::string scale = text_in(value, "scale"); !scale.empty()) return scale;
    if (std::string one = text_in(object_in(value, "select_one"), "text"); !one.empty()) return one;
    std::string all;
    for (const json::value& each : list_in(value, "select_many"))
        if (each.is_object()) all += (all.empty() ? "" : "; ") + text_in(each.get_object(), "text");
    return all;
}

void add_answers(const json::object& object, Response& response) {
    for (const json::value& each : list_in(object, "additional_answers")) {
        if (!each.is_object()) continue;
        const json::object& question = object_in(each.get_object(), "question");
        std::string name = text_in(question, "text");
        if (name.empty()) name = text_in(question, "id");
        std::string said = said_in(object_in(each.get_object(), "value"));
        if (!said.empty()) response.questions.emplace_back(std::move(name), std::move(said));
    }
}

void add_team_words(const json::object& object, Response& response) {
    for (const json::value& tag : list_in(object, "tags"))
        if (tag.is_string()) response.tags.emplace_back(tag.get_string());
    for (const json::value& note : list_in(object, "notes")) {
        std::string text = note.is_string()   ? std::string(note.get_string())
                           : note.is_object() ? text_in(note.get_object(), "text")
                                              : std::string();
        if (!text.empty()) response.notes.push_back(std::move(text));
    }
}

void add_delighted_person(const json::object& object, Response& response) {
    const json::object& person = object_in(object, "person");
    response.person = person.empty() ? text_in(object, "person") : text_in(person, "id");
    if (response.person.empty()) response.person = text_in(object, "person_id");
    response.email = address(text_in(person, "email"));
    response.name = text_in(person, "name");
    for (const auto& [name, value] : object_in(object, "person_properties")) {
        const std::string text = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
        if (text.empty() || value.is_null()) continue;
        const Role role = meaning_of(name).role;
        if (role == Role::account && response.account.empty()) response.account = text;
        if (role == Role::language && response.language.empty()) response.language = language_tag(text);
        response.properties.emplace_back(name, text);
    }
}

Done add_delighted_score(const json::object& object, const Wish& wish, Response& response) {
    const std::string type = text_in(object, "survey_type"), written = text_in(object, "score");
    if (type.empty() || type == "nps") {
        const Result<std::optional<int>> score = read_score(written);
        if (!score) return score.error();
        response.score = *score;
        return done();
    }
    if (wish.stream == "relationship.answer")
        return Error{ErrorCode::invalid,
                     "survey_type: expected nps for --as relationship.answer, found \"" + type + "\""};
    if (!written.empty()) response.questions.emplace_back(type, written);
    return done();
}

}  // namespace

Result<Response> delighted_response(const Wish& wish, std::string_view text, std::int64_t number) {
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !document.is_object())
        return Error{ErrorCode::invalid, "expected a JSON object: " + ec.message()};
    const json::object& object = document.get_object();
    Response response;
    response.row = number;
    response.id = text_in(object, "id");
    if (response.id.empty())
        return Error{ErrorCode::invalid, "id: expected the response's own number, found nothing"};
    add_delighted_person(object, response);
    if (Done fits = add_delighted_score(object, wish, response); !fits) return fits.error();
    response.comment = text_in(object, "comment");
    response.permalink = text_in(object, "permalink");
    add_answers(object, response);
    add_team_words(object, response);
    if (!response.says_something())
        return Error{ErrorCode::invalid, "it says nothing: neither a score nor a word"};
    std::string at = text_in(object, "created_at");
    if (at.empty()) at = text_in(object, "updated_at");
    if (Done fits = set_time(wish, at, {}, response); !fits) return fits.error();
    return response;
}

}  // namespace candour::imports
