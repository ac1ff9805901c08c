#include "edge/json/hidden.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "core/letters.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

/// A setting fits; a file that somebody installs does not stand in the log.
constexpr std::size_t kLongestShown = 4'000;

bool may_be_secret(std::string_view key) {
    const std::string name = core::ascii_lower(key);
    constexpr std::string_view secrets[] = {"secret", "password", "token", "key", "credential"};
    return std::ranges::any_of(secrets, [&](auto part) { return name.find(part) != std::string::npos; });
}

}  // namespace

void hide_secrets(bj::value& value) {
    if (bj::array* list = value.if_array())
        for (bj::value& each : *list) hide_secrets(each);
    if (bj::object* object = value.if_object())
        for (auto& field : *object) {
            if (may_be_secret(field.key()))
                field.value() = "…";
            else
                hide_secrets(field.value());
        }
}

std::string without_secrets(const std::string& document) {
    boost::system::error_code wrong;
    bj::value value = bj::parse(document, wrong);
    if (wrong) return std::to_string(document.size()) + " bytes";
    hide_secrets(value);
    std::string text = bj::serialize(value);
    return text.size() <= kLongestShown ? text : std::to_string(text.size()) + " bytes";
}

}  // namespace candour::json
