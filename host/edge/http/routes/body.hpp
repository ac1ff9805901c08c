/// Reading a JSON body: every field by name, unknown fields refused, so that a typo never becomes a silent
/// default.
#pragma once
#include <boost/json/object.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

class JsonBody {
 public:
    /// Errors: invalid (no object, a field that is not in `fields`), unsupported (another content type).
    /// An empty body is an empty object.
    static Result<JsonBody> read(const Request& request, std::initializer_list<std::string_view> fields);

    bool has(std::string_view field) const { return object_.contains(field); }
    /// "" when absent. Errors: invalid when it is not a text.
    Result<std::string> text(std::string_view field) const;
    /// A field as JSON of its own, for a reader who knows its shape; `null` when absent.
    std::string part(std::string_view field) const;
    Result<bool> flag(std::string_view field, bool when_absent) const;
    /// nullopt when absent or null. Errors: invalid when it is not a whole number.
    Result<std::optional<std::int64_t>> number(std::string_view field) const;
    /// Errors: invalid when absent or not an object.
    Result<JsonBody> object(std::string_view field, std::initializer_list<std::string_view> fields) const;
    /// An object whose own reader says which fields it has.
    Result<boost::json::object> object(std::string_view field) const;

 private:
    static Result<JsonBody> checked(boost::json::object object,
                                    std::initializer_list<std::string_view> fields);
    boost::json::object object_;
};

}  // namespace candour::http
