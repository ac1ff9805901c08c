/// One end of a channel, as the vtables of the other side see it: their `ctx` or `self`.
#pragma once
#include <mutex>
#include <optional>
#include <string>

#include "remote/body.hpp"
#include "remote/channel.hpp"

namespace candour::remote {

struct Address {
    std::uint8_t interface = 0;
    std::uint16_t slot = 0;
};

class Peer {
 public:
    explicit Peer(int socket);
    virtual ~Peer() = default;
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    virtual void tell(Address to, const std::string& body);
    /// The other side broke the protocol: nothing goes through any more.
    Error malformed(const std::string& what);
    Channel& channel() { return channel_; }

    /// The call of the other side that this thread serves, 0 for none: what it asks meanwhile is part of that
    /// call.
    class Serving {
     public:
        explicit Serving(std::uint64_t id);
        ~Serving();
        Serving(const Serving&) = delete;
        Serving& operator=(const Serving&) = delete;

     private:
        const std::uint64_t before_;
    };

 protected:
    /// The reply to a request of the other side; nothing: it is malformed.
    virtual std::optional<std::string> serve(const Frame& request) = 0;
    /// What is said without waiting for an answer. false: it is malformed.
    virtual bool hear(const Frame& word) = 0;
    /// A call went out and nobody will ever answer it.
    virtual void lost() {}

    /// Whether what we ask may go through the lanes. They belong to the host's calls: what a plugin asks in
    /// the midst of one would write over its own answer.
    virtual bool asks_through_lanes() const { return true; }

    /// What goes to the other side, and what comes from it; only the host's calls use them.
    Lane to_, from_;

 private:
    friend class Exchange;
    std::mutex lanes_mutex_;
    Channel channel_;
};

/// One call, from its arguments to its results. What the results borrow lives as long as this.
class Exchange {
 public:
    explicit Exchange(Peer& peer);
    BodyWriter& request() { return request_; }
    /// Errors: unavailable.
    Done ask(Address to);
    BodyReader& reply() { return reply_; }

 private:
    Peer& peer_;
    std::unique_lock<std::mutex> lanes_;
    BodyWriter request_;
    Frame answer_;
    BodyReader reply_{std::string_view()};
};

}  // namespace candour::remote
