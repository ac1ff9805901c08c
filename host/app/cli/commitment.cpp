#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct PromiseOptions {
    std::string id, standing, source, owner, account, due_before, cursor;
    std::string promise, contact, by, note, reason;
    std::int64_t limit = 100, working_days = 0;
};

std::string commitment_target(const std::string& id, const std::string& below = {}) {
    return "/api/v1/commitments/" + http::percent_encode(id) + (below.empty() ? "" : "/" + below);
}

void print_commitments(const boost::json::value& page) {
    Table table({"PROMISE", "STANDING", "DUE (UTC)", "FROM", "ACCOUNT", "CONTACT", "OWNER", "WHAT"});
    for (const boost::json::value& each : list_at(page, "commitments"))
        table.row({text_at(each, "alias"), text_at(each, "standing"), when(at(each, "due_at")),
                   text_at(each, "source"), on_one_line(text_at(each, "account")),
                   on_one_line(text_at(each, "contact")), on_one_line(text_at(each, "owner")),
                   text_at(each, "promise")});
    if (table.empty())
        std::cout << "No promises. candour item decide --change makes one, and candour commitment add.\n";
    else
        table.print();
    if (const std::string next = text_at(page, "next"); !next.empty())
        std::cout << "\nLater ones: --cursor " << next << "\n";
}

int list_commitments(const Line& line, const PromiseOptions& options) {
    std::string target = "/api/v1/commitments?limit=" + std::to_string(options.limit);
    const std::pair<const char*, const std::string*> filters[] = {
        {"standing", &options.standing}, {"source", &options.source},         {"owner", &options.owner},
        {"account", &options.account},   {"due_before", &options.due_before}, {"cursor", &options.cursor}};
    for (const auto& [name, value] : filters)
        if (!value->empty()) target += std::string("&") + name + "=" + http::percent_encode(*value);
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> page = api.get(target);
        if (!page) return page.error();
        line.shared.json ? print_json(*page) : print_commitments(*page);
        return int{kOk};
    });
}

int print_one(const Line& line, const boost::json::value& commitment) {
    if (line.shared.json)
        print_json(commitment);
    else
        std::cout << text_at(commitment, "alias") << " is " << text_at(commitment, "standing") << ", due "
                  << when(at(commitment, "due_at")) << " (UTC).\n";
    return kOk;
}

int promise(const Line& line, const PromiseOptions& options) {
    if (options.by.empty() == (options.working_days == 0))
        return fail_usage(
            "expected --by YYYY-MM-DD or --working-days N, and not both: by when is it promised?");
    boost::json::object body{{"promise", options.promise},
                             {"source", options.source},
                             {"account", options.account},
                             {"note", options.note}};
    const std::pair<const char*, const std::string*> rest[] = {
        {"contact", &options.contact}, {"owner", &options.owner}, {"by", &options.by}};
    for (const auto& [name, value] : rest)
        if (!value->empty()) body[name] = *value;
    if (options.working_days > 0) body["working_days"] = options.working_days;
    if (Done read = read_words(body); !read) return fail(read.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> made = api.post("/api/v1/commitments", body);
        if (!made) return made.error();
        return print_one(line, *made);
    });
}

int settle(const Line& line, const PromiseOptions& options, bool kept) {
    boost::json::object body;
    if (kept && !options.note.empty()) body["note"] = options.note;
    if (!kept) body["reason"] = options.reason;
    if (Done read = read_words(body); !read) return fail(read.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> now = api.get(commitment_target(options.id));
        if (!now) return now.error();
        http::ClientRequest request;
        request.method = http::Method::post;
        request.target = commitment_target(options.id, kept ? "keep" : "break");
        request.body = boost::json::serialize(body);
        request.headers.push_back({"If-Match", "\"" + std::to_string(number_at(*now, "version")) + "\""});
        const Result<http::ClientAnswer> answer = api.send(request);
        if (!answer) return answer.error();
        const Result<boost::json::value> settled = value_of_answer(*answer);
        if (!settled) return settled.error();
        return print_one(line, *settled);
    });
}

void add_list(CLI::App& parent, Line& line) {
    CLI::App& command = add(
        parent, {"list", "promises with their dates, soonest first",
                 "PROMISE is the item whose decision made it (LP-12), or the promise itself (PR-3) when it "
                 "stands alone.\n"
                 "What is open and thirty days overdue stands as broken.",
                 "candour commitment list --standing open --due-before 2027-04-01"});
    auto options = std::make_shared<PromiseOptions>();
    command.add_option("--standing", options->standing, "open, kept, late or broken")
        ->check(CLI::IsMember({"open", "kept", "late", "broken"}))
        ->type_name("STANDING");
    command.add_option("--source", options->source, "loop, sales, review, mail, meeting or other")
        ->check(CLI::IsMember({"loop", "sales", "review", "mail", "meeting", "other"}))
        ->type_name("SOURCE");
    command.add_option("--owner", options->owner, "only those of one teammate")->type_name("ID");
    command.add_option("--account", options->account, "only those to one customer")->type_name("ID");
    command.add_option("--due-before", options->due_before, "only those that are due before then")
        ->type_name("DATE");
    command.add_option("--limit", options->limit, "how many, up to 500; 100 when left out")
        ->check(CLI::Range(1, 500))
        ->type_name("N");
    command.add_option("--cursor", options->cursor, "the next page, as the page before ended")
        ->type_name("CURSOR");
    run_by(command, line, [&line, options] { return list_commitments(line, *options); });
}

void add_promise(CLI::App& parent, Line& line) {
    CLI::App& command = add(
        parent,
        {"add", "write down a promise that was made elsewhere",
         "In a sale, in a review, in a mail: what counts is that the customer remembers it. Its day "
         "ends when work ends\n"
         "in the calendar of the account, else of the owner, else of the organisation.",
         "candour commitment add --account A-1 --source sales --promise \"Two training days\" --by "
         "2027-03-31\n"
         "candour commitment add --account A-1 --source mail --promise \"A call back\" --working-days 2"});
    auto options = std::make_shared<PromiseOptions>();
    command.add_option("--account", options->account, "to whom: your own number, or an id")
        ->required()
        ->type_name("REF");
    command.add_option("--source", options->source, "sales, review, mail, meeting or other")
        ->required()
        ->check(CLI::IsMember({"sales", "review", "mail", "meeting", "other"}))
        ->type_name("SOURCE");
    add_words(command, "--promise", options->promise,
              "what was promised; @FILE reads a file, - standard input")
        ->required();
    command.add_option("--by", options->by, "until when")->type_name("YYYY-MM-DD");
    command.add_option("--working-days", options->working_days, "or in so many working days")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
    command.add_option("--contact", options->contact, "whom it was promised to in person")->type_name("ID");
    command.add_option("--owner", options->owner, "who keeps it; you when left out")->type_name("EMAIL");
    add_words(command, "--note", options->note, "where it was said");
    run_by(command, line, [&line, options] { return promise(line, *options); });
}

void add_settling(CLI::App& parent, Line& line) {
    CLI::App& keep =
        add(parent, {"keep", "a promise that stands alone was kept",
                     "After its day it stands as late. A promise of an item is kept by the item's change.",
                     "candour commitment keep PR-3"});
    auto options = std::make_shared<PromiseOptions>();
    keep.add_option("PROMISE", options->id, "cmt_… or PR-3")->required();
    add_words(keep, "--note", options->note, "a word for those who read the ledger");
    run_by(keep, line, [&line, options] { return settle(line, *options, true); });
    CLI::App& give_up = add(
        parent,
        {"break", "a promise that stands alone will not be kept", "With the reason, and better said early.",
         "candour commitment break PR-3 --reason \"The trainer left, and nobody can replace her.\""});
    auto broken = std::make_shared<PromiseOptions>();
    give_up.add_option("PROMISE", broken->id, "cmt_… or PR-3")->required();
    add_words(give_up, "--reason", broken->reason, "why; @FILE reads a file, - standard input")->required();
    run_by(give_up, line, [&line, broken] { return settle(line, *broken, false); });
}

}  // namespace

void add_commitment(CLI::App& root, Line& line) {
    CLI::App& promises = add(
        root, {"commitment", "what was promised, and how it stands",
               "Kept, late, broken, or open with its date: the promises of decisions, and those that were "
               "made elsewhere.",
               "candour commitment list --standing open"});
    promises.group(kLoopGroup)->require_subcommand(1);
    add_list(promises, line);
    add_promise(promises, line);
    add_settling(promises, line);
}

}  // namespace candour::app::cli
