/// What may stand in a mail: nothing that a customer, a plugin or an operator typed can add a field or end
/// one.
#pragma once
#include <string_view>

#include "candour/result.hpp"
#include "edge/mail/compose.hpp"

namespace candour::mail {

/// The value of a header field. Errors: invalid, naming the field.
Done check_value(std::string_view field, std::string_view value);
Done check_mailbox(std::string_view field, std::string_view address);
Done check_body(std::string_view field, std::string_view text);
Done check(const Letter& letter);

}  // namespace candour::mail
