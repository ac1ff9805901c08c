/// Moves SQLite's write-ahead log into the database beside the writer, so that no answer ever waits for it,
/// and keeps the log from growing without bound.
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "edge/store/target.hpp"

namespace candour::store {

class Checkpointer {
 public:
    explicit Checkpointer(Target target);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

 private:
    void work();

    Target target_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace candour::store
