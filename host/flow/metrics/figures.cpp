#include "flow/metrics/figures.hpp"

#include <algorithm>

#include "flow/metrics/scope.hpp"
#include "flow/metrics/tally_figures.hpp"

namespace candour::flow {
namespace {

/// Figures of one call: a list by account stays within a call's time.
constexpr std::size_t kFiguresPerCall = 50;
constexpr int kMostQuarters = 40;
/// Counters of some hundred kilobytes each.
constexpr std::size_t kTalliesPerCall = 50;

template <class Enum, std::size_t N>
Done check_name(const char* field, const core::NameTable<Enum, N>& table, const std::string& name) {
    if (name.empty() || core::value_of(table, name)) return done();
    std::string all;
    for (const auto& [key, known] : table) all += (all.empty() ? "" : ", ") + std::string(known);
    return Error{ErrorCode::invalid,
                 std::string(field) + ": expected one of " + all + "; found \"" + name + "\""};
}

const AccountHistory* find_account(const std::vector<AccountHistory>& accounts,
                                   const std::string& id_or_ref) {
    for (const AccountHistory& account : accounts)
        if (account.id.text() == id_or_ref || account.ref == id_or_ref) return &account;
    return nullptr;
}

/// Nothing is known of when the plugin comes back; a fault of the metric itself is for good.
bool passes(const Error& error) {
    return error.code == ErrorCode::unavailable || error.code == ErrorCode::exhausted ||
           error.code == ErrorCode::cancelled;
}

}  // namespace

struct Figures::Plan {
    MetricInfo metric;
    std::shared_ptr<const Accounts> accounts;
    FigureScope asked;            ///< its account is an id
    std::string only_account;     ///< the store need not look further
    std::vector<core::Day> days;  ///< each once
    std::vector<RowPlan> rows;

    void add(std::string name, FigureScope scope, core::Day day, int fiscal_start_month) {
        RowPlan row{std::move(name), std::move(scope), days_of(metric, day, fiscal_start_month)};
        for (const core::Day one : row.days)
            if (std::ranges::find(days, one) == days.end()) days.push_back(one);
        rows.push_back(std::move(row));
    }
};

struct Figures::Gathered {
    Position at;
    SumsOfDays days;
};

Figures::Figures(FigureNeeds needs) : needs_(std::move(needs)) {
    needs_.cursor.watch([this](const MetricKey& key, Position from, Position to, const core::Deltas& deltas) {
        follow(key, from, to, deltas);
    });
}

std::vector<MetricInfo> Figures::metrics() const {
    std::vector<MetricInfo> all = needs_.measures.metrics();
    for (MetricInfo& one : all)
        if (one.trouble.empty()) one.trouble = needs_.cursor.trouble(one.id);
    if (needs_.tallies == nullptr) std::erase_if(all, [](const auto& one) { return !one.tallies.empty(); });
    return all;
}

Result<MetricInfo> Figures::metric(const std::string& id) const {
    std::string known;
    for (MetricInfo& one : metrics()) {
        if (one.id == id) return std::move(one);
        known += (known.empty() ? "" : ", ") + one.id;
    }
    return Error{ErrorCode::not_found, "there is no metric \"" + id + "\"; " +
                                           (known.empty() ? "no plugin brings one" : "there are " + known)};
}

Task<Result<std::shared_ptr<const Figures::Accounts>>> Figures::accounts(Position newest) {
    if (accounts_ && accounts_through_ == newest.history) co_return accounts_;
    auto reading = needs_.store.accounts();
    Result<Accounts> all = co_await std::move(reading);
    if (!all) co_return all.error();
    accounts_ = std::make_shared<const Accounts>(std::move(*all));
    accounts_through_ = newest.history;
    co_return accounts_;
}

Result<Figures::Plan> Figures::plan(const FigureQuery& query, MetricInfo metric,
                                    std::shared_ptr<const Accounts> accounts) const {
    Plan plan{std::move(metric), std::move(accounts), query.scope, {}, {}, {}};
    if (Done known = check_name("segment", core::kSegments, query.scope.segment); !known)
        return known.error();
    if (Done known = check_name("level", core::kLevels, query.scope.level); !known) return known.error();
    const core::Day today = needs_.day_of(needs_.clock.now());
    const core::Day day = query.as_of.value_or(today);
    if (day > today)
        return Error{ErrorCode::invalid, "as_of: expected a day up to " + core::date_text(today) +
                                             ", found " + core::date_text(day)};
    if (query.quarters < 1 || query.quarters > kMostQuarters)
        return Error{ErrorCode::invalid, "quarters: expected 1 to " + std::to_string(kMostQuarters) +
                                             ", found " + std::to_string(query.quarters)};
    if (!plan.asked.account.empty()) {
        const AccountHistory* account = find_account(*plan.accounts, plan.asked.account);
        if (account == nullptr)
            return Error{ErrorCode::not_found, "there is no account \"" + plan.asked.account + "\""};
        plan.only_account = plan.asked.account = account->id.text();
    }
    if (Done parts = plan_parts(query, day, plan); !parts) return parts.error();
    return plan;
}

/// One row for each part. Accounts and owners of items are found with their counters.
Done Figures::plan_parts(const FigureQuery& query, core::Day day, Plan& plan) const {
    const int fiscal = needs_.fiscal_start_month;
    const FigureScope& scope = plan.asked;
    const bool of_items = !plan.metric.tallies.empty();
    if (query.by == By::owner && !of_items)
        return Error{ErrorCode::invalid, "by: metric " + plan.metric.id +
                                             " counts contacts, which have no owner; expected quarter, "
                                             "segment, level or account"};
    const auto narrowed = [&scope](std::string FigureScope::*part, const std::string& to) {
        FigureScope narrow = scope;
        narrow.*part = to;
        return narrow;
    };
    if (query.by == By::whole) plan.add("", scope, day, fiscal);
    if (query.by == By::segment)
        for (const auto& [segment, name] : core::kSegments)
            if (scope.segment.empty() || scope.segment == name)
                plan.add(std::string(name), narrowed(&FigureScope::segment, std::string(name)), day, fiscal);
    if (query.by == By::level)
        for (const auto& [level, name] : core::kLevels)
            if (scope.level.empty() || scope.level == name)
                plan.add(std::string(name), narrowed(&FigureScope::level, std::string(name)), day, fiscal);
    if (query.by == By::account && !of_items)
        for (const AccountHistory& account : *plan.accounts)
            if (within(scope, account, day))
                plan.add(account.name, narrowed(&FigureScope::account, account.id.text()), day, fiscal);
    if (query.by == By::quarter) {
        std::vector<core::Quarter> quarters{core::quarter_of(day, fiscal)};
        while (static_cast<int>(quarters.size()) < query.quarters)
            quarters.push_back(core::quarter_before(quarters.back(), fiscal));
        for (auto quarter = quarters.rbegin(); quarter != quarters.rend(); ++quarter)
            plan.add(quarter->name(), scope, std::min(quarter->last, day), fiscal);
    }
    return done();
}

Task<Result<std::vector<Figure>>> Figures::finalize(const MetricInfo& metric, std::vector<FigureAsk> asks) {
    std::vector<Figure> figures;
    for (std::size_t from = 0; from < asks.size(); from += kFiguresPerCall) {
        const std::size_t to = std::min(asks.size(), from + kFiguresPerCall);
        std::vector<FigureAsk> some(std::make_move_iterator(asks.begin() + static_cast<std::ptrdiff_t>(from)),
                                    std::make_move_iterator(asks.begin() + static_cast<std::ptrdiff_t>(to)));
        auto asking = needs_.measures.finalize(metric.id, std::move(some));
        Result<std::vector<Figure>> answered = co_await std::move(asking);
        if (!answered) co_return answered.error();
        figures.insert(figures.end(), std::make_move_iterator(answered->begin()),
                       std::make_move_iterator(answered->end()));
    }
    co_return figures;
}

/// One account is read; the portfolio is kept, as long as nobody but our own cursor has added to it.
Task<Result<Figures::Gathered>> Figures::gather(const Plan& plan) {
    const MetricKey key = key_of(plan.metric);
    const bool portfolio = plan.only_account.empty();
    Gathered gathered;
    if (portfolio) {
        auto looking = needs_.store.position(key);
        const Result<Cursor> cursor = co_await std::move(looking);
        if (!cursor) co_return cursor.error();
        gathered.at = cursor->at;
        for (const core::Day day : plan.days)
            if (const std::shared_ptr<const DaySums> kept = shelf_.find(key, day, cursor->at))
                gathered.days.emplace(day, kept);
        if (gathered.days.size() == plan.days.size()) co_return gathered;
    }
    auto reading = needs_.store.sums(key, plan.only_account, plan.days);
    const Result<Sums> sums = co_await std::move(reading);
    if (!sums) co_return sums.error();
    gathered = {sums->at, {}};
    for (const std::shared_ptr<DaySums>& day : by_day(*sums, plan.days)) {
        gathered.days.emplace(day->day(), day);
        if (portfolio) shelf_.keep(key, sums->at, day);
    }
    co_return gathered;
}

Done Figures::without_figures(FigureAnswer& answer, const std::string& reason, const std::string& why) const {
    for (FigureRow& row : answer.rows) row.figure = needs_.measures.no_figure(answer.metric, reason, why);
    return done();
}

Task<Done> Figures::compute(Plan& plan, FigureAnswer& answer) {
    auto gathering = gather(plan);
    const Result<Gathered> sums = co_await std::move(gathering);
    if (!sums && sums.error().code != ErrorCode::not_found) co_return sums.error();
    if (!sums) co_return without_figures(answer, "not_computed", sums.error().message);
    answer.at = sums->at;
    std::vector<FigureAsk> asks;
    for (const RowPlan& row : plan.rows)
        asks.push_back(ask_for(row, plan.metric, *plan.accounts, sums->days));
    auto asking = finalize(plan.metric, std::move(asks));
    Result<std::vector<Figure>> figures = co_await std::move(asking);
    co_return take_figures(answer, std::move(figures));
}

Done Figures::take_figures(FigureAnswer& answer, Result<std::vector<Figure>> figures) {
    if (!figures && !passes(figures.error()))
        needs_.cursor.suspend(answer.metric.id, figures.error().message);
    if (!figures) return without_figures(answer, "suspended", figures.error().message);
    for (std::size_t i = 0; i < answer.rows.size(); ++i) answer.rows[i].figure = std::move((*figures)[i]);
    return done();
}

Task<Done> Figures::compute_items(Plan& plan, By by, FigureAnswer& answer) {
    const std::vector<core::Day> days = days_of(plan.metric, answer.as_of, needs_.fiscal_start_month);
    auto counting =
        count_rows(*needs_.tallies, CountPlan{tally_key_of(plan.metric), by, plan.asked, days, plan.rows},
                   *plan.accounts);
    Result<CountedRows> counted = co_await std::move(counting);
    if (!counted && counted.error().code != ErrorCode::not_found) co_return counted.error();
    if (!counted) co_return without_figures(answer, "not_computed", counted.error().message);
    answer.at = counted->at;
    answer.rows = std::move(counted->rows);
    std::vector<Figure> figures;
    for (std::size_t from = 0; from < counted->asks.size(); from += kTalliesPerCall) {
        const auto begin = counted->asks.begin() + static_cast<std::ptrdiff_t>(from);
        const std::size_t some = std::min(kTalliesPerCall, counted->asks.size() - from);
        std::vector<TallyAsk> asks(std::make_move_iterator(begin),
                                   std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(some)));
        auto asking = needs_.measures.summarise(plan.metric.id, std::move(asks));
        Result<std::vector<Figure>> told = co_await std::move(asking);
        if (!told) co_return take_figures(answer, std::move(told));
        figures.insert(figures.end(), std::make_move_iterator(told->begin()),
                       std::make_move_iterator(told->end()));
    }
    co_return take_figures(answer, std::move(figures));
}

/// Contacts follow observations, items follow the ledger.
Task<Result<std::int64_t>> Figures::newest_for(const MetricInfo& metric, Position newest) {
    if (metric.tallies.empty()) co_return newest.seq;
    auto looking = needs_.tallies->newest();
    const Result<std::int64_t> last = co_await std::move(looking);
    co_return last;
}

Task<Result<FigureAnswer>> Figures::answer(FigureQuery query) {
    Result<MetricInfo> found = metric(query.metric);
    if (!found) co_return found.error();
    auto looking = needs_.store.newest();
    const Result<Position> newest = co_await std::move(looking);
    if (!newest) co_return newest.error();
    auto reading = accounts(*newest);
    const Result<std::shared_ptr<const Accounts>> all = co_await std::move(reading);
    if (!all) co_return all.error();
    Result<Plan> planned = plan(query, std::move(*found), *all);
    if (!planned) co_return planned.error();
    FigureAnswer answer{planned->metric, {}, 0, query.as_of.value_or(needs_.day_of(needs_.clock.now())), {}};
    for (const RowPlan& row : planned->rows)
        answer.rows.push_back({row.name, row.scope, row.days.front(), {}});
    if (!answer.metric.trouble.empty()) {
        (void)without_figures(answer, "suspended", answer.metric.trouble);
    } else {
        auto computing = planned->metric.tallies.empty() ? compute(*planned, answer)
                                                         : compute_items(*planned, query.by, answer);
        const Done computed = co_await std::move(computing);
        if (!computed) co_return computed.error();
    }
    auto asking = newest_for(answer.metric, *newest);
    const Result<std::int64_t> last = co_await std::move(asking);
    if (!last) co_return last.error();
    answer.lag = std::max<std::int64_t>(0, *last - answer.at.seq);
    co_return answer;
}

}  // namespace candour::flow
