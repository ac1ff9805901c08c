/// Trusted Advisor Score: do they trust us, and were we of use?
#ifndef CANDOUR_STATS_TRUST_HPP
#define CANDOUR_STATS_TRUST_HPP
#include <span>
#include <vector>

#include "candour/stats/nps_accounts.hpp"

namespace candour::stats {

/// One contact's answers, 1..5 each, absent where not answered.
struct TrustAnswers {
    /// You understand what we need · you do what you say · you have what it takes · you are fair and
    /// accountable.
    std::array<std::optional<int>, 4> trust = {};
    /// They told us something useful we did not know · we asked their view before a decision beyond their
    /// scope.
    std::array<std::optional<int>, 2> useful = {};
};

struct TrustScore {
    std::optional<double> value;
    /// The trust question with the lowest answer, 0..3, the first one on ties: it drives the action.
    std::optional<int> weakest;
    std::optional<Reason> reason;
};

namespace detail {

struct Items {
    int answered = 0;
    int sum = 0;
    int lowest = 6;
    int weakest = 0;
    double points() const { return 25 * (static_cast<double>(sum) / answered - 1); }
};

inline Result<Items> items_of(std::span<const std::optional<int>> answers) {
    Items items;
    for (std::size_t at = 0; at < answers.size(); ++at) {
        if (!answers[at]) continue;
        const int answer = *answers[at];
        if (answer < 1 || answer > 5) return out_of_range("item", "1 to 5", answer);
        ++items.answered;
        items.sum += answer;
        if (answer < items.lowest) {
            items.lowest = answer;
            items.weakest = static_cast<int>(at);
        }
    }
    return items;
}

}  // namespace detail

/// Trusted Advisor Score of one contact: half trust, half usefulness.
///
/// Unit:   0..100; an item of 1..5 is 25 (x - 1).
/// Empty:  fewer than 3 trust answers or no usefulness answer, reason too_few_items.
/// Errors: invalid when an answer is not 1..5.
inline Result<TrustScore> trust_score(const TrustAnswers& answers) {
    const Result<detail::Items> trust = detail::items_of(answers.trust);
    if (!trust) return trust.error();
    const Result<detail::Items> useful = detail::items_of(answers.useful);
    if (!useful) return useful.error();
    if (trust->answered < 3 || useful->answered < 1) return TrustScore{{}, {}, Reason::too_few_items};
    return TrustScore{trust->points() / 2 + useful->points() / 2, trust->weakest, {}};
}

/// Below it a mean of contacts is shown without an interval.
inline constexpr std::int64_t kTrustIntervalN = 5;

struct TrustMean {
    std::optional<double> value;
    std::optional<double> se;
    std::optional<Interval> interval;  ///< Student's t, truncated to 0..100
    std::optional<Reason> reason;      ///< of the interval's absence too
};

/// Mean score of several contacts; the state is mergeable.
///
/// Empty:  no contacts no_data; fewer than 5 have a mean and no interval, reason insufficient_n.
/// Errors: invalid when the mean lies outside 0..100.
inline Result<TrustMean> trust_mean(const Moments& scores, double confidence = kConfidence) {
    const Result<std::optional<double>> reach = t_reach(scores, confidence);
    if (!reach) return reach.error();
    if (scores.n <= 0) return TrustMean{{}, {}, {}, Reason::no_data};
    if (!(scores.mean >= 0 && scores.mean <= 100)) return out_of_range("score", "0 to 100", scores.mean);
    TrustMean found{scores.mean, scores.se(), {}, {}};
    if (scores.n < kTrustIntervalN)
        found.reason = Reason::insufficient_n;
    else
        found.interval = truncated({scores.mean - **reach, scores.mean + **reach}, 0, 100);
    return found;
}

/// Below it alpha says nothing; under 0.7 show the items and not their score.
inline constexpr std::int64_t kAlphaN = 30;

/// Cronbach's alpha: do the items move together?
///
/// Shape:  one row per respondent, all with the same items in the same order; who left one out is left out.
/// Empty:  fewer than two items or respondents, or totals that do not vary at all.
/// Errors: invalid when the rows differ in length or an answer is not finite.
/// Source: L. J. Cronbach, Psychometrika 16, 1951.
inline Result<std::optional<double>> cronbach_alpha(std::span<const std::vector<double>> respondents) {
    if (respondents.size() < 2 || respondents.front().size() < 2) return std::optional<double>();
    std::vector<Moments> items(respondents.front().size());
    Moments totals;
    for (const std::vector<double>& answers : respondents) {
        if (answers.size() != items.size())
            return out_of_range("items of a respondent", std::to_string(items.size()),
                                static_cast<double>(answers.size()));
        double total = 0;
        for (std::size_t at = 0; at < answers.size(); ++at) {
            if (const Done valid = check_finite("answer", answers[at]); !valid) return valid.error();
            items[at].add(answers[at]);
            total += answers[at];
        }
        totals.add(total);
    }
    if (totals.m2 == 0) return std::optional<double>();
    double within = 0;
    for (const Moments& item : items) within += item.m2;
    const double k = static_cast<double>(items.size());
    return std::optional(k / (k - 1) * (1 - within / totals.m2));
}

/// Mean change of the score over something that went wrong and was closed: last answer before it was raised
/// against the first one at least 30 days after it closed. Descriptive; compare it with contacts to whom
/// nothing happened.
///
/// Shape:  the changes, one per contact.
/// Empty:  no_data; fewer than 5 have a mean and no interval, reason insufficient_n.
inline Result<TrustMean> trust_recovery(const Moments& changes, double confidence = kConfidence) {
    const Result<std::optional<double>> reach = t_reach(changes, confidence);
    if (!reach) return reach.error();
    if (changes.n <= 0) return TrustMean{{}, {}, {}, Reason::no_data};
    TrustMean found{changes.mean, changes.se(), {}, {}};
    if (changes.n < kTrustIntervalN)
        found.reason = Reason::insufficient_n;
    else
        found.interval = truncated({changes.mean - **reach, changes.mean + **reach}, -100, 100);
    return found;
}

}  // namespace candour::stats
#endif
