#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/teammate_notify.hpp"
#include "app/cli/teammate_sight.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct TeammateWish {
    std::string key, name;
};

int list_teammates(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> document = api.get("/api/v1/teammates");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table({"NAME", "STANDING", "OPEN ITEMS", "MAIL", "ID", "EMAIL"});
        for (const boost::json::value& one : list_at(*document, "teammates")) {
            const std::string gone = when(at(one, "deactivated_at"));
            table.row({text_at(one, "name"), gone.empty() ? "active" : "left " + gone.substr(0, 10),
                       std::to_string(number_at(one, "open_items")),
                       text_at(one, "unreachable").empty() ? "" : "comes back", text_at(one, "id"),
                       text_at(one, "email")});
        }
        table.print();
        for (const boost::json::value& one : list_at(*document, "teammates"))
            if (const std::string why = text_at(one, "unreachable"); !why.empty())
                std::cout << "\nNothing is sent to " << text_at(one, "email") << ": " << on_one_line(why)
                          << "\n";
        return int{kOk};
    });
}

int give_teammate(const Line& line, const std::string& target, const boost::json::object& body,
                  const char* sentence) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> one = api.post(target, body);
        if (!one) return one.error();
        if (line.shared.json)
            print_json(*one);
        else
            std::cout << on_one_line(text_at(*one, "name")) << " (" << text_at(*one, "email") << ", "
                      << text_at(*one, "id") << ") " << sentence << "\n";
        return int{kOk};
    });
}

}  // namespace

void add_teammate(CLI::App& root, Line& line) {
    CLI::App& teammate = add(root, {"teammate", "our own people",
                                    "Who owns items, who is told of them, whose names customers read.",
                                    "candour teammate add ines@example.com --name \"Ines Ferrer\""});
    teammate.group(kPeopleGroup)->require_subcommand(1);
    CLI::App& all = add(teammate, {"list", "everybody, with how many open items they own",
                                   "Also who has left, and whose mail comes back.", "candour teammate list"});
    run_by(all, line, [&line] { return list_teammates(line); });

    auto fresh = std::make_shared<TeammateWish>();
    CLI::App& more =
        add(teammate, {"add", "somebody new, a new name, or somebody who is back", "Needs the scope admin.",
                       "candour teammate add ines@example.com --name \"Ines Ferrer\""});
    more.add_option("EMAIL", fresh->key, "their address")->required();
    more.add_option("--name", fresh->name, "as customers read it")->type_name("NAME");
    run_by(more, line, [&line, fresh] {
        return give_teammate(line, "/api/v1/teammates", {{"email", fresh->key}, {"name", fresh->name}},
                             "is one of us.");
    });

    add_teammate_notify(teammate, line);
    add_teammate_sight(teammate, line);

    auto gone = std::make_shared<TeammateWish>();
    CLI::App& less = add(teammate, {"deactivate", "somebody has left",
                                    "Their tokens end. What they did stays under their name. Refused while "
                                    "they own open items. Needs the scope admin.",
                                    "candour teammate deactivate ines@example.com"});
    less.add_option("TEAMMATE", gone->key, "tea_… or an address")->required();
    run_by(less, line, [&line, gone] {
        return give_teammate(line, "/api/v1/teammates/" + http::percent_encode(gone->key) + "/deactivate", {},
                             "has left.");
    });
}

}  // namespace candour::app::cli
