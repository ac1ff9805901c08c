/// Addresses as a configuration writes them.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "edge/mail/intake/config.hpp"

namespace candour::app {

struct Endpoint {
    std::string host;
    std::uint16_t port = 0;
};

/// host:port or [v6]:port; `fallback` 0: the port must stand there.
std::optional<Endpoint> read_endpoint(std::string_view text, std::uint16_t fallback);

bool is_web_address(std::string_view text);
/// Where mail comes in: "127.0.0.1:2424", or "unix:PATH" beginning at `beside`. Nothing when it is no such
/// place: LMTP asks nobody for a password, so it is for the mail server beside us and never for a network.
std::optional<mail::IntakeConfig> read_lmtp_address(const std::string& text,
                                                    const std::filesystem::path& beside);

/// Enough to catch a name in its place; the mail server has the last word.
bool is_mail_address(std::string_view text);

}  // namespace candour::app
