#include "edge/mail/submission/throttle.hpp"

#include <algorithm>
#include <cmath>

namespace candour::mail {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double kMostHalvings = 6;
constexpr std::chrono::minutes kQuiet{1};
/// Where a domain without a limit starts when it must be slowed: fast enough for a person's mail, slow for a
/// campaign.
constexpr double kUnlimitedStart = 16;
/// More domains than this are only remembered while they are limited.
constexpr std::size_t kManyDomains = 4096;

double halvings_left(double slowness, SteadyTime slowed, SteadyTime now) {
    return std::max(0.0, slowness - std::floor(Seconds(now - slowed) / Seconds(kQuiet)));
}

}  // namespace

double Bucket::rate(SteadyTime now) const {
    const double halvings = halvings_left(slowness_, slowed_, now);
    if (halvings == 0) return rate_.per_second;
    return (rate_.per_second > 0 ? rate_.per_second : kUnlimitedStart) / std::exp2(halvings);
}

double Bucket::tokens(SteadyTime now) const {
    return std::min(rate_.burst, tokens_ + rate(now) * Seconds(now - filled_).count());
}

SteadyTime Bucket::ready_at(SteadyTime now) const {
    const double per_second = rate(now);
    const double missing = 1 - tokens(now);
    if (per_second == 0 || missing <= 1e-9) return now;
    return now + std::chrono::ceil<std::chrono::milliseconds>(Seconds(missing / per_second));
}

void Bucket::take(SteadyTime now) {
    const double left = rate(now) == 0 ? rate_.burst : std::max(0.0, tokens(now) - 1);
    tokens_ = left;
    filled_ = now;
}

void Bucket::slow_down(SteadyTime now) {
    // A burst that was saved up would defeat the brake.
    tokens_ = 0;
    filled_ = now;
    slowness_ = std::min(kMostHalvings, halvings_left(slowness_, slowed_, now) + 1);
    slowed_ = now;
}

bool Bucket::forgettable(SteadyTime now) const {
    return halvings_left(slowness_, slowed_, now) == 0 && tokens(now) >= rate_.burst;
}

SteadyTime Throttle::ready_at(const std::string& domain, SteadyTime now) const {
    const SteadyTime total = total_.ready_at(now);
    const auto known = domains_.find(domain);
    return known == domains_.end() ? total : std::max(total, known->second.ready_at(now));
}

void Throttle::take(const std::string& domain, SteadyTime now) {
    total_.take(now);
    bucket(domain, now).take(now);
}

void Throttle::slow_down(const std::string& domain, SteadyTime now) {
    (domain.empty() ? total_ : bucket(domain, now)).slow_down(now);
}

Bucket& Throttle::bucket(const std::string& domain, SteadyTime now) {
    if (domains_.size() >= kManyDomains)
        std::erase_if(domains_, [now](const auto& known) { return known.second.forgettable(now); });
    return domains_.try_emplace(domain, domain_rate_, now).first->second;
}

}  // namespace candour::mail
