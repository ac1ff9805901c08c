#include "edge/store/checkpointer.hpp"

#include "log/log.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

#include "edge/store/failure.hpp"
#include "edge/store/session.hpp"

namespace candour::store {
namespace {

using namespace std::chrono_literals;

constexpr std::uintmax_t kWorthwhile = 4U << 20U;
/// Past this the writer is held for one checkpoint: an unbounded log reached half a gigabyte in seconds when
/// measured.
constexpr std::uintmax_t kCap = 64U << 20U;
constexpr auto kLook = 250ms;

void checkpoint(Session& session, const char* mode) {
    long long busy = 0, pages = 0, moved = 0;
    soci::statement statement = (session.raw().prepare << std::string("PRAGMA wal_checkpoint(") + mode + ")",
                                 soci::into(busy), soci::into(pages), soci::into(moved));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
    }
}

}  // namespace

Checkpointer::Checkpointer(Target target) : target_(std::move(target)), thread_([this] { work(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Checkpointer::work() {
    std::optional<Session> session;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, kLook, [this] { return stopping_; })) {
        std::error_code none;
        const std::uintmax_t size = std::filesystem::file_size(target_.path + "-wal", none);
        if (none || size < kWorthwhile) continue;
        try {
            if (!session) session.emplace(target_);
            checkpoint(*session, size > kCap ? "TRUNCATE" : "PASSIVE");
        } catch (const std::exception& failure) {
            log::warn("store: checkpoint failed: {}", error_of(failure).message);
            session.reset();
        }
    }
}

}  // namespace candour::store
