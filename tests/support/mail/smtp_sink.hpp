/// Postfix's smtp-sink: takes every mail and keeps it as a file.
#pragma once
#include "support/mail/program.hpp"

namespace candour::support {

class SmtpSink {
 public:
    /// `options` such as {"-f", "RCPT"}; see smtp-sink(1).
    explicit SmtpSink(std::vector<std::string> options = {});
    std::uint16_t port() const { return port_; }
    /// Every mail so far, with the X-Mail-Args and X-Rcpt-Args lines that smtp-sink puts in front.
    std::vector<std::string> mails() const;

 private:
    TemporaryFolder folder_;
    std::uint16_t port_;
    Program program_;
};

}  // namespace candour::support
