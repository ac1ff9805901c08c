#include "support/watchdog.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace candour::support {

Watchdog::Watchdog(const std::string& script) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    const std::string program = "read -r _; " + script;
    std::array<const char*, 4> words{"sh", "-c", program.c_str(), nullptr};
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const pid_t child = fork();
    if (child == 0) {
        setsid();
        if (fork() != 0) _exit(0);
        dup2(pipe[0], STDIN_FILENO);
        // A pipe of ours held open would keep whoever reads our output (ctest) waiting for the watchdog.
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        close_range(3, ~0U, 0);
        execv("/bin/sh", const_cast<char* const*>(words.data()));
        _exit(127);
    }
    const int why = errno;
    close(pipe[0]);
    close(nowhere);
    if (child < 0) {
        close(pipe[1]);
        throw std::system_error(why, std::generic_category(), "fork for the watchdog");
    }
    alive_ = pipe[1];
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
}

Watchdog::~Watchdog() {
    close(alive_);
}

}  // namespace candour::support
