#include <map>
#include <set>
#include <unordered_map>

#include "candour_queries.hpp"
#include "core/metrics/calendar.hpp"
#include "edge/store/metric_rows.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/one_look.hpp"

namespace candour::store {
namespace {

/// What is read for one day: the last snapshot before it, and the differences since.
struct Reach {
    core::Day month = 0;  ///< 0: there is no snapshot yet
    core::Day day = 0;
    bool exact() const { return month == day + 1; }
};

Reach reach_of(core::Day day, core::Day snapshots_through) {
    if (snapshots_through == 0) return {0, day};
    return {std::min(core::month_start(day + 1), snapshots_through), day};
}

class UnitGathering {
 public:
    UnitGathering(std::size_t days, std::size_t width) : days_(days), width_(width) {}

    void add(const std::string& account, int level, std::size_t day, const core::Counts& state) {
        core::Counts& into = of(account, level).by_day[day];
        for (std::size_t i = 0; i < width_; ++i) into[i] += state[i];
    }
    std::vector<flow::LevelSums> take() { return std::move(groups_); }

 private:
    flow::LevelSums& of(const std::string& account, int level) {
        const auto [at, fresh] = places_.try_emplace(account, std::array<std::size_t, 3>{0, 0, 0});
        std::size_t& place = at->second[static_cast<std::size_t>(level)];
        if (place == 0) {
            groups_.push_back({account, level, std::vector<core::Counts>(days_, core::Counts(width_))});
            place = groups_.size();
        }
        return groups_[place - 1];
    }

    std::size_t days_, width_;
    std::vector<flow::LevelSums> groups_;
    std::unordered_map<std::string, std::array<std::size_t, 3>> places_;  // one past the place; 0: none yet
};

void add_account(Session& session, const flow::MetricKey& key, const std::string& account,
                 const std::vector<Reach>& reaches, UnitGathering& sums) {
    std::vector<core::Day> months;
    for (const Reach& reach : reaches)
        if (reach.month != 0) months.push_back(reach.month);
    long long month = 0, level = 0;
    CellColumns cells;
    if (!months.empty()) {
        Call call = session.call(sql::metrics::snapshots_of_account);
        call.with("metric", key.metric)
            .with("months", list_text(session.dialect(), months))
            .with("account_id", account);
        call.into(month).into(level);
        cells.into(call);
        while (call.next())
            for (std::size_t i = 0; i < reaches.size(); ++i)
                if (reaches[i].month == month)
                    sums.add(account, static_cast<int>(level), i, cells.state(key.width));
    }
    for (std::size_t i = 0; i < reaches.size(); ++i) {
        if (reaches[i].exact()) continue;
        Call call = session.call(sql::metrics::deltas_of_account);
        call.with("metric", key.metric)
            .with("account_id", account)
            .with("from_day", reaches[i].month)
            .with("to_day", reaches[i].day);
        call.into(level);
        cells.into(call);
        while (call.next()) sums.add(account, static_cast<int>(level), i, cells.state(key.width));
    }
}

void add_rows(Call& call, std::size_t day, std::size_t width, UnitGathering& sums) {
    std::string account;
    long long level = 0;
    CellColumns cells;
    call.into(account).into(level);
    cells.into(call);
    while (call.next()) sums.add(account, static_cast<int>(level), day, cells.state(width));
}

void add_all(Session& session, const flow::MetricKey& key, const std::vector<Reach>& reaches,
             UnitGathering& sums) {
    for (std::size_t i = 0; i < reaches.size(); ++i) {
        if (reaches[i].month != 0) {
            Call call = session.call(sql::metrics::snapshots_of_all);
            call.with("metric", key.metric).with("month_start", reaches[i].month);
            add_rows(call, i, key.width, sums);
        }
        if (reaches[i].exact()) continue;
        Call call = session.call(sql::metrics::deltas_of_all);
        call.with("metric", key.metric).with("from_day", reaches[i].month).with("to_day", reaches[i].day);
        add_rows(call, i, key.width, sums);
    }
}

/// Of one commit, or a sum could hold half of a step.
Result<flow::Sums> read_sums(Session& session, const flow::MetricKey& key, const std::string& account,
                             const std::vector<core::Day>& days) {
    const Result<flow::Cursor> cursor = read_position(session, key);
    if (!cursor) return cursor.error();
    std::vector<Reach> reaches;
    for (const core::Day day : days) reaches.push_back(reach_of(day, cursor->snapshots_through));
    UnitGathering sums(days.size(), key.width);
    account.empty() ? add_all(session, key, reaches, sums)
                    : add_account(session, key, account, reaches, sums);
    return flow::Sums{cursor->at, sums.take()};
}

Result<std::vector<flow::AccountHistory>> read_accounts(Session& session) {
    std::vector<flow::AccountHistory> all;
    std::map<std::string, std::size_t> places;
    std::string id, ref, name, what, value;
    long long seq = 0, day = 0;
    {
        Call call = session.call(sql::metrics::accounts_named);
        call.into(id).into(ref).into(name);
        while (call.next()) {
            places[id] = all.size();
            all.push_back({AccountId::trusted(id), ref, name, {}, {}, {}});
        }
    }
    Call call = session.call(sql::metrics::history_of_accounts);
    call.with("after", 0).into(seq).into(id).into(what).into(value).into(day);
    while (call.next()) {
        const auto place = places.find(id);
        if (place == places.end()) continue;
        flow::AccountHistory& account = all[place->second];
        (what == "segment" ? account.segments
         : what == "owner" ? account.owners
                           : account.revenues)
            .emplace_back(day, value);
    }
    return all;
}

}  // namespace

Result<flow::Cursor> read_position(Session& session, const flow::MetricKey& key) {
    long long version = 0, seq = 0, history = 0, snapshots = 0, sweep_seq = 0, sweep_history = 0;
    std::string sweep_after;
    Call call = session.call(sql::metrics::cursor_position);
    call.with("metric", key.metric).into(version).into(seq).into(history).into(snapshots);
    call.into(sweep_seq).into(sweep_history).into(sweep_after);
    const bool known = call.next() && version == key.state_version;
    if (!known) return Error{ErrorCode::not_found, "metric " + key.metric + " has not been computed yet"};
    return flow::Cursor{key, {seq, history}, snapshots, 0, {{sweep_seq, sweep_history}, sweep_after}};
}

flow::Task<Result<flow::Cursor>> Metrics::position(flow::MetricKey key) {
    return database_.read<flow::Cursor>(
        [key = std::move(key)](Session& session) { return read_position(session, key); });
}

flow::Task<Result<flow::Sums>> Metrics::sums(flow::MetricKey key, std::string account,
                                             std::vector<core::Day> days) {
    return database_.read<flow::Sums>([=](Session& session) {
        return in_one_look(session, [&] { return read_sums(session, key, account, days); });
    });
}

flow::Task<Result<std::vector<flow::AccountHistory>>> Metrics::accounts() {
    return database_.read<std::vector<flow::AccountHistory>>(
        [](Session& session) { return in_one_look(session, [&] { return read_accounts(session); }); });
}

flow::Task<Result<core::Deltas>> Metrics::deltas_of(flow::MetricKey key, std::string account) {
    return database_.read<core::Deltas>([=](Session& session) {
        core::Deltas deltas;
        std::string id;
        long long level = 0, day = 0;
        CellColumns cells;
        Call call = session.call(sql::metrics::deltas_of_one);
        call.with("metric", key.metric).with("account_id", account).into(id).into(level).into(day);
        cells.into(call);
        while (call.next()) deltas[{id, static_cast<int>(level), day}] = cells.state(key.width);
        core::drop_zeros(deltas);
        return Result<core::Deltas>(std::move(deltas));
    });
}

}  // namespace candour::store
