/// A real Postfix of the test's own: private configuration, queue and port on loopback. Accepts and discards
/// mail, but
///
///     refused@example.org   550 5.1.1 at RCPT      later@example.org   450 4.2.0 at RCPT
#pragma once
#include <optional>

#include "support/mail/certificates.hpp"

namespace candour::support {

class Postfix {
 public:
    /// Why it cannot run here (its master needs root), or none.
    static std::optional<std::string> missing();

    /// STARTTLS is offered with this certificate.
    explicit Postfix(const Certificates& certificates);
    ~Postfix();
    Postfix(const Postfix&) = delete;
    Postfix& operator=(const Postfix&) = delete;

    std::uint16_t port() const { return port_; }
    std::string log() const { return contents(folder_.path() / "maillog"); }

 private:
    void configure(const Certificates& certificates) const;
    int control(const std::string& command) const;
    TemporaryFolder folder_;
    std::uint16_t port_;
};

}  // namespace candour::support
