#include "edge/http/routes/body.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "edge/http/request_headers.hpp"

namespace candour::http {
namespace {

Error wrong(std::string_view field, const char* expected) {
    return Error{ErrorCode::invalid, std::string(field) + ": expected " + expected};
}

}  // namespace

Result<JsonBody> JsonBody::checked(boost::json::object object,
                                   std::initializer_list<std::string_view> fields) {
    for (const auto& [name, value] : object) {
        if (std::find(fields.begin(), fields.end(), std::string_view(name)) != fields.end()) continue;
        std::string known;
        for (const std::string_view field : fields) known += (known.empty() ? "" : ", ") + std::string(field);
        return Error{ErrorCode::invalid, "body: unknown field \"" + std::string(name) + "\"; expected " +
                                             (known.empty() ? "none" : known)};
    }
    JsonBody body;
    body.object_ = std::move(object);
    return body;
}

Result<JsonBody> JsonBody::read(const Request& request, std::initializer_list<std::string_view> fields) {
    if (request.body.empty()) return JsonBody();
    if (!has_content_type(request, "application/json"))
        return Error{ErrorCode::unsupported, "content type: expected application/json, found \"" +
                                                 std::string(request.header("Content-Type")) + "\""};
    boost::system::error_code bad;
    boost::json::value value = boost::json::parse(request.body, bad);
    if (bad) return Error{ErrorCode::invalid, "body: is not JSON: " + bad.message()};
    if (!value.is_object()) return Error{ErrorCode::invalid, "body: expected a JSON object"};
    return checked(std::move(value.get_object()), fields);
}

Result<std::string> JsonBody::text(std::string_view field) const {
    const boost::json::value* found = object_.if_contains(field);
    if (found == nullptr) return std::string();
    if (!found->is_string()) return wrong(field, "a text");
    return std::string(found->get_string());
}

std::string JsonBody::part(std::string_view field) const {
    const boost::json::value* found = object_.if_contains(field);
    return found == nullptr ? "null" : boost::json::serialize(*found);
}

Result<bool> JsonBody::flag(std::string_view field, bool when_absent) const {
    const boost::json::value* found = object_.if_contains(field);
    if (found == nullptr) return when_absent;
    if (!found->is_bool()) return wrong(field, "true or false");
    return found->get_bool();
}

Result<std::optional<std::int64_t>> JsonBody::number(std::string_view field) const {
    const boost::json::value* found = object_.if_contains(field);
    if (found == nullptr || found->is_null()) return std::optional<std::int64_t>();
    if (!found->is_int64()) return wrong(field, "a whole number");
    return std::optional(found->get_int64());
}

Result<JsonBody> JsonBody::object(std::string_view field,
                                  std::initializer_list<std::string_view> fields) const {
    const boost::json::value* found = object_.if_contains(field);
    if (found == nullptr || !found->is_object()) return wrong(field, "an object");
    return checked(found->get_object(), fields);
}

Result<boost::json::object> JsonBody::object(std::string_view field) const {
    const boost::json::value* found = object_.if_contains(field);
    if (found == nullptr || !found->is_object()) return wrong(field, "an object");
    return found->get_object();
}

}  // namespace candour::http
