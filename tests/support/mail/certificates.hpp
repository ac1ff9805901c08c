/// A certificate authority that lives as long as one test, made by the openssl program.
#pragma once
#include "support/mail/program.hpp"

namespace candour::support {

class Certificates {
 public:
    /// A server certificate for `name` (and 127.0.0.1 when `name` is localhost), signed by an authority of
    /// its own.
    explicit Certificates(const std::string& name = "localhost");
    std::string authority() const { return (folder_.path() / "ca.pem").string(); }
    std::string certificate() const { return (folder_.path() / "server.pem").string(); }
    std::string key() const { return (folder_.path() / "server.key").string(); }

 private:
    void must(std::vector<std::string> command) const;
    TemporaryFolder folder_;
};

}  // namespace candour::support
