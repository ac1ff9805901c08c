/// The words of an invitation; layout, links and envelope are the host's.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::relationship_nps {

/// schemas/json/message.schema.json. Errors: unsupported (another kind), not_found (a version that does not
/// exist), invalid (facts that are no JSON object).
Result<std::string> invitation(std::string_view kind, std::string_view language, std::string_view facts_json);

}  // namespace candour::relationship_nps
