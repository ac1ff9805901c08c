#include "app/cli/teammate_sight.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct SightWish {
    std::string teammate, sees, account;
};

std::string why_seen(const boost::json::value& account) {
    std::string why;
    for (const char* reason : {"owned", "sponsored", "named"})
        if (flag_at(account, reason)) why += (why.empty() ? "" : ", ") + std::string(reason);
    return why;
}

void print_sight(const boost::json::value& sight) {
    const bool all = text_at(sight, "sees") == "all";
    std::cout << on_one_line(text_at(sight, "name")) << " (" << text_at(sight, "email") << ") sees "
              << (all ? "all customers" : "their own accounts") << ".\n";
    const boost::json::array& accounts = list_at(sight, "accounts");
    if (accounts.empty()) {
        std::cout << "No account is theirs: candour teammate account add names one for them.\n";
        return;
    }
    if (all) std::cout << "Theirs would be:\n";
    Table table({"ACCOUNT", "NUMBER", "WHY", "ID"});
    for (const boost::json::value& one : accounts)
        table.row({text_at(one, "name"), text_at(one, "ref"), why_seen(one), text_at(one, "id")});
    table.print();
}

std::string sight_target(const SightWish& wish) {
    return "/api/v1/teammates/" + http::percent_encode(wish.teammate) + "/sight";
}

int show_sight(const Line& line, const Result<boost::json::value>& sight) {
    if (!sight) return fail(sight.error());
    if (line.shared.json)
        print_json(*sight);
    else
        print_sight(*sight);
    return kOk;
}

Result<boost::json::value> put_sight(const Api& api, const SightWish& wish) {
    http::ClientRequest request;
    request.method = http::Method::put;
    request.target = sight_target(wish);
    request.body = boost::json::serialize(boost::json::object{{"sees", wish.sees}});
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

CLI::App& account_command(CLI::App& account, Line& line, const Lesson& lesson, const std::string& way) {
    CLI::App& command = add(account, lesson);
    auto wish = std::make_shared<SightWish>();
    command.add_option("TEAMMATE", wish->teammate, "tea_… or an address")->required();
    if (!way.empty())
        command.add_option("ACCOUNT", wish->account, "acc_… or our own number for it")->required();
    run_by(command, line, [&line, wish, way] {
        return with_api(line.shared, [&](const Api& api) -> Result<int> {
            const std::string target = sight_target(*wish);
            return show_sight(
                line, way.empty() ? api.get(target) : api.post(target + way, {{"account", wish->account}}));
        });
    });
    return command;
}

}  // namespace

void add_teammate_sight(CLI::App& teammate, Line& line) {
    auto wish = std::make_shared<SightWish>();
    CLI::App& set =
        add(teammate,
            {"set", "whose customers somebody sees",
             "all: everybody's. own: the accounts they own, stand behind as sponsor, or that were named "
             "for them,\nand items that they answer for; nothing else, not in the console, not with their "
             "tokens.\nFor viewers and members: managers and administrators answer for the whole house. "
             "Needs the scope admin.",
             "candour teammate set ines@example.com --sees own\n"
             "candour teammate set ines@example.com --sees all"});
    set.add_option("TEAMMATE", wish->teammate, "tea_… or an address")->required();
    set.add_option("--sees", wish->sees, "all, or own")->required()->type_name("all|own");
    run_by(set, line, [&line, wish] {
        return with_api(line.shared, [&](const Api& api) -> Result<int> {
            return show_sight(line, put_sight(api, *wish));
        });
    });

    CLI::App& account =
        add(teammate,
            {"account", "accounts that are somebody's",
             "What they own or stand behind is theirs by itself; more can be named for them. It matters "
             "once\ncandour teammate set --sees own says that they see no others.",
             "candour teammate account list ines@example.com"});
    account.require_subcommand(1);
    account_command(account, line,
                    {"list", "which accounts are theirs, and why", "Needs the scope admin.",
                     "candour teammate account list ines@example.com"},
                    "");
    account_command(account, line,
                    {"add", "name an account for somebody", "Needs the scope admin.",
                     "candour teammate account add ines@example.com A-17"},
                    "/add");
    account_command(account, line,
                    {"remove", "take back what was named for somebody",
                     "What they own or stand behind stays theirs. Needs the scope admin.",
                     "candour teammate account remove ines@example.com A-17"},
                    "/remove");
}

}  // namespace candour::app::cli
