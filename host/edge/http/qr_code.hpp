/// A link as a square that telephones read.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::http {

/// An SVG document of black squares on white, with the quiet zone that readers need; a quarter of it may be
/// dirty. Errors: invalid (empty, or more than fits: some 1,600 bytes).
Result<std::string> qr_svg(std::string_view text);

}  // namespace candour::http
