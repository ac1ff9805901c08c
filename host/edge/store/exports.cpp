#include "edge/store/exports.hpp"

#include <map>

#include "candour_queries.hpp"
#include "edge/store/commitments.hpp"
#include "edge/store/history_columns.hpp"
#include "edge/store/items.hpp"
#include "edge/store/list_text.hpp"

namespace candour::store {
namespace {

using FilesById = std::map<std::string, flow::ItemFile*>;

void add_histories(Session& session, const std::string& numbers, const FilesById& files) {
    std::string item;
    HistoryColumns columns;
    Call call = session.call(sql::exports::histories);
    call.with("numbers", numbers).into(item);
    columns.read_from(call);
    while (call.next()) files.at(item)->history.push_back(columns.entry());
}

void add_promises(Session& session, const std::string& numbers, core::Instant now, const FilesById& files) {
    std::string item, promise, standing;
    long long round = 0, due = 0, settled = 0;
    Call call = session.call(sql::exports::promises_of_items);
    call.with("overdue_before", now - core::kBrokenAfter).with("numbers", numbers);
    call.into(item).into(round).into(promise).into(due).into(standing).into(settled);
    while (call.next())
        files.at(item)->promises.push_back(
            {static_cast<int>(round), promise, core::from_us(due), standing, core::from_us(settled)});
}

Result<flow::ItemFiles> select_files(Session& session, const flow::ItemQuery& query, core::Instant now) {
    Result<flow::ItemPage> page = select_page(session, query);
    if (!page) return page.error();
    flow::ItemFiles found;
    found.next = page->next;
    std::vector<std::int64_t> numbers;
    for (flow::ItemView& view : page->items) {
        numbers.push_back(view.number);
        found.files.push_back({std::move(view), {}, {}});
    }
    FilesById by_id;
    for (flow::ItemFile& file : found.files) by_id[file.view.item.id.text()] = &file;
    const std::string list = list_text(session.dialect(), numbers);
    add_histories(session, list, by_id);
    add_promises(session, list, now, by_id);
    return found;
}

std::vector<flow::AnswerRow> select_answers(Session& session, const flow::AnswerQuery& query) {
    flow::AnswerRow row;
    long long seq = 0, score = 0, occurred = 0, received = 0;
    Call call = session.call(sql::exports::answers);
    call.with("after", query.after).with("account", query.account).with("contact", query.contact);
    call.with("source", query.source).with("kind", query.kind).with("since", query.since);
    call.with("until", query.until).with("limit", query.limit).with("sees", query.sees);
    call.into(seq).into(row.source).into(row.kind).into(row.about).into(row.account_id).into(row.account);
    call.into(row.contact_id)
        .into(row.contact)
        .into(row.email)
        .into(score)
        .into(row.answer_class)
        .into(row.content);
    call.into(occurred).into(received);
    std::vector<flow::AnswerRow> rows;
    while (call.next()) {
        row.seq = seq;
        row.score = score < 0 ? std::nullopt : std::optional(static_cast<int>(score));
        row.occurred_at = core::from_us(occurred);
        row.received_at = core::from_us(received);
        rows.push_back(row);
    }
    return rows;
}

std::vector<flow::CommitmentView> select_promises(Session& session, const flow::CommitmentQuery& query,
                                                  const flow::PromisePlace& place, core::Instant now) {
    Call call = session.call(place.lone ? sql::exports::promises_alone : sql::exports::promises_in_items);
    call.with("overdue_before", now - core::kBrokenAfter).with("standing", query.standing);
    call.with("owner", query.owner).with("account", query.account).with("source", query.source);
    call.with("due_before", query.due_before).with("limit", query.limit).with("sees", query.sees);
    if (place.lone)
        call.with("number", place.number);
    else
        call.with("item", place.item).with("round", place.number);
    return read_commitments(call);
}

}  // namespace

flow::Task<Result<flow::ItemFiles>> Exports::item_files(flow::ItemQuery query, core::Instant now) {
    return database_.read<flow::ItemFiles>(
        [query = std::move(query), now](Session& session) { return select_files(session, query, now); });
}

flow::Task<Result<std::vector<flow::AnswerRow>>> Exports::answers(flow::AnswerQuery query) {
    using Rows = std::vector<flow::AnswerRow>;
    return database_.read<Rows>([query = std::move(query)](Session& session) {
        return Result<Rows>(select_answers(session, query));
    });
}

flow::Task<Result<std::vector<flow::CommitmentView>>> Exports::promises(flow::CommitmentQuery query,
                                                                        flow::PromisePlace place,
                                                                        core::Instant now) {
    using Rows = std::vector<flow::CommitmentView>;
    return database_.read<Rows>([query = std::move(query), place = std::move(place), now](Session& session) {
        return Result<Rows>(select_promises(session, query, place, now));
    });
}

}  // namespace candour::store
