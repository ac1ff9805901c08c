/// An audience as a document: {"all": true} or lists of "accounts", "segments", "levels", "contacts",
/// "roles", "tags", each narrowing the others down, and beside them
///     "last_answer": {"never": true} or {"before": "2026-07-01", "after": "2026-01-01", "class":
///     ["promoter"]} "sample": {"per_account": 5, "per_level": 2, "share": {"operational": 20}}
#pragma once
#include <boost/json/fwd.hpp>

#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/campaign/audience.hpp"

namespace candour::json {

/// Lists that are empty are left out.
boost::json::object audience_document(const core::Audience& audience);
std::string write_audience(const core::Audience& audience);
/// Errors: invalid, naming the field: unknown, no list, not a text, too many or too long. What the names mean
/// is core's to check.
Result<core::Audience> audience_of(const boost::json::value& document);
Result<core::Audience> read_audience(std::string_view text);

}  // namespace candour::json
