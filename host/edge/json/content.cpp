#include "edge/json/content.hpp"

#include <boost/json.hpp>

namespace candour::json {

std::string write_content(const core::Content& content) {
    boost::json::object object;
    for (const auto& [key, value] : content) object[key] = value;  // std::map: already sorted
    return boost::json::serialize(object);
}

Result<core::Content> read_content(std::string_view text) {
    boost::system::error_code bad;
    const boost::json::value value = boost::json::parse(text, bad);
    if (bad || !value.is_object()) return Error{ErrorCode::corrupt, "ledger content: expected a JSON object"};
    core::Content content;
    for (const auto& [key, field] : value.get_object()) {
        if (!field.is_string())
            return Error{ErrorCode::corrupt, "ledger content: field " + std::string(key) + " is not a text"};
        content[std::string(key)] = std::string(field.get_string());
    }
    return content;
}

}  // namespace candour::json
