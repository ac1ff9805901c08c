#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/plugin_author.hpp"
#include "app/cli/plugin_house.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct Bounce {
    std::string message, status, detail;
};

int bounced(const Line& line, const Bounce& bounce) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> done =
            api.post("/api/v1/messages/" + http::percent_encode(bounce.message) + "/bounce",
                     boost::json::object{{"status", bounce.status}, {"detail", bounce.detail}});
        if (!done) return done.error();
        if (line.shared.json)
            print_json(boost::json::object{{"message", bounce.message}, {"bounced", true}});
        else
            std::cout << "Recorded: " << bounce.message
                      << " came back. If it was a closing message, its item was not told.\n";
        return int{kOk};
    });
}

int list_plugins(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> document = api.get("/api/v1/plugins");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"PLUGIN", "VERSION", "STATE", "RUNS IN", "ROLES", "GRANTS", "REASON"});
        for (const boost::json::value& plugin : list_at(*document, "plugins"))
            table.row({text_at(plugin, "id"), text_at(plugin, "version"), text_at(plugin, "state"),
                       text_at(plugin, "isolation"), joined(list_at(plugin, "roles")),
                       joined(list_at(plugin, "grants")), text_at(plugin, "reason")});
        if (table.empty())
            std::cout << "The host found no plugins; candour config check says where it looks.\n";
        else
            table.print();
        return int{kOk};
    });
}

}  // namespace

void add_outside(CLI::App& root, Line& line) {
    CLI::App& message = add(
        root,
        {"message", "what became of mail that was sent",
         "For what the host cannot see by itself yet: bounces that came back to a mailbox of yours.",
         "candour message bounced msg_01arz3ndektsv4rrffq69g5fav --status 5.1.1 --detail \"no such user\""});
    message.group(kLoopGroup)->require_subcommand(1);
    CLI::App& back = add(
        message,
        {"bounced", "record that a message came back",
         "Takes the evidence back: an item that was told by this message returns to where it was told from, "
         "so that\n"
         "somebody finds another way. candour item show names an item's messages.",
         "candour message bounced msg_01arz3ndektsv4rrffq69g5fav --status 5.1.1 --detail \"no such user\""});
    auto bounce = std::make_shared<Bounce>();
    back.add_option("MESSAGE", bounce->message, "msg_…")->required();
    back.add_option("--status", bounce->status, "the status in the bounce, such as 5.1.1")
        ->required()
        ->type_name("N.N.N");
    back.add_option("--detail", bounce->detail, "what the bounce says")->required()->type_name("TEXT");
    run_by(back, line, [&line, bounce] { return bounced(line, *bounce); });

    CLI::App& plugin = add(
        root, {"plugin", "what extends this host",
               "Plugins collect and deliver. They see only what they were granted.", "candour plugin list"});
    plugin.group(kHouseGroup)->require_subcommand(1);
    CLI::App& all =
        add(plugin,
            {"list", "plugins with their state, roles and grants",
             "A plugin that could not be loaded, or was stopped for good reason, is listed with that reason.",
             "candour plugin list"});
    run_by(all, line, [&line] { return list_plugins(line); });
    add_plugin_config(plugin, line);
    add_plugin_import(plugin, line);
    add_dead_letters(plugin, line);
    add_plugin_new(plugin, line);
    add_plugin_validate(plugin, line);
    add_plugin_running(plugin, line);
    add_plugin_packing(plugin, line);
    add_plugin_installing(plugin, line);
}

}  // namespace candour::app::cli
