#include "json_objects.hpp"

#include <string>

namespace candour::imports {
namespace {

/// Behind the brace that closes the object at `from`; npos: it is not there yet.
std::size_t end_of_object(std::string_view text, std::size_t from) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = from; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            if (c == '\\') ++at;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

}  // namespace

Result<std::size_t> each_object(std::string_view text, bool last,
                                const std::function<void(std::string_view)>& take) {
    constexpr std::string_view between = " \t\r\n,[]";
    std::size_t used = 0;
    while (true) {
        const std::size_t at = text.find_first_not_of(between, used);
        if (at == std::string_view::npos) return text.size();
        if (text[at] != '{')
            return Error{ErrorCode::invalid, std::string("expected a list of JSON objects, found \"") +
                                                 std::string(text.substr(at, 20)) + "\""};
        const std::size_t end = end_of_object(text, at);
        if (end == std::string_view::npos && last)
            return Error{ErrorCode::invalid, "the file ends in the middle of an object"};
        if (end == std::string_view::npos) return at;
        take(text.substr(at, end - at));
        used = end;
    }
}

}  // namespace candour::imports
