/// The database as flow's steps see it from here: hand in work, get its result back on the io thread.
#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "edge/store/checkpointer.hpp"
#include "edge/store/writer.hpp"

namespace candour::store {

/// No statement of ours takes this long; a server that is silent for so long is frozen.
inline constexpr std::chrono::milliseconds kSilence{8'000};

class Database {
 public:
    Database(boost::asio::io_context& io, const Target& target, std::chrono::milliseconds silence = kSilence);

    /// One unit of work inside the writer's next transaction. It happens wholly or not at all; an error
    /// result undoes it.
    template <class T>
    flow::Task<Result<T>> write(std::function<Result<T>(Session&)> work) {
        return submit<T>(writer_, std::make_unique<WorkJob<T>>(std::move(work)));
    }
    /// For jobs that have a batch step.
    template <class T>
    flow::Task<Result<T>> write_job(std::unique_ptr<TypedJob<T>> job) {
        return submit<T>(writer_, std::move(job));
    }
    /// Each read sees one commit.
    template <class T>
    flow::Task<Result<T>> read(std::function<Result<T>(Session&)> work) {
        return submit<T>(readers_, std::make_unique<WorkJob<T>>(std::move(work)));
    }
    Dialect dialect() const { return dialect_; }

 private:
    Dialect dialect_;
    Writer writer_;
    Readers readers_;
    std::unique_ptr<Checkpointer> checkpointer_;  // SQLite only
    std::unique_ptr<Watchdog> watchdog_;          // PostgreSQL only; goes first
};

}  // namespace candour::store
