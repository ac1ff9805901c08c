/// Cleans up behind a test program that crashed, was killed or ran out of its time.
#pragma once
#include <string>

namespace candour::support {

/// Runs `script` with /bin/sh once this object is gone or the program has ended, however that happened. The
/// script runs in a session of its own and is nobody's child, so that no signal meant for the test program
/// reaches it.
class Watchdog final {
 public:
    explicit Watchdog(const std::string& script);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

 private:
    int alive_ = -1;  ///< write end of a pipe: the kernel closes it for us when we cannot
};

}  // namespace candour::support
