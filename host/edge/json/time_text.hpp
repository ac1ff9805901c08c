/// Instants on the wire: RFC 3339 in UTC with microseconds left out when they are zero.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/instant.hpp"

namespace candour::json {

std::string to_rfc3339(core::Instant at);
/// Errors: invalid, showing the form. Offsets are understood; `name` is the field.
Result<core::Instant> from_rfc3339(std::string_view name, std::string_view text);

}  // namespace candour::json
