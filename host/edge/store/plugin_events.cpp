#include "edge/store/plugin_events.hpp"

#include <vector>

#include "candour_queries.hpp"
#include "edge/json/journal_entry.hpp"
#include "edge/store/journal.hpp"

namespace candour::store {

void tell_plugins(Session& session, const PluginEvent& event) {
    flow::CollectRequest request;
    request.event = event.kind;
    request.payload = event.payload;
    const std::string entry = json::write_journal_entry(request);
    std::vector<JournalRow> rows;
    {
        std::string plugin;
        Call call = session.call(sql::plugin_state::who_wants);
        call.with("kind", request.event).with("plugin", event.only).into(plugin);
        while (call.next()) rows.push_back({plugin, request.event + " " + event.key, entry, event.at});
    }
    if (rows.empty()) return;
    std::vector<const JournalRow*> places;
    for (const JournalRow& row : rows) places.push_back(&row);
    append_rows(session, places);
}

}  // namespace candour::store
