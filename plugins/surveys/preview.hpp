/// What a customer would see, without storing anything.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "shelf.hpp"

namespace candour::surveys {

/// Payload {"definition": {…}, "page": 1, "language": "de", "organisation": "…"} → {"html", "pages",
/// "languages"}. Every question of the page is shown, whatever it depends on. Errors: invalid, with every
/// problem.
Result<std::string> preview_json(std::string_view payload);

/// What a campaign's links lead to. Payload {"about": "autumn", "language": "de", "organisation": "…"} →
/// {"pages": [{"name", "html"}]}: "question", or "page 1" and so on, then "thanks". Errors: not_found, and
/// the shelf's.
Result<std::string> campaign_pages_json(Shelf& shelf, std::string_view payload);

}  // namespace candour::surveys
