/// The compact texts in which timelines and counters are stored: whole numbers with one sign between them.
#pragma once
#include <charconv>
#include <cstdint>
#include <string_view>

namespace candour::core {

/// Reads a whole number from the front of `text`.
inline bool take_number(std::string_view& text, std::int64_t& into) {
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), into);
    if (failure != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

inline bool take_sign(std::string_view& text, char sign) {
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace candour::core
