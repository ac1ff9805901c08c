/// Figures as people ask for them: of everybody or of a part, as of any day, one after the other by quarter,
/// segment, level or account. Sums come from the store, the figure from the metric's plugin; what cannot be
/// told says why.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/calendar.hpp"
#include "core/names.hpp"
#include "flow/clock.hpp"
#include "flow/metrics/cursor.hpp"
#include "flow/metrics/day_sums.hpp"

namespace candour::flow {

/// `owner`: only of what counts items; a contact has none.
enum class By : std::uint8_t { whole, quarter, segment, level, account, owner };
inline constexpr core::NameTable<By, 5> kBy{{
    {By::quarter, "quarter"},
    {By::segment, "segment"},
    {By::level, "level"},
    {By::account, "account"},
    {By::owner, "owner"},
}};

struct FigureQuery {
    std::string metric;
    FigureScope scope;               ///< account: an id or your own reference
    std::optional<core::Day> as_of;  ///< today when left out
    By by = By::whole;
    int quarters = 8;
};

struct FigureRow {
    std::string name;  ///< "2026Q1", a segment, a level, an account's name; empty: the whole scope
    FigureScope scope;
    core::Day as_of = 0;
    Figure figure;
};

struct FigureAnswer {
    MetricInfo metric;
    Position at;           ///< what these figures know
    std::int64_t lag = 0;  ///< committed observations (or rows of the ledger) behind that
    core::Day as_of = 0;
    std::vector<FigureRow> rows;
};

struct FigureNeeds {
    MetricStore& store;
    Measures& measures;
    MetricCursor& cursor;
    const Clock& clock;
    std::function<core::Day(core::Instant)> day_of;
    int fiscal_start_month = 1;
    TallyStore* tallies = nullptr;  ///< nullptr: metrics that count items are not computed
};

class Figures {
 public:
    /// Stays where it is: the cursor tells it what it adds.
    explicit Figures(FigureNeeds needs);
    Figures(const Figures&) = delete;
    Figures& operator=(const Figures&) = delete;

    /// What the cursor has added: the portfolio in memory follows.
    void follow(const MetricKey& key, Position from, Position to, const core::Deltas& deltas) {
        shelf_.follow(key, from, to, deltas);
    }

    /// All metrics of running plugins; `trouble` says why one has no figures.
    std::vector<MetricInfo> metrics() const;
    /// Errors: not_found (no such metric or account), invalid (a day to come, an unknown segment or level).
    Task<Result<FigureAnswer>> answer(FigureQuery query);

 private:
    using Accounts = std::vector<AccountHistory>;
    struct Plan;
    struct Gathered;

    Result<MetricInfo> metric(const std::string& id) const;
    Task<Result<std::shared_ptr<const Accounts>>> accounts(Position newest);
    Result<Plan> plan(const FigureQuery& query, MetricInfo metric,
                      std::shared_ptr<const Accounts> accounts) const;
    Done plan_parts(const FigureQuery& query, core::Day day, Plan& plan) const;
    Task<Done> compute(Plan& plan, FigureAnswer& answer);
    Task<Done> compute_items(Plan& plan, By by, FigureAnswer& answer);
    Task<Result<Gathered>> gather(const Plan& plan);
    Done without_figures(FigureAnswer& answer, const std::string& reason, const std::string& why) const;
    Task<Result<std::vector<Figure>>> finalize(const MetricInfo& metric, std::vector<FigureAsk> asks);
    Done take_figures(FigureAnswer& answer, Result<std::vector<Figure>> figures);
    Task<Result<std::int64_t>> newest_for(const MetricInfo& metric, Position newest);

    FigureNeeds needs_;
    std::shared_ptr<const Accounts> accounts_;
    std::int64_t accounts_through_ = -1;
    SumsShelf shelf_;
};

/// What was true of something on a day; before its first row it was as that row says.
const std::string& value_on(const std::vector<std::pair<core::Day, std::string>>& history, core::Day day);

}  // namespace candour::flow
