#include "buckets.hpp"
#include "figures.hpp"

namespace candour::loop_health {
namespace {

std::int64_t count_of(const sdk::Tallies& tallies, std::int64_t kind, std::int64_t value) {
    return tallies.count(0, bucket(kind, value));
}

Result<json::object> rate_with(std::int64_t x, std::int64_t n, json::object parts) {
    Result<json::object> figure = rate_figure(x, n);
    if (figure) (*figure)["parts"] = std::move(parts);
    return figure;
}

json::object share(std::int64_t x, std::int64_t n) {
    return {{"count", x},
            {"of", n},
            {"rate",
             n == 0 ? json::value(nullptr) : json::value(static_cast<double>(x) / static_cast<double>(n))}};
}

}  // namespace

/// Of what should have been seen by now: told, seen, or given up.
Result<json::object> visible_closure(const sdk::Tallies& tallies) {
    const auto state = [&](State one) { return count_of(tallies, kState, one); };
    const std::int64_t page = state(kSeenOnPage), reply = state(kSeenByReply),
                       recorded = state(kSeenRecorded);
    const std::int64_t seen = page + reply + recorded, told = state(kStateTold);
    const std::int64_t given_up = state(kGivenUp) + state(kGivenUpTold);
    return rate_with(seen, seen + told + given_up,
                     {{"visibly_closed", seen},
                      {"told", told},
                      {"abandoned", given_up},
                      {"seen_by", json::object{{"page", page}, {"reply", reply}, {"recorded", recorded}}}});
}

Result<json::object> came_back(const sdk::Tallies& tallies) {
    const std::int64_t followed = count_of(tallies, kClosure, kFollowed);
    const std::int64_t back = count_of(tallies, kClosure, kCameBack);
    const std::int64_t all = count_of(tallies, kClosure, kAllClosures);
    return rate_with(back, followed,
                     {{"came_back", back}, {"closures", all}, {"not_followed_yet", all - followed}});
}

/// Open: nobody was told, and nobody gave up.
Result<json::object> silence(const sdk::Tallies& tallies) {
    std::int64_t open = -count_of(tallies, kState, kGivenUp);
    const std::int64_t waiting = kWaiting + kTold;
    for (const auto& one : tallies.between(0, bucket(waiting, 0), bucket(waiting + 1, 0))) open += one.count;
    const std::int64_t silent = count_of(tallies, kSilence, 0);
    return rate_with(silent, open, {{"silent", silent}, {"open", open}});
}

/// What is open within its limit has not been decided and is left out.
Result<json::object> breaches(const sdk::Tallies& tallies) {
    constexpr std::array<const char*, 4> names{"hear", "decide", "change", "tell"};
    json::object parts;
    std::int64_t late = 0, all = 0;
    for (const Stage step : kSteps) {
        const std::int64_t kept = count_of(tallies, kLimit, 2 * step);
        const std::int64_t broken = count_of(tallies, kLimit, 2 * step + 1);
        parts[names.at(static_cast<std::size_t>(step))] = share(broken, kept + broken);
        late += broken;
        all += kept + broken;
    }
    return rate_with(late, all, std::move(parts));
}

Result<json::object> promises(const sdk::Tallies& tallies) {
    const auto count = [&](PromiseState one) { return count_of(tallies, kPromise, one); };
    const std::int64_t kept = count(kKept), late = count(kLate), broken = count(kBroken);
    return rate_with(kept, kept + late + broken,
                     {{"kept", kept}, {"late", late}, {"broken", broken}, {"open", count(kOpen)}});
}

}  // namespace candour::loop_health
