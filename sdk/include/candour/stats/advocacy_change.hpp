/// When a contact's advocacy changes by the passing of time alone, so that nobody looks at it every day.
#ifndef CANDOUR_STATS_ADVOCACY_CHANGE_HPP
#define CANDOUR_STATS_ADVOCACY_CHANGE_HPP
#include "candour/stats/advocacy.hpp"

namespace candour::stats {

namespace detail {

/// Past the longest half-life in the list the strongest pile of acts that a person has behind them is over.
inline constexpr int kLongestMemory = 365 * 64;

/// The first day on which these acts no longer carry; they only fade, so the days may be halved.
inline std::optional<Day> fades_on(std::span<const Act> acts, Day as_of) {
    if (!live(strength(acts, as_of))) return std::nullopt;
    int alive = 0;
    int over = kLongestMemory;
    while (over - alive > 1) {
        const int middle = alive + (over - alive) / 2;
        (live(strength(acts, as_of + std::chrono::days(middle))) ? alive : over) = middle;
    }
    return as_of + std::chrono::days(over);
}

/// The earliest of the days given to it that lies ahead.
class Ahead {
 public:
    explicit Ahead(Day as_of) : as_of_(as_of) {}
    void consider(const std::optional<Day>& day) {
        if (day && *day > as_of_ && (!first_ || *day < *first_)) first_ = day;
    }
    const std::optional<Day>& first() const { return first_; }

 private:
    Day as_of_;
    std::optional<Day> first_;
};

inline void consider_answers(Ahead& ahead, const Window& window, std::span<const DatedAnswer> answers) {
    for (const DatedAnswer& one : answers) {
        ahead.consider(one.date);
        ahead.consider(window.leaves_on(one.date));
    }
}

}  // namespace detail

/// The first day after `as_of` on which the standing may differ without anything new being recorded; nothing
/// when it will not. The standing of every day before it equals that of `as_of`.
inline std::optional<Day> advocacy_changes_on(const AdvocacyRecord& record, Day as_of) {
    detail::Ahead ahead(as_of);
    const Window window{as_of, kAnswerDays};
    ahead.consider(record.known_since + std::chrono::days(kKnownDays));
    ahead.consider(record.opted_out);
    detail::consider_answers(ahead, window, record.declared);
    detail::consider_answers(ahead, window, record.nps);
    for (const Act& act : record.acts) ahead.consider(act.date);
    ahead.consider(detail::fades_on(detail::acts_until(record.acts, as_of), as_of));
    return ahead.first();
}

}  // namespace candour::stats
#endif
