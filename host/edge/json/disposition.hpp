/// schemas/json/disposition.schema.json as a value. The schema is checked where the document comes from; here
/// a field that is missing reads as empty.
#pragma once
#include <string_view>

#include "candour/result.hpp"
#include "core/feedback/mail.hpp"

namespace candour::json {

/// Errors: invalid when it is no object, or names a disposition that the host does not know.
Result<core::Disposition> read_disposition(std::string_view text);

}  // namespace candour::json
