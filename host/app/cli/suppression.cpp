/// candour suppression: addresses that nobody writes to any more.
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

struct SuppressionOptions {
    std::string address, cause, search, note;
    bool raw = false;
};

std::string suppression_target(const std::string& address, const char* below = "") {
    return "/api/v1/suppressions/" + http::percent_encode(address) + below;
}

void print_suppressions(const value& document) {
    Table table({"ADDRESS", "WHO", "ACCOUNT", "CAUSE", "STATUS", "SINCE (UTC)", "WHY"});
    for (const value& one : list_at(document, "suppressions"))
        table.row({text_at(one, "address"), on_one_line(text_at(one, "name")),
                   on_one_line(text_at(one, "account")), text_at(one, "cause"), text_at(one, "status"),
                   when(at(one, "at")), on_one_line(text_at(one, "reason"))});
    if (table.empty())
        std::cout << "Every address is written to: nothing came back for good, and nobody complained.\n";
    else
        table.print();
}

void print_bounces(const value& story) {
    Table bounces({"CAME BACK (UTC)", "KIND", "STATUS", "WHAT THE SERVER SAID", "MAIL"});
    for (const value& one : list_at(story, "bounces"))
        bounces.row({when(at(one, "at")), text_at(one, "kind"), text_at(one, "status"),
                     on_one_line(text_at(one, "detail")),
                     number_at(one, "mail") == 0 ? "" : std::to_string(number_at(one, "mail"))});
    if (bounces.empty()) return;
    std::cout << "\n";
    bounces.print();
}

void print_lifts(const value& story) {
    Table lifts({"LIFTED (UTC)", "BY", "IT WAS", "NOTE"});
    for (const value& one : list_at(story, "lifts"))
        lifts.row({when(at(one, "at")), on_one_line(text_at(one, "by")),
                   text_at(one, "cause") + ": " + on_one_line(text_at(one, "reason")),
                   on_one_line(text_at(one, "note"))});
    if (lifts.empty()) return;
    std::cout << "\n";
    lifts.print();
}

void print_story(const value& story) {
    const value& one = at(story, "suppression");
    const std::string address = text_at(story, "address");
    if (one.is_null()) {
        std::cout << address << " is written to.\n";
    } else {
        std::cout << address << " is not written to since " << when(at(one, "at"))
                  << " UTC: " << text_at(one, "cause") << (text_at(one, "status").empty() ? "" : " ")
                  << text_at(one, "status") << "\n  " << on_one_line(text_at(one, "reason")) << "\n";
        if (!text_at(one, "name").empty())
            std::cout << "  " << on_one_line(text_at(one, "name")) << ", "
                      << on_one_line(text_at(one, "account")) << "\n";
    }
    print_bounces(story);
    print_lifts(story);
    if (!one.is_null())
        std::cout << "\nIt works again: candour suppression lift " << address << " --note \"…\"\n";
}

int list_suppressions(const Line& line, const SuppressionOptions& options) {
    std::string target = "/api/v1/suppressions?limit=500";
    if (!options.cause.empty()) target += "&cause=" + http::percent_encode(options.cause);
    if (!options.search.empty()) target += "&q=" + http::percent_encode(options.search);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = all_pages(api, target, "suppressions", 0);
        if (!document) return document.error();
        line.shared.json ? print_json(*document) : print_suppressions(*document);
        return int{kOk};
    });
}

/// The bytes as they came: the latest mail that said so.
Result<int> print_raw(const Api& api, const value& story) {
    for (const value& one : list_at(story, "bounces")) {
        const std::int64_t mail = number_at(one, "mail");
        if (mail == 0) continue;
        http::ClientRequest request;
        request.target = "/api/v1/mails/" + std::to_string(mail) + "/raw";
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        if (answer->status / 100 != 2) return value_of_answer(*answer).error();
        std::cout << answer->body;
        return int{kOk};
    }
    return Error{ErrorCode::not_found,
                 "no mail came back from there: the server refused at once, and its words are all there is"};
}

int show_suppression(const Line& line, const SuppressionOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> story = api.get(suppression_target(options.address));
        if (!story) return story.error();
        if (options.raw) return print_raw(api, *story);
        line.shared.json ? print_json(*story) : print_story(*story);
        return int{kOk};
    });
}

int lift_suppression(const Line& line, const SuppressionOptions& options) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const boost::json::object body{{"note", options.note}};
        const Result<value> story = api.post(suppression_target(options.address, "/lift"), body);
        if (!story) return story.error();
        line.shared.json ? print_json(*story) : print_story(*story);
        return int{kOk};
    });
}

}  // namespace

void add_suppressions(CLI::App& root, Line& line) {
    auto options = std::make_shared<SuppressionOptions>();
    CLI::App& all = add(
        root,
        {"suppression", "addresses that nobody writes to any more",
         "An address is left alone when it bounced for good (at once), when it bounced three times within a "
         "week for\npassing reasons, or when its owner complained. Lifting it is a person's decision.",
         "candour suppression list\ncandour suppression show ada@example.org"});
    all.group(kPeopleGroup)->require_subcommand(1);

    CLI::App& list = add(all, {"list", "all of them, newest first",
                               "CAUSE says whether it bounced for good, too often, or its owner complained.",
                               "candour suppression list --cause hard"});
    list.add_option("--cause", options->cause, "hard, soft, complaint")->type_name("CAUSE");
    list.add_option("--search", options->search, "the beginning of an address")->type_name("TEXT");
    run_by(list, line, [&line, options] { return list_suppressions(line, *options); });

    CLI::App& show = add(all, {"show", "what came back from an address, and what we did about it",
                               "--raw prints the mail that came back, as it came.",
                               "candour suppression show ada@example.org\n"
                               "candour suppression show ada@example.org --raw"});
    show.add_option("ADDRESS", options->address, "such as ada@example.org")->required();
    show.add_flag("--raw", options->raw, "the mail that came back");
    run_by(show, line, [&line, options] { return show_suppression(line, *options); });

    CLI::App& lift =
        add(all, {"lift", "write to it again",
                  "Bounces from before count no more. Somebody who complained is written to again "
                  "only with a note that says why.",
                  "candour suppression lift ada@example.org --note \"mailbox is back\""});
    lift.add_option("ADDRESS", options->address, "such as ada@example.org")->required();
    lift.add_option("--note", options->note, "why it works again")->type_name("TEXT");
    run_by(lift, line, [&line, options] { return lift_suppression(line, *options); });
}

}  // namespace candour::app::cli
