/// A session that comes back: opened on first use, thrown away when its connection is lost, opened again at
/// the next use. A watchdog cuts the socket of one that hangs, because libpq itself waits for ever on a
/// frozen server.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "edge/store/session.hpp"

namespace candour::store {

class Connection {
 public:
    explicit Connection(Target target) : target_(std::move(target)) {}

    /// Throws soci::soci_error when the database cannot be reached.
    Session& session();
    void drop();

    /// Marks the time between them as "talking to the server"; each statement begins it anew, so that long
    /// work is not taken for silence.
    void begin_talk();
    void end_talk();
    /// From the watchdog's thread.
    void cut_if_silent_for(std::chrono::milliseconds limit);

 private:
    Target target_;
    std::mutex mutex_;  // between the watchdog and drop()
    std::unique_ptr<Session> session_;
    std::atomic<std::int64_t> talking_since_ms_{0};
};

class Watchdog {
 public:
    Watchdog(std::vector<Connection*> connections, std::chrono::milliseconds limit);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

 private:
    void watch();

    std::vector<Connection*> connections_;
    std::chrono::milliseconds limit_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace candour::store
