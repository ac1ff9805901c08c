#include "flow/metrics/scope.hpp"

#include <algorithm>
#include <charconv>

namespace candour::flow {
namespace {

std::int64_t revenue_of(const AccountHistory& account, core::Day day) {
    const std::string& text = value_on(account.revenues, day);
    std::int64_t revenue = -1;
    std::from_chars(text.data(), text.data() + text.size(), revenue);
    return revenue;
}

void append(Numbers& groups, const std::array<core::Counts, 3>* levels, int level, std::size_t width) {
    const core::Counts* counts = levels == nullptr ? nullptr : &(*levels)[static_cast<std::size_t>(level)];
    if (counts == nullptr || counts->size() != width)
        groups.insert(groups.end(), width, 0);
    else
        groups.insert(groups.end(), counts->begin(), counts->end());
}

bool wants_level(const FigureScope& scope, int level) {
    return scope.level.empty() ||
           scope.level == core::name_of(core::kLevels, static_cast<core::Level>(level));
}

}  // namespace

const std::string& value_on(const std::vector<std::pair<core::Day, std::string>>& history, core::Day day) {
    static const std::string nothing;
    if (history.empty()) return nothing;
    const std::pair<core::Day, std::string>* latest = &history.front();
    for (const auto& change : history)
        if (change.first <= day) latest = &change;
    return latest->second;
}

std::vector<core::Day> days_of(const MetricInfo& metric, core::Day day, int fiscal_start_month) {
    std::vector<core::Day> days{day};
    const core::Quarter quarter = core::quarter_of(day, fiscal_start_month);
    for (const std::string& other : metric.also_as_of) {
        if (other == "quarter_start") days.push_back(quarter.first - 1);
        if (other == "previous_quarter_start")
            days.push_back(core::quarter_before(quarter, fiscal_start_month).first - 1);
        if (other == "year_before") days.push_back(core::year_before(day));
    }
    return days;
}

bool within(const FigureScope& scope, const AccountHistory& account, core::Day day) {
    if (!scope.account.empty() && scope.account != account.id.text()) return false;
    if (!scope.segment.empty() && scope.segment != value_on(account.segments, day)) return false;
    return scope.owner.empty() || scope.owner == value_on(account.owners, day);
}

std::vector<std::shared_ptr<DaySums>> by_day(const Sums& sums, const std::vector<core::Day>& days) {
    std::vector<std::shared_ptr<DaySums>> all;
    for (const core::Day day : days) all.push_back(std::make_shared<DaySums>(day));
    for (const LevelSums& group : sums.groups)
        for (std::size_t i = 0; i < days.size(); ++i)
            all[i]->add(group.account, group.level, group.by_day[i]);
    return all;
}

FigureAsk ask_for(const RowPlan& row, const MetricInfo& metric, const std::vector<AccountHistory>& accounts,
                  const SumsOfDays& sums) {
    FigureAsk ask;
    ask.scope = row.scope;
    ask.days = row.days;
    const core::Day day = row.days.front();
    for (const AccountHistory& account : accounts) {
        if (!within(row.scope, account, day)) continue;
        const auto number = static_cast<std::int64_t>(ask.accounts++);
        std::vector<const std::array<core::Counts, 3>*> known;
        for (const core::Day one : row.days) known.push_back(sums.at(one)->find(account.id.text()));
        const std::int64_t revenue = revenue_of(account, day);
        for (int level = 0; level < 3; ++level) {
            if (!wants_level(row.scope, level)) continue;
            ask.groups.insert(ask.groups.end(), {number, level, revenue});
            for (const std::array<core::Counts, 3>* levels : known)
                append(ask.groups, levels, level, metric.width);
        }
    }
    return ask;
}

}  // namespace candour::flow
