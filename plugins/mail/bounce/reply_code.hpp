/// The numbers of SMTP in running text: reply codes and enhanced status codes.
#pragma once
#include <string>
#include <string_view>

namespace candour::mail {

/// The first 4xx or 5xx that reads like a reply ("550 …", "550-…", "(550)"); "" when there is none.
std::string reply_code_in(std::string_view text);
/// The first d.d.d of class 2, 4 or 5 that is no part of an IP address or a version; "" when there is none.
std::string status_in(std::string_view text);

}  // namespace candour::mail
