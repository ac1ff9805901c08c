/// A colour that somebody chose, and the text that can be read on it.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::core {

/// Red, green, blue.
using Colour = std::array<std::uint8_t, 3>;

/// Errors: invalid unless it is `#` and six hexadecimal digits.
Result<Colour> read_colour(std::string_view text);
/// `#0b6b49`
std::string to_text(Colour colour);

/// 1…21. Source: WCAG 2.2, contrast ratio and relative luminance in sRGB.
double contrast(Colour one, Colour other);

/// White where it can be read, else black: one of them always has 4.5:1 and more, whatever the ground.
Colour text_on(Colour ground);

}  // namespace candour::core
