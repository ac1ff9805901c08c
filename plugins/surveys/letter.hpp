/// The words of an invitation to a survey, and of its reminders.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "shelf.hpp"

namespace candour::surveys {

/// The host's facts → a document that fits schemas/json/message.schema.json, in the language that the
/// survey's page will have. Errors: invalid, not_found (no survey has the id), unsupported (the kind), and
/// the shelf's.
Result<std::string> invitation(Shelf& shelf, std::string_view kind, std::string_view language,
                               std::string_view facts_json);

}  // namespace candour::surveys
