/// What answering looks like, for those who are about to ask.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::relationship_nps {

/// {"about", "language", "organisation", "hear_days"} → {"pages": [{"name", "html"}, …]}: the question, and
/// the thanks for an answer with a reason. Errors: invalid (no object, or a version that does not exist).
Result<std::string> pages_json(std::string_view payload);

}  // namespace candour::relationship_nps
