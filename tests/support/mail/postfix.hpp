/// A real Postfix of the test's own: private configuration, queue and port on loopback. Accepts and discards
/// mail, but
///
///     refused@example.org   550 5.1.1 at RCPT      later@example.org   450 4.2.0 at RCPT
///     …@gone.example        taken, and sent back a moment later (5.1.1)
///     …@feedback.example    to an LMTP server of the test, when it has one
#pragma once
#include <optional>

#include "support/mail/certificates.hpp"

namespace candour::support {

class Postfix {
 public:
    /// Why it cannot run here (its master needs root), or none.
    static std::optional<std::string> missing();

    /// STARTTLS is offered with this certificate. `lmtp`: port on the loopback, 0 for none.
    explicit Postfix(const Certificates& certificates, std::uint16_t lmtp = 0);
    ~Postfix();
    Postfix(const Postfix&) = delete;
    Postfix& operator=(const Postfix&) = delete;

    std::uint16_t port() const { return port_; }
    std::string log() const { return contents(folder_.path() / "maillog"); }

 private:
    void configure(const Certificates& certificates, std::uint16_t lmtp) const;
    int control(const std::string& command) const;
    TemporaryFolder folder_;
    std::uint16_t port_;
};

}  // namespace candour::support
