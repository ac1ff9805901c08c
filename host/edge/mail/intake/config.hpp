/// Where mail comes in and what one sender may cost us.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace candour::mail {

struct IntakeConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;               ///< 0: any free one, see LmtpServer::port
    std::string path;                     ///< of a UNIX socket; then address and port mean nothing
    std::string name = "candour";         ///< in the greeting
    std::size_t max_message = 25U << 20;  ///< 552 beyond
    std::size_t max_recipients = 100;     ///< of one mail; RFC 5321 wants a hundred
    std::size_t max_line = 4'096;         ///< of a command
    std::size_t max_sessions = 64;        ///< 421 beyond
    std::size_t max_held = 256U << 20;  ///< bytes of mails on their way in, all sessions together; 452 beyond
    int max_errors = 20;                ///< in one session; then 421
    std::chrono::milliseconds idle{300'000};
};

/// "127.0.0.1:2424", "[::1]:2424" or "unix:/run/candour/lmtp".
std::string where(const IntakeConfig& config);

}  // namespace candour::mail
