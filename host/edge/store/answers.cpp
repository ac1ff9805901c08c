#include "edge/store/answers.hpp"

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

void read_said(Call& call, flow::AnswerRow& row) {
    for (std::string* column : {&row.source, &row.kind, &row.about, &row.account_id, &row.account,
                                &row.contact_id, &row.contact, &row.email})
        call.into(*column);
}

ListedRows select_listed(Session& session, const flow::AnswerListQuery& query) {
    const std::string place = leading_place(query);
    flow::ListedAnswer one;
    long long seq = 0, score = 0, occurred = 0, received = 0, item = 0;
    const bool by_sight = place.empty() && !query.sees.empty();
    Call call = session.call(by_sight        ? sql::answers::newest_in_sight
                             : place.empty() ? sql::answers::newest
                                             : sql::answers::newest_of_place);
    if (by_sight || !place.empty()) call.with("place", by_sight ? query.sees : place);
    call.with("before", query.before).with("account", query.account).with("contact", query.contact);
    call.with("campaign", query.campaign).with("about", query.about).with("class", query.answer_class);
    call.with("since", query.since).with("until", query.until).with("limit", query.limit);
    call.with("sees", query.sees).into(seq);
    read_said(call, one.row);
    call.into(score).into(one.row.answer_class).into(one.row.content);
    call.into(occurred).into(received).into(item);
    ListedRows rows;
    while (call.next()) {
        one.row.seq = seq;
        one.row.score = score < 0 ? std::nullopt : std::optional(static_cast<int>(score));
        one.row.occurred_at = core::from_us(occurred);
        one.row.received_at = core::from_us(received);
        one.item = item;
        rows.push_back(one);
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
