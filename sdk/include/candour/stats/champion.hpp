/// If your strongest champion left tomorrow, would the relationship still hold?
#ifndef CANDOUR_STATS_CHAMPION_HPP
#define CANDOUR_STATS_CHAMPION_HPP
#include <span>

#include "candour/stats/breadth.hpp"
#include "candour/stats/graph.hpp"

namespace candour::stats {

/// One of our people and one contact, with the decayed strength between them.
struct Link {
    std::string ours;
    std::string contact;
    double strength = 0;
};

/// An account's people: us – ours – contacts – the decision.
struct AccountMap {
    std::vector<Link> links = {};
    ContactLevels levels = {};
    std::vector<std::string> budget_holders = {};
    std::vector<std::pair<std::string, std::string>> influence = {};  ///< contact – contact
};

enum class Verdict : std::uint8_t { breaks, strained, holds };
constexpr std::string_view to_text(Verdict verdict) {
    constexpr std::array<std::string_view, 3> names{"BREAKS", "STRAINED", "HOLDS"};
    return names[static_cast<std::size_t>(verdict)];
}

/// The facts behind a verdict; the first four break, the others strain.
enum class Weakness : std::uint8_t {
    no_connection_left,
    only_operational_left,
    strength_below_25pct,
    no_path_to_decision,
    fewer_than_two_levels,
    strength_below_50pct,
    fewer_than_three_contacts,
    single_path_before,
};
constexpr std::string_view to_text(Weakness weakness) {
    constexpr std::array<std::string_view, 8> names{
        "no_connection_left",    "only_operational_left", "strength_below_25pct",      "no_path_to_decision",
        "fewer_than_two_levels", "strength_below_50pct",  "fewer_than_three_contacts", "single_path_before"};
    return names[static_cast<std::size_t>(weakness)];
}

struct Departure {
    std::string leaver;
    std::optional<double> retained_share;  ///< of the strength; absent when there was none
    Levels levels_left;
    std::int64_t contacts_left = 0;
    int ways_before = 0;  ///< separate ways from us to the decision
    int ways_after = 0;
    std::optional<double> supplier_top_share;  ///< our own single inbox: the strongest of our people, before
    Verdict verdict = Verdict::breaks;
    std::vector<Weakness> reasons;
};

namespace detail {

inline constexpr double kBreaking = 0.25;
inline constexpr double kStraining = 0.5;

/// Whom the champion is chosen by: 1, 1.5, 2.
constexpr double level_factor(Level level) {
    return 1 + 0.5 * static_cast<double>(level);
}

inline Level level_in(const ContactLevels& levels, std::string_view contact) {
    const auto at = levels.find(contact);
    return at == levels.end() ? Level::operational : at->second;
}

/// Contacts that mean something, and what they weigh over all of our people.
inline Weights meaningful_contacts(std::span<const Link> links) {
    Weights weights;
    for (const Link& link : links) weights[link.contact] += link.strength;
    std::erase_if(weights, [](const auto& entry) { return !meaningful(entry.second); });
    return weights;
}

/// The account as a graph. Node 0 is us, node 1 the decision.
class AccountGraph {
 public:
    AccountGraph(const AccountMap& map, const Weights& weights) : map_(map), weights_(weights) {
        for (const Link& link : map.links)
            if (link.strength > 0 && weights.contains(link.contact))
                ours_.try_emplace(link.ours, 2 + ours_.size());
        for (const auto& [contact, weight] : weights)
            contacts_.try_emplace(contact, 2 + ours_.size() + contacts_.size());
        graph_ = Graph(2 + ours_.size() + contacts_.size());
        connect();
    }
    int ways(std::optional<std::size_t> without = {}) const { return UnitFlow(graph_, 0, 1, without).run(); }
    std::size_t node_of_contact(std::string_view contact) const { return contacts_.find(contact)->second; }
    std::optional<std::size_t> node_of_ours(std::string_view ours) const {
        const auto at = ours_.find(ours);
        return at == ours_.end() ? std::nullopt : std::optional(at->second);
    }

 private:
    using Nodes = std::map<std::string, std::size_t, std::less<>>;

    // Every end is a node of this graph, so `connect` cannot fail.
    void join(std::size_t one, std::size_t other) { static_cast<void>(graph_.connect(one, other)); }
    void connect() {
        for (const auto& [name, node] : ours_) join(0, node);
        for (const Link& link : map_.links)
            if (link.strength > 0 && weights_.contains(link.contact))
                join(ours_.at(link.ours), contacts_.at(link.contact));
        for (const auto& [contact, node] : contacts_)
            if (level_in(map_.levels, contact) == Level::executive) join(node, 1);
        for (const std::string& contact : map_.budget_holders)
            if (contacts_.contains(contact)) join(contacts_.at(contact), 1);
        for (const auto& [one, other] : map_.influence)
            if (contacts_.contains(one) && contacts_.contains(other))
                join(contacts_.at(one), contacts_.at(other));
    }

    const AccountMap& map_;
    const Weights& weights_;
    Nodes ours_, contacts_;
    Graph graph_{0};
};

inline void judge(Departure& found) {
    if (found.contacts_left == 0) {
        found.reasons.push_back(Weakness::no_connection_left);
    } else {
        if (!found.levels_left.above_operational()) found.reasons.push_back(Weakness::only_operational_left);
        if (found.retained_share && *found.retained_share < kBreaking - kOnTheBound)
            found.reasons.push_back(Weakness::strength_below_25pct);
    }
    if (found.ways_after == 0) found.reasons.push_back(Weakness::no_path_to_decision);
    if (!found.reasons.empty()) return;
    found.verdict = Verdict::strained;
    if (found.levels_left.size() < 2) found.reasons.push_back(Weakness::fewer_than_two_levels);
    if (found.retained_share && *found.retained_share < kStraining - kOnTheBound)
        found.reasons.push_back(Weakness::strength_below_50pct);
    if (found.contacts_left < 3) found.reasons.push_back(Weakness::fewer_than_three_contacts);
    if (found.ways_before < 2) found.reasons.push_back(Weakness::single_path_before);
    if (found.reasons.empty()) found.verdict = Verdict::holds;
}

inline std::optional<double> top_share_of_ours(std::span<const Link> links, const Weights& weights) {
    Weights ours;
    double sum = 0, top = 0;
    for (const Link& link : links) {
        if (!weights.contains(link.contact)) continue;
        sum += link.strength;
        top = std::max(top, ours[link.ours] += link.strength);
    }
    if (sum == 0) return std::nullopt;
    return top / sum;
}

inline Departure departure(const AccountMap& map, const Weights& weights, const AccountGraph& graph,
                           const std::string& leaver) {
    Departure found;
    found.leaver = leaver;
    double all = 0, left = 0;
    for (const auto& [contact, weight] : weights) {
        all += weight;
        if (contact == leaver) continue;
        left += weight;
        ++found.contacts_left;
        found.levels_left.add(level_in(map.levels, contact));
    }
    if (all > 0) found.retained_share = left / all;
    found.ways_before = graph.ways();
    found.ways_after = graph.ways(graph.node_of_contact(leaver));
    found.supplier_top_share = top_share_of_ours(map.links, weights);
    judge(found);
    return found;
}

inline Done check_links(std::span<const Link> links) {
    for (const Link& link : links)
        if (const Done valid = check_amount("strength of " + link.contact, link.strength); !valid)
            return valid;
    return done();
}

}  // namespace detail

/// The contact whose strength weighs most: executives twice, managers one and a half times; ties go to the
/// higher level, then to the smaller id. Nothing when no contact is meaningful.
inline std::optional<std::string> champion_of(const AccountMap& map) {
    const Weights weights = detail::meaningful_contacts(map.links);
    const std::string* best = nullptr;
    double most = 0;
    for (const auto& [contact, weight] : weights) {
        const Level level = detail::level_in(map.levels, contact);
        const double pull = weight * detail::level_factor(level);
        const bool more = pull > most + kOnTheBound;
        const bool higher =
            reaches(pull, most) && best != nullptr && level > detail::level_in(map.levels, *best);
        if (best != nullptr && !more && !higher) continue;
        best = &contact;
        most = pull;
    }
    if (best == nullptr) return std::nullopt;
    return *best;
}

/// What becomes of the relationship when a contact leaves.
///
/// Shape:  contacts without a level count as operational; contacts that are not meaningful are not on the
/// map. Empty:  nothing when the leaver is not on the map. Errors: invalid when a strength is negative or not
/// finite.
inline Result<std::optional<Departure>> departure_of(const AccountMap& map, const std::string& leaver) {
    if (const Done valid = detail::check_links(map.links); !valid) return valid.error();
    const Weights weights = detail::meaningful_contacts(map.links);
    if (!weights.contains(leaver)) return std::optional<Departure>();
    const detail::AccountGraph graph(map, weights);
    return std::optional(detail::departure(map, weights, graph, leaver));
}

inline Result<std::optional<Departure>> champion_departure(const AccountMap& map) {
    if (const Done valid = detail::check_links(map.links); !valid) return valid.error();
    const std::optional<std::string> champion = champion_of(map);
    if (!champion) return std::optional<Departure>();
    return departure_of(map, *champion);
}

/// The what-if for every contact on the map, gravest first: the fewest ways left, then the smallest share
/// kept.
inline Result<std::vector<Departure>> departures(const AccountMap& map) {
    if (const Done valid = detail::check_links(map.links); !valid) return valid.error();
    const Weights weights = detail::meaningful_contacts(map.links);
    const detail::AccountGraph graph(map, weights);
    std::vector<Departure> found;
    for (const auto& [contact, weight] : weights)
        found.push_back(detail::departure(map, weights, graph, contact));
    std::ranges::stable_sort(found, [](const Departure& one, const Departure& other) {
        return std::tuple(one.verdict, one.ways_after, *one.retained_share) <
               std::tuple(other.verdict, other.ways_after, *other.retained_share);
    });
    return found;
}

/// The same question about one of our people: how many ways to the decision are left without them.
inline Result<int> ways_without_ours(const AccountMap& map, const std::string& ours) {
    if (const Done valid = detail::check_links(map.links); !valid) return valid.error();
    const Weights weights = detail::meaningful_contacts(map.links);
    const detail::AccountGraph graph(map, weights);
    return graph.ways(graph.node_of_ours(ours));
}

struct CoverageSurvival {
    double p_depart = 0;  ///< of one contact within the horizon
    double p_all_kept =
        0;  ///< that every level still has somebody; departures taken as independent, which is optimistic
};

/// Errors: invalid when the tenure is not above 0, or the horizon or a number of contacts is negative.
inline Result<CoverageSurvival> coverage_survival(double median_tenure_years, double horizon_years,
                                                  std::span<const std::int64_t> contacts_per_level) {
    if (const Done valid = check_positive("median tenure", median_tenure_years); !valid) return valid.error();
    if (const Done valid = check_amount("horizon", horizon_years); !valid) return valid.error();
    CoverageSurvival found{1 - std::exp2(-horizon_years / median_tenure_years), 1};
    for (const std::int64_t contacts : contacts_per_level) {
        if (const Done valid = check_count("contacts", contacts); !valid) return valid.error();
        found.p_all_kept *= 1 - std::pow(found.p_depart, static_cast<double>(contacts));
    }
    return found;
}

}  // namespace candour::stats
#endif
