#include "support/mail/certificates.hpp"

#include <fstream>
#include <stdexcept>

namespace candour::support {

Certificates::Certificates(const std::string& name) {
    const std::string at = folder_.path().string() + "/";
    const std::string numbers = name == "localhost" ? ",IP:127.0.0.1" : "";
    std::ofstream(at + "names") << "subjectAltName=DNS:" << name << numbers << "\n";
    const std::vector<std::string> curve{"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                                         "-nodes"};
    std::vector<std::string> ca{
        "openssl", "req",         "-x509", "-days",      "2", "-subj", "/CN=Test authority",
        "-keyout", at + "ca.key", "-out",  at + "ca.pem"};
    ca.insert(ca.end(), curve.begin(), curve.end());
    must(ca);
    std::vector<std::string> request{"openssl",         "req",  "-subj",          "/CN=" + name, "-keyout",
                                     at + "server.key", "-out", at + "server.csr"};
    request.insert(request.end(), curve.begin(), curve.end());
    must(request);
    must({"openssl", "x509", "-req", "-days", "2", "-in", at + "server.csr", "-CA", at + "ca.pem", "-CAkey",
          at + "ca.key", "-CAcreateserial", "-extfile", at + "names", "-out", at + "server.pem"});
}

void Certificates::must(std::vector<std::string> command) const {
    const auto log = folder_.path() / "log";
    if (run(std::move(command), log) != 0) throw std::runtime_error("openssl failed: " + contents(log));
}

}  // namespace candour::support
