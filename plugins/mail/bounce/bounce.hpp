/// One recipient that a mail did not reach, as far as a mail server says.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "kind/machine.hpp"
#include "reading/letter.hpp"

namespace candour::mail {

struct Bounce {
    std::string recipient;
    std::string status;      ///< RFC 3463, "5.1.1"
    std::string reply_code;  ///< RFC 5321, "550"
    std::string kind;   ///< recipient, domain, mailbox_full, content, policy, temporary, complaint, notice
    bool hard = false;  ///< trying again is pointless: the address or its domain does not exist
    std::string diagnostic;
    bool waits = false;  ///< the server still tries: it is late, and not lost
};

/// More recipients than one mail of ours ever has.
inline constexpr std::size_t kMostBounces = 200;

/// What a mail says about another mail of ours.
struct Returned {
    enum class Kind { none, bounce, delivery_notice, complaint, read_receipt };
    Kind kind = Kind::none;
    std::string reason;  ///< in words
    std::vector<Bounce> bounces;
    std::string original_message_id;
    std::string original_envelope_id;
};

/// Standard reports first (RFC 3464, 5965, 8098), then what mail servers write in prose.
/// `text` is the mail's body.
Returned read_returned(const Letter& letter, std::string_view text, const Envelope& envelope);

}  // namespace candour::mail
