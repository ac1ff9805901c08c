#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/item_steps.hpp"
#include "app/cli/many_report.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

struct CareOptions {
    std::string id, file, key, to, note;
    std::optional<std::string> person, calendar;
    bool dry_run = false;
};

Result<boost::json::value> put_care(const Api& api, const std::string& target, std::string body) {
    http::ClientRequest request;
    request.method = http::Method::put;
    request.target = target;
    request.body = std::move(body);
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

std::string week_of(const boost::json::value& calendar) {
    std::string week;
    for (const boost::json::value& shift : list_at(calendar, "weekly"))
        week += (week.empty() ? "" : ", ") + text_at(shift, "day") + " " + text_at(shift, "from") + "-" +
                text_at(shift, "to");
    return week;
}

int list_calendars(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> all = api.get("/api/v1/calendars");
        if (!all) return all.error();
        if (line.shared.json) {
            print_json(*all);
            return int{kOk};
        }
        Table table({"CALENDAR", "ZONE", "HOLIDAYS", "WORKING HOURS"});
        for (const boost::json::value& each : list_at(*all, "calendars"))
            table.row({text_at(each, "id"), text_at(each, "zone"),
                       std::to_string(list_at(each, "holidays").size()), week_of(each)});
        if (table.empty())
            std::cout << "No calendars: days are counted as they pass. candour calendar set --help\n";
        else
            table.print();
        return int{kOk};
    });
}

int show_calendar(const Line& line, const std::string& id) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> calendar = api.get("/api/v1/calendars/" + http::percent_encode(id));
        if (!calendar) return calendar.error();
        if (line.shared.json) {
            print_json(*calendar);
            return int{kOk};
        }
        std::cout << text_at(*calendar, "id") << ", in " << text_at(*calendar, "zone") << "\n";
        for (const boost::json::value& shift : list_at(*calendar, "weekly"))
            std::cout << "  " << text_at(shift, "day") << "  " << text_at(shift, "from") << " to "
                      << text_at(shift, "to") << "\n";
        for (const boost::json::value& date : list_at(*calendar, "holidays"))
            std::cout << "  off  " << date.get_string().c_str() << "\n";
        return int{kOk};
    });
}

int set_calendar(const Line& line, const CareOptions& options) {
    const Result<std::string> text = read_file(options.file);
    if (!text) return fail(text.error());
    if (text->empty())
        return fail({ErrorCode::invalid, options.file + ": expected a calendar, found an empty file"});
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> set =
            put_care(api, "/api/v1/calendars/" + http::percent_encode(options.id), *text);
        if (!set) return set.error();
        if (line.shared.json)
            print_json(*set);
        else
            std::cout << "The calendar " << options.id << " is set. What is owed already keeps its date.\n";
        return int{kOk};
    });
}

int list_care(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> care = api.get("/api/v1/care");
        if (!care) return care.error();
        if (line.shared.json) {
            print_json(*care);
            return int{kOk};
        }
        Table people({"TEAMMATE", "MANAGER", "CALENDAR", "EMAIL"});
        for (const boost::json::value& each : list_at(*care, "teammates"))
            people.row({on_one_line(text_at(each, "name")), on_one_line(text_at(at(each, "manager"), "name")),
                        text_at(each, "calendar"), text_at(each, "email")});
        Table accounts({"ACCOUNT", "OWNER", "SPONSOR", "CALENDAR", "NAME"});
        for (const boost::json::value& each : list_at(*care, "accounts"))
            accounts.row({text_at(each, "ref"), on_one_line(text_at(at(each, "owner"), "name")),
                          on_one_line(text_at(at(each, "sponsor"), "name")), text_at(each, "calendar"),
                          on_one_line(text_at(each, "name"))});
        people.print();
        std::cout << "\n";
        accounts.print();
        return int{kOk};
    });
}

int set_care(const Line& line, const CareOptions& options, bool of_teammate) {
    boost::json::object body;
    if (options.person) body[of_teammate ? "manager" : "sponsor"] = *options.person;
    if (options.calendar) body["calendar"] = *options.calendar;
    if (body.empty())
        return fail_usage(std::string("expected --") + (of_teammate ? "manager" : "sponsor") +
                          " or --calendar; an empty text takes it away");
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const std::string target = std::string("/api/v1/care/") + (of_teammate ? "teammates/" : "accounts/") +
                                   http::percent_encode(options.key);
        const Result<boost::json::value> set = put_care(api, target, boost::json::serialize(body));
        if (!set) return set.error();
        if (!line.shared.json) std::cout << "Done.\n";
        return int{kOk};
    });
}

int hand_over(const Line& line, const CareOptions& options) {
    boost::json::object body{{"to", options.to}, {"note", options.note}, {"dry_run", options.dry_run}};
    if (Done read = read_words(body); !read) return fail(read.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> report =
            api.post("/api/v1/care/teammates/" + http::percent_encode(options.key) + "/hand-over", body);
        if (!report) return report.error();
        if (line.shared.json) {
            print_json(*report);
            return int{kOk};
        }
        const int exit = print_many(*report, "handed over");
        std::cout << "Promises that stand alone: " << number_at(*report, "commitments")
                  << ". Accounts: " << number_at(*report, "accounts") << ".\n";
        return int{exit};
    });
}

void add_calendars(CLI::App& root, Line& line) {
    CLI::App& calendars =
        add(root,
            {"calendar", "when people work, and by when something is owed",
             "Days to hear, decide, change and tell are working days of a calendar: the account's, else its "
             "owner's, else the one\n"
             "called organisation. Without one, days are counted as they pass.",
             "candour calendar set organisation office.json"});
    calendars.group(kHouseGroup)->require_subcommand(1);
    CLI::App& all = add(calendars, {"list", "all calendars",
                                    "The one called organisation holds for everybody who has no other.",
                                    "candour calendar list"});
    run_by(all, line, [&line] { return list_calendars(line); });
    CLI::App& one = add(calendars, {"show", "one calendar", "With --json as the file that set takes.",
                                    "candour calendar show organisation --json > office.json"});
    auto shown = std::make_shared<CareOptions>();
    one.add_option("CALENDAR", shown->id, "its name")->required();
    run_by(one, line, [&line, shown] { return show_calendar(line, shown->id); });
    CLI::App& set =
        add(calendars,
            {"set", "make a calendar, or change one",
             "FILE has a zone, weekly intervals and holidays. An interval that ends before it begins ends on "
             "the next "
             "morning;\n"
             "24:00 is midnight. What is owed already keeps its date. It needs a token with the scope admin.",
             "echo '{\"zone\": \"Europe/Oslo\", \"weekly\": [{\"day\": \"mon\", \"from\": \"09:00\", \"to\": "
             "\"17:00\"}], "
             "\"holidays\": [\"2027-05-17\"]}' > office.json\n"
             "candour calendar set organisation office.json"});
    auto options = std::make_shared<CareOptions>();
    set.add_option("CALENDAR", options->id, "organisation, or a name such as night-shift")->required();
    set.add_option("FILE", options->file, "a JSON file; - reads standard input")->required();
    run_by(set, line, [&line, options] { return set_calendar(line, *options); });
}

void add_setting(CLI::App& parent, Line& line, const Lesson& lesson, const char* key, const char* person,
                 bool of_teammate) {
    CLI::App& command = add(parent, lesson);
    auto options = std::make_shared<CareOptions>();
    command.add_option(key, options->key, of_teammate ? "an address, or an id" : "your own number, or an id")
        ->required();
    command
        .add_option_function<std::string>(
            person, [options](const std::string& who) { options->person = who; },
            of_teammate ? "who hears of what stays overdue; \"\" for nobody"
                        : "who of ours hears of it in the end; \"\" for nobody")
        ->type_name("EMAIL");
    command
        .add_option_function<std::string>(
            "--calendar", [options](const std::string& id) { options->calendar = id; },
            "in whose time it counts; \"\" for the usual one")
        ->type_name("CALENDAR");
    run_by(command, line, [&line, options, of_teammate] { return set_care(line, *options, of_teammate); });
}

}  // namespace

void add_care(CLI::App& root, Line& line) {
    add_calendars(root, line);
    CLI::App& care = add(
        root,
        {"care", "who stands behind whom, and whose items go to whom",
         "An overdue step is said to its owner, then to the owner's manager, then to the account's sponsor: "
         "each once,\neach on the ledger.",
         "candour care teammate priya@example.com --manager ines@example.com"});
    care.group(kHouseGroup)->require_subcommand(1);
    CLI::App& all = add(care, {"list", "managers, sponsors and calendars",
                               "Of every teammate and every account.", "candour care list"});
    run_by(all, line, [&line] { return list_care(line); });
    add_setting(care, line,
                {"teammate", "set a teammate's manager and calendar",
                 "What is left out stays as it is. It needs a token with the scope admin.",
                 "candour care teammate priya@example.com --manager ines@example.com --calendar night-shift"},
                "TEAMMATE", "--manager", true);
    add_setting(
        care, line,
        {"account", "set an account's sponsor and calendar",
         "The sponsor is one of ours, high enough to be asked. It needs a token with the scope admin.",
         "candour care account A-1 --sponsor ceo@example.com"},
        "ACCOUNT", "--sponsor", false);
    CLI::App& over = add(
        care, {"hand-over", "give everything of a teammate to another one",
               "Their items (open, told and closed ones), the promises that stand alone, and the accounts "
               "they own:\nthe customers' pages show the new name, and what comes in from now on is the "
               "new owner's.\nGiven again, it goes on with what is left.",
               "candour care hand-over priya@example.com --to ines@example.com --dry-run"});
    auto options = std::make_shared<CareOptions>();
    over.add_option("TEAMMATE", options->key, "who hands over: an address, or an id")->required();
    over.add_option("--to", options->to, "who takes over")->required()->type_name("EMAIL");
    add_words(over, "--note", options->note, "a word for those who read the ledgers");
    over.add_flag("--dry-run", options->dry_run, "say what would go; do nothing");
    run_by(over, line, [&line, options] { return hand_over(line, *options); });
}

}  // namespace candour::app::cli
