/// How fast mail may leave: a token bucket per recipient domain and one for all. Pure: time comes in as an
/// argument.
///
/// A server that answers 421 or 4.7.x halves its domain's rate, down to 1/64; each quiet minute doubles it
/// again.
#pragma once
#include <chrono>
#include <string>
#include <unordered_map>

#include "edge/mail/submission/config.hpp"

namespace candour::mail {

using SteadyTime = std::chrono::steady_clock::time_point;

class Bucket {
 public:
    Bucket(Rate rate, SteadyTime now) : rate_(rate), tokens_(rate.burst), filled_(now) {}
    /// When a token is there: `now` or earlier means at once.
    SteadyTime ready_at(SteadyTime now) const;
    void take(SteadyTime now);
    void slow_down(SteadyTime now);
    bool forgettable(SteadyTime now) const;

 private:
    double rate(SteadyTime now) const;
    double tokens(SteadyTime now) const;

    Rate rate_;
    double tokens_;
    double slowness_ = 0;  ///< the rate is halved this many times
    SteadyTime filled_;
    SteadyTime slowed_{};
};

class Throttle {
 public:
    Throttle(Rate domain, Rate total, SteadyTime now) : domain_rate_(domain), total_(total, now) {}
    SteadyTime ready_at(const std::string& domain, SteadyTime now) const;
    void take(const std::string& domain, SteadyTime now);
    void slow_down(const std::string& domain, SteadyTime now);

 private:
    Bucket& bucket(const std::string& domain, SteadyTime now);

    Rate domain_rate_;
    Bucket total_;
    std::unordered_map<std::string, Bucket> domains_;
};

}  // namespace candour::mail
