#include "app/tool/case_runner.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <exception>

#include "edge/plugin/text.hpp"

namespace candour::app::tool {
namespace {

constexpr std::size_t kLongestNote = 2'000;
using Clock = std::chrono::steady_clock;

void write_all(int fd, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t wrote = write(fd, text.data() + done, text.size() - done);
        if (wrote <= 0) return;
        done += static_cast<std::size_t>(wrote);
    }
}

std::string read_end(int fd, std::size_t most) {
    const off_t size = lseek(fd, 0, SEEK_END);
    const off_t from = size > static_cast<off_t>(most) ? size - static_cast<off_t>(most) : 0;
    std::string text(static_cast<std::size_t>(size - from), '\0');
    const ssize_t got = pread(fd, text.data(), text.size(), from);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

/// Plugins write what they like; a report is text.
std::string as_text(std::string bytes) {
    for (char& c : bytes)
        if (static_cast<unsigned char>(c) >= 0x7f || (static_cast<unsigned char>(c) < ' ' && c != '\n'))
            c = '?';
    return bytes;
}

/// The first byte is the outcome, the rest why.
[[noreturn]] void be_the_child(const Case& one, const Subject& subject, int verdict_fd, int said_fd) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    dup2(said_fd, STDOUT_FILENO);
    dup2(said_fd, STDERR_FILENO);
    Verdict verdict;
    try {
        verdict = one.run(subject);
    } catch (const std::exception& failure) {
        verdict = failed(std::string("an exception crossed the border: ") + failure.what());
    } catch (...) {
        verdict = failed("an exception crossed the border");
    }
    write_all(verdict_fd,
              std::string(1, static_cast<char>('0' + static_cast<int>(verdict.outcome))) + verdict.why);
    _exit(0);  // destructors of the plugin's statics are another case
}

/// True when the child ended in time.
bool wait_for_end(int pidfd, std::chrono::milliseconds patience) {
    const auto end = Clock::now() + patience;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        pollfd ended{pidfd, POLLIN, 0};
        const int ready = poll(&ended, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready > 0) return true;
        if (ready == 0) return false;
    }
}

Verdict read_verdict(int status, const std::string& text) {
    if (WIFSIGNALED(status))
        return failed("it crashed: signal " + std::to_string(WTERMSIG(status)) + " (" +
                      strsignal(WTERMSIG(status)) + ")");
    if (text.empty() || text[0] < '0' || text[0] > '2')
        return failed("it ended the process: exit code " + std::to_string(WEXITSTATUS(status)));
    const std::string why = text.substr(1);
    return {static_cast<Outcome>(text[0] - '0'), plugin::is_text(why) ? why : as_text(why)};
}

}  // namespace

Tried try_case(const Case& one, const Subject& subject, std::chrono::milliseconds patience) {
    const int verdict_fd = memfd_create("verdict", MFD_CLOEXEC), said_fd = memfd_create("said", MFD_CLOEXEC);
    const auto began = Clock::now();
    const pid_t child = fork();
    if (child < 0) return {failed(std::string("no process for it: ") + std::strerror(errno)), {}, {}};
    if (child == 0) be_the_child(one, subject, verdict_fd, said_fd);
    // Nobody collects it before us, so that the number is its own until waitpid below.
    const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
    const bool in_time = pidfd >= 0 && wait_for_end(pidfd, patience);
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    Tried tried;
    tried.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began);
    tried.verdict = in_time ? read_verdict(status, read_end(verdict_fd, kLongestNote))
                            : failed("it did not end within " + std::to_string(patience.count()) + " ms");
    tried.said = as_text(read_end(said_fd, kLongestNote));
    for (const int fd : {pidfd, verdict_fd, said_fd}) close(fd);
    return tried;
}

}  // namespace candour::app::tool
