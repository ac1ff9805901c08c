#include "worker/sandbox.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

namespace candour::worker {

namespace {

/// The socket, two lanes, and the few libraries that are open at one time.
constexpr rlim_t kOpenFiles = 64;

Error kernel_refused(const std::string& what) {
    return Error{ErrorCode::internal, what + ": " + std::strerror(errno)};
}

bool limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(what, &both) == 0;
}

/// The addresses that this process has already: its libraries and the memory that it shares with the host.
std::uint64_t own_addresses() {
    std::ifstream stream("/proc/self/statm");
    std::uint64_t pages = 0;
    stream >> pages;
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

Done limit_all(std::uint64_t memory_bytes) {
    if (!limit(RLIMIT_NOFILE, kOpenFiles)) return kernel_refused("open files cannot be limited");
    if (!limit(RLIMIT_FSIZE, 0)) return kernel_refused("the size of files cannot be limited");
#ifndef __SANITIZE_ADDRESS__  // which reserves terabytes of addresses
    if (memory_bytes != 0 && !limit(RLIMIT_AS, own_addresses() + memory_bytes))
        return kernel_refused("memory cannot be limited");
#else
    (void)memory_bytes;
#endif
    return done();
}

}  // namespace

Result<std::vector<std::string>> confine(const remote::Confinement& walls) {
    // A crash leaves no image of the answers that the plugin had in memory.
    if (!limit(RLIMIT_CORE, 0)) return kernel_refused("core files cannot be switched off");
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return kernel_refused("the end of the host cannot be followed");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return kernel_refused("new privileges cannot be refused");
    std::vector<std::string> missing;
    if (!walls.sandbox) return missing;
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return kernel_refused("the process cannot be hidden");
    if (const Done limited = limit_all(walls.memory_bytes); !limited) return limited.error();
    const Result<bool> files = allow_only_reading(walls.readable);
    if (!files) return files.error();
    if (!*files) missing.emplace_back("landlock");
    const Result<bool> calls = allow_only_listed_calls();
    if (!calls) return calls.error();
    if (!*calls) missing.emplace_back("seccomp");
    return missing;
}

}  // namespace candour::worker
