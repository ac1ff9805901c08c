#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct AuditWish {
    std::string actor, act;
    int limit = 50;
};

std::string audit_target(const AuditWish& wish) {
    std::string target = "/api/v1/audit?limit=" + std::to_string(wish.limit);
    if (!wish.actor.empty()) target += "&actor=" + http::percent_encode(wish.actor);
    if (!wish.act.empty()) target += "&act=" + http::percent_encode(wish.act);
    return target;
}

/// What it was and what it is; either may be nothing.
std::string change_of(const boost::json::value& entry) {
    const std::string before = on_one_line(text_at(entry, "before")),
                      after = on_one_line(text_at(entry, "after"));
    if (before.empty() || after.empty()) return before + after;
    return before + " → " + after;
}

int show_audit(const Line& line, const AuditWish& wish) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(audit_target(wish));
        if (!page) return page.error();
        if (line.shared.json) {
            print_json(*page);
            return int{kOk};
        }
        Table table({"WHEN", "WHO", "FROM", "DID", "TO", "WHAT"});
        for (const boost::json::value& entry : list_at(*page, "entries"))
            table.row({when(at(entry, "at")), on_one_line(text_at(entry, "actor_name")),
                       text_at(entry, "address"), text_at(entry, "act"),
                       on_one_line(text_at(entry, "subject")), change_of(entry)});
        if (table.empty())
            std::cout << "Nothing of that kind was written down.\n";
        else
            table.print();
        return int{kOk};
    });
}

}  // namespace

void add_audit(CLI::App& root, Line& line) {
    CLI::App& audit = add(
        root, {"audit", "what was done to the house: who, when, from where",
               "Users, roles, tokens, rules, plugins, exports, erasures, sign-ins; newest first. Rows are\n"
               "never changed, and hold no secrets. Needs the scope admin.",
               "candour audit --act role_changed"});
    audit.group(kHouseGroup);
    auto wish = std::make_shared<AuditWish>();
    audit.add_option("--actor", wish->actor, "tea_…, tok_…, or shell")->type_name("ID");
    audit.add_option("--act", wish->act, "such as signed_in, role_changed, token_created, exported")
        ->type_name("ACT");
    audit.add_option("--limit", wish->limit, "how many; 50 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
    run_by(audit, line, [&line, wish] { return show_audit(line, *wish); });
}

}  // namespace candour::app::cli
