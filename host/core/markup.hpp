/// Words of people inside markup.
#pragma once
#include <string>
#include <string_view>

namespace candour::core {

/// For the text and the quoted attributes of HTML and XML. &#39; and not &apos;, which Outlook shows as it
/// stands.
inline std::string escape_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace candour::core
