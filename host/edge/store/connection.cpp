#include "edge/store/connection.hpp"

#include <sys/socket.h>

namespace candour::store {
namespace {

std::int64_t steady_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Session& Connection::session() {
    if (!session_) {
        auto fresh = std::make_unique<Session>(target_);
        fresh->before_each([this] {
            if (talking_since_ms_ != 0) begin_talk();
        });
        const std::lock_guard lock(mutex_);
        session_ = std::move(fresh);
    }
    return *session_;
}

void Connection::drop() {
    const std::lock_guard lock(mutex_);
    session_.reset();
}

void Connection::begin_talk() {
    talking_since_ms_ = steady_ms();
}

void Connection::end_talk() {
    talking_since_ms_ = 0;
}

void Connection::cut_if_silent_for(std::chrono::milliseconds limit) {
    const std::int64_t since = talking_since_ms_;
    if (since == 0 || steady_ms() - since < limit.count()) return;
    const std::lock_guard lock(mutex_);
    if (!session_ || session_->socket() < 0) return;
    ::shutdown(session_->socket(),
               SHUT_RDWR);  // the blocked call returns with an error and the session is dropped
    talking_since_ms_ = 0;
}

Watchdog::Watchdog(std::vector<Connection*> connections, std::chrono::milliseconds limit)
    : connections_(std::move(connections)), limit_(limit), thread_([this] { watch(); }) {}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Watchdog::watch() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, limit_ / 4, [this] { return stopping_; }))
        for (Connection* connection : connections_) connection->cut_if_silent_for(limit_);
}

}  // namespace candour::store
