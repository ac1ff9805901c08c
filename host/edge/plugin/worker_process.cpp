#include "edge/plugin/worker_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "remote/control.hpp"

namespace candour::plugin {

namespace {

/// Above every descriptor that the child is given a fixed number for.
constexpr int kOutOfTheWay = 10;
/// A worker that does not read for so long is taken for dead.
constexpr timeval kPatience{10, 0};

class Descriptor {
 public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }
    int take() { return std::exchange(fd_, -1); }

 private:
    int fd_;
};

Error trouble(const std::string& what, int code) {
    return Error{ErrorCode::unavailable,
                 "its worker cannot be started: " + what + ": " + std::strerror(code)};
}

/// What the child does between fork and its program.
class Preparation {
 public:
    Preparation() {
        posix_spawn_file_actions_init(&files_);
        posix_spawnattr_init(&attributes_);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        for (const int standard : {0, 1, 2})
            posix_spawn_file_actions_addopen(&files_, standard, "/dev/null", O_RDWR, 0);
    }
    ~Preparation() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;

    void give(int fd, int as) { posix_spawn_file_actions_adddup2(&files_, fd, as); }
    int run(const std::filesystem::path& program, pid_t& pid) {
        posix_spawn_file_actions_addclosefrom_np(&files_, remote::kLaneToHostFd + 1);
        std::string name = program.string();
        std::array<char*, 2> arguments{name.data(), nullptr};
        // Its language and its time zone are nobody's business: a plugin formats nothing for this machine.
        std::array<char*, 1> environment{nullptr};
        return posix_spawn(&pid, name.c_str(), &files_, &attributes_, arguments.data(), environment.data());
    }

 private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<WorkerProcess> start_worker(const std::filesystem::path& program, const remote::Lane& to,
                                   const remote::Lane& from) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return trouble("no socket", errno);
    Descriptor ours(ends[0]), theirs(ends[1]);
    setsockopt(ours.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    const Descriptor socket(fcntl(theirs.get(), F_DUPFD_CLOEXEC, kOutOfTheWay));
    const Descriptor first(fcntl(to.fd(), F_DUPFD_CLOEXEC, kOutOfTheWay));
    const Descriptor second(fcntl(from.fd(), F_DUPFD_CLOEXEC, kOutOfTheWay));
    if (socket.get() < 0 || first.get() < 0 || second.get() < 0) return trouble("no descriptor", errno);
    Preparation preparation;
    preparation.give(socket.get(), remote::kSocketFd);
    preparation.give(first.get(), remote::kLaneToWorkerFd);
    preparation.give(second.get(), remote::kLaneToHostFd);
    WorkerProcess process;
    if (const int failed = preparation.run(program, process.pid); failed != 0)
        return trouble(program.string(), failed);
    process.pidfd = static_cast<int>(syscall(SYS_pidfd_open, process.pid, 0));
    if (process.pidfd < 0) {
        const int failed = errno;
        kill(process.pid, SIGKILL);  // nobody has waited for it, so the number is still its own
        waitpid(process.pid, nullptr, 0);
        return trouble("no descriptor of the process", failed);
    }
    process.socket = ours.take();
    return process;
}

void kill_worker(int pidfd) {
    syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, nullptr, 0);
}

std::string reap_worker(int pidfd) {
    siginfo_t about{};
    if (waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd), &about, WEXITED) != 0)
        return "is gone";
    if (about.si_code == CLD_EXITED)
        return "ended by itself with exit code " + std::to_string(about.si_status);
    const char* name = strsignal(about.si_status);
    return "was killed by signal " + std::to_string(about.si_status) + " (" +
           (name != nullptr ? name : "unknown") + ")";
}

}  // namespace candour::plugin
