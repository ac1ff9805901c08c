/// An audience as a document: {"all": true} or lists of "accounts", "segments", "levels", "contacts".
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
