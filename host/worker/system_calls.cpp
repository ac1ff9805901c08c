/// What a plugin in the sandbox may ask of the kernel: memory, threads, time, files that Landlock lets it
/// read, and the socket that it was given. No other socket, no process, no writing.
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "worker/sandbox.hpp"

namespace candour::worker {

namespace {

/// Those that an architecture does not have are left out.
constexpr const char* kAllowed[] = {
    // memory
    "brk", "madvise", "membarrier", "mmap", "mprotect", "mremap", "munmap",
    // threads, and how they end
    "exit", "exit_group", "futex", "get_robust_list", "getcpu", "gettid", "pause", "restart_syscall", "rseq",
    "sched_getaffinity", "sched_yield", "set_robust_list", "set_tid_address",
    // signals to itself
    "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack",
    // time
    "clock_getres", "clock_gettime", "clock_nanosleep", "getrusage", "gettimeofday", "nanosleep", "time",
    "times",
    // files that may be read
    "access", "close", "dup", "faccessat", "faccessat2", "fcntl", "fstat", "fstatfs", "getcwd", "getdents64",
    "lseek", "lstat", "newfstatat", "pread64", "preadv", "read", "readlink", "readlinkat", "readv", "stat",
    "statfs", "statx",
    // the socket to the host
    "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_wait", "eventfd2", "poll", "ppoll", "recvfrom",
    "recvmsg", "sendmsg", "sendto", "shutdown", "write", "writev",
    // what it is
    "getegid", "geteuid", "getgid", "getpgrp", "getpid", "getppid", "getrandom", "getuid", "sysinfo",
    "uname"};

/// Nobody does these by accident.
constexpr const char* kFatal[] = {"bpf",         "init_module",      "kexec_file_load",   "kexec_load",
                                  "ptrace",      "process_vm_readv", "process_vm_writev", "finit_module",
                                  "pidfd_getfd", "perf_event_open"};

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool add(const Filter& filter, std::uint32_t action, const char* call) {
    const int number = seccomp_syscall_resolve_name(call);
    return number < 0 || seccomp_rule_add(filter.get(), action, number, 0) == 0;
}

bool add_if(const Filter& filter, const char* call, scmp_arg_cmp condition) {
    const int number = seccomp_syscall_resolve_name(call);
    return number < 0 || seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, number, 1, condition) == 0;
}

/// Calls that are harmless with some arguments only.
bool add_conditional(const Filter& filter) {
    constexpr scmp_datum_t writes = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
    return add_if(filter, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, writes, 0)) &&
           add_if(filter, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, writes, 0)) &&
           // A thread, never a process. The newer call hides its flags from the filter, so it does not exist.
           add_if(filter, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) &&
           add(filter, SCMP_ACT_ERRNO(ENOSYS), "clone3") &&
           // abort() signals its own process.
           add_if(filter, "tgkill", SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid()))) &&
           // Limits may be read.
           add_if(filter, "prlimit64", SCMP_A2(SCMP_CMP_EQ, 0)) &&
           add_if(filter, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) &&
           add_if(filter, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_GET_NAME));
}

}  // namespace

Result<bool> allow_only_listed_calls() {
    if (prctl(PR_GET_SECCOMP) < 0) return false;
    const Filter filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    bool whole = filter != nullptr;
    for (const char* call : kAllowed) whole = whole && add(filter, SCMP_ACT_ALLOW, call);
    for (const char* call : kFatal) whole = whole && add(filter, SCMP_ACT_KILL_PROCESS, call);
    if (!whole || !add_conditional(filter))
        return Error{ErrorCode::internal, "seccomp: the list of system calls cannot be built"};
    const int loaded = seccomp_load(filter.get());
    if (loaded == 0) return true;
    return Error{ErrorCode::internal, std::string("seccomp: ") + std::strerror(-loaded)};
}

}  // namespace candour::worker
