/// What counts as text at the border: valid UTF-8 without NUL.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace candour::plugin {

/// The number of code points, or nothing when `bytes` is no text. Overlong forms, surrogates and anything
/// past U+10FFFF are no UTF-8.
std::optional<std::size_t> code_points(std::string_view bytes);

inline bool is_text(std::string_view bytes) {
    return code_points(bytes).has_value();
}

}  // namespace candour::plugin
