#include <stdexcept>

#include "candour_queries.hpp"
#include "core/metrics/calendar.hpp"
#include "edge/store/metric_rows.hpp"
#include "edge/store/metrics.hpp"

namespace candour::store {
namespace {

struct CursorRow {
    long long state_version = 0, seq = 0, history = 0, snapshots_through = 0, lease_until = 0, epoch = 0;
    long long sweep_seq = 0, sweep_history = 0;
    std::string definition_version, lease_owner, sweep_after;
};

CursorRow cursor_row(Session& session, const std::string& metric) {
    CursorRow row;
    Call call = session.call(sql::metrics::find_cursor);
    call.with("metric", metric);
    call.into(row.state_version).into(row.definition_version).into(row.seq).into(row.history);
    call.into(row.snapshots_through).into(row.lease_owner).into(row.lease_until).into(row.epoch);
    call.into(row.sweep_seq).into(row.sweep_history).into(row.sweep_after);
    if (!call.next()) throw std::runtime_error("a metric's cursor is not there");
    return row;
}

void add_cursor(Session& session, const flow::MetricKey& key) {
    session.call(sql::metrics::add_cursor)
        .with("metric", key.metric)
        .with("state_version", key.state_version)
        .with("definition_version", key.definition_version)
        .run();
}

void start_over(Session& session, const flow::MetricKey& key) {
    for (const Query* drop :
         {&sql::metrics::drop_units, &sql::metrics::drop_deltas, &sql::metrics::drop_snapshots,
          &sql::metrics::drop_held, &sql::tallies::drop_units, &sql::tallies::drop_tallies})
        session.call(*drop).with("metric", key.metric).run();
    session.call(sql::metrics::restart_cursor)
        .with("metric", key.metric)
        .with("state_version", key.state_version)
        .with("definition_version", key.definition_version)
        .run();
}

void write_units(Session& session, const std::string& metric,
                 const std::vector<flow::NewTimeline>& timelines) {
    Bulk rows(sql::metrics::put_units, {"metric", "contact_id", "account_id", "timeline"});
    for (const flow::NewTimeline& one : timelines)
        rows.row({metric, one.contact, one.account, core::to_text(one.timeline)});
    rows.run(session);
}

void write_held(Session& session, const std::string& metric, const flow::MetricStep& step) {
    const auto each = [&](const Query& query, const std::vector<flow::HeldUnit>& units) {
        for (const flow::HeldUnit& unit : units)
            session.call(query)
                .with("metric", metric)
                .with("due_at", unit.due_us)
                .with("contact_id", unit.contact)
                .run();
    };
    each(sql::metrics::release_held, step.released);
    each(sql::metrics::hold, step.held);
}

/// Months that began since the last step get their snapshots from what was there before this step.
void roll_snapshots(Session& session, const std::string& metric, core::Day through, core::Day this_month) {
    while (through != 0 && through < this_month) {
        const core::Day next = core::next_month(through);
        session.call(sql::metrics::roll_snapshots)
            .with("metric", metric)
            .with("month_before", through)
            .with("month_start", next)
            .run();
        through = next;
    }
}

Result<flow::Cursor> commit_step(Session& session, flow::Cursor cursor, const flow::MetricStep& step) {
    const std::string& metric = cursor.key.metric;
    const core::Day through = std::max(cursor.snapshots_through, step.this_month);
    if (Done moved = move_cursor(session, cursor, {step.to, step.sweep, through}); !moved)
        return moved.error();
    roll_snapshots(session, metric, cursor.snapshots_through, through);
    write_units(session, metric, step.timelines);
    write_deltas(session, metric, step.deltas);
    write_snapshots(session, metric, core::snapshots_of(step.deltas, through));
    write_held(session, metric, step);
    cursor.at = step.to;
    cursor.sweep = step.sweep;
    cursor.snapshots_through = through;
    return cursor;
}

Result<flow::Position> two_numbers(Session& session, const Query& query) {
    long long seq = 0, history = 0;
    Call call = session.call(query);
    call.into(seq).into(history);
    call.next();
    return flow::Position{seq, history};
}

}  // namespace

Result<flow::Cursor> take_cursor(Session& session, const flow::MetricKey& key, const flow::Lease& lease,
                                 core::Instant now) {
    add_cursor(session, key);
    CursorRow row = cursor_row(session, key.metric);
    // One host owns a SQLite file: what another process left behind there is nobody's lease.
    const bool shared = session.dialect() == Dialect::postgresql;
    if (shared && row.lease_owner != lease.owner && row.lease_until > core::to_us(now))
        return Error{ErrorCode::conflict,
                     "metric " + key.metric + ": " + row.lease_owner + " keeps its figures"};
    if (row.state_version != key.state_version) {
        start_over(session, key);
        row = cursor_row(session, key.metric);
    }
    const int step = row.lease_owner == lease.owner ? 0 : 1;
    session.call(sql::metrics::lease_cursor)
        .with("metric", key.metric)
        .with("owner", lease.owner)
        .with("until", lease.until)
        .with("step", step)
        .run();
    return flow::Cursor{key,
                        {row.seq, row.history},
                        row.snapshots_through,
                        row.epoch + step,
                        {{row.sweep_seq, row.sweep_history}, row.sweep_after}};
}

Done move_cursor(Session& session, const flow::Cursor& from, const CursorMove& move) {
    const std::int64_t moved = session.call(sql::metrics::move_cursor)
                                   .with("metric", from.key.metric)
                                   .with("epoch", from.epoch)
                                   .with("from_seq", from.at.seq)
                                   .with("from_history", from.at.history)
                                   .with("from_sweep", from.sweep.after)
                                   .with("to_seq", move.to.seq)
                                   .with("to_history", move.to.history)
                                   .with("sweep_seq", move.sweep.to.seq)
                                   .with("sweep_history", move.sweep.to.history)
                                   .with("sweep_after", move.sweep.after)
                                   .with("snapshots_through", move.snapshots_through)
                                   .run();
    if (moved == 1) return done();
    return Error{ErrorCode::conflict,
                 "metric " + from.key.metric + ": another host has taken over, or has made this step"};
}

flow::Task<Result<flow::Position>> Metrics::newest() {
    return database_.read<flow::Position>(
        [](Session& session) { return two_numbers(session, sql::metrics::newest); });
}

flow::Task<Result<flow::Position>> Metrics::horizon() {
    return database_.read<flow::Position>(
        [](Session& session) { return two_numbers(session, sql::metrics::horizon); });
}

flow::Task<Result<flow::Cursor>> Metrics::take(flow::MetricKey key, flow::Lease lease, core::Instant now) {
    return database_.write<flow::Cursor>(
        [=](Session& session) { return take_cursor(session, key, lease, now); });
}

flow::Task<Result<flow::Cursor>> Metrics::commit(flow::Cursor cursor, flow::MetricStep step) {
    return database_.write<flow::Cursor>(
        [cursor = std::move(cursor), step = std::move(step)](Session& session) {
            return commit_step(session, cursor, step);
        });
}

flow::Task<Done> Metrics::restart(flow::MetricKey key) {
    return database_.write<Nothing>([key = std::move(key)](Session& session) {
        add_cursor(session, key);
        cursor_row(session, key.metric);  // on PostgreSQL that locks it
        start_over(session, key);
        return done();
    });
}

}  // namespace candour::store
