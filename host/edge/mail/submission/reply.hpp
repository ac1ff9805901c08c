/// What an SMTP server says. Everything here faces a stranger's bytes: bounded, strict about line ends, never
/// throwing.
///
///     reply = *( code "-" text CRLF ) code [ " " text ] CRLF        code = 2..5 then two digits
///     text may begin with an enhanced status code (RFC 3463) such as 5.1.1
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::mail {

/// RFC 5321 says 512 bytes a line; real servers put links into refusals, so four times that.
inline constexpr std::size_t kMaxReplyLine = 2048;
/// Servers announce some thirty extensions at most.
inline constexpr std::size_t kMaxReplyLines = 128;
/// Bounds the work of reading a reply that arrives byte by byte.
inline constexpr std::size_t kMaxReply = 64 * 1024;

struct Reply {
    int code = 0;
    std::string status;              ///< "5.1.1", or empty
    std::vector<std::string> lines;  ///< text after the code, status still in it

    bool positive() const { return code / 100 == 2; }
    bool go_on() const { return code / 100 == 3; }
    bool temporary() const { return code / 100 == 4; }
    bool permanent() const { return code / 100 == 5; }
    /// The server asks us to come back later or slower.
    bool too_fast() const { return code == 421 || status.starts_with("4.7."); }
};

struct TakenReply {
    std::size_t used = 0;        ///< bytes that belong to the reply; 0 while it is incomplete
    std::optional<Reply> reply;  ///< none: more bytes are needed
};

/// Errors: corrupt, when the bytes can never become a reply.
Result<TakenReply> take_reply(std::string_view bytes);

/// "550 5.1.1 no such person": one printable line of at most 400 bytes, whatever the server sent.
std::string one_line(const Reply& reply);
/// Control characters and broken UTF-8 become '?', the rest stays.
std::string printable(std::string_view text, std::size_t most = 400);

/// What the server offers after EHLO (RFC 5321 4.1.1.1). Unknown extensions are skipped.
struct Capabilities {
    bool starttls = false;
    bool pipelining = false;
    bool eight_bit = false;
    bool utf8 = false;
    bool dsn = false;
    bool size = false;
    std::uint64_t size_limit = 0;   ///< 0: none stated
    std::vector<std::string> auth;  ///< upper case
    bool offers(std::string_view mechanism) const;
};
Capabilities capabilities(const Reply& ehlo);

}  // namespace candour::mail
