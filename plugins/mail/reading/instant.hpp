/// The Date of a mail, as far as it can be believed: it is what the sender's clock said.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

/// "2026-11-21T20:18:00Z"; "" when the value is no date.
std::string rfc3339_of(std::string_view date);

}  // namespace candour::mail
