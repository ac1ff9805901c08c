#include "edge/json/export_document.hpp"

#include <boost/json.hpp>

#include "core/loop/content.hpp"
#include "edge/json/item_document.hpp"
#include "edge/json/time_value.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;
using core::Event;

/// In which list an event of the ledger stands, and what it is called there; those that are not here moved
/// the item and said nothing.
struct ExportPlace {
    Event event;
    const char* list;
    const char* step;
};

constexpr ExportPlace kPlaces[] = {
    {Event::raised, "words", "raised"},
    {Event::answered_again, "words", "answered_again"},
    {Event::corrected, "words", "corrected"},
    {Event::replied, "words", "replied"},
    {Event::closing_answered, "words", "closing_answered"},
    {Event::not_yet, "words", "not_yet"},
    {Event::merged_in, "words", "merged_in"},
    {Event::heard, "statements", "heard"},
    {Event::decided_will_change, "statements", "decided"},
    {Event::decided_will_not_change, "statements", "decided"},
    {Event::changed, "statements", "changed"},
    {Event::noted, "notes", "noted"},
    {Event::delivered, "proof", "delivered"},
    {Event::seen, "proof", "seen"},
    {Event::confirmed, "proof", "confirmed"},
    {Event::visibly_closed, "proof", "visibly_closed"},
};

void add_content(bj::object& entry, const ExportPlace& place, const core::Content& content) {
    // What raised an item also says whose it is and by when it is due: that stands beside it already.
    const bool words = std::string_view(place.list) == "words";
    for (const auto& [name, value] : content) {
        if (name == "promised_by" || name == "when")
            entry[name] = time_or_null(core::instant_of(content, name.c_str()));
        else if (!words || name == "text" || name == "verbatim")
            entry[words ? "text" : name] = value;
    }
}

bj::object entry_of(const flow::HistoryEntry& entry, const ExportPlace& place) {
    bj::object document{{"round", entry.round},
                        {"step", place.step},
                        {"at", to_rfc3339(entry.event.at)},
                        {"by", bj::object{{"id", entry.event.actor}, {"name", entry.actor_name}}},
                        {"erased", entry.erased}};
    if (std::string_view(place.step) == "decided")
        document["will_change"] = entry.event.event == Event::decided_will_change;
    add_content(document, place, entry.event.content);
    return document;
}

bj::array promises_of(const flow::ItemFile& file) {
    bj::array all;
    for (const flow::ItemPromise& one : file.promises)
        all.push_back(bj::object{{"round", one.round},
                                 {"promise", one.promise},
                                 {"due_at", time_or_null(one.due_at)},
                                 {"standing", one.standing},
                                 {"settled_at", time_or_null(one.settled_at)}});
    return all;
}

}  // namespace

bj::object item_file_document(const flow::ItemFile& file) {
    bj::object document = item_document(file.view);
    document["source"] = file.view.item.source;
    for (const char* list : {"words", "statements", "notes", "proof"}) document[list] = bj::array();
    for (const flow::HistoryEntry& entry : file.history)
        for (const ExportPlace& place : kPlaces)
            if (place.event == entry.event.event)
                document[place.list].as_array().push_back(entry_of(entry, place));
    document["promises"] = promises_of(file);
    return document;
}

bj::object ledger_row_document(const flow::ItemFile& file, const flow::HistoryEntry& entry) {
    bj::object content;
    for (const auto& [name, value] : entry.event.content) content[name] = value;
    return {{"alias", "LP-" + std::to_string(file.view.number)},
            {"item", file.view.item.id.text()},
            {"n", entry.n},
            {"round", entry.round},
            {"event", core::name_of(core::kEvents, entry.event.event)},
            {"at", to_rfc3339(entry.event.at)},
            {"by", bj::object{{"id", entry.event.actor}, {"name", entry.actor_name}}},
            {"hash", entry.hash},
            {"erased", entry.erased},
            {"content", std::move(content)}};
}

bj::object answer_document(const flow::AnswerRow& row) {
    boost::system::error_code bad;
    bj::value content = row.content.empty() ? bj::value(bj::object()) : bj::parse(row.content, bad);
    bj::object said = bad || !content.is_object() ? bj::object() : std::move(content.get_object());
    const auto field = [&said](const char* name, bj::value otherwise) {
        const bj::value* found = said.if_contains(name);
        return found == nullptr ? std::move(otherwise) : *found;
    };
    return {{"seq", row.seq},
            {"source", row.source},
            {"kind", row.kind},
            {"about", row.about},
            {"account", bj::object{{"id", row.account_id}, {"name", row.account}}},
            {"contact", bj::object{{"id", row.contact_id}, {"name", row.contact}, {"email", row.email}}},
            {"score", row.score ? bj::value(*row.score) : bj::value(nullptr)},
            {"class", row.answer_class},
            {"verbatim", field("verbatim", "")},
            {"language", field("language", "")},
            {"contact_me", field("contact_me", false)},
            {"may_quote", field("may_quote", false)},
            {"answers", field("answers", bj::object())},
            {"occurred_at", time_or_null(row.occurred_at)},
            {"received_at", time_or_null(row.received_at)}};
}

}  // namespace candour::json
