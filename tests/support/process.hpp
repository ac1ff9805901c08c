/// A real program, started by a test: its output is captured and it never outlives the test.
#pragma once
#include <signal.h>
#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/eventually.hpp"

namespace candour::support {

struct Launch {
    std::filesystem::path program;            ///< looked up in PATH when it has no slash
    std::vector<std::string> arguments = {};  ///< without the program's own name
    std::map<std::string, std::string> environment =
        {};                                ///< on top of ours; an empty value removes the variable
    std::filesystem::path directory = {};  ///< working directory; ours when empty
    std::string input = {};                ///< what it reads from standard input, then end of file
    std::string user = {};           ///< started as root it becomes this user; ignored when we are not root
    int dies_with_parent = SIGKILL;  ///< sent when the test program ends in any way; 0 for never
};

/// The program leads a process group of its own; the destructor kills the group and waits.
class Process final {
 public:
    /// Throws system_error when the program cannot be started.
    explicit Process(const Launch& launch);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return pid_; }
    /// What it has written so far. After `wait()` it is complete.
    std::string output() const;
    std::string errors() const;

    /// True once `text` stands in its output or errors; false at the deadline, or when it ended without.
    bool wait_for(std::string_view text, std::chrono::milliseconds patience = kPatience) const;
    /// The exit code, or 128 + the signal that ended it; nothing when it still runs at the deadline.
    std::optional<int> wait(std::chrono::milliseconds patience = kPatience) const;
    bool running() const;
    /// To the program alone; nothing happens when it has ended.
    void signal(int number) const;
    /// SIGKILL to its whole group, and waits for the end.
    void kill();

 private:
    void watch();
    bool read_from(int& fd, std::string& into);

    pid_t pid_ = -1;
    int pidfd_ = -1, output_fd_ = -1, errors_fd_ = -1;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::string output_, errors_;
    std::optional<int> exit_;
    std::thread watcher_;
};

struct Finished {
    int code = -1;
    std::string output, errors;
};
/// Runs a program to its end. Throws runtime_error, with what it had written, when it does not end in time.
Finished run_program(const Launch& launch, std::chrono::milliseconds patience = kPatience);

/// False when it has ended, even while nobody has collected its exit status.
bool alive(pid_t pid);
/// The processes whose parent is `pid` at this moment.
std::vector<pid_t> children_of(pid_t pid);

}  // namespace candour::support
