/// An answer without an end, as long as whoever asked for it may still ask.
#pragma once
#include <functional>

#include "edge/http/body_stream.hpp"
#include "flow/clock.hpp"

namespace candour::http {

/// With the heartbeat of what streams, somebody who was shut out hears nothing more after a minute at most.
inline constexpr std::chrono::seconds kWelcomeLook{30};

class WatchedStream final : public BodyStream {
 public:
    using Ask = std::function<flow::Task<bool>()>;

    WatchedStream(std::shared_ptr<BodyStream> inner, const flow::Clock& clock, Ask still_welcome)
        : inner_(std::move(inner)),
          clock_(clock),
          still_welcome_(std::move(still_welcome)),
          asked_at_(clock_.now()) {}

    flow::Task<std::optional<std::string>> next() override {
        auto waiting = inner_->next();
        std::optional<std::string> piece = co_await std::move(waiting);
        if (!piece || clock_.now() - asked_at_ < kWelcomeLook) co_return piece;
        asked_at_ = clock_.now();
        auto asking = still_welcome_();
        const bool welcome = co_await std::move(asking);
        if (welcome) co_return piece;
        shut_out_ = true;
        inner_->end();
        co_return std::nullopt;
    }
    void end() override { inner_->end(); }
    bool cut_off() const override { return shut_out_ || inner_->cut_off(); }

 private:
    std::shared_ptr<BodyStream> inner_;
    const flow::Clock& clock_;
    Ask still_welcome_;
    core::Instant asked_at_;
    bool shut_out_ = false;
};

}  // namespace candour::http
