/// What every figure is made of: a value that may be absent, the reason why, and an interval.
///
/// Wrong input is an `Error`. Too little input is not: the value is absent and a `Reason` says why. It is
/// never zero.
#ifndef CANDOUR_STATS_FIGURE_HPP
#define CANDOUR_STATS_FIGURE_HPP
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::stats {

/// Why there is no value.
enum class Reason : std::uint8_t {
    no_data,
    insufficient_n,
    suppressed,
    not_reached,
    no_executive_mapped,
    too_few_items,
    too_few_components,
};

constexpr std::string_view to_text(Reason reason) {
    constexpr std::array<std::string_view, 7> names{
        "no_data",       "insufficient_n",    "suppressed", "not_reached", "no_executive_mapped",
        "too_few_items", "too_few_components"};
    return names[static_cast<std::size_t>(reason)];
}

struct Interval {
    double low = 0;
    double high = 0;
    constexpr double width() const { return high - low; }
    friend constexpr bool operator==(const Interval&, const Interval&) = default;
};

constexpr Interval truncated(Interval interval, double lowest, double highest) {
    return {std::clamp(interval.low, lowest, highest), std::clamp(interval.high, lowest, highest)};
}

/// A figure as a report shows it. Who computes it adds the date and the version of its definition.
struct Figure {
    std::optional<double> value = {};
    std::optional<Interval> interval = {};
    std::int64_t n = 0;
    std::optional<std::int64_t> n_eligible = {};
    std::optional<double> coverage = {};  ///< 0..1
    std::optional<Reason> reason = {};    ///< set exactly when there is no value
};

inline constexpr double kConfidence = 0.95;
/// Below it a figure carries the badge "small n", and two waves are not tested against each other.
inline constexpr std::int64_t kSmallN = 10;
/// Counts up to here, their sums and their products with a rate are exact in a double.
inline constexpr std::int64_t kMostCounted = 1'000'000'000'000'000;
/// Thresholds include their bound; arithmetic may miss it by this much.
inline constexpr double kOnTheBound = 1e-12;
/// Two probabilities this close (relative) are one and the same outcome of an exact test.
inline constexpr double kTie = 1e-12;

constexpr bool reaches(double value, double bound) {
    return value >= bound - kOnTheBound;
}
constexpr bool stays_within(double value, double bound) {
    return value <= bound + kOnTheBound;
}

inline std::string in_digits(double value) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), written.ptr};
}

/// "confidence: expected more than 0 and less than 1, found 1.5"
inline Error out_of_range(std::string_view what, std::string_view expected, double found) {
    return {ErrorCode::invalid,
            std::string(what) + ": expected " + std::string(expected) + ", found " + in_digits(found)};
}

inline Done check_count(std::string_view what, std::int64_t found) {
    if (found >= 0 && found <= kMostCounted) return done();
    return out_of_range(what, "a count from 0 to 1e15", static_cast<double>(found));
}

/// Not a number, infinite and below zero are all refused.
inline Done check_amount(std::string_view what, double found) {
    if (std::isfinite(found) && found >= 0) return done();
    return out_of_range(what, "a finite number of at least 0", found);
}

inline Done check_positive(std::string_view what, double found) {
    if (std::isfinite(found) && found > 0) return done();
    return out_of_range(what, "a finite number above 0", found);
}

inline Done check_finite(std::string_view what, double found) {
    if (std::isfinite(found)) return done();
    return out_of_range(what, "a finite number", found);
}

inline Done check_share(std::string_view what, double found) {
    if (found >= 0 && found <= 1) return done();
    return out_of_range(what, "a share from 0 to 1", found);
}

/// Whole points, as a report shows a score: half goes away from zero.
inline std::int64_t displayed(double points) {
    return std::llround(points);
}

}  // namespace candour::stats
#endif
