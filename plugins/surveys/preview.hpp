/// What a customer would see, without storing anything.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::surveys {

/// Payload {"definition": {…}, "page": 1, "language": "de", "organisation": "…"} → {"html", "pages",
/// "languages"}. Every question of the page is shown, whatever it depends on. Errors: invalid, with every
/// problem.
Result<std::string> preview_json(std::string_view payload);

}  // namespace candour::surveys
