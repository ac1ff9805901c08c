/// A message packed for the wire: envelope values checked, body with CR LF line ends and dots doubled (RFC
/// 5321 4.5.2).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "edge/mail/submission/reply.hpp"
#include "flow/delivery/deliverer.hpp"

namespace candour::mail {

struct Parcel {
    std::string id;
    std::string sender;  ///< may be empty: the null sender
    std::string recipient;
    std::string domain;  ///< of the recipient, lower case
    std::string body;    ///< ends in CR LF "." CR LF
    std::uint64_t size = 0;
    bool eight_bit = false;
    bool utf8 = false;  ///< an address or a header field holds raw UTF-8
};

/// Errors: invalid: CR, LF, NUL, spaces or angle brackets in an address, NUL or a line over 998 bytes in the
/// content.
Result<Parcel> pack(const flow::Outgoing& message);

/// Errors: unsupported, when this server cannot carry the message: too large, 8-bit, or raw UTF-8.
Done fits(const Parcel& parcel, const Capabilities& offered);

std::string mail_command(const Parcel& parcel, const Capabilities& offered);
std::string rcpt_command(const Parcel& parcel, const Capabilities& offered);
/// MAIL, RCPT and DATA in one, for servers that pipeline (RFC 2920).
std::string envelope(const Parcel& parcel, const Capabilities& offered);

/// RFC 3461 4: printable ASCII but '+' and '='; everything else as +XX.
std::string xtext(std::string_view text);

}  // namespace candour::mail
