#include "remote/peer.hpp"

namespace candour::remote {

namespace {

thread_local std::uint64_t served_by_this_thread = 0;

}  // namespace

Peer::Serving::Serving(std::uint64_t id) : before_(served_by_this_thread) {
    served_by_this_thread = id;
}

Peer::Serving::~Serving() {
    served_by_this_thread = before_;
}

Peer::Peer(int socket) : channel_(socket, [this](const Frame& word) { return hear(word); }) {}

void Peer::tell(Address to, const std::string& body) {
    channel_.send({0, static_cast<std::uint8_t>(Kind::word), to.interface, to.slot, 0, 0}, body);
}

Error Peer::malformed(const std::string& what) {
    channel_.fail(what);
    lost();
    return Error{ErrorCode::unavailable, what};
}

Exchange::Exchange(Peer& peer)
    : peer_(peer),
      lanes_(peer.lanes_mutex_, std::defer_lock),
      request_(peer.asks_through_lanes() && peer.to_.fd() >= 0 && lanes_.try_lock() ? &peer.to_ : nullptr) {
    if (lanes_) peer.to_.clear();
}

Done Exchange::ask(Address to) {
    Header header;
    header.kind = static_cast<std::uint8_t>(Kind::request) | (lanes_ ? kLanes : std::uint8_t{0});
    header.interface = to.interface;
    header.slot = to.slot;
    header.parent = served_by_this_thread;
    bool reached = false;
    Result<Frame> answer = peer_.channel_.call(
        header, request_.bytes(), [this](const Frame& request) { return peer_.serve(request); }, reached);
    if (!answer) {
        if (reached) peer_.lost();
        return answer.error();
    }
    answer_ = std::move(*answer);
    reply_ = BodyReader(answer_.body, lanes_ ? &peer_.from_ : nullptr);
    return done();
}

}  // namespace candour::remote
