/// Acts of advocacy: what a contact was seen to do for us, what it weighs, and when two records are one act.
#ifndef CANDOUR_STATS_ACTS_HPP
#define CANDOUR_STATS_ACTS_HPP
#include <span>
#include <vector>

#include "candour/stats/calendar.hpp"

namespace candour::stats {

enum class ActKind : std::uint8_t {
    referral,
    reference_call,
    case_study,
    speaking,
    testimonial,
    public_review,
    internal_introduction,
};

/// How much an act weighs on its day, and after how many days half of that.
struct ActWeight {
    ActKind kind;
    std::string_view name;
    double weight;
    int half_life_days;
};

/// A hot reference goes stale in a quarter; what is written down lasts.
inline constexpr std::array kActWeights{
    ActWeight{ActKind::referral, "referral", 1.0, 180},
    ActWeight{ActKind::reference_call, "reference_call", 1.0, 90},
    ActWeight{ActKind::case_study, "case_study", 1.0, 365},
    ActWeight{ActKind::speaking, "speaking", 1.0, 365},
    ActWeight{ActKind::testimonial, "testimonial", 0.8, 365},
    ActWeight{ActKind::public_review, "public_review", 0.8, 365},
    ActWeight{ActKind::internal_introduction, "internal_introduction", 0.6, 180},
};
/// An advocate is live from here on, the bound included.
inline constexpr double kLiveStrength = 0.5;
/// Two records of one kind within this many days of each other are one act, unless their references differ.
inline constexpr int kSameActDays = 7;
/// A public review counts from four stars of five.
inline constexpr double kGoodReview = 4;

constexpr const ActWeight& weight_of(ActKind kind) {
    return kActWeights[static_cast<std::size_t>(kind)];
}
constexpr std::string_view to_text(ActKind kind) {
    return weight_of(kind).name;
}

inline Result<ActKind> act_kind_of(std::string_view text) {
    std::string names;
    for (const ActWeight& row : kActWeights) {
        if (row.name == text) return row.kind;
        names += (names.empty() ? "" : ", ") + std::string(row.name);
    }
    return Error{ErrorCode::invalid,
                 "act: expected one of " + names + ", found \"" + std::string(text) + "\""};
}

struct Act {
    ActKind kind = ActKind::referral;
    Day date = {};
    std::string ref =
        {};  ///< the act's own identity elsewhere (a URL, a review's number); empty when it has none
    std::string contact = {};  ///< may stay empty where all acts are one contact's
    bool verified = true;
    bool incentivised = false;
    std::optional<double> stars = {};  ///< of a public review, where known
};

/// Unverified acts, paid ones and reviews that do not praise say nothing about advocacy.
inline bool counts_as_advocacy(const Act& act) {
    const bool praises = act.kind != ActKind::public_review || !act.stars || *act.stars >= kGoodReview;
    return act.verified && !act.incentivised && praises;
}

namespace detail {

inline bool same_act(const Act& one, const Act& other) {
    if (one.kind != other.kind) return false;
    if (!one.ref.empty() && !other.ref.empty()) return one.ref == other.ref;
    return one.contact == other.contact && std::abs(days_between(one.date, other.date)) <= kSameActDays;
}

}  // namespace detail

/// The acts that count, each once, by date and then reference. A record is compared with the acts that were
/// kept, so a chain of repetitions does not swallow an act that lies more than a week behind the first.
inline std::vector<Act> distinct_acts(std::span<const Act> acts) {
    std::vector<Act> in_order;
    for (const Act& act : acts)
        if (counts_as_advocacy(act)) in_order.push_back(act);
    std::ranges::stable_sort(in_order, [](const Act& one, const Act& other) {
        return one.date != other.date ? one.date < other.date : one.ref < other.ref;
    });
    std::vector<Act> kept;
    for (Act& act : in_order) {
        const auto repeats = [&](const Act& earlier) { return detail::same_act(earlier, act); };
        if (std::ranges::none_of(kept, repeats)) kept.push_back(std::move(act));
    }
    return kept;
}

/// Strength of the acts on a day: each weighs half after its half-life.
///
/// Shape:  acts that were made distinct before; later ones and those that do not count are left out.
/// Unit:   acts; 1 is one strong act of today.
/// Empty:  no acts have strength 0, which is a value: nothing was seen.
inline double strength(std::span<const Act> acts, Day as_of) {
    double sum = 0;
    for (const Act& act : acts) {
        if (!counts_as_advocacy(act) || act.date > as_of) continue;
        const ActWeight& row = weight_of(act.kind);
        sum += row.weight * half_life_decay(days_between(act.date, as_of), row.half_life_days);
    }
    return sum;
}

inline bool live(double strength) {
    return reaches(strength, kLiveStrength);
}

}  // namespace candour::stats
#endif
