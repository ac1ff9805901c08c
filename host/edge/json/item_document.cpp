#include "edge/json/item_document.hpp"

#include <boost/json.hpp>

#include "edge/json/time_value.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

template <class Enum, std::size_t N>
std::string name(const core::NameTable<Enum, N>& table, Enum value) {
    return std::string(core::name_of(table, value));
}

}  // namespace

bj::object item_document(const flow::ItemView& view) {
    const core::Item& item = view.item;
    return {{"id", item.id.text()},
            {"alias", "LP-" + std::to_string(view.number)},
            {"version", item.version},
            {"state", name(core::kStates, item.state)},
            {"round", item.round},
            {"account", bj::object{{"id", item.account.text()}, {"name", view.account_name}}},
            {"contact", bj::object{{"id", item.contact.text()},
                                   {"name", view.contact_name},
                                   {"language", view.contact_language}}},
            {"owner", bj::object{{"id", item.owner}, {"name", view.owner_name}}},
            {"segment", item.segment},
            {"score", view.score ? bj::value(*view.score) : bj::value(nullptr)},
            {"verbatim", view.verbatim},
            {"sending", !item.telling.empty()},
            {"cancel_until", time_or_null(view.cancel_until)},
            {"topic", item.topic},
            {"theme", item.theme},
            {"merged_into", item.merged_into},
            {"our_failure", item.our_failure},
            {"reminders", item.reminders},
            {"channel_asked", item.channel_asked},
            {"quiet", item.quiet},
            {"answer_pending", item.pending_reply != core::PendingReply::none},
            {"will_change", item.will_change},
            {"evidence", bj::object{{"strength", name(core::kStrengths, item.evidence)},
                                    {"source", item.evidence_source}}},
            {"raised_at", time_or_null(item.raised_at)},
            {"heard_at", time_or_null(item.heard_at)},
            {"decided_at", time_or_null(item.decided_at)},
            {"changed_at", time_or_null(item.changed_at)},
            {"told_at", time_or_null(item.told_at)},
            {"closed_at", time_or_null(item.closed_at)},
            {"promised_by", time_or_null(item.promised_by)},
            {"due", bj::object{{"hear", time_or_null(item.due.hear)},
                               {"decide", time_or_null(item.due.decide)},
                               {"change", time_or_null(item.due.change)},
                               {"tell", time_or_null(item.due.tell)}}}};
}

bj::array proposals_document(const std::vector<flow::Proposal>& proposals) {
    bj::array rows;
    for (const flow::Proposal& one : proposals)
        rows.push_back(bj::object{{"id", one.item.text()},
                                  {"alias", "LP-" + std::to_string(one.number)},
                                  {"state", name(core::kStates, one.state)},
                                  {"version", one.version},
                                  {"raised_at", time_or_null(one.raised_at)}});
    return rows;
}

bj::array history_document(const std::vector<flow::HistoryEntry>& history) {
    bj::array entries;
    for (const flow::HistoryEntry& entry : history) {
        bj::object content;
        for (const auto& [key, value] : entry.event.content) content[key] = value;
        entries.push_back(
            bj::object{{"n", entry.n},
                       {"round", entry.round},
                       {"event", name(core::kEvents, entry.event.event)},
                       {"at", to_rfc3339(entry.event.at)},
                       {"actor", bj::object{{"id", entry.event.actor}, {"name", entry.actor_name}}},
                       {"content", std::move(content)},
                       {"erased", entry.erased},
                       {"hash", entry.hash}});
    }
    return entries;
}

bj::array messages_document(const std::vector<flow::MessageRow>& messages) {
    bj::array rows;
    for (const flow::MessageRow& row : messages)
        rows.push_back(bj::object{
            {"id", row.id.text()},
            {"kind", name(core::kMessageKinds, row.kind)},
            {"channel", row.channel},
            {"state", name(core::kMessageStates, row.state)},
            {"round", row.round},
            {"attempts", row.attempts},
            {"created_at", time_or_null(row.created_at)},
            {"handed_over_at", time_or_null(row.handed_over_at)},
            {"last",
             bj::object{{"fate", row.last_fate}, {"code", row.last_code}, {"detail", row.last_detail}}}});
    return rows;
}

}  // namespace candour::json
