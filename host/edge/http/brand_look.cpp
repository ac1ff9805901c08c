#include "edge/http/brand_look.hpp"

#include <cmath>

namespace candour::http {
namespace {

boost::json::value colour_or_null(const std::string& text) {
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

/// Rounded down, so that nothing is called readable that is not.
boost::json::value contrast_of(const flow::Brand& brand) {
    const Result<core::Colour> ground = core::read_colour(brand.colour);
    const Result<core::Colour> text = core::read_colour(brand.text_colour);
    if (!ground || !text) return nullptr;
    return std::floor(core::contrast(*ground, *text) * 100) / 100;
}

}  // namespace

boost::json::object brand_look(const flow::Brand& brand) {
    return {{"colour", colour_or_null(brand.colour)},
            {"text_colour", colour_or_null(brand.text_colour)},
            {"contrast", contrast_of(brand)}};
}

}  // namespace candour::http
