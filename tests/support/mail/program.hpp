/// Programs beside the test: started in a folder of their own, ended by their process id, awaited by what can
/// be observed.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace candour::support {

/// A new folder under the system's temporary one, readable by other users, removed at the end.
class TemporaryFolder {
 public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

 private:
    std::filesystem::path path_;
};

class Program {
 public:
    /// Output goes to `log`. A program that cannot be started ends at once with status 127.
    Program(std::vector<std::string> command, const std::filesystem::path& log);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    bool running();

 private:
    pid_t pid_ = -1;
};

/// Runs a command to its end. Returns its exit status; output goes to `log`.
int run(std::vector<std::string> command, const std::filesystem::path& log);

/// Asks again and again until it is so. False when it still is not after `patience`.
bool wait_until(const std::function<bool()>& so,
                std::chrono::milliseconds patience = std::chrono::seconds{20});

std::uint16_t free_port();
bool accepts_connections(std::uint16_t port);
std::string contents(const std::filesystem::path& file);

}  // namespace candour::support
