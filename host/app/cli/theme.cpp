#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/many_report.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/statement_options.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct ThemeOptions {
    std::string theme, title, text;
    std::vector<std::string> items;
    DecisionWords decision;
    ChangeWords change;
    bool no_mail = false, dry_run = false;
};

std::string theme_target(const std::string& theme, const std::string& below = {}) {
    return "/api/v1/themes/" + http::percent_encode(theme) + (below.empty() ? "" : "/" + below);
}

std::string progress(const boost::json::value& theme) {
    return std::to_string(number_at(theme, "items")) + " items, " + std::to_string(number_at(theme, "told")) +
           " told, " + std::to_string(number_at(theme, "seen")) + " seen, " +
           std::to_string(number_at(theme, "confirmed")) + " confirmed";
}

int give_theme(const Line& line, const ThemeOptions& options, const char* name, boost::json::object body,
               const std::string& what) {
    if (Done read = read_words(body); !read) return fail(read.error());
    if (options.dry_run) body["dry_run"] = true;
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> report = api.post(theme_target(options.theme, name), body);
        if (!report) return report.error();
        if (line.shared.json) {
            print_json(*report);
            return int{list_at(*report, "done").empty() && !list_at(*report, "left_out").empty() ? kFailed
                                                                                                 : kOk};
        }
        const int exit = print_many(*report, what);
        const boost::json::value& theme = at(*report, "theme");
        std::cout << text_at(theme, "alias") << ": " << progress(theme) << ".\n";
        if (const std::string until = text_at(*report, "cancel_until"); !until.empty())
            std::cout << "The messages leave at " << until.substr(11, 8)
                      << " (UTC). Until then:\n  candour theme undo " << text_at(theme, "alias") << "\n";
        return int{exit};
    });
}

int create(const Line& line, const ThemeOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const boost::json::object body{{"title", options.title}};
        const Result<boost::json::value> theme = api.post("/api/v1/themes", body);
        if (!theme) return theme.error();
        if (line.shared.json)
            print_json(*theme);
        else
            std::cout << text_at(*theme, "alias") << " is open. Next: candour theme add "
                      << text_at(*theme, "alias") << " LP-…\n";
        return int{kOk};
    });
}

int list_themes(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get("/api/v1/themes?limit=500");
        if (!page) return page.error();
        if (line.shared.json) {
            print_json(*page);
            return int{kOk};
        }
        Table table({"THEME", "ITEMS", "TOLD", "SEEN", "CONFIRMED", "CLOSED", "TITLE"});
        for (const boost::json::value& each : list_at(*page, "themes")) {
            std::vector<std::string> row{text_at(each, "alias")};
            for (const char* const count : {"items", "told", "seen", "confirmed", "visibly_closed"})
                row.push_back(std::to_string(number_at(each, count)));
            row.push_back(text_at(each, "title"));
            table.row(std::move(row));
        }
        if (table.empty())
            std::cout << "No themes yet: candour theme create --help\n";
        else
            table.print();
        return int{kOk};
    });
}

void print_members(const boost::json::value& page) {
    Table table({"ITEM", "STATE", "EVIDENCE", "ACCOUNT", "CONTACT"});
    for (const boost::json::value& each : list_at(page, "items"))
        table.row({text_at(each, "alias"), flag_at(each, "sending") ? "sending" : text_at(each, "state"),
                   text_at(each, "evidence"), on_one_line(text_at(at(each, "account"), "name")),
                   on_one_line(text_at(at(each, "contact"), "name"))});
    if (!table.empty()) table.print();
}

int show_theme(const Line& line, const ThemeOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> theme = api.get(theme_target(options.theme));
        if (!theme) return theme.error();
        const Result<boost::json::value> members =
            api.get(theme_target(options.theme, "items") + "?limit=1000");
        if (!members) return members.error();
        if (line.shared.json) {
            boost::json::object whole = theme->as_object();
            whole["members"] = at(*members, "items");
            whole["next"] = at(*members, "next");
            print_json(whole);
            return int{kOk};
        }
        std::cout << text_at(*theme, "alias") << "  " << on_one_line(text_at(*theme, "title")) << "\n"
                  << progress(*theme) << "; " << number_at(*theme, "visibly_closed") << " visibly closed\n\n";
        print_members(*members);
        if (!at(*members, "next").is_null()) std::cout << "… and more: the API pages through all of them\n";
        return int{kOk};
    });
}

boost::json::object items_body(const ThemeOptions& options) {
    return {{"items", boost::json::array(options.items.begin(), options.items.end())}};
}

void take_theme(CLI::App& command, ThemeOptions& options) {
    command.add_option("THEME", options.theme, "thm_… or TH-3")->required();
}

void add_dry_run(CLI::App& command, ThemeOptions& options) {
    command.add_flag("--dry-run", options.dry_run,
                     "say for which items it would be, and for which not; do nothing");
}

void add_gathering(CLI::App& theme, Line& line, const Lesson& lesson, const char* what) {
    CLI::App& command = add(theme, lesson);
    auto options = std::make_shared<ThemeOptions>();
    take_theme(command, *options);
    command.add_option("ITEMS", options->items, "LP-12 LP-15 …")->required();
    run_by(command, line, [&line, options, name = lesson.name, what] {
        return give_theme(line, *options, name, items_body(*options), what);
    });
}

void add_theme_looking(CLI::App& theme, Line& line) {
    CLI::App& fresh = add(theme, {"create", "begin a theme", "A title for ourselves; no customer reads it.",
                                  "candour theme create \"Exports time out\""});
    auto options = std::make_shared<ThemeOptions>();
    fresh.add_option("TITLE", options->title, "what the items have in common")->required();
    run_by(fresh, line, [&line, options] { return create(line, *options); });
    CLI::App& all = add(
        theme, {"list", "themes, newest first",
                "With how many customers were told, have seen it, have confirmed it.", "candour theme list"});
    run_by(all, line, [&line] { return list_themes(line); });
    CLI::App& one = add(theme, {"show", "one theme with its items", "Each with how far it has come.",
                                "candour theme show TH-3"});
    auto shown = std::make_shared<ThemeOptions>();
    take_theme(one, *shown);
    run_by(one, line, [&line, shown] { return show_theme(line, *shown); });
    add_gathering(theme, line,
                  {"add", "put items into a theme", "An item is in one theme at most.",
                   "candour theme add TH-3 LP-12 LP-15"},
                  "added");
    add_gathering(theme, line,
                  {"remove", "take items out of a theme", "What was said to them already stays said.",
                   "candour theme remove TH-3 LP-15"},
                  "removed");
}

void add_theme_hear(CLI::App& theme, Line& line) {
    CLI::App& command = add(
        theme, {"hear", "say what you heard, to all who are still waiting to hear it",
                "Items that were heard already keep the words that were found for them.",
                "candour theme hear TH-3 --text \"Large exports time out and cost you time.\" --dry-run"});
    auto options = std::make_shared<ThemeOptions>();
    take_theme(command, *options);
    add_words(command, "--text", options->text, "what was heard; @FILE reads a file, - standard input")
        ->required();
    command.add_flag("--no-mail", options->no_mail, "only on their pages");
    add_dry_run(command, *options);
    run_by(command, line, [&line, options] {
        return give_theme(line, *options, "hear", {{"text", options->text}, {"mail", !options->no_mail}},
                          "heard");
    });
}

void add_theme_decide(CLI::App& theme, Line& line) {
    CLI::App& command = add(
        theme,
        {"decide", "decide once for all items of a theme",
         "Each item gets the decision on its own ledger, and each customer reads it on their own "
         "page. An item that\n"
         "somebody moved meanwhile is reported and left as it is; given again, the command goes "
         "on with what is left.",
         "candour theme decide TH-3 --change --text \"We rebuild the export.\" --by 2027-03-31 --dry-run"});
    auto options = std::make_shared<ThemeOptions>();
    take_theme(command, *options);
    add_decision_options(command, options->decision);
    add_dry_run(command, *options);
    run_by(command, line, [&line, options] {
        Result<boost::json::object> body = body_of(options->decision);
        if (!body) return fail_usage(body.error().message);
        return give_theme(line, *options, "decide", std::move(*body), "decided");
    });
}

void add_theme_change(CLI::App& theme, Line& line) {
    CLI::App& command =
        add(theme, {"change", "say once what changed, to all items of a theme",
                    "The three texts of our own failure go to those items that are marked so.",
                    "candour theme change TH-3 --text \"Exports run in the background now.\""});
    auto options = std::make_shared<ThemeOptions>();
    take_theme(command, *options);
    add_change_options(command, options->change);
    add_dry_run(command, *options);
    run_by(command, line, [&line, options] {
        return give_theme(line, *options, "change", body_of(options->change), "changed");
    });
}

void add_telling_of(CLI::App& theme, Line& line) {
    CLI::App& command = add(
        theme, {"tell", "tell every customer about their own item",
                "Each gets the closing message of their own item. For a while all of them can be taken back.",
                "candour theme tell TH-3 --dry-run\ncandour theme tell TH-3"});
    auto options = std::make_shared<ThemeOptions>();
    take_theme(command, *options);
    add_dry_run(command, *options);
    run_by(command, line, [&line, options] { return give_theme(line, *options, "tell", {}, "told"); });
    CLI::App& undo = add(theme, {"undo", "take back the closing messages that have not left yet",
                                 "What has left, its customer has.", "candour theme undo TH-3"});
    auto taken = std::make_shared<ThemeOptions>();
    take_theme(undo, *taken);
    run_by(undo, line, [&line, taken] { return give_theme(line, *taken, "undo", {}, "taken back"); });
}

}  // namespace

void add_theme(CLI::App& root, Line& line) {
    CLI::App& theme = add(
        root, {"theme", "one decision for many items",
               "Several customers told us the same thing: decide once, change once, and tell each of them "
               "about their own item.\n"
               "THEME is an id (thm_…) or what people say (TH-3).",
               "candour theme create \"Exports time out\"\n"
               "candour theme add TH-1 LP-12 LP-15 LP-19\n"
               "candour theme decide TH-1 --change --text \"We rebuild the export.\" --by 2027-03-31"});
    theme.group(kLoopGroup)->require_subcommand(1);
    add_theme_looking(theme, line);
    add_theme_hear(theme, line);
    add_theme_decide(theme, line);
    add_theme_change(theme, line);
    add_telling_of(theme, line);
}

}  // namespace candour::app::cli
