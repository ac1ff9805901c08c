#include "edge/store/dead_letters.hpp"

#include <limits>

#include "candour_queries.hpp"
#include "edge/json/journal_entry.hpp"

namespace candour::store {
namespace {

using Letters = std::vector<flow::DeadLetter>;

Error unknown(std::int64_t id) {
    return Error{ErrorCode::not_found,
                 "dead letter " + std::to_string(id) + ": there is none; candour plugin dead-letters list"};
}

Result<Letters> read_list(Session& session, const flow::DeadLetterQuery& query) {
    Letters letters;
    long long id = 0, received_at = 0, dead_at = 0, attempts = 0;
    std::string plugin, key, why;
    const std::int64_t before = query.before == 0 ? std::numeric_limits<std::int64_t>::max() : query.before;
    Call call = session.call(sql::dead_letters::list);
    call.with("plugin", query.plugin).with("before", before).with("limit", query.limit);
    call.into(id).into(plugin).into(key).into(received_at).into(dead_at).into(attempts).into(why);
    while (call.next())
        letters.push_back({id,
                           plugin,
                           key,
                           core::from_us(received_at),
                           core::from_us(dead_at),
                           static_cast<int>(attempts),
                           why,
                           std::nullopt,
                           {}});
    return letters;
}

Result<flow::DeadLetter> read_one(Session& session, std::int64_t id) {
    flow::DeadLetter letter;
    letter.id = id;
    long long received_at = 0, dead_at = 0, attempts = 0;
    Call call = session.call(sql::dead_letters::find);
    call.with("id", id).into(letter.plugin).into(letter.key).into(letter.document);
    call.into(received_at).into(dead_at).into(attempts).into(letter.why);
    if (!call.next()) return unknown(id);
    letter.received_at = core::from_us(received_at);
    letter.dead_at = core::from_us(dead_at);
    letter.attempts = static_cast<int>(attempts);
    Result<flow::CollectRequest> request = json::read_journal_entry(letter.document);
    if (!request) return request.error();
    request->plugin = letter.plugin;
    request->key = letter.key;
    letter.request = std::move(*request);
    return letter;
}

}  // namespace

flow::Task<Result<Letters>> DeadLetters::list(flow::DeadLetterQuery query) {
    return database_.read<Letters>([query](Session& session) { return read_list(session, query); });
}

flow::Task<Result<flow::DeadLetter>> DeadLetters::find(std::int64_t id) {
    return database_.read<flow::DeadLetter>([id](Session& session) { return read_one(session, id); });
}

flow::Task<Done> DeadLetters::end(flow::DeadLetterEnd end, core::Instant now) {
    return database_.write<Nothing>([end = std::move(end), now](Session& session) -> Done {
        long long ended = 0;
        Call call = session.call(sql::dead_letters::end);
        call.with("outcome", end.outcome).with("status", end.status).with("detail", end.detail);
        call.with("at", now).with("id", end.id).into(ended);
        return call.next() ? done() : Done(unknown(end.id));
    });
}

}  // namespace candour::store
