#include <algorithm>
#include <charconv>
#include <map>

#include "candour_queries.hpp"
#include "core/evidence/policy.hpp"
#include "core/metrics/happening.hpp"
#include "core/relationship/people.hpp"
#include "edge/json/content.hpp"
#include "edge/store/list_text.hpp"
#include "edge/store/tallies.hpp"

namespace candour::store {
namespace {

using core::Happening;
using Instants = std::array<long long, 4>;

/// An item as its row knows it.
struct Known {
    flow::TalliedItem item;
    std::string contact;
    long long version = 0;
    long long raised_at = 0;  ///< first
    long long round = 1;
    Instants due{};                           ///< of this round
    std::map<long long, long long> promised;  ///< by round; a promise that stands alone is of round 1
};
using KnownItems = std::map<std::string, Known>;

std::int64_t number_at(const core::Content& content, const char* key, std::int64_t otherwise) {
    const auto found = content.find(key);
    if (found == content.end()) return otherwise;
    std::int64_t number = otherwise;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), number);
    return number;
}

std::string text_at(const core::Content& content, const char* key) {
    const auto found = content.find(key);
    return found == content.end() ? std::string() : found->second;
}

/// Levels of contacts and segments of accounts, by the instant from which they hold, in order of arrival.
using Histories = std::map<std::string, std::vector<std::pair<long long, std::string>>>;

Histories read_histories(Session& session, const Query& query, const char* name, const std::string& list) {
    Histories histories;
    std::string id, value;
    long long at = 0;
    Call call = session.call(query);
    call.with(name, list).into(id).into(value).into(at);
    while (call.next()) histories[id].emplace_back(at, value);
    return histories;
}

/// Before its first row it was as that row says.
std::string value_at(const Histories& histories, const std::string& id, long long at) {
    const auto found = histories.find(id);
    if (found == histories.end()) return {};
    std::string value = found->second.front().second;
    for (const auto& [since, one] : found->second)
        if (since <= at) value = one;
    return value;
}

void add_items(Session& session, const std::string& list, KnownItems& known) {
    Known row;
    Call call = session.call(sql::tallies::items_of);
    call.with("items", list).into(row.item.item).into(row.item.place.account).into(row.contact);
    call.into(row.item.place.owner).into(row.item.place.segment).into(row.version).into(row.round);
    for (long long& due : row.due) call.into(due);
    while (call.next()) known[row.item.item] = row;
}

void add_lone(Session& session, const std::string& list, KnownItems& known) {
    Known row;
    long long due = 0;
    std::vector<std::string> accounts;
    {
        Call call = session.call(sql::tallies::lone_of);
        call.with("items", list).into(row.item.item).into(row.item.place.account).into(row.contact);
        call.into(row.item.place.owner).into(row.version).into(row.raised_at).into(due);
        while (call.next()) {
            row.promised = {{1, due}};
            known[row.item.item] = row;
            accounts.push_back(row.item.place.account);
        }
    }
    if (accounts.empty()) return;
    const Histories segments = read_histories(session, sql::tallies::segments_of, "accounts",
                                              list_text(session.dialect(), accounts));
    for (auto& [id, one] : known)
        if (one.item.place.segment.empty())
            one.item.place.segment = value_at(segments, one.item.place.account, one.raised_at);
}

void add_promises(Session& session, const std::string& list, KnownItems& known) {
    std::string item;
    long long round = 0, due = 0;
    Call call = session.call(sql::tallies::promises_of);
    call.with("items", list).into(item).into(round).into(due);
    while (call.next())
        if (const auto found = known.find(item); found != known.end()) found->second.promised[round] = due;
}

/// One row of the ledger, with what stands beside it.
struct Happened {
    std::string item, event, content;
    long long seq = 0, n = 0, round = 0, at = 0;
};

core::Fact row_of(Happening what, const Happened& happened, std::int64_t first = 0, std::int64_t second = 0) {
    core::Fact row;
    row.view = core::View::loop_events;
    row.at_us = happened.at;
    row.seq = happened.seq;
    row.value = {static_cast<std::int64_t>(what), first, second, 0};
    return row;
}

std::int64_t level_code(const std::string& level) {
    const auto known = core::value_of(core::kLevels, level);
    return known ? static_cast<std::int64_t>(*known) : -1;
}

/// By when each step of the round is owed. What was erased with the words is still known of the last round.
void add_due(const core::Content& content, const Happened& happened, Known& known) {
    constexpr const char* names[] = {"due_hear", "due_decide", "due_change", "due_tell"};
    const bool last = happened.round == known.round;
    for (std::size_t step = 0; step < known.due.size(); ++step) {
        const std::int64_t due = number_at(content, names[step], last ? known.due[step] : 0);
        if (due == 0) continue;
        known.item.rows.push_back(row_of(Happening::due, happened, static_cast<std::int64_t>(step), due));
    }
}

void add_row(const Happened& happened, Known& known) {
    const auto what = core::value_of(core::kHappenings, happened.event);
    if (!what) return;
    const core::Content content =
        happened.content.empty() ? core::Content() : json::read_content(happened.content).value_or({});
    const bool begins = *what == Happening::raised || *what == Happening::reopened;
    if (begins && happened.content.empty()) known.item.erased = true;
    std::int64_t first = 0, second = 0;
    if (begins) {
        first = number_at(content, "score", -1);
        second = level_code(known.item.place.level);
    }
    if (*what == Happening::decided) first = happened.event == "decided_will_change" ? 1 : 0;
    if (*what == Happening::visibly_closed)
        first = static_cast<std::int64_t>(
            core::value_of(core::kSources, text_at(content, "source")).value_or(core::Source::page));
    if (*what == Happening::dismissed) first = text_at(content, "into").empty() ? 0 : 1;
    if (*what != Happening::promised) known.item.rows.push_back(row_of(*what, happened, first, second));
    if (begins) add_due(content, happened, known);
    const auto promise = known.promised.find(happened.round);
    const bool promises = *what == Happening::promised || (*what == Happening::decided && first == 1);
    if (promises && promise != known.promised.end() && promise->second != 0)
        known.item.rows.push_back(row_of(Happening::promised, happened, 0, promise->second));
}

void add_rows(Session& session, const std::string& list, KnownItems& known) {
    Happened row;
    Call call = session.call(sql::tallies::happened);
    call.with("items", list).into(row.item).into(row.seq).into(row.n).into(row.round);
    call.into(row.event).into(row.at).into(row.content);
    while (call.next())
        if (const auto found = known.find(row.item); found != known.end()) add_row(row, found->second);
}

void add_raised(Session& session, const std::string& list, KnownItems& known) {
    std::string item;
    long long at = 0;
    Call call = session.call(sql::tallies::raised_of);
    call.with("items", list).into(item).into(at);
    while (call.next())
        if (const auto found = known.find(item); found != known.end()) found->second.raised_at = at;
}

/// The level at the first raise, whatever the contact became since.
void add_levels(Session& session, KnownItems& known) {
    std::vector<std::string> contacts;
    for (const auto& [id, one] : known)
        if (!one.contact.empty()) contacts.push_back(one.contact);
    if (contacts.empty()) return;
    std::ranges::sort(contacts);
    contacts.erase(std::unique(contacts.begin(), contacts.end()), contacts.end());
    const Histories levels =
        read_histories(session, sql::tallies::levels_of, "contacts", list_text(session.dialect(), contacts));
    for (auto& [id, one] : known) {
        const std::string code = value_at(levels, one.contact, one.raised_at);
        if (code.empty()) continue;
        const auto level = static_cast<core::Level>(code == "2" ? 2 : code == "1" ? 1 : 0);
        one.item.place.level = core::name_of(core::kLevels, level);
    }
}

Done add_counted(Session& session, const flow::MetricKey& key, const std::string& list, KnownItems& known) {
    std::string item, text;
    flow::TallyPlace place;
    Call call = session.call(sql::tallies::units_of);
    call.with("tallies", key.metric).with("items", list).into(item).into(place.account).into(place.owner);
    call.into(place.segment).into(place.level).into(text);
    while (call.next()) {
        const auto found = known.find(item);
        if (found == known.end()) continue;
        Result<core::Movements> movements = core::read_movements(text);
        if (!movements) return movements.error();
        found->second.item.counted_at = place;
        found->second.item.counted = std::move(*movements);
    }
    return done();
}

}  // namespace

Result<std::vector<flow::TalliedItem>> read_tallied(Session& session, const flow::MetricKey& key,
                                                    const std::vector<std::string>& ids) {
    const std::string list = list_text(session.dialect(), ids);
    KnownItems known;
    add_items(session, list, known);
    add_lone(session, list, known);
    add_promises(session, list, known);
    add_raised(session, list, known);
    add_levels(session, known);
    add_rows(session, list, known);
    if (Done read = add_counted(session, key, list, known); !read) return read.error();
    std::vector<flow::TalliedItem> items;
    for (auto& [id, one] : known) {
        one.item.version = one.version;
        items.push_back(std::move(one.item));
    }
    return items;
}

}  // namespace candour::store
