#include "request.hpp"

namespace candour::relationship_nps {

namespace json = boost::json;

Result<Asked> Asked::read(std::string_view request_json) {
    Asked asked;
    json::error_code ec;
    asked.document_ = json::parse(json::string_view(request_json.data(), request_json.size()), ec);
    if (ec || !asked.document_.is_object() || asked.subject("message").empty())
        return Error{ErrorCode::corrupt,
                     "expected the host's request for a personal link, found something else"};
    return asked;
}

const json::object& Asked::part(std::string_view key) const {
    static const json::object nothing;
    const json::value* found = document_.get_object().if_contains(key);
    const json::object* object = found ? found->if_object() : nullptr;
    return object ? *object : nothing;
}

std::string_view Asked::text_in(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

bool Asked::answered_before() const {
    const json::value* answered = part("subject").if_contains("answered");
    return answered && answered->is_bool() && answered->get_bool();
}

std::int64_t Asked::hear_days() const {
    const json::value* days = document_.get_object().if_contains("hear_days");
    return days && days->is_int64() ? days->get_int64() : 0;
}

}  // namespace candour::relationship_nps
