#include "support/mail/smtp_sink.hpp"

#include <unistd.h>

#include <stdexcept>

namespace candour::support {
namespace {

std::vector<std::string> command(const std::vector<std::string>& options, const TemporaryFolder& folder,
                                 std::uint16_t port) {
    std::vector<std::string> words{"smtp-sink", "-d", (folder.path() / "mail").string() + "/%M."};
    // It refuses to stay root.
    if (::getuid() == 0) words.insert(words.end(), {"-u", "nobody"});
    words.insert(words.end(), options.begin(), options.end());
    words.insert(words.end(), {"127.0.0.1:" + std::to_string(port), "128"});
    return words;
}

const TemporaryFolder& prepared(const TemporaryFolder& folder) {
    const auto mail = folder.path() / "mail";
    std::filesystem::create_directory(mail);
    std::filesystem::permissions(mail, std::filesystem::perms{0777});
    return folder;
}

}  // namespace

SmtpSink::SmtpSink(std::vector<std::string> options)
    : port_(free_port()), program_(command(options, prepared(folder_), port_), folder_.path() / "log") {
    const bool up = wait_until([this] { return !program_.running() || accepts_connections(port_); });
    if (!up || !program_.running())
        throw std::runtime_error("smtp-sink did not start: " + contents(folder_.path() / "log"));
}

std::vector<std::string> SmtpSink::mails() const {
    std::vector<std::string> all;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path() / "mail"))
        all.push_back(contents(file));
    return all;
}

}  // namespace candour::support
