/// Reading a JSON body: every field by name, unknown fields refused, so that a typo never becomes a silent default.
#pragma once
#include <boost/json/object.hpp>

#include <initializer_list>
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
    Result<bool> flag(std::string_view field, bool when_absent) const;
    /// Errors: invalid when absent or not an object.
    Result<JsonBody> object(std::string_view field, std::initializer_list<std::string_view> fields) const;

 private:
    static Result<JsonBody> checked(boost::json::object object, std::initializer_list<std::string_view> fields);
    boost::json::object object_;
};

}  // namespace candour::http
