#include "support/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
extern "C" {  // glibc 2.36 forgot to say so itself
#include <sys/pidfd.h>
}

#include <array>
#include <cstdlib>
#include <fstream>
#include <future>
#include <stdexcept>
#include <system_error>

namespace candour::support {
namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// Everything the child needs, made before the fork: after it only async-signal-safe calls are allowed.
struct Prepared {
    std::string program;
    std::vector<std::string> words, variables;
    std::vector<char*> argv, envp;
    std::string directory;
    uid_t uid = 0;
    gid_t gid = 0;
    bool change_user = false;
    int dies_with_parent = 0;
    int input = -1, output = -1, errors = -1;
};

std::string find_program(const std::filesystem::path& program) {
    if (program.string().find('/') != std::string::npos) return std::filesystem::absolute(program);
    const char* path = std::getenv("PATH");
    std::string folders = std::string(path != nullptr ? path : "/usr/bin:/bin") + ":/usr/sbin:/sbin:";
    for (std::size_t at = 0, end = 0; (end = folders.find(':', at)) != std::string::npos; at = end + 1) {
        const std::filesystem::path candidate = std::filesystem::path(folders.substr(at, end - at)) / program;
        if (access(candidate.c_str(), X_OK) == 0) return candidate;
    }
    throw std::runtime_error("the program " + program.string() +
                             " is not in PATH; tests/run installs what tests use");
}

std::vector<std::string> environment_with(const std::map<std::string, std::string>& changes) {
    std::vector<std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string variable = *entry;
        if (!changes.contains(variable.substr(0, variable.find('=')))) variables.push_back(variable);
    }
    for (const auto& [name, value] : changes)
        if (!value.empty()) variables.push_back(name + "=" + value);
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    return list;
}

int input_file(const std::string& text) {
    const int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0) fail("standard input");
    if (write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) fail("standard input");
    lseek(fd, 0, SEEK_SET);
    return fd;
}

void choose_user(const std::string& name, Prepared& child) {
    if (name.empty() || geteuid() != 0) return;
    const passwd* user = getpwnam(name.c_str());
    if (user == nullptr) throw std::runtime_error("there is no user " + name + " on this machine");
    child.uid = user->pw_uid;
    child.gid = user->pw_gid;
    child.change_user = true;
}

/// Runs in the child between fork and exec.
[[noreturn]] void become(const Prepared& child, pid_t parent) {
    setpgid(0, 0);
    dup2(child.input, STDIN_FILENO);
    dup2(child.output, STDOUT_FILENO);
    dup2(child.errors, STDERR_FILENO);
    if (child.change_user && (setgroups(0, nullptr) != 0 || setgid(child.gid) != 0 || setuid(child.uid) != 0))
        _exit(126);
    // After setuid, which would clear it. The parent may have ended before this line.
    if (child.dies_with_parent != 0) {
        prctl(PR_SET_PDEATHSIG, child.dies_with_parent);
        if (getppid() != parent) _exit(126);
    }
    if (!child.directory.empty() && chdir(child.directory.c_str()) != 0) _exit(126);
    close_range(3, ~0U, 0);  // a socket of ours kept open by a child looks like a peer that never hangs up
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    execve(child.program.c_str(), child.argv.data(), child.envp.data());
    _exit(127);
}

}  // namespace

Process::Process(const Launch& launch) {
    Prepared child;
    child.program = find_program(launch.program);
    child.words = launch.arguments;
    child.words.insert(child.words.begin(), launch.program.string());
    child.variables = environment_with(launch.environment);
    child.argv = pointers(child.words);
    child.envp = pointers(child.variables);
    child.directory = launch.directory;
    child.dies_with_parent = launch.dies_with_parent;
    choose_user(launch.user, child);
    child.input = input_file(launch.input);

    std::array<int, 2> output{}, errors{};
    if (pipe2(output.data(), O_CLOEXEC) != 0 || pipe2(errors.data(), O_CLOEXEC) != 0) fail("pipe");
    child.output = output[1];
    child.errors = errors[1];
    output_fd_ = output[0];
    errors_fd_ = errors[0];
    for (const int fd : {output_fd_, errors_fd_}) fcntl(fd, F_SETFL, O_NONBLOCK);
    // The death signal is sent when the *thread* that forked ends, so the thread that lives as long as we do
    // forks.
    std::promise<int> forked;
    std::future<int> failure = forked.get_future();
    watcher_ = std::thread([this, &child, &forked] {
        const pid_t parent = getpid();
        pid_ = fork();
        if (pid_ == 0) become(child, parent);
        const int why = pid_ < 0 ? errno : 0;
        if (pid_ > 0) setpgid(pid_, pid_);  // here too: whoever comes first, a kill of the group finds it
        pidfd_ = pid_ < 0 ? -1 : pidfd_open(pid_, 0);
        forked.set_value(why);
        if (pid_ > 0) watch();
    });
    const int why = failure.get();
    for (const int fd : {child.input, child.output, child.errors}) close(fd);
    if (why == 0) return;
    watcher_.join();
    throw std::system_error(why, std::generic_category(), "fork for " + child.program);
}

Process::~Process() {
    kill();
    watcher_.join();
    for (const int fd : {pidfd_, output_fd_, errors_fd_})
        if (fd >= 0) close(fd);
}

/// False when nothing more can come from `fd` now.
bool Process::read_from(int& fd, std::string& into) {
    std::array<char, 16384> buffer{};
    const ssize_t size = fd < 0 ? 0 : read(fd, buffer.data(), buffer.size());
    if (size > 0) {
        const std::lock_guard lock(mutex_);
        into.append(buffer.data(), static_cast<std::size_t>(size));
        changed_.notify_all();
        return true;
    }
    if (size == 0 && fd >= 0) close(std::exchange(fd, -1));
    return false;
}

void Process::watch() {
    bool ended = false;
    while (!ended) {
        std::array<pollfd, 3> events{{{output_fd_, POLLIN, 0}, {errors_fd_, POLLIN, 0}, {pidfd_, POLLIN, 0}}};
        if (poll(events.data(), events.size(), -1) < 0 && errno != EINTR) break;
        ended = events[2].revents != 0;
        read_from(output_fd_, output_);
        read_from(errors_fd_, errors_);
    }
    // Children of the program may hold the pipes open for ever: take what is there and do not wait for their
    // end.
    while (read_from(output_fd_, output_)) continue;
    while (read_from(errors_fd_, errors_)) continue;
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    const std::lock_guard lock(mutex_);
    exit_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    changed_.notify_all();
}

std::string Process::output() const {
    const std::lock_guard lock(mutex_);
    return output_;
}

std::string Process::errors() const {
    const std::lock_guard lock(mutex_);
    return errors_;
}

bool Process::wait_for(std::string_view text, std::chrono::milliseconds patience) const {
    const auto seen = [&] {
        return output_.find(text) != std::string::npos || errors_.find(text) != std::string::npos;
    };
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return exit_ || seen(); });
    return seen();
}

std::optional<int> Process::wait(std::chrono::milliseconds patience) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return exit_.has_value(); });
    return exit_;
}

bool Process::running() const {
    const std::lock_guard lock(mutex_);
    return !exit_;
}

void Process::signal(int number) const {
    const std::lock_guard lock(mutex_);
    if (!exit_) pidfd_send_signal(pidfd_, number, nullptr, 0);
}

void Process::kill() {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGKILL);  // also what it left behind in its group after it ended
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return exit_.has_value(); });
}

Finished run_program(const Launch& launch, std::chrono::milliseconds patience) {
    const Process process(launch);
    const std::optional<int> code = process.wait(patience);
    if (!code)
        throw std::runtime_error(launch.program.string() + " did not end in time; it wrote:\n" +
                                 process.output() + process.errors());
    return {*code, process.output(), process.errors()};
}

namespace {

/// State and parent of a process: "pid (name) state ppid …". The name may hold spaces and brackets.
std::optional<std::pair<char, pid_t>> look_at(const std::string& pid) {
    std::ifstream file("/proc/" + pid + "/stat");
    std::string stat;
    std::getline(file, stat);
    const std::size_t bracket = stat.rfind(") ");
    if (bracket == std::string::npos) return std::nullopt;
    return std::pair{stat[bracket + 2], static_cast<pid_t>(std::stol(stat.substr(bracket + 4)))};
}

}  // namespace

bool alive(pid_t pid) {
    const auto process = look_at(std::to_string(pid));
    return process && process->first != 'Z' && process->first != 'X';
}

std::vector<pid_t> children_of(pid_t pid) {
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto process = look_at(name);
        if (process && process->second == pid) children.push_back(static_cast<pid_t>(std::stol(name)));
    }
    return children;
}

}  // namespace candour::support
