/// The other side of the LMTP server: hands one mail over, for pipes out of a mail server that speaks no
/// LMTP.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "edge/mail/intake/config.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::mail {

/// Line ends as they travel. A mail from a pipe has bare line feeds, and perhaps the line "From …" of a
/// mailbox in front; one that has CR LF already stays as it is.
std::string as_it_travels(std::string bytes);

/// Blocks until every recipient has an answer. Errors: unavailable (nobody there, 4xx: try again), invalid
/// (5xx: never).
Done hand_over(const IntakeConfig& server, const flow::ArrivedMail& mail);

}  // namespace candour::mail
