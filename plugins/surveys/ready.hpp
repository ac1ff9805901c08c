/// Surveys that need no writing: from the field, each with its source.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::surveys {

/// Payload {} → {"surveys": [{"name", "title", "source", "languages", "questions"}]}; {"name": "…"} → the
/// definition. Errors: not_found, with the names that there are.
Result<std::string> ready_json(std::string_view payload);

}  // namespace candour::surveys
