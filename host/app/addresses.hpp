/// Addresses as a configuration writes them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace candour::app {

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
};

/// host:port or [v6]:port; `fallback` 0: the port must stand there.
std::optional<Endpoint> read_endpoint(std::string_view text, std::uint16_t fallback);

bool is_web_address(std::string_view text);
/// Enough to catch a name in its place; the mail server has the last word.
bool is_mail_address(std::string_view text);

}  // namespace candour::app
