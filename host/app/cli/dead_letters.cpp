/// candour plugin dead-letters: jobs that no plugin could end.
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/cli/plugin_house.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct WantedLetter {
    std::string plugin, cursor, letter, reason;
    std::int64_t limit = 50;
};

void print_letters(const boost::json::value& page) {
    Table table({"LETTER", "PLUGIN", "RECEIVED (UTC)", "GIVEN UP (UTC)", "TRIES", "WHY"});
    for (const boost::json::value& letter : list_at(page, "dead_letters"))
        table.row({std::to_string(number_at(letter, "id")), text_at(letter, "plugin"),
                   when(at(letter, "received_at")), when(at(letter, "dead_at")),
                   std::to_string(number_at(letter, "attempts")), on_one_line(text_at(letter, "why"))});
    if (table.empty()) {
        std::cout << "No dead letters: every job had its outcome, or is still tried.\n";
        return;
    }
    table.print();
    if (const std::string next = text_at(page, "next"); !next.empty())
        std::cout << "\nOlder ones: --cursor " << next << "\n";
}

void print_letter(const boost::json::value& letter) {
    const std::string id = std::to_string(number_at(letter, "id"));
    std::cout << "Letter " << id << " for " << text_at(letter, "plugin") << "\n\n"
              << "received    " << when(at(letter, "received_at")) << "\n"
              << "given up    " << when(at(letter, "dead_at")) << " after " << number_at(letter, "attempts")
              << " tries\n"
              << "why         " << on_one_line(text_at(letter, "why")) << "\n"
              << "key         " << on_one_line(text_at(letter, "key")) << "\n\nThe request\n";
    print_json(at(letter, "request"));
    std::cout << "\nNext: candour plugin dead-letters replay " << id
              << "   or candour plugin dead-letters discard " << id << " --reason \"…\"\n";
}

void print_end(const boost::json::value& ended) {
    std::cout << "Letter " << number_at(ended, "id") << ": " << text_at(ended, "outcome") << ".\n";
}

int list_letters(const Line& line, const WantedLetter& wanted) {
    std::string target = "/api/v1/dead-letters?limit=" + std::to_string(wanted.limit);
    if (!wanted.plugin.empty()) target += "&plugin=" + http::percent_encode(wanted.plugin);
    if (!wanted.cursor.empty()) target += "&cursor=" + http::percent_encode(wanted.cursor);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        line.shared.json ? print_json(*page) : print_letters(*page);
        return int{kOk};
    });
}

std::string letter_target(const WantedLetter& wanted, const char* below) {
    return "/api/v1/dead-letters/" + http::percent_encode(wanted.letter) + below;
}

int show_letter(const Line& line, const WantedLetter& wanted) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> letter = api.get(letter_target(wanted, ""));
        if (!letter) return letter.error();
        line.shared.json ? print_json(*letter) : print_letter(*letter);
        return int{kOk};
    });
}

int end(const Line& line, const WantedLetter& wanted, const char* below, const boost::json::object& body) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> ended = api.post(letter_target(wanted, below), body);
        if (!ended) return ended.error();
        line.shared.json ? print_json(*ended) : print_end(*ended);
        return int{kOk};
    });
}

CLI::App& add_with_letter(CLI::App& parent, const Lesson& lesson, std::string& letter) {
    CLI::App& command = add(parent, lesson);
    command.add_option("LETTER", letter, "its number; candour plugin dead-letters list shows them")
        ->required()
        ->check(CLI::PositiveNumber);
    return command;
}

void add_letter_list(CLI::App& letters, Line& line, const std::shared_ptr<WantedLetter>& wanted) {
    CLI::App& all =
        add(letters, {"list", "those that wait for somebody, newest first",
                      "Mails that could not be read are kept elsewhere: candour mail list --state "
                      "dead_lettered",
                      "candour plugin dead-letters list --plugin surveys"});
    all.add_option("--plugin", wanted->plugin, "only those of one plugin")->type_name("PLUGIN");
    all.add_option("--limit", wanted->limit, "how many, up to 500; 50 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
    all.add_option("--cursor", wanted->cursor, "the next page, as this one's end says")->type_name("CURSOR");
    run_by(all, line, [&line, wanted] { return list_letters(line, *wanted); });
}

}  // namespace

void add_dead_letters(CLI::App& plugin, Line& line) {
    CLI::App& letters =
        add(plugin,
            {"dead-letters", "jobs that no plugin could end",
             "A request that its plugin failed at again and again is given up and kept as it came. Mend or "
             "replace the\nplugin, then replay it: what it puts counts once.",
             "candour plugin dead-letters list\ncandour plugin dead-letters replay 12"});
    letters.require_subcommand(1);
    auto wanted = std::make_shared<WantedLetter>();
    add_letter_list(letters, line, wanted);
    CLI::App& one = add_with_letter(
        letters,
        {"show", "one of them, with the request as it came",
         "The words are a customer's: look at them with care.", "candour plugin dead-letters show 12"},
        wanted->letter);
    run_by(one, line, [&line, wanted] { return show_letter(line, *wanted); });
    CLI::App& again = add_with_letter(
        letters,
        {"replay", "hand it to its plugin once more", "If the plugin fails again it stays where it is.",
         "candour plugin dead-letters replay 12"},
        wanted->letter);
    run_by(again, line, [&line, wanted] { return end(line, *wanted, "/replay", {}); });
    CLI::App& never = add_with_letter(letters,
                                      {"discard", "close it without an outcome",
                                       "The journal keeps the request; nobody is asked about it again.",
                                       "candour plugin dead-letters discard 12 --reason \"a test of ours\""},
                                      wanted->letter);
    never.add_option("--reason", wanted->reason, "why, for whoever asks later")
        ->required()
        ->type_name("TEXT");
    run_by(never, line, [&line, wanted] {
        return end(line, *wanted, "/discard", boost::json::object{{"reason", wanted->reason}});
    });
}

}  // namespace candour::app::cli
