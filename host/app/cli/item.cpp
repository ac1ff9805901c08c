#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/item_filters.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/item_view.hpp"
#include "app/cli/output.hpp"
#include "app/cli/steps.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct Listing {
    ItemFilter filter;
    std::string cursor;
    std::int64_t limit = 50;
};

int list_items(const Line& line, const Listing& listing) {
    std::string target = "/api/v1/items?limit=" + std::to_string(listing.limit) + listing.filter.query();
    if (!listing.cursor.empty()) target += "&cursor=" + http::percent_encode(listing.cursor);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        line.shared.json ? print_json(*page) : print_items(*page);
        return int{kOk};
    });
}

int show_item(const Line& line, const std::string& id) {
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
    auto listing = std::make_shared<Listing>();
    add_item_filters(all, listing->filter);
    all.add_option("--cursor", listing->cursor, "the next page of the same list, as the page before says")
        ->type_name("CURSOR");
    all.add_option("--limit", listing->limit, "how many, up to 500; 50 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
    run_by(all, line, [&line, listing] { return list_items(line, *listing); });

    CLI::App& one = add(
        item,
        {"show", "one item: their words, what happened, its messages",
         "Shows the whole ledger of the item, with everybody's words, and the address of the page that its\n"
         "customer sees.",
         "candour item show LP-12"});
    auto id = std::make_shared<std::string>();
    one.add_option("ITEM", *id, "itm_… or LP-187")->required();
    run_by(one, line, [&line, id] { return show_item(line, *id); });

    add_counting(item, line);
    add_statements(item, line);
    add_telling(item, line);
    add_endings(item, line);
    add_belonging(item, line);
}

}  // namespace candour::app::cli
