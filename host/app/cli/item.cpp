#include <boost/json.hpp>
#include <iostream>
#include <map>

#include "app/cli/commands.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/item_view.hpp"
#include "app/cli/output.hpp"
#include "app/cli/steps.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

/// Name in the query, what was asked for.
struct Filter {
    std::map<std::string, std::string> asked;
    bool overdue = false, quiet = false;
    std::int64_t limit = 50;
};

int list(const Line& line, const Filter& filter) {
    std::string target = "/api/v1/items?limit=" + std::to_string(filter.limit);
    for (const auto& [name, value] : filter.asked)
        if (!value.empty()) target += "&" + name + "=" + http::percent_encode(value);
    if (filter.overdue) target += "&overdue=true";
    if (filter.quiet) target += "&quiet=true";
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        line.shared.json ? print_json(*page) : print_items(*page);
        return int{kOk};
    });
}

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
        {"--since", "since", "raised from this day or instant on (UTC)", "WHEN", {}},
        {"--until", "until", "and before this one", "WHEN", {}},
        {"--sort",
         "sort",
         "newest, due (what is owed soonest) or changed (what moved last)",
         "ORDER",
         {"newest", "due", "changed"}},
        {"--cursor", "cursor", "the next page of the same list, as the page before says", "CURSOR", {}}};
    return options;
}

void add_filters(CLI::App& command, Filter& filter) {
    for (const FilterOption& each : filter_options()) {
        CLI::Option* option =
            command.add_option(each.option, filter.asked[each.name], each.description)->type_name(each.type);
        if (!each.choices.empty()) option->check(CLI::IsMember(each.choices));
    }
    command.add_flag("--overdue", filter.overdue,
                     "only what is owed for longer than was promised, the oldest debt first");
    command.add_flag("--quiet", filter.quiet, "only what was told and nobody looked at, whatever was tried");
    command.add_option("--limit", filter.limit, "how many, up to 500; 50 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
}

int show(const Line& line, const std::string& id) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> item = api.get(item_target(id));
        if (!item) return item.error();
        line.shared.json ? print_json(*item) : print_item(*item);
        return int{kOk};
    });
}

}  // namespace

void add_item(CLI::App& root, Line& line) {
    CLI::App& item =
        add(root, {"item", "hear, decide, change, tell: what customers told us, all the way round",
                   "raised -> heard -> decided -> changed -> told -> visibly closed. An item closes only "
                   "when its customer has\n"
                   "seen what came of it. ITEM is an id (itm_…) or what people say (LP-187).\n"
                   "Texts may come from a file (--text @FILE) or from standard input (--text -).",
                   "candour item list\n"
                   "candour item show LP-12"});
    item.group(kLoopGroup)->require_subcommand(1);

    CLI::App& all =
        add(item, {"list", "items, newest first",
                   "NEXT says whose turn it is and by when. Without options: the newest 50 in every state.",
                   "candour item list --state raised\n"
                   "candour item list --search \"export late\" --segment reliable\n"
                   "candour item list --overdue --json | jq '.items[].alias'"});
    auto filter = std::make_shared<Filter>();
    add_filters(all, *filter);
    run_by(all, line, [&line, filter] { return list(line, *filter); });

    CLI::App& one = add(
        item,
        {"show", "one item: their words, what happened, its messages",
         "Shows the whole ledger of the item, with everybody's words, and the address of the page that its\n"
         "customer sees.",
         "candour item show LP-12"});
    auto id = std::make_shared<std::string>();
    one.add_option("ITEM", *id, "itm_… or LP-187")->required();
    run_by(one, line, [&line, id] { return show(line, *id); });

    add_statements(item, line);
    add_telling(item, line);
    add_endings(item, line);
    add_belonging(item, line);
}

}  // namespace candour::app::cli
