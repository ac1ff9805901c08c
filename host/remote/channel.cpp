#include "remote/channel.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

namespace candour::remote {

namespace {

/// One look at the socket; a batch that came through it needs several.
constexpr std::size_t kChunk = 64 * 1024;
/// While others wait and read for themselves, there is no hurry to look again.
constexpr std::chrono::milliseconds kNap{1};

Kind kind_of(const Header& header) {
    return static_cast<Kind>(header.kind & ~kLanes);
}

bool is_known(const Header& header) {
    const Kind kind = kind_of(header);
    return kind == Kind::request || kind == Kind::reply || kind == Kind::word;
}

std::int64_t this_second() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

Channel::Channel(int socket, Hear hear) : socket_(socket), hear_(std::move(hear)) {}

Channel::~Channel() {
    close(socket_);
}

std::string Channel::reason() const {
    const std::lock_guard lock(mutex_);
    return reason_;
}

void Channel::fail(const std::string& reason) {
    {
        const std::lock_guard lock(mutex_);
        if (down_.exchange(true)) return;
        reason_ = reason;
        for (Waiter* waiter : waiting_) waiter->changed.notify_all();
    }
    shutdown(socket_, SHUT_RDWR);  // whoever reads or writes comes back
    asked_.notify_all();
    quiet_.notify_all();
}

bool Channel::write(const char* bytes, std::size_t length) {
    while (length > 0) {
        const ssize_t sent = ::send(socket_, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) {
            fail(errno == EAGAIN ? "it does not read what it is sent" : "");
            return false;
        }
        bytes += sent;
        length -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool Channel::send(Header header, std::string_view body) {
    header.length = static_cast<std::uint32_t>(body.size());
    char head[sizeof header];
    std::memcpy(head, &header, sizeof header);
    const std::lock_guard lock(write_mutex_);
    if (down_) return false;
    if (body.size() > kChunk) return write(head, sizeof head) && write(body.data(), body.size());
    // One system call instead of two; what it copies fits the first-level cache.
    iovec parts[2] = {{head, sizeof head}, {const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts;
    message.msg_iovlen = 2;
    const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL);
    const std::size_t done = sent < 0 ? 0 : static_cast<std::size_t>(sent);
    if (done == sizeof head + body.size()) return true;
    if (done < sizeof head && !write(head + done, sizeof head - done)) return false;
    const std::size_t of_body = done > sizeof head ? done - sizeof head : 0;
    return write(body.data() + of_body, body.size() - of_body);
}

template <class Ready>
bool Channel::wait(std::unique_lock<std::mutex>& lock, Waiter& me, Ready ready) {
    waiting_.push_back(&me);
    while (!ready() && !down_) {
        if (reading_) {
            me.changed.wait(lock);
            continue;
        }
        reading_ = true;
        lock.unlock();
        read();
        lock.lock();
        reading_ = false;
    }
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), &me));
    pass_on_reading();
    return ready();
}

void Channel::pass_on_reading() {
    // Whoever listens is left to its nap: waking it after each call would cost more than the call.
    if (!reading_ && !waiting_.empty()) waiting_.front()->changed.notify_one();
}

Result<Frame> Channel::call(Header header, std::string_view body, const Serve& serve, bool& reached) {
    Waiter me;
    std::unique_lock lock(mutex_);
    reached = false;
    header.id = ++last_id_;
    calls_.emplace(header.id, &me);
    lock.unlock();
    reached = send(header, body);
    lock.lock();
    while (reached && wait(lock, me, [&me] { return !me.inbox.empty(); })) {
        Frame frame = std::move(me.inbox.front());
        me.inbox.pop_front();
        if (kind_of(frame.header) == Kind::reply) {
            calls_.erase(header.id);
            return frame;
        }
        lock.unlock();
        const std::optional<std::string> answer = serve(frame);
        if (!answer) fail("a request that no slot takes");
        if (answer) send({0, static_cast<std::uint8_t>(Kind::reply), 0, 0, frame.header.id, 0}, *answer);
        lock.lock();
    }
    calls_.erase(header.id);
    return Error{ErrorCode::unavailable, reason_.empty() ? "the other process is gone" : reason_};
}

std::optional<Frame> Channel::next(bool reads) {
    std::unique_lock lock(mutex_);
    const auto ready = [this] { return !requests_.empty(); };
    if (reads) {
        Waiter me;
        if (!wait(lock, me, ready)) return std::nullopt;
    } else {
        asked_.wait(lock, [&] { return ready() || down_; });
        if (!ready()) return std::nullopt;
    }
    Frame frame = std::move(requests_.front());
    requests_.pop_front();
    request_bytes_ -= frame.body.size();
    return frame;
}

void Channel::listen() {
    while (!down_) {
        pollfd wanted{socket_, POLLIN, 0};
        if (poll(&wanted, 1, -1) < 0) continue;
        std::unique_lock lock(mutex_);
        if (reading_ || !waiting_.empty()) {
            quiet_.wait_for(lock, kNap);
            continue;
        }
        if (down_) return;
        reading_ = true;
        lock.unlock();
        read();
        lock.lock();
        reading_ = false;
        pass_on_reading();
    }
}

/// Waits for bytes and delivers the frames that are whole now.
void Channel::read() {
    if (begin_ > 0) buffer_.erase(0, std::exchange(begin_, 0));
    const std::size_t had = buffer_.size();
    // A long frame grows as it arrives, never as long as it says that it will be.
    buffer_.resize(had + std::max(kChunk, std::min<std::size_t>(had, 4 * 1024 * 1024)));
    ssize_t got = 0;
    do got = recv(socket_, buffer_.data() + had, buffer_.size() - had, 0);
    while (got < 0 && errno == EINTR);
    buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got <= 0) return fail("");
    std::vector<Frame> frames;
    const bool sound = take_frames(frames);
    for (Frame& frame : frames) deliver(std::move(frame));
    if (!sound) fail("a frame that is no frame of this release");
}

bool Channel::take_frames(std::vector<Frame>& frames) {
    while (buffer_.size() - begin_ >= sizeof(Header)) {
        Frame frame;
        std::memcpy(&frame.header, buffer_.data() + begin_, sizeof(Header));
        if (frame.header.length > kLongestBody || !is_known(frame.header)) return false;
        if (buffer_.size() - begin_ - sizeof(Header) < frame.header.length) return true;
        frame.body.assign(buffer_, begin_ + sizeof(Header), frame.header.length);
        begin_ += sizeof(Header) + frame.header.length;
        frames.push_back(std::move(frame));
    }
    return true;
}

void Channel::deliver(Frame&& frame) {
    const Kind kind = kind_of(frame.header);
    if (kind == Kind::word) return hear(frame);
    std::unique_lock lock(mutex_);
    const std::uint64_t of = kind == Kind::reply ? frame.header.id : frame.header.parent;
    if (kind == Kind::request && of == 0) {
        request_bytes_ += frame.body.size();
        if (requests_.size() < kMostWaiting && request_bytes_ <= kMostWaitingBytes) {
            requests_.push_back(std::move(frame));
            asked_.notify_one();
            // Anybody among those who wait may be the one who takes it.
            for (Waiter* waiter : waiting_) waiter->changed.notify_one();
            return;
        }
        lock.unlock();
        return fail("more calls at once than a plugin has threads");
    }
    const auto call = calls_.find(of);
    // A thread that serves a call asks one thing at a time.
    if (call == calls_.end() || call->second->replied || call->second->inbox.size() > 1) {
        lock.unlock();
        return fail("a frame for a call that nobody made");
    }
    call->second->replied = kind == Kind::reply;
    call->second->inbox.push_back(std::move(frame));
    call->second->changed.notify_one();
}

void Channel::hear(const Frame& frame) {
    const std::int64_t second = this_second();
    if (second != word_second_) word_second_ = second, words_ = 0;
    if (++words_ > kMostWords) return fail("a flood of log lines");
    if (!hear_ || !hear_(frame)) fail("a word that no slot takes");
}

}  // namespace candour::remote
