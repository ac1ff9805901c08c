#include "standing.hpp"

namespace candour::loop_health {
namespace {

void count_stages(Standing& standing, const Round& round) {
    for (const Stage stage : kStages) {
        if (round.reached[stage])
            standing.count(kReached + stage, round.reached[stage]->day - round.raised);
        else if (round.left[stage])
            standing.count(kLeft + stage, round.left[stage]->day - round.raised);
        else
            standing.count(kWaiting + stage, round.raised);
    }
}

/// A limit that nobody kept is passed on the day after it: until its day is over it could still be kept.
void count_limit(Standing& standing, const Round& round, Stage step, std::int64_t day) {
    const std::optional<Moment>& due = round.due[step];
    if (!due) return;
    const std::optional<Moment>& over = round.reached[step] ? round.reached[step] : round.left[step];
    const bool late = over ? over->at_us > due->at_us : day > due->day;
    if (late)
        standing.count(kLimit, 2 * step + 1);
    else if (round.reached[step])
        standing.count(kLimit, 2 * step);
    if (!over) standing.look_again(due->day + 1, day);
}

/// Also of a round that came back: being told was a closure then.
void count_closure(Standing& standing, const Round& round, std::int64_t day) {
    if (!round.reached[kTold]) return;
    const std::int64_t told = round.reached[kTold]->day;
    standing.count(kClosure, kAllClosures);
    standing.look_again(told + kReopenDays, day);
    if (day < told + kReopenDays) return;
    standing.count(kClosure, kFollowed);
    if (round.came_back && *round.came_back <= told + kReopenDays) standing.count(kClosure, kCameBack);
}

/// How the item stands as a whole: its last round says.
void count_state(Standing& standing, const Round& round, bool in_haste, std::int64_t day) {
    if (round.dismissed) return;
    const bool told = round.reached[kTold].has_value();
    if (round.reached[kClosed]) return standing.count(kState, kSeenOnPage + round.seen_by);
    if (round.given_up) return standing.count(kState, told ? kGivenUpTold : kGivenUp);
    if (told) return standing.count(kState, kStateTold);
    const std::int64_t silent = round.last_sign + (in_haste ? kSilenceDaysInHaste : kSilenceDays);
    standing.look_again(silent, day);
    if (day >= silent) standing.count(kSilence, 0);
}

void count_promise(Standing& standing, const Promise& promise, std::int64_t day) {
    if (promise.settled_us)
        return standing.count(kPromise, promise.broken                             ? kBroken
                                        : *promise.settled_us <= promise.due.at_us ? kKept
                                                                                   : kLate);
    const std::int64_t broken = promise.due.day + kBrokenDays + 1;
    standing.look_again(broken, day);
    standing.count(kPromise, day >= broken ? kBroken : kOpen);
}

}  // namespace

Standing standing_on(const Known& known, std::int64_t day) {
    Standing standing;
    for (const Round& round : known.rounds) {
        count_stages(standing, round);
        for (const Stage step : kSteps) count_limit(standing, round, step, day);
        count_closure(standing, round, day);
    }
    if (!known.rounds.empty()) count_state(standing, known.rounds.back(), known.in_haste, day);
    for (const Promise& promise : known.promises) count_promise(standing, promise, day);
    return standing;
}

}  // namespace candour::loop_health
