/// Which accounts a figure is about on which days, and their sums as a plugin gets them.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "flow/metrics/figures.hpp"

namespace candour::flow {

/// One row of an answer before its sums are known.
struct RowPlan {
    std::string name;
    FigureScope scope;
    std::vector<core::Day> days;
};

/// The day itself, then the days that the metric wants beside it. A quarter's start is the evening before its
/// first day, so that what was added since is what the quarter brought.
std::vector<core::Day> days_of(const MetricInfo& metric, core::Day day, int fiscal_start_month);

bool within(const FigureScope& scope, const AccountHistory& account, core::Day day);

/// The sums of one answer, day by day.
using SumsOfDays = std::map<core::Day, std::shared_ptr<const DaySums>>;

/// What the store read, as it is kept.
std::vector<std::shared_ptr<DaySums>> by_day(const Sums& sums, const std::vector<core::Day>& days);

FigureAsk ask_for(const RowPlan& row, const MetricInfo& metric, const std::vector<AccountHistory>& accounts,
                  const SumsOfDays& sums);

}  // namespace candour::flow
