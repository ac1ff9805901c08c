#include "core/brand/colour.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace candour::core {
namespace {

constexpr Colour kWhite{255, 255, 255}, kBlack{0, 0, 0};
/// WCAG 2.2, 1.4.3: text of any size.
constexpr double kReadable = 4.5;

double linear(std::uint8_t part) {
    const double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}

}  // namespace

Result<Colour> read_colour(std::string_view text) {
    const Error wrong{ErrorCode::invalid,
                      "colour: expected # and six hexadecimal digits such as #0b6b49, found \"" +
                          std::string(text.substr(0, 40)) + "\""};
    if (text.size() != 7 || text.front() != '#') return wrong;
    Colour colour{};
    for (std::size_t i = 0; i < colour.size(); ++i) {
        const char* const from = text.data() + 1 + 2 * i;
        if (std::from_chars(from, from + 2, colour[i], 16).ptr != from + 2) return wrong;
    }
    return colour;
}

std::string to_text(Colour colour) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "#";
    for (const std::uint8_t part : colour) {
        text += digits[part / 16U];
        text += digits[part % 16U];
    }
    return text;
}

double contrast(Colour one, Colour other) {
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

Colour text_on(Colour ground) {
    return contrast(ground, kWhite) >= kReadable ? kWhite : kBlack;
}

}  // namespace candour::core
