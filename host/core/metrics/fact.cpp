#include "core/metrics/fact.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace candour::core {
namespace {

bool takes_place_of(const Fact& later, const Fact& earlier) {
    const bool words_of_a_machine =
        later.view != View::acts && later.value[1] == kLikelyBot && !later.withdrawn;
    return !words_of_a_machine || earlier.value[1] != kHuman || earlier.withdrawn;
}

void drop_superseded(std::vector<Fact>& facts) {
    std::map<std::pair<View, std::int64_t>, Fact*> latest;
    std::vector<bool> gone(facts.size(), false);
    for (Fact& fact : facts) {
        if (fact.thread == 0) continue;
        const auto [at, first] = latest.try_emplace({fact.view, fact.thread}, &fact);
        if (first) continue;
        const bool newer = takes_place_of(fact, *at->second);
        const Fact* loser = newer ? at->second : &fact;
        gone[static_cast<std::size_t>(loser - facts.data())] = true;
        if (newer) at->second = &fact;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < facts.size(); ++i)
        if (!gone[i] && !facts[i].withdrawn) facts[kept++] = facts[i];
    facts.resize(kept);
}

}  // namespace

StandingFacts standing_facts(std::vector<Fact> facts, Instant now) {
    StandingFacts standing;
    const std::int64_t latest = to_us(now + kClockSkew);
    std::erase_if(facts, [&](const Fact& fact) {
        if (fact.at_us <= latest) return false;
        const Instant due = from_us(fact.at_us) - kClockSkew;
        standing.next_due = standing.next_due ? std::min(*standing.next_due, due) : due;
        return true;
    });
    std::ranges::sort(facts, {}, &Fact::seq);
    drop_superseded(facts);
    std::ranges::sort(facts, {},
                      [](const Fact& fact) { return std::tuple(fact.at_us, fact.seq, fact.view); });
    // Days are as the zone of their time had them: after a change of zone a later instant may have the
    // earlier day.
    for (std::size_t i = 1; i < facts.size(); ++i) facts[i].day = std::max(facts[i].day, facts[i - 1].day);
    standing.facts = std::move(facts);
    return standing;
}

}  // namespace candour::core
