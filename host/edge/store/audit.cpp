#include "edge/store/audit.hpp"

#include <limits>

#include "candour_queries.hpp"

namespace candour::store {
namespace {

std::vector<flow::AuditRow> select_audit_page(Session& session, const flow::AuditQuery& query) {
    flow::AuditRow row;
    flow::AuditEntry& entry = row.entry;
    long long seq = 0, at = 0;
    Call call = session.call(sql::audit::audit_page);
    call.with("below", query.before > 0 ? query.before : std::numeric_limits<std::int64_t>::max())
        .with("actor", query.actor)
        .with("act", query.act)
        .with("limit", std::int64_t{query.limit});
    call.into(seq).into(at).into(entry.doer.id).into(entry.doer.name).into(entry.doer.address);
    call.into(entry.act).into(entry.subject).into(entry.before).into(entry.after);
    std::vector<flow::AuditRow> rows;
    while (call.next()) {
        row.seq = seq;
        row.at = core::from_us(at);
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

void write_down(Session& session, const flow::AuditEntry& entry, core::Instant now) {
    session.call(sql::audit::add_audit)
        .with("at", now)
        .with("actor", entry.doer.id)
        .with("actor_name", entry.doer.name)
        .with("address", entry.doer.address)
        .with("act", entry.act)
        .with("subject", entry.subject)
        .with("was", entry.before)
        .with("becomes", entry.after)
        .run();
}

void write_down_import(Session& session, const ImportDeed& deed, const flow::ImportReport& report) {
    if (report.dry_run) return;
    write_down(session, {deed.doer, "imported", deed.what, {}, flow::in_words(report)}, deed.at);
}

flow::Task<Done> AuditLog::append(flow::AuditEntry entry, core::Instant now) {
    return database_.write<Nothing>([entry = std::move(entry), now](Session& session) {
        write_down(session, entry, now);
        return done();
    });
}

flow::Task<Result<std::vector<flow::AuditRow>>> AuditLog::page(flow::AuditQuery query) {
    using AuditRows = std::vector<flow::AuditRow>;
    return database_.read<AuditRows>(
        [query](Session& session) { return Result<AuditRows>(select_audit_page(session, query)); });
}

}  // namespace candour::store
