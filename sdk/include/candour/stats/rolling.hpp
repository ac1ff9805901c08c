/// The rolling state behind relationship NPS: each contact's latest answer of the window, as of any day.
#ifndef CANDOUR_STATS_ROLLING_HPP
#define CANDOUR_STATS_ROLLING_HPP
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "candour/stats/calendar.hpp"
#include "candour/stats/nps.hpp"

namespace candour::stats {

/// One relationship answer. The same person at two accounts is two contacts here.
struct Answer {
    std::string id = {};  ///< the greater one wins between equal instants
    std::string contact = {};
    std::string account = {};
    std::chrono::sys_time<std::chrono::microseconds> at = {};
    Day date = {};  ///< the civil date of `at`, as the organisation's calendar has it
    int score = 0;  ///< 0..10
};

namespace detail {

inline bool supersedes(const Answer& later, const Answer& earlier) {
    return std::tie(later.at, later.id) > std::tie(earlier.at, earlier.id);
}

inline Done check_answer(const Answer& answer) {
    if (nps_category(answer.score)) return done();
    return out_of_range("answer " + answer.id, "a score of 0 to 10", answer.score);
}

using Unit = std::pair<std::string_view, std::string_view>;  ///< contact, account

inline Done check_window_length(int days) {
    if (days > 0) return done();
    return out_of_range("window", "at least one day", days);
}

}  // namespace detail

/// The latest answer of each contact and account in the window, ordered by contact and account.
///
/// Shape:  answers in any order; late, repeated and future ones are all right.
/// Errors: invalid when a score lies outside 0..10 or the window is empty.
inline Result<std::vector<Answer>> latest_answers(std::span<const Answer> answers, const Window& window) {
    if (const Done valid = detail::check_window_length(window.length); !valid) return valid.error();
    std::map<detail::Unit, const Answer*> latest;
    for (const Answer& answer : answers) {
        if (const Done valid = detail::check_answer(answer); !valid) return valid.error();
        if (!window.contains(answer.date)) continue;
        const Answer*& held = latest[{answer.contact, answer.account}];
        if (held == nullptr || detail::supersedes(answer, *held)) held = &answer;
    }
    std::vector<Answer> found;
    for (const auto& [unit, answer] : latest) found.push_back(*answer);
    return found;
}

inline Result<NpsCounts> counts_of(std::span<const Answer> answers) {
    NpsCounts counts;
    for (const Answer& answer : answers) {
        if (const Done valid = detail::check_answer(answer); !valid) return valid.error();
        counts += *nps_category(answer.score);
    }
    return counts;
}

/// What the rolling counts gain and lose, by day: the sum of all days up to D is the counts of the window
/// that ends on D. Signed, so that a withdrawn answer is taken back by the opposite deltas on its own days.
using DeltaStream = std::map<Day, NpsCounts>;

namespace detail {

inline void note(DeltaStream& stream, Day day, const NpsCounts& change) {
    const auto at = stream.try_emplace(day).first;
    at->second += change;
    if (at->second == NpsCounts{}) stream.erase(at);
}

/// Valid from its day to the day before the contact's next one, or until the window passes it.
inline void note_validity(DeltaStream& stream, const Answer& answer, std::optional<Day> next, int length) {
    const Day leaves = Window{{}, length}.leaves_on(answer.date);
    const Day end = next && *next < leaves ? *next : leaves;
    if (end <= answer.date) return;  // replaced on the same day: never seen by any window
    const NpsCounts counts = *nps_category(answer.score);
    note(stream, answer.date, counts);
    note(stream, end, NpsCounts{-counts.detractors, -counts.passives, -counts.promoters});
}

/// One contact's answers in the order in which they replace each other.
inline std::vector<const Answer*> in_order(std::vector<const Answer*> answers) {
    std::ranges::sort(answers,
                      [](const Answer* one, const Answer* other) { return supersedes(*other, *one); });
    return answers;
}

}  // namespace detail

/// Everything that the rolling counts of these answers will ever do.
///
/// Shape:  answers of any contacts in any order; a civil date never runs against the instants of one contact.
/// Errors: as latest_answers.
inline Result<DeltaStream> delta_stream(std::span<const Answer> answers, int window_days = 365) {
    if (const Done valid = detail::check_window_length(window_days); !valid) return valid.error();
    std::map<detail::Unit, std::vector<const Answer*>> by_unit;
    for (const Answer& answer : answers) {
        if (const Done valid = detail::check_answer(answer); !valid) return valid.error();
        by_unit[{answer.contact, answer.account}].push_back(&answer);
    }
    DeltaStream stream;
    for (auto& [unit, own] : by_unit) {
        const std::vector<const Answer*> ordered = detail::in_order(std::move(own));
        for (std::size_t at = 0; at < ordered.size(); ++at) {
            const bool last = at + 1 == ordered.size();
            const std::optional<Day> next = last ? std::nullopt : std::optional(ordered[at + 1]->date);
            detail::note_validity(stream, *ordered[at], next, window_days);
        }
    }
    return stream;
}

/// The rolling counts on a day: the sum of the stream up to it.
inline NpsCounts counts_on(const DeltaStream& stream, Day day) {
    NpsCounts counts;
    for (const auto& [date, change] : stream) {
        if (date > day) break;
        counts += change;
    }
    return counts;
}

}  // namespace candour::stats
#endif
