/// The socket between the host and a worker: calls in both directions at once, each of which may cause
/// others.
///
///     u32 length of the body   u8 kind   u8 interface   u16 slot   u64 id   u64 parent   body
///
/// A request has an id of its sender's; its reply carries the same. `parent` is the id of the call that the
/// other side made and within which this request arose, 0 for none: such a request is served by the very
/// thread that waits for that call. There is no thread that only reads: of those that wait, one reads for
/// all.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "candour/result.hpp"

namespace candour::remote {

enum class Kind : std::uint8_t { request = 1, reply = 2, word = 3 };
/// Or-ed to the kind of a request: it and its reply may use the lanes.
inline constexpr std::uint8_t kLanes = 0x80;

struct Header {
    std::uint32_t length = 0;
    std::uint8_t kind = 0;
    std::uint8_t interface = 0;
    std::uint16_t slot = 0;
    std::uint64_t id = 0;
    std::uint64_t parent = 0;
};
static_assert(sizeof(Header) == 24);

struct Frame {
    Header header;
    std::string body;
    bool lanes() const { return (header.kind & kLanes) != 0; }
};

/// The longest mail with all its attachments, and a batch whose lane is taken.
inline constexpr std::uint32_t kLongestBody = 64U * 1024 * 1024;
/// Requests that nobody has begun to serve. A worker has fewer threads than this, and each waits for its own.
inline constexpr std::size_t kMostWaiting = 1024;
inline constexpr std::size_t kMostWaitingBytes = 2 * std::size_t{kLongestBody};
/// Words in one second: a worker that goes by the rules sends far fewer.
inline constexpr int kMostWords = 20'000;

class Channel {
 public:
    /// What the other side asks within a call of ours; nothing: it is malformed.
    using Serve = std::function<std::optional<std::string>(const Frame&)>;
    /// What it says without waiting for an answer; called by whichever thread reads.
    using Hear = std::function<bool(const Frame&)>;

    /// Owns the socket. Everything but `fail` and `next` may throw bad_alloc.
    explicit Channel(int socket, Hear hear = {});
    /// After every thread has left.
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// The reply, once all that it caused is served on this thread. Errors: unavailable, with `reached`
    /// telling whether the other side may have begun it.
    Result<Frame> call(Header header, std::string_view body, const Serve& serve, bool& reached);
    /// A reply or a word. false: the channel is down.
    bool send(Header header, std::string_view body);

    /// The next request that belongs to no call of ours; nothing once the channel is down. `reads`: this
    /// thread may read meanwhile.
    std::optional<Frame> next(bool reads);
    /// Reads when something comes and nobody waits for it, until the channel is down. One thread, the host's.
    void listen();

    /// Nothing goes through it any more. The first reason stays.
    void fail(const std::string& reason);
    bool down() const { return down_; }
    /// Empty while it is up, and when the other side just went away.
    std::string reason() const;

 private:
    struct Waiter {
        std::condition_variable changed;
        std::deque<Frame> inbox;
        bool replied = false;
    };
    template <class Ready>
    bool wait(std::unique_lock<std::mutex>& lock, Waiter& me, Ready ready);
    void read();
    bool take_frames(std::vector<Frame>& frames);
    void deliver(Frame&& frame);
    void hear(const Frame& frame);
    void pass_on_reading();
    bool write(const char* bytes, std::size_t length);

    const int socket_;
    const Hear hear_;
    std::atomic<bool> down_{false};

    std::mutex write_mutex_;

    mutable std::mutex mutex_;
    std::string reason_;
    std::uint64_t last_id_ = 0;
    std::unordered_map<std::uint64_t, Waiter*> calls_;  ///< ours, that wait for their replies
    std::vector<Waiter*> waiting_;                      ///< of those, and of `next`, who sleep or read
    std::deque<Frame> requests_;                        ///< theirs, that belong to no call
    std::size_t request_bytes_ = 0;
    std::condition_variable quiet_, asked_;
    bool reading_ = false;

    /// Whoever reads owns these.
    std::string buffer_;
    std::size_t begin_ = 0;
    std::int64_t word_second_ = 0;
    int words_ = 0;
};

}  // namespace candour::remote
