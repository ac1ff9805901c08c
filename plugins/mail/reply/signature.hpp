/// Where a person's words end and the signature begins.
///
/// An explicit mark ("-- ", "Sent from my phone") is believed. Otherwise only what can hardly be a sentence
/// goes: a closing
/// ("Best regards,"), a name, telephone numbers, addresses, in short lines at the end. When in doubt the
/// words stay.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

struct Signed {
    std::string text;
    std::string signature;
};

/// "-- ", "__", "———": nothing but a mark, at least two of them.
bool is_delimiter(std::string_view line);

Signed split_signature(std::string_view text, std::string_view sender_name);

}  // namespace candour::mail
