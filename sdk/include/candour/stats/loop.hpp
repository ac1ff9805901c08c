/// The state of the loops on a day: who waits in silence, what was closed and told, what came back, what came
/// late.
#ifndef CANDOUR_STATS_LOOP_HPP
#define CANDOUR_STATS_LOOP_HPP
#include <span>
#include <vector>

#include "candour/stats/calendar.hpp"
#include "candour/stats/proportion.hpp"

namespace candour::stats {

/// One item's civil dates. What lies after the day that is asked about has not happened yet.
struct LoopItem {
    std::string id = {};
    Day raised = {};
    std::vector<Day> visible = {};  ///< whatever else the customer could see: heard, decided, changed
    std::optional<Day> closed = {};
    bool told = false;                 ///< the customer was told what was heard, decided and changed
    std::optional<Day> reopened = {};  ///< after `closed`
};

/// After so many days without a sign the customer is left in silence; executives and detractors after 7.
inline constexpr int kSilenceDays = 14;
/// A closure holds when nothing comes back within this time.
inline constexpr int kReopenDays = 30;

struct SilentItem {
    std::string id;
    int days = 0;
    friend bool operator==(const SilentItem&, const SilentItem&) = default;
};

struct LoopStates {
    std::int64_t open = 0;
    std::vector<SilentItem> silent;  ///< in the order of the items
    std::int64_t closed = 0;         ///< closures, also of items that were reopened
    std::int64_t closed_and_told = 0;
    std::int64_t followed = 0;   ///< closures that are old enough to have come back
    std::int64_t came_back = 0;  ///< of these
    std::optional<double> silence_rate() const {
        return share(static_cast<std::int64_t>(silent.size()), open);
    }
    std::optional<double> visible_closure_rate() const { return share(closed_and_told, closed); }
    std::optional<double> reopen_rate() const { return share(came_back, followed); }

 private:
    static std::optional<double> share(std::int64_t x, std::int64_t n) {
        if (n == 0) return std::nullopt;
        return static_cast<double>(x) / static_cast<double>(n);
    }
};

namespace detail {

inline bool happened_by(const std::optional<Day>& day, Day as_of) {
    return day && *day <= as_of;
}

/// The last day on which the customer could see something.
inline Day last_sign(const LoopItem& item, Day as_of) {
    Day last = item.raised;
    for (const Day day : item.visible)
        if (day <= as_of) last = std::max(last, day);
    if (happened_by(item.reopened, as_of)) last = std::max(last, *item.reopened);
    return last;
}

inline void count_open(LoopStates& states, const LoopItem& item, Day as_of, int silence_days) {
    ++states.open;
    const int age = days_between(last_sign(item, as_of), as_of);
    if (age >= silence_days) states.silent.push_back({item.id, age});
}

inline void count_closure(LoopStates& states, const LoopItem& item, Day as_of) {
    ++states.closed;
    states.closed_and_told += item.told ? 1 : 0;
    if (days_between(*item.closed, as_of) < kReopenDays) return;
    ++states.followed;
    const bool back =
        happened_by(item.reopened, as_of) && days_between(*item.closed, *item.reopened) <= kReopenDays;
    states.came_back += back ? 1 : 0;
}

inline Done check_item(const LoopItem& item) {
    if (item.closed && *item.closed < item.raised)
        return Error{ErrorCode::invalid, "item " + item.id + ": closed before it was raised"};
    if (item.reopened && (!item.closed || *item.reopened < *item.closed))
        return Error{ErrorCode::invalid, "item " + item.id + ": reopened without having been closed before"};
    return done();
}

}  // namespace detail

/// Errors: invalid when an item is closed before it is raised, or reopened before it is closed.
inline Result<LoopStates> loop_states(std::span<const LoopItem> items, Day as_of,
                                      int silence_days = kSilenceDays) {
    if (silence_days < 1) return out_of_range("silence", "at least one day", silence_days);
    LoopStates states;
    for (const LoopItem& item : items) {
        if (const Done valid = detail::check_item(item); !valid) return valid.error();
        if (item.raised > as_of) continue;
        const bool closed = detail::happened_by(item.closed, as_of);
        if (closed) detail::count_closure(states, item, as_of);
        if (!closed || detail::happened_by(item.reopened, as_of))
            detail::count_open(states, item, as_of, silence_days);
    }
    return states;
}

/// Whether promises of time were kept. What is open within its limit has not been decided and is left out of
/// the rate.
struct SlaCounts {
    std::int64_t breached = 0;
    std::int64_t met = 0;
    std::int64_t pending = 0;

    /// Exactly at the limit is met; open past it is breached already.
    Done add(double elapsed_hours, bool finished, double limit_hours) {
        if (const Done valid = check_amount("elapsed hours", elapsed_hours); !valid) return valid;
        if (const Done valid = check_amount("limit in hours", limit_hours); !valid) return valid;
        if (elapsed_hours > limit_hours)
            ++breached;
        else
            ++(finished ? met : pending);
        return done();
    }
    SlaCounts& operator+=(const SlaCounts& other) {
        breached += other.breached;
        met += other.met;
        pending += other.pending;
        return *this;
    }
    std::optional<double> breach_rate() const {
        if (breached + met == 0) return std::nullopt;
        return static_cast<double>(breached) / static_cast<double>(breached + met);
    }
};

}  // namespace candour::stats
#endif
