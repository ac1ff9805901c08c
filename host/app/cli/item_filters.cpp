#include "app/cli/item_filters.hpp"

#include <vector>

#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct FilterOption {
    const char* option;
    const char* name;
    const char* description;
    const char* type;
    std::vector<std::string> choices;
};

const std::vector<FilterOption>& filter_options() {
    static const std::vector<FilterOption> options{
        {"--state",
         "state",
         "raised, heard, decided, changed, told, visibly_closed, dismissed or abandoned",
         "STATE",
         {"raised", "heard", "decided", "changed", "told", "visibly_closed", "dismissed", "abandoned"}},
        {"--search",
         "q",
         "all of these words, in what the customer or we said; the beginning of a word is enough",
         "WORDS",
         {}},
        {"--owner", "owner", "only those of one teammate", "ID", {}},
        {"--account", "account", "only those of one customer", "ID", {}},
        {"--contact", "contact", "only those of one person", "ID", {}},
        {"--segment",
         "segment",
         "co_creator, opportunity, reliable, edge or unclassified",
         "SEGMENT",
         {"co_creator", "opportunity", "reliable", "edge", "unclassified"}},
        {"--level",
         "level",
         "operational, managerial or executive",
         "LEVEL",
         {"operational", "managerial", "executive"}},
        {"--source", "source", "the plugin that they came from", "PLUGIN", {}},
        {"--theme", "theme", "only those of one theme", "ID", {}},
        {"--owes", "owes", "nothing: only those without a step of ours", "WHAT", {"nothing"}},
        {"--since", "since", "raised from this day or instant on (UTC)", "WHEN", {}},
        {"--until", "until", "and before this one", "WHEN", {}},
        {"--sort",
         "sort",
         "newest, due (what is owed soonest) or changed (what moved last)",
         "ORDER",
         {"newest", "due", "changed"}}};
    return options;
}

}  // namespace

std::string ItemFilter::query() const {
    std::string text;
    for (const auto& [name, value] : asked)
        if (!value.empty()) text += "&" + name + "=" + http::percent_encode(value);
    if (overdue) text += "&overdue=true";
    if (quiet) text += "&quiet=true";
    return text;
}

void add_item_filters(CLI::App& command, ItemFilter& filter, bool ordered) {
    for (const FilterOption& each : filter_options()) {
        const std::string_view name = each.name;
        if (!ordered && (name == "state" || name == "sort")) continue;
        CLI::Option* option =
            command.add_option(each.option, filter.asked[each.name], each.description)->type_name(each.type);
        if (!each.choices.empty()) option->check(CLI::IsMember(each.choices));
    }
    command.add_flag("--overdue", filter.overdue,
                     "only what is owed for longer than was promised, the oldest debt first");
    command.add_flag("--quiet", filter.quiet, "only what was told and nobody looked at, whatever was tried");
}

}  // namespace candour::app::cli
