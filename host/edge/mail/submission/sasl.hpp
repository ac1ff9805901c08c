/// What AUTH says: PLAIN (RFC 4616), LOGIN, XOAUTH2 (Google, Microsoft) and OAUTHBEARER (RFC 7628). Words
/// only, no I/O.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "edge/mail/submission/config.hpp"

namespace candour::mail {

std::string base64(std::string_view bytes);

/// "PLAIN", "XOAUTH2", …: the name as EHLO offers it.
std::string_view sasl_name(Mechanism mechanism);

/// The AUTH command, with its initial response where the mechanism has one; ends in CR LF.
std::string auth_command(const Auth& auth, std::string_view host, std::uint16_t port);

/// The answer to the n-th 334 (from 0), CR LF included; none when the mechanism has nothing more to say.
/// The OAuth mechanisms answer the server's error report with an empty or dummy line, so that it can say its
/// 5xx.
std::optional<std::string> auth_answer(const Auth& auth, int challenge);

}  // namespace candour::mail
