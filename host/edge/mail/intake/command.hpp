/// LMTP commands as text (RFC 2033 and 5321); pure.
///
///     command := verb [ SP argument ] CRLF
///     path    := ("FROM:" | "TO:") "<" [ "@" route ":" ] address ">" *( SP key [ "=" value ] )
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::mail {

enum class Verb { lhlo, smtp_hello, mail, rcpt, data, rset, noop, quit, vrfy, unknown };

struct Command {
    Verb verb = Verb::unknown;
    std::string argument;
};

/// `line` comes without its CRLF.
Command read_command(std::string_view line);

struct Path {
    std::string address;                            ///< empty: the null path
    std::map<std::string, std::string> parameters;  ///< keys in upper case
};

/// `keyword` is FROM: or TO:. Errors: invalid.
Result<Path> read_path(std::string_view argument, std::string_view keyword);

}  // namespace candour::mail
