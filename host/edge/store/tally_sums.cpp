#include <limits>

#include "candour_queries.hpp"
#include "core/metrics/calendar.hpp"
#include "core/relationship/people.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/tallies.hpp"

namespace candour::store {
namespace {

using Days = std::vector<core::Day>;
constexpr core::Day kEarliest = std::numeric_limits<std::int64_t>::min();

/// A segment and a level for which counters are kept.
using KeptCell = std::pair<std::string, std::string>;

/// Those that add up to the scope. Only a level or an owner nobody has is missing there, and counts nothing.
std::vector<KeptCell> kept_for(const flow::FigureScope& scope) {
    const std::string all(core::kAll);
    if (scope.segment.empty() && scope.level.empty()) return {{all, all}};
    std::vector<std::string> segments{scope.segment}, levels{scope.level};
    if (scope.segment.empty()) {
        segments.assign(1, "");
        for (const auto& [segment, name] : core::kSegments) segments.emplace_back(name);
    }
    if (scope.level.empty())
        for (const auto& [level, name] : core::kLevels) levels.emplace_back(name);
    std::vector<KeptCell> kept;
    for (const std::string& segment : segments)
        for (const std::string& level : levels) kept.emplace_back(segment, level);
    return kept;
}

Done add_counts(Session& session, const std::string& tallies, const KeptCell& of, core::Grain grain,
                core::Day from, core::Day to, core::TallySum& sum) {
    std::string text;
    Call call = session.call(sql::tallies::counts_between);
    call.with("tallies", tallies).with("segment", of.first).with("level", of.second);
    call.with("grain", std::string(core::name_of(core::kGrains, grain))).with("from_day", from);
    call.with("to_day", to).into(text);
    while (call.next())
        if (Done added = sum.add_text(text); !added) return added;
    return done();
}

/// The months before the day's own, and the days of that month.
Result<core::Tally> tally_as_of(Session& session, const std::string& tallies,
                                const std::vector<KeptCell>& kept, core::Day day) {
    core::TallySum sum;
    const core::Day month = core::month_start(day);
    for (const KeptCell& of : kept) {
        Done added = add_counts(session, tallies, of, core::Grain::month, kEarliest, month - 1, sum);
        if (added) added = add_counts(session, tallies, of, core::Grain::day, month, day, sum);
        if (!added) return added.error();
    }
    return sum.take();
}

/// Counters of items that are read one by one.
class TallyGathering {
 public:
    TallyGathering(const flow::FigureScope& scope, flow::TallyGroup by, const Days& days)
        : scope_(scope), by_(by), days_(days) {}

    Done add(const flow::TallyPlace& place, std::string_view text) {
        const auto fits = [](const std::string& wanted, const std::string& found) {
            return wanted.empty() || wanted == found;
        };
        if (!fits(scope_.account, place.account) || !fits(scope_.owner, place.owner) ||
            !fits(scope_.segment, place.segment) || !fits(scope_.level, place.level))
            return done();
        const Result<core::Movements> movements = core::read_movements(text);
        if (!movements) return movements.error();
        const std::string& group = by_ == flow::TallyGroup::account ? place.account
                                   : by_ == flow::TallyGroup::owner ? place.owner
                                                                    : whole_;
        std::vector<core::TallySum>& sums = groups_[group];
        sums.resize(days_.size());
        for (std::size_t i = 0; i < days_.size(); ++i) sums[i].add_until(*movements, days_[i]);
        return done();
    }
    flow::TallyGroups take() const {
        flow::TallyGroups groups;
        for (const auto& [group, sums] : groups_)
            for (const core::TallySum& sum : sums) groups[group].push_back(sum.take());
        return groups;
    }

 private:
    const flow::FigureScope& scope_;
    const flow::TallyGroup by_;
    const Days& days_;
    const std::string whole_;
    std::map<std::string, std::vector<core::TallySum>> groups_;
};

Done add_units(Call& call, TallyGathering& gathering) {
    flow::TallyPlace place;
    std::string text;
    call.into(place.account).into(place.owner).into(place.segment).into(place.level).into(text);
    while (call.next())
        if (Done added = gathering.add(place, text); !added) return added;
    return done();
}

/// An account's items are few, and an owner's are some: their counters are kept with the items alone.
Done read_units(Session& session, const std::string& tallies, const flow::FigureScope& scope,
                TallyGathering& gathering) {
    const Query& query = !scope.account.empty() ? sql::tallies::units_of_account
                         : !scope.owner.empty() ? sql::tallies::units_of_owner
                                                : sql::tallies::units_of_all;
    Call call = session.call(query);
    call.with("tallies", tallies);
    if (!scope.account.empty())
        call.with("account", scope.account);
    else if (!scope.owner.empty())
        call.with("owner", scope.owner);
    return add_units(call, gathering);
}

}  // namespace

Result<flow::TallySums> read_tally_sums(Session& session, const flow::MetricKey& key,
                                        const flow::FigureScope& scope, flow::TallyGroup by,
                                        const Days& days) {
    const Result<flow::Cursor> cursor = read_position(session, key);
    if (!cursor) return cursor.error();
    const bool kept = by == flow::TallyGroup::whole && scope.account.empty() && scope.owner.empty();
    if (!kept) {
        TallyGathering gathering(scope, by, days);
        if (Done read = read_units(session, key.metric, scope, gathering); !read) return read.error();
        return flow::TallySums{cursor->at, gathering.take()};
    }
    flow::TallySums sums{cursor->at, {}};
    for (const core::Day day : days) {
        Result<core::Tally> tally = tally_as_of(session, key.metric, kept_for(scope), day);
        if (!tally) return tally.error();
        sums.groups[""].push_back(std::move(*tally));
    }
    return sums;
}

}  // namespace candour::store
