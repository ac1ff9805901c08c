#include "visit.hpp"

namespace candour::surveys {

namespace json = boost::json;

Result<Visit> Visit::read(std::string_view request_json) {
    Visit visit;
    json::error_code ec;
    visit.document_ = json::parse(json::string_view(request_json.data(), request_json.size()), ec);
    if (ec || !visit.document_.is_object())
        return Error{ErrorCode::corrupt,
                     "expected the host's request as a JSON object, found something else"};
    return visit;
}

Visit Visit::of_a_preview(std::string_view language, std::string_view organisation) {
    Visit visit;
    visit.document_ = json::object{{"method", "GET"},
                                   {"language", language},
                                   {"organisation", organisation},
                                   {"form_action", ""},
                                   {"form_fields", ""}};
    return visit;
}

Visit Visit::saying(const json::object& form) const {
    Visit again = *this;
    again.document_.get_object()["form"] = form;
    return again;
}

Visit Visit::reading(std::string_view language) const {
    Visit again = *this;
    json::object& document = again.document_.get_object();
    document["language"] = language;
    document["languages"] = json::array();
    return again;
}

bool Visit::is_test() const {
    const json::value* test = document_.get_object().if_contains("test");
    return test && test->is_bool() && test->get_bool();
}

std::string_view Visit::text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::string_view Visit::nested(std::string_view part, std::string_view key) const {
    const json::value* value = document_.get_object().if_contains(part);
    const json::object* object = value ? value->if_object() : nullptr;
    return object ? text_at(*object, key) : std::string_view();
}

std::vector<std::string_view> Visit::languages() const {
    std::vector<std::string_view> wanted;
    const json::value* all = document_.get_object().if_contains("languages");
    if (all && all->is_array())
        for (const json::value& one : all->get_array())
            if (const json::string* tag = one.if_string()) wanted.emplace_back(tag->data(), tag->size());
    wanted.push_back(text("language"));
    return wanted;
}

bool Visit::has_form(std::string_view name) const {
    const json::value* value = document_.get_object().if_contains("form");
    return value && value->is_object() && value->get_object().contains(name);
}

bool Visit::answered() const {
    const json::value* subject = document_.get_object().if_contains("subject");
    const json::value* answered =
        subject && subject->is_object() ? subject->get_object().if_contains("answered") : nullptr;
    return answered && answered->is_bool() && answered->get_bool();
}

}  // namespace candour::surveys
