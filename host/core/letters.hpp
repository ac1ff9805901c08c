/// Latin letters and blanks of what machines write: header names, hosts, addresses, commands in a mail. Words
/// of people are never changed by it.
#pragma once
#include <string>
#include <string_view>

namespace candour::core {

/// A to Z only.
inline std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// a to z only: the verbs of SMTP.
inline std::string ascii_upper(std::string_view text) {
    std::string upper(text);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return upper;
}

/// Without the blanks and line ends around it.
inline std::string_view without_margins(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

}  // namespace candour::core
