/// What a pipelining server hears and says in one conversation, in pieces.
#pragma once
#include <string>

#include "support/mail/scripted_server.hpp"

namespace candour::mail {

using support::hear;
using support::hear_content;
using support::say;
using support::Script;

inline const std::string kHello =
    "250-mail.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n";

inline Script opening(std::string hello = kHello) {
    return {say("220 mail.test\r\n"), hear("EHLO localhost"), say(std::move(hello))};
}

inline const Script kEnvelope{hear("MAIL FROM:<loop@halden.example>"), hear("RCPT TO:<"), hear("DATA")};
inline const Script kAccepted{say("250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go\r\n")};
inline const Script kTaken{hear_content(), say("250 2.0.0 queued as 1\r\n")};
inline const Script kGoodBye{hear("QUIT"), say("221 bye\r\n")};

}  // namespace candour::mail
