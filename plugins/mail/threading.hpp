/// What the host needs to find the conversation that a mail belongs to. Looking a token up is the host's
/// business: only it has the key. Subjects are no evidence and are not looked at.
#pragma once
#include <string>
#include <vector>

#include "bounce/bounce.hpp"
#include "kind/machine.hpp"
#include "reading/letter.hpp"

namespace candour::mail {

struct Thread {
    /// Candidates in the order in which they are to be believed: envelope recipients, where it was delivered,
    /// To and Cc, and for a bounce what the returned mail was sent from.
    std::vector<std::string> tokens;
    std::vector<std::string> in_reply_to;
    std::vector<std::string> references;
};

Thread thread_of(const Letter& letter, const Envelope& envelope, const Returned& returned);

}  // namespace candour::mail
