#include <optional>

#include "candour_queries.hpp"
#include "core/feedback/answer_class.hpp"
#include "edge/json/fact_content.hpp"
#include "edge/store/days.hpp"
#include "edge/store/metrics.hpp"

namespace candour::store {
namespace {

/// One transaction of this size holds the writer for some tens of milliseconds.
constexpr int kFactsAtOnce = 2'000;
/// Where few of many observations become facts, a look goes over this many of them.
constexpr std::int64_t kWindow = 10'000;
constexpr std::int64_t kHighestStance = 5;

/// Metric ids begin with a letter.
flow::MetricKey facts_key() {
    return {"_facts", 1, "1", 0};
}

/// FNV-1a, cut to what a BIGINT holds without a sign. It tells the few threads of one contact apart, nothing
/// more.
std::int64_t digest_of(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return static_cast<std::int64_t>((hash >> 1U) | 1U);
}

struct Observed {
    long long seq = 0, score = 0, occurred = 0, day = 0;
    std::string source, kind, item_key, contact, answer_class, content;
};

std::int64_t class_code(const std::string& name) {
    return static_cast<std::int64_t>(
        core::value_of(core::kAnswerClasses, name).value_or(core::AnswerClass::unverified));
}

std::array<std::int64_t, 4> act_values(const json::FactContent& content) {
    const std::int64_t flags = (content.verified ? 1 : 0) + (content.incentivised ? 2 : 0);
    return {static_cast<std::int64_t>(*content.act), flags, content.stars,
            content.ref.empty() ? 0 : digest_of(content.ref)};
}

/// nullopt: says nothing that a metric could count.
std::optional<core::Fact> fact_of(const Observed& row) {
    const json::FactContent content = json::read_fact_content(row.content);
    core::Fact fact;
    fact.day = row.day != 0 ? row.day : row.occurred / kDayUs;
    fact.at_us = row.occurred;
    fact.seq = row.seq;
    fact.thread = digest_of(row.source + "\n" + row.item_key);
    fact.withdrawn = content.withdrawn;
    fact.value = {row.score, class_code(row.answer_class), 0, 0};
    const bool is_act = row.kind == core::kActStream;
    fact.view = is_act                            ? core::View::acts
                : row.kind == "advocacy.declared" ? core::View::declared
                                                  : core::View::answers;
    if (is_act && content.act) fact.value = act_values(content);
    const bool says_something = is_act ? content.act.has_value() : row.score >= 0;
    const bool in_range = fact.view != core::View::declared || row.score <= kHighestStance;
    if (fact.withdrawn || (says_something && in_range)) return fact;
    return std::nullopt;
}

struct Projection {
    flow::Position from;
    flow::Position to;
    std::vector<std::pair<std::string, core::Fact>> facts;
};

flow::Position facts_position(Session& session) {
    long long version = 0, seq = 0, history = 0, snapshots = 0;
    Call call = session.call(sql::metrics::cursor_position);
    call.with("metric", facts_key().metric).into(version).into(seq).into(history).into(snapshots);
    call.next();
    return {seq, 0};
}

Result<Projection> read_observed(Session& session, flow::Position horizon) {
    Projection projection;
    projection.from = facts_position(session);
    projection.to = {std::max(projection.from.seq, std::min(horizon.seq, projection.from.seq + kWindow)), 0};
    Observed row;
    Call call = session.call(sql::metrics::observed);
    call.with("from_seq", projection.from.seq).with("to_seq", projection.to.seq).with("limit", kFactsAtOnce);
    call.into(row.seq).into(row.source).into(row.kind).into(row.item_key).into(row.contact);
    call.into(row.score).into(row.answer_class).into(row.content).into(row.occurred).into(row.day);
    int rows = 0;
    for (; call.next(); ++rows)
        if (const std::optional<core::Fact> fact = fact_of(row))
            projection.facts.emplace_back(row.contact, *fact);
    if (rows == kFactsAtOnce) projection.to.seq = row.seq;
    return projection;
}

void write_facts(Session& session, Projection& projection) {
    std::ranges::sort(projection.facts, {},
                      [](const auto& one) { return std::pair(one.first, one.second.seq); });
    Bulk rows(sql::metrics::add_facts,
              {"contact_id", "seq", "view", "day", "at", "thread", "withdrawn", "v0", "v1", "v2", "v3"});
    for (const auto& [contact, fact] : projection.facts) {
        std::vector<std::string> row{contact};
        for (const std::int64_t number : {fact.seq, static_cast<std::int64_t>(fact.view), fact.day,
                                          fact.at_us, fact.thread, std::int64_t{fact.withdrawn ? 1 : 0},
                                          fact.value[0], fact.value[1], fact.value[2], fact.value[3]})
            row.push_back(std::to_string(number));
        rows.row(std::move(row));
    }
    rows.run(session);
}

Result<flow::Position> keep(Session& session, Projection projection, const flow::Lease& lease,
                            core::Instant now) {
    const Result<flow::Cursor> cursor = take_cursor(session, facts_key(), lease, now);
    if (!cursor && cursor.error().code == ErrorCode::conflict)
        return projection.from;  // another host copies them
    if (!cursor) return cursor.error();
    if (cursor->at != projection.from) return cursor->at;  // another host was faster
    write_facts(session, projection);
    for (const Query& query : {sql::answers::place, sql::answers::note_spans})
        session.call(query).with("from_seq", projection.from.seq).with("to_seq", projection.to.seq).run();
    if (Done moved = move_cursor(session, *cursor, {projection.to, {}, 0}); !moved) return moved.error();
    return projection.to;
}

}  // namespace

flow::Task<Result<flow::Position>> Metrics::project(flow::Lease lease, flow::Position horizon,
                                                    core::Instant now) {
    std::function<Result<Projection>(Session&)> look = [horizon](Session& session) {
        return read_observed(session, horizon);
    };
    auto reading = database_.read<Projection>(std::move(look));
    Result<Projection> projection = co_await std::move(reading);
    if (!projection) co_return projection.error();
    if (projection->to == projection->from) co_return projection->from;
    std::function<Result<flow::Position>(Session&)> work =
        [lease, now, found = std::move(*projection)](Session& session) {
            return keep(session, found, lease, now);
        };
    auto writing = database_.write<flow::Position>(std::move(work));
    Result<flow::Position> at = co_await std::move(writing);
    co_return at;
}

}  // namespace candour::store
