/// Stakeholder breadth: how many people would still know us tomorrow?
#ifndef CANDOUR_STATS_BREADTH_HPP
#define CANDOUR_STATS_BREADTH_HPP
#include <map>
#include <set>
#include <span>
#include <tuple>

#include "candour/stats/calendar.hpp"
#include "candour/stats/level.hpp"

namespace candour::stats {

enum class Channel : std::uint8_t { meeting, call, two_way_thread, event, one_way };

struct ChannelWeight {
    Channel channel;
    std::string_view name;
    double weight;
};
/// Presence weighs more than words; what nobody answered weighs nothing.
inline constexpr std::array kChannelWeights{
    ChannelWeight{Channel::meeting, "meeting", 1.0},
    ChannelWeight{Channel::call, "call", 0.7},
    ChannelWeight{Channel::two_way_thread, "two_way_thread", 0.4},
    ChannelWeight{Channel::event, "event", 0.3},
    ChannelWeight{Channel::one_way, "one_way", 0.0},
};

inline constexpr double kBreadthHalfLife = 90;
/// One meeting stays meaningful for exactly one half-life.
inline constexpr double kMeaningful = 0.5;
/// From here on one person carries the relationship.
inline constexpr double kTopHeavy = 0.6;

constexpr double weight_of(Channel channel) {
    return kChannelWeights[static_cast<std::size_t>(channel)].weight;
}

inline Result<Channel> channel_of(std::string_view text) {
    for (const ChannelWeight& row : kChannelWeights)
        if (row.name == text) return row.channel;
    return Error{ErrorCode::invalid,
                 "channel: expected meeting, call, two_way_thread, event or one_way, found \"" +
                     std::string(text) + "\""};
}

struct Interaction {
    std::string contact = {};
    Channel channel = Channel::meeting;
    Day date = {};
};

using Weights = std::map<std::string, double, std::less<>>;

inline bool meaningful(double weight) {
    return reaches(weight, kMeaningful);
}

/// Strength of each contact on a day. One contact on one channel counts once a day; the future does not
/// count.
inline Weights contact_weights(std::span<const Interaction> interactions, Day as_of,
                               double half_life = kBreadthHalfLife) {
    Weights weights;
    std::set<std::tuple<std::string_view, Channel, Day>> seen;
    for (const Interaction& one : interactions) {
        if (one.date > as_of || !seen.emplace(one.contact, one.channel, one.date).second) continue;
        weights[one.contact] +=
            weight_of(one.channel) * half_life_decay(days_between(one.date, as_of), half_life);
    }
    return weights;
}

struct Breadth {
    std::vector<std::string> meaningful;  ///< contacts, by id
    Levels levels;                        ///< covered by these
    double effective = 0;                 ///< how many equally strong relationships this is worth, 0..size
    std::optional<double> top_share;      ///< the strongest one's share; absent when there is none
    bool single_threaded = true;

    std::int64_t size() const { return static_cast<std::int64_t>(meaningful.size()); }
};

using ContactLevels = std::map<std::string, Level, std::less<>>;

/// Breadth of one account. A census: it has no interval.
///
/// Shape:  strength per contact, and each contact's level where it is known.
/// Unit:   contacts.
/// Empty:  no meaningful contact is breadth 0, single-threaded; the top share is absent.
/// Source: effective number: E. H. Simpson, Nature 163, 1949 (inverse index).
inline Breadth breadth(const Weights& weights, const ContactLevels& levels) {
    Breadth found;
    double sum = 0, squares = 0, top = 0;
    for (const auto& [contact, weight] : weights) {
        if (!meaningful(weight)) continue;
        found.meaningful.push_back(contact);
        if (const auto level = levels.find(contact); level != levels.end()) found.levels.add(level->second);
        sum += weight;
        squares += weight * weight;
        top = std::max(top, weight);
    }
    if (found.meaningful.empty()) return found;
    found.effective = sum * sum / squares;
    found.top_share = top / sum;
    found.single_threaded = found.size() <= 1 || reaches(*found.top_share, kTopHeavy);
    return found;
}

/// Breadth index: half effective breadth against its target, half levels covered.
///
/// Unit:   0..100.
/// Errors: invalid when the target is not above zero.
inline Result<double> breadth_index(const Breadth& of, double target) {
    if (const Done valid = check_positive("target breadth", target); !valid) return valid.error();
    return 100 * (std::min(1.0, of.effective / target) / 2 + of.levels.size() / 6.0);
}

}  // namespace candour::stats
#endif
