/// Builds a complete RFC 5322 message: multipart/alternative of text and HTML, UTF-8 in quoted-printable,
/// headers folded and encoded, CR LF throughout, nothing but 7-bit bytes on the wire.
#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"

namespace candour::mail {

struct Mailbox {
    std::string name;  ///< may be empty
    std::string address;
};

/// Who set the mail off (RFC 3834): us, or somebody's mail that we answer.
enum class Automatic { generated, replied };

struct Letter {
    MessageId id;  ///< Message-ID is <id@domain of from>: the same in every attempt
    Mailbox from;
    Mailbox to;
    std::string reply_to;  ///< an address, or empty
    std::string subject;
    std::string text;
    std::string html;      ///< empty: the mail is text alone
    std::string language;  ///< Content-Language, or empty
    core::Instant date;
    Automatic automatic = Automatic::generated;
    std::string loop;  ///< X-Candour-Loop: our own mark, so that we never answer ourselves; or empty
    std::string unsubscribe_url;   ///< adds List-Unsubscribe and, when it is https, the one-click header of
                                   ///< RFC 8058; or empty
    std::string unsubscribe_mail;  ///< an address for List-Unsubscribe, or empty
    std::vector<std::pair<std::string, std::string>> extra;  ///< further header fields
};

/// Errors: invalid, naming the field: CR, LF or NUL in a header value, broken UTF-8, an address without a
/// domain, a field name that is none or that this function writes itself.
Result<std::string> compose(const Letter& letter);

}  // namespace candour::mail
