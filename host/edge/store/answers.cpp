#include "edge/store/answers.hpp"

#include <algorithm>

#include "candour_queries.hpp"

namespace candour::store {
namespace {

using ListedRows = std::vector<flow::ListedAnswer>;

/// What leads the list: whatever names the fewest answers. Empty: nothing does.
std::string leading_place(const flow::AnswerListQuery& query) {
    for (const std::string* id : {&query.contact, &query.account, &query.campaign})
        if (!id->empty()) return *id;
    if (query.answer_class == "likely_bot") return "class " + query.answer_class;
    return query.about.empty() ? std::string() : "about " + query.about;
}

/// As many answers as a row of answer_spans speaks of.
constexpr std::int64_t kSpan = 1000;

/// Numbers of answers, without both ends.
struct Stretch {
    std::int64_t behind = 0, before = 0;
};

bool is_of_a_time(const flow::AnswerListQuery& query) {
    return core::happened(query.since) || core::happened(query.until);
}

std::int64_t placed_through(Session& session) {
    long long seq = 0;
    Call call = session.call(sql::answers::placed_through);
    call.into(seq);
    call.next();
    return seq;
}

void read_said(Call& call, flow::AnswerRow& row) {
    for (std::string* column : {&row.source, &row.kind, &row.about, &row.account_id, &row.account,
                                &row.contact_id, &row.contact, &row.email})
        call.into(*column);
}

/// Where answers of that time can stand, the last ones first. What came just now stands in no span yet.
std::vector<Stretch> stretches_of(Session& session, const flow::AnswerListQuery& query) {
    if (!is_of_a_time(query)) return {{0, query.before}};
    const std::int64_t placed = placed_through(session);
    std::vector<Stretch> all;
    if (placed + 1 < query.before) all.push_back({placed, query.before});
    const std::int64_t end = std::min(query.before, placed + 1);
    long long span = 0;
    Call call = session.call(sql::answers::spans_of_time);
    call.with("before", end).with("since", query.since).with("until", query.until).into(span);
    while (call.next()) {
        const Stretch one{span * kSpan - 1, std::min<std::int64_t>((span + 1) * kSpan, end)};
        if (!all.empty() && all.back().behind + 1 == one.before)
            all.back().behind = one.behind;
        else
            all.push_back(one);
    }
    return all;
}

void take_listed(Call& call, ListedRows& rows) {
    flow::ListedAnswer one;
    long long seq = 0, score = 0, occurred = 0, received = 0, item = 0;
    call.into(seq);
    read_said(call, one.row);
    call.into(score).into(one.row.answer_class).into(one.row.content);
    call.into(occurred).into(received).into(item);
    while (call.next()) {
        one.row.seq = seq;
        one.row.score = score < 0 ? std::nullopt : std::optional(static_cast<int>(score));
        one.row.occurred_at = core::from_us(occurred);
        one.row.received_at = core::from_us(received);
        one.item = item;
        rows.push_back(one);
    }
}

void add_listed(Session& session, const flow::AnswerListQuery& query, const Stretch& stretch,
                ListedRows& rows) {
    const std::string place = leading_place(query);
    const bool by_sight = place.empty() && !query.sees.empty();
    Call call = session.call(by_sight        ? sql::answers::newest_in_sight
                             : place.empty() ? sql::answers::newest
                                             : sql::answers::newest_of_place);
    if (by_sight || !place.empty()) call.with("place", by_sight ? query.sees : place);
    call.with("before", stretch.before).with("behind", stretch.behind);
    call.with("account", query.account).with("contact", query.contact);
    call.with("campaign", query.campaign).with("about", query.about).with("class", query.answer_class);
    call.with("since", query.since).with("until", query.until);
    call.with("limit", query.limit - static_cast<int>(rows.size())).with("sees", query.sees);
    take_listed(call, rows);
}

ListedRows select_listed(Session& session, const flow::AnswerListQuery& query) {
    ListedRows rows;
    for (const Stretch& stretch : stretches_of(session, query)) {
        add_listed(session, query, stretch, rows);
        if (rows.size() >= static_cast<std::size_t>(query.limit)) break;
    }
    return rows;
}

}  // namespace

flow::Task<Result<ListedRows>> Answers::list(flow::AnswerListQuery query) {
    return database_.read<ListedRows>([query = std::move(query)](Session& session) {
        return Result<ListedRows>(select_listed(session, query));
    });
}

}  // namespace candour::store
