/// What this host saw last when messages were taken to be sent: a small file beside the configuration. It
/// does not belong into a backup, since it tells a restored database from one that is up to date.
#pragma once
#include <filesystem>

#include "flow/delivery/sending.hpp"

namespace candour::app {

class SentMarkFile {
 public:
    explicit SentMarkFile(std::filesystem::path file) : file_(std::move(file)) {}
    /// Zero when there is none, or when it cannot be read.
    flow::SentMark read() const;
    /// The old one stays until the new one is whole. Errors are logged: mails leave all the same.
    void write(const flow::SentMark& mark) const;

 private:
    std::filesystem::path file_;
};

}  // namespace candour::app
