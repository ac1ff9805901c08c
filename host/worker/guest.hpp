/// The plugin in its worker: the host of abi.h in front of it, the channel behind.
#pragma once
#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "remote/control.hpp"
#include "remote/interfaces.hpp"

namespace candour::worker {

class Guest final : private remote::Peer {
 public:
    /// The socket and the lanes that the host left open for us.
    Guest();
    /// Serves until the host goes away. Never returns: nothing of the plugin runs afterwards, not even its
    /// destructors.
    [[noreturn]] void run();

 private:
    struct Host;
    std::optional<std::string> serve(const remote::Frame& request) override;
    bool hear(const remote::Frame&) override { return false; }
    bool asks_through_lanes() const override { return false; }
    void tell(remote::Address to, const std::string& body) override;

    std::string answer(const remote::Frame& request);
    bool answer(const remote::Frame& request, remote::BodyWriter& out);
    bool order(remote::Order order, remote::BodyReader& in, remote::BodyWriter& out);
    bool confine(remote::BodyReader& in, remote::BodyWriter& out);
    bool load(remote::BodyReader& in, remote::BodyWriter& out);
    Done load(const remote::Expected& expected);
    bool create(remote::BodyReader& in, remote::BodyWriter& out);
    template <class I>
    const typename I::Table* role(std::string_view id) const;
    void serve_one_after_the_other();
    /// How many lines were thinned out before this one; nothing: this one is.
    std::optional<int> may_log();

    cdr_host host_{};
    std::uint64_t granted_ = 0;  ///< a bit for each of kServices
    const cdr_plugin* plugin_ = nullptr;
    std::atomic<void*> self_{nullptr};
    std::vector<std::thread> threads_;

    std::mutex log_mutex_;
    std::int64_t log_second_ = 0;
    int log_lines_ = 0, log_dropped_ = 0;
};

}  // namespace candour::worker
