#include "edge/store/signals.hpp"

#include <set>

#include "candour_queries.hpp"

namespace candour::store {
namespace {

using Due = std::vector<flow::DueAccount>;

struct Heard {
    long long seq = 0, history = 0, change = 0;
};

Done hear_of(Session& session, const std::string& signal) {
    Heard from, to;
    {
        Call call = session.call(sql::signals::newest);
        call.into(to.seq).into(to.history).into(to.change);
        call.next();
    }
    {
        Call call = session.call(sql::signals::cursor);
        call.with("signal", signal).into(from.seq).into(from.history).into(from.change);
        if (!call.next()) from = {to.seq, 0, to.change};
    }
    session.call(sql::signals::touch)
        .with("signal", signal)
        .with("from_seq", from.seq)
        .with("to_seq", to.seq)
        .with("from_history", from.history)
        .with("to_history", to.history)
        .with("from_change", from.change)
        .with("to_change", to.change)
        .run();
    session.call(sql::signals::set_cursor)
        .with("signal", signal)
        .with("seq", to.seq)
        .with("history", to.history)
        .with("change", to.change)
        .run();
    return done();
}

void select_due(Call& call, Due& into) {
    flow::DueAccount one;
    long long touched = 0;
    call.into(one.account).into(touched);
    while (call.next()) {
        one.touched = touched;
        into.push_back(one);
    }
}

Result<Due> due_accounts(Session& session, const std::string& signal, core::Day today, int limit) {
    Due due;
    {
        Call call = session.call(sql::signals::touched);
        call.with("signal", signal).with("limit", limit);
        select_due(call, due);
    }
    const int more = limit - static_cast<int>(due.size());
    if (more == 0) return due;
    Call call = session.call(sql::signals::not_today);
    call.with("signal", signal).with("today", today).with("limit", more);
    select_due(call, due);
    return due;
}

std::set<std::string> standing_keys(Session& session, const flow::SignalLook& look) {
    std::set<std::string> keys;
    std::string key;
    Call call = session.call(sql::signals::standing);
    call.with("signal", look.signal).with("account", look.account.account).into(key);
    while (call.next()) keys.insert(key);
    return keys;
}

void report(Session& session, const flow::SignalLook& look, const flow::Finding& finding) {
    session.call(sql::signals::report)
        .with("signal", look.signal)
        .with("plugin", look.plugin)
        .with("account", look.account.account)
        .with("key", finding.key)
        .with("contact", finding.contact)
        .with("severity", std::string(core::name_of(flow::kSeverities, finding.severity)))
        .with("title", finding.title)
        .with("detail", finding.detail)
        .with("evidence", finding.evidence)
        .with("as_of", look.as_of)
        .with("at", look.at)
        .with("last_at", look.at)
        .run();
}

Done keep_look(Session& session, const flow::SignalLook& look) {
    std::set<std::string> over = standing_keys(session, look);
    for (const flow::Finding& finding : look.findings) {
        report(session, look, finding);
        over.erase(finding.key);
    }
    for (const std::string& key : over)
        session.call(sql::signals::finish)
            .with("at", look.at)
            .with("signal", look.signal)
            .with("account", look.account.account)
            .with("key", key)
            .run();
    session.call(sql::signals::looked_at)
        .with("signal", look.signal)
        .with("account", look.account.account)
        .with("day", look.as_of)
        .with("touched", look.account.touched)
        .run();
    return done();
}

using FindingRows = std::vector<flow::FindingRow>;

Result<FindingRows> list_findings(Session& session, const flow::FindingQuery& query) {
    flow::FindingRow row;
    std::string severity;
    long long number = 0, as_of = 0, first = 0, last = 0, ended = 0;
    Call call = session.call(sql::signals::list);
    call.with("before", query.before).with("below", query.before).with("account", query.account);
    call.with("of_account", query.account).with("signal", query.signal).with("of_signal", query.signal);
    call.with("ended", query.ended ? 1 : 0).with("limit", query.limit).with("sees", query.sees);
    call.into(number).into(row.signal).into(row.plugin).into(row.account).into(row.account_name);
    call.into(row.finding.key).into(row.contact).into(row.contact_name).into(severity);
    call.into(row.finding.title).into(row.finding.detail).into(row.finding.evidence);
    call.into(as_of).into(first).into(last).into(ended);
    FindingRows rows;
    while (call.next()) {
        row.number = number;
        row.finding.severity = core::value_of(flow::kSeverities, severity).value_or(flow::Severity::notice);
        row.finding.contact = row.contact;
        row.as_of = as_of;
        row.first_at = core::from_us(first);
        row.last_at = core::from_us(last);
        row.ended_at = core::from_us(ended);
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

flow::Task<Done> Signals::hear(std::string signal) {
    return database_.write<Nothing>([signal](Session& session) { return hear_of(session, signal); });
}

flow::Task<Result<Due>> Signals::due(std::string signal, core::Day today, int limit) {
    return database_.read<Due>([=](Session& session) { return due_accounts(session, signal, today, limit); });
}

flow::Task<Result<flow::AccountSnapshot>> Signals::snapshot(std::string account,
                                                            std::vector<std::string> views, core::Day as_of,
                                                            core::Instant now) {
    return database_.read<flow::AccountSnapshot>(
        [=](Session& session) { return read_snapshot(session, account, views, as_of, now); });
}

flow::Task<Done> Signals::keep(flow::SignalLook look) {
    return database_.write<Nothing>(
        [look = std::move(look)](Session& session) { return keep_look(session, look); });
}

flow::Task<Result<FindingRows>> Signals::findings(flow::FindingQuery query) {
    return database_.read<FindingRows>([query](Session& session) { return list_findings(session, query); });
}

}  // namespace candour::store
