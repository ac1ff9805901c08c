/// Addresses of a header value, bare and with their names.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::mail {

struct Mailbox {
    std::string address;  ///< local@domain, as written
    std::string name;     ///< UTF-8; "" when none is given
};

/// Groups are opened; what is no address is left out.
std::vector<Mailbox> mailboxes(std::string_view raw);

/// Every local@domain that stands in running text, in order, each once (case ignored).
std::vector<std::string> addresses_in(std::string_view text);
/// Does the whole text look like local@domain?
bool is_address(std::string_view text);
std::string_view local_part(std::string_view address);
std::string_view domain_of(std::string_view address);

/// <…> of References and the like, in order.
std::vector<std::string> message_ids(std::string_view value);

}  // namespace candour::mail
