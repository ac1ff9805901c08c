/// Where mail is handed over and under which rules. The defaults are those of a polite client of a relay.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "candour/result.hpp"
#include "core/names.hpp"

namespace candour::mail {

enum class TlsPolicy : std::uint8_t {
    off,            ///< never, even when offered: for a relay on this machine
    opportunistic,  ///< when offered, certificate unchecked: hides from listeners, proves nothing; no AUTH
    required,       ///< STARTTLS with a certificate that is checked, or no mail
    on_connect,     ///< TLS from the first byte (port 465), certificate checked
};
inline constexpr core::NameTable<TlsPolicy, 4> kTlsPolicies{{{TlsPolicy::off, "off"},
                                                             {TlsPolicy::opportunistic, "opportunistic"},
                                                             {TlsPolicy::required, "required"},
                                                             {TlsPolicy::on_connect, "on_connect"}}};

enum class Mechanism : std::uint8_t { none, plain, login, xoauth2, oauthbearer };
inline constexpr core::NameTable<Mechanism, 5> kMechanisms{{{Mechanism::none, "none"},
                                                            {Mechanism::plain, "plain"},
                                                            {Mechanism::login, "login"},
                                                            {Mechanism::xoauth2, "xoauth2"},
                                                            {Mechanism::oauthbearer, "oauthbearer"}}};

struct Auth {
    Mechanism mechanism = Mechanism::none;
    std::string user;
    std::string secret;  ///< the password, or the access token of the two OAuth mechanisms
};

/// How long each step may take. Generous where RFC 5321 4.5.3.2 asks for it, because a relay may scan before
/// it answers.
struct Deadlines {
    std::chrono::milliseconds connect = std::chrono::seconds{30};
    std::chrono::milliseconds write = std::chrono::minutes{3};
    std::chrono::milliseconds reply = std::chrono::minutes{5};
    std::chrono::milliseconds final_reply = std::chrono::minutes{10};
    std::chrono::milliseconds idle = std::chrono::seconds{30};  ///< an unused session says QUIT after this
    std::chrono::milliseconds queue =
        std::chrono::minutes{2};  ///< a message that got no session by then is deferred
};

/// A token bucket; zero means no limit.
struct Rate {
    double per_second = 0;
    double burst = 1;
};

struct SubmissionConfig {
    std::string host = "127.0.0.1";
    std::uint16_t port = 25;
    TlsPolicy tls = TlsPolicy::off;
    std::string ca_file;  ///< PEM; empty: the system's authorities
    Auth auth;
    std::string helo_name = "localhost";
    int sessions = 2;
    int messages_per_connection = 100;
    Deadlines deadlines;
    Rate domain_rate{.per_second = 30, .burst = 100};  ///< per recipient domain
    Rate total_rate;
};

/// Errors: invalid, naming the field: a secret that would travel in the clear, a missing user, an impossible
/// number, a CA file that cannot be read.
Done check(const SubmissionConfig& config);

}  // namespace candour::mail
