/// The counters of this plugin, as numbers: a kind, and behind it an age, a day or a code.
#pragma once
#include <array>
#include <cstdint>

namespace candour::loop_health {

/// What a customer waits for, one after the other.
enum Stage : std::int64_t { kHeard, kDecided, kChanged, kTold, kClosed };
inline constexpr std::array kStages{kHeard, kDecided, kChanged, kTold, kClosed};

/// Room for the days of a thousand years, and for any age within them.
inline constexpr std::int64_t kRoom = 1'000'000;

/// Kinds. Of the first three, one for each stage behind them.
inline constexpr std::int64_t kWaiting =
    10;  ///< by the day on which it was raised: so its age is known on any day
inline constexpr std::int64_t kReached = 20;  ///< by age
inline constexpr std::int64_t kLeft = 30;     ///< by age: it will not be reached any more, and nobody failed
inline constexpr std::int64_t kState = 40;    ///< by State
inline constexpr std::int64_t kClosure = 41;  ///< by Closure
inline constexpr std::int64_t kSilence = 42;  ///< 0: open, and nothing was to be seen for too long
inline constexpr std::int64_t kLimit = 43;    ///< 2 * step: in time; + 1: late
inline constexpr std::int64_t kPromise = 44;  ///< by PromiseState
constexpr std::int64_t bucket(std::int64_t kind, std::int64_t value) {
    return kind * kRoom + value;
}

/// `told`: nobody has seen it yet. `given_up` before anybody was told, and afterwards.
enum State : std::int64_t { kStateTold, kGivenUp, kGivenUpTold, kSeenOnPage, kSeenByReply, kSeenRecorded };
/// All; those that are old enough to have come back; those that did.
enum Closure : std::int64_t { kAllClosures, kFollowed, kCameBack };
enum PromiseState : std::int64_t { kOpen, kKept, kLate, kBroken };

/// What has a limit: to hear, to decide, to change, to tell.
inline constexpr std::array kSteps{kHeard, kDecided, kChanged, kTold};

}  // namespace candour::loop_health
