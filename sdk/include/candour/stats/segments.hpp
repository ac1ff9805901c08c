/// Segments: Fit, Value and Relationship, and what each segment is owed.
#ifndef CANDOUR_STATS_SEGMENTS_HPP
#define CANDOUR_STATS_SEGMENTS_HPP
#include "candour/stats/figure.hpp"

namespace candour::stats {

enum class Segment : std::uint8_t { unclassified, edge, reliable, opportunity, co_creator };
constexpr std::string_view to_text(Segment segment) {
    constexpr std::array<std::string_view, 5> names{"Unclassified", "Edge", "Reliable", "Opportunity",
                                                    "Co-Creator"};
    return names[static_cast<std::size_t>(segment)];
}

/// Each 0..100, absent where it is not known.
struct Dimensions {
    std::optional<double> fit = {};
    std::optional<double> value = {};
    std::optional<double> relationship = {};
};

/// Which dimensions were high at the last quarter's end; absent for one that had none.
struct PreviouslyHigh {
    std::optional<bool> fit = {};
    std::optional<bool> value = {};
    std::optional<bool> relationship = {};
};

inline constexpr double kHigh = 60;
/// What was high stays high down to 55, what was low needs 65: a segment does not flicker.
inline constexpr double kHysteresis = 5;

struct Segmentation {
    Segment segment = Segment::unclassified;
    bool value_at_risk = false;  ///< only the value is high: nothing holds it
    PreviouslyHigh high;         ///< for the next quarter
};

namespace detail {

inline Done check_dimension(std::string_view what, const std::optional<double>& score) {
    if (!score || (*score >= 0 && *score <= 100)) return done();
    return out_of_range(what, "0 to 100", *score);
}

inline std::optional<bool> is_high(const std::optional<double>& score, const std::optional<bool>& before) {
    if (!score) return std::nullopt;
    if (!before) return *score >= kHigh;
    return *score >= (*before ? kHigh - kHysteresis : kHigh + kHysteresis);
}

constexpr Segment segment_of(bool fit, bool value, bool relationship) {
    if (fit && value) return relationship ? Segment::co_creator : Segment::opportunity;
    return value || relationship ? Segment::reliable : Segment::edge;
}

}  // namespace detail

/// The segment at a quarter's end.
///
/// Empty:  any dimension unknown is Unclassified, never Edge.
/// Errors: invalid when a dimension lies outside 0..100.
inline Result<Segmentation> segment(const Dimensions& of, const PreviouslyHigh& before = {}) {
    if (const Done valid = detail::check_dimension("fit", of.fit); !valid) return valid.error();
    if (const Done valid = detail::check_dimension("value", of.value); !valid) return valid.error();
    if (const Done valid = detail::check_dimension("relationship", of.relationship); !valid)
        return valid.error();
    Segmentation found;
    found.high = {detail::is_high(of.fit, before.fit), detail::is_high(of.value, before.value),
                  detail::is_high(of.relationship, before.relationship)};
    if (!found.high.fit || !found.high.value || !found.high.relationship) return found;
    found.segment = detail::segment_of(*found.high.fit, *found.high.value, *found.high.relationship);
    found.value_at_risk = *found.high.value && !*found.high.fit && !*found.high.relationship;
    return found;
}

struct RelationshipComponents {
    std::optional<double> trust = {};          ///< 0..100
    std::optional<double> nps = {};            ///< -100..100
    std::optional<double> engagement = {};     ///< 0..1
    std::optional<double> breadth_index = {};  ///< 0..100
};

/// The Relationship dimension: the mean of what is known, each brought to 0..100.
///
/// Empty:  fewer than two components, reason too_few_components.
/// Errors: invalid when a component lies outside its range.
inline Result<Figure> relationship_score(const RelationshipComponents& of) {
    if (of.nps && !(*of.nps >= -100 && *of.nps <= 100)) return out_of_range("NPS", "-100 to 100", *of.nps);
    if (of.engagement && !(*of.engagement >= 0 && *of.engagement <= 1))
        return out_of_range("engagement", "0 to 1", *of.engagement);
    if (const Done valid = detail::check_dimension("trust", of.trust); !valid) return valid.error();
    if (const Done valid = detail::check_dimension("breadth index", of.breadth_index); !valid)
        return valid.error();
    Figure found;
    double sum = 0;
    const auto add = [&](const std::optional<double>& component, double offset, double factor) {
        if (!component) return;
        sum += offset + factor * *component;
        ++found.n;
    };
    add(of.trust, 0, 1);
    add(of.nps, 50, 0.5);
    add(of.engagement, 0, 100);
    add(of.breadth_index, 0, 1);
    if (found.n < 2)
        found.reason = Reason::too_few_components;
    else
        found.value = sum / static_cast<double>(found.n);
    return found;
}

/// The Value dimension: half revenue, half potential, each as a percentile 0..100 within the organisation.
inline Result<double> value_score(double revenue_percentile, double potential_percentile) {
    if (const Done valid = detail::check_dimension("revenue percentile", revenue_percentile); !valid)
        return valid.error();
    if (const Done valid = detail::check_dimension("potential percentile", potential_percentile); !valid)
        return valid.error();
    return (revenue_percentile + potential_percentile) / 2;
}

/// What a segment is owed, unless the organisation says otherwise.
struct Cadence {
    std::optional<int> executive_touch_days;  ///< absent: none is planned
    int reviews_per_year = 1;
    int surveys_per_year = 1;   ///< relationship NPS and trust
    double target_breadth = 1;  ///< effective contacts
    int target_levels = 1;
    int heard_days = 3;
    int decided_days = 15;
    int changed_days = 60;
};

/// Until it is classified, an account is served as a Reliable.
constexpr Cadence cadence_of(Segment segment) {
    switch (segment) {
        case Segment::co_creator:
            return {45, 4, 2, 6, 3, 1, 5, 30};
        case Segment::opportunity:
            return {60, 4, 2, 5, 3, 1, 7, 30};
        case Segment::edge:
            return {std::nullopt, 1, 1, 1, 1, 3, 15, 60};
        default:
            return {180, 2, 1, 3, 2, 2, 10, 45};
    }
}

}  // namespace candour::stats
#endif
