#include <boost/json.hpp>
#include <iostream>

#include "app/cli/account.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/import_answers.hpp"
#include "app/cli/output.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/reach.hpp"

namespace candour::app::cli {
namespace {

int report_import(const Line& line, const boost::json::value& report) {
    const boost::json::array& problems = list_at(report, "problems");
    if (line.shared.json) {
        print_json(report);
        return problems.empty() ? kOk : kFailed;
    }
    for (const boost::json::value& problem : problems)
        std::cerr << "line " << number_at(problem, "line") << ": " << printable(text_at(problem, "reason"))
                  << "\n";
    std::cout << (flag_at(report, "dry_run") ? "Would be: " : "") << number_at(report, "added") << " added, "
              << number_at(report, "changed") << " changed, " << number_at(report, "unchanged")
              << " unchanged";
    if (!problems.empty()) std::cout << ", " << problems.size() << " left out (see above)";
    std::cout << ".\n";
    return problems.empty() ? kOk : kFailed;
}

int import(const Line& line, const std::string& what, const std::string& file, bool dry_run) {
    const Result<std::string> text = read_file(file);
    if (!text) return fail(text.error());
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> report =
            send_csv(api, "/api/v1/imports/" + what + (dry_run ? "?dry_run=true" : ""), *text);
        if (!report) return report.error();
        return report_import(line, *report);
    });
}

void add_import(CLI::App& parent, Line& line, const Lesson& lesson) {
    CLI::App& command = add(parent, lesson);
    struct Options {
        std::string file;
        bool dry_run = false;
    };
    auto options = std::make_shared<Options>();
    command.add_option("FILE", options->file, "a CSV file in UTF-8; - reads standard input")->required();
    command.add_flag("--dry-run", options->dry_run,
                     "say what would happen, and what is wrong; change nothing");
    run_by(command, line, [&line, options, what = std::string(lesson.name)] {
        return import(line, what, options->file, options->dry_run);
    });
}

using Print = void (*)(const boost::json::value& document);

void add_list(CLI::App& parent, Line& line, const Lesson& lesson, const char* name, Print print) {
    CLI::App& command = add(parent, lesson);
    run_by(command, line, [&line, name, print] {
        return with_api(line.shared, [&](const Api& api) -> Result<int> {
            const Result<boost::json::value> document =
                all_pages(api, std::string("/api/v1/") + name + "?limit=1000", name, 0);
            if (!document) return document.error();
            line.shared.json ? print_json(*document) : print(*document);
            return int{kOk};
        });
    });
}

void print_accounts(const boost::json::value& document) {
    Table table({"REF", "SEGMENT", "RENEWAL", "OWNER", "ID", "NAME"});
    for (const boost::json::value& account : list_at(document, "accounts")) {
        const auto& owner = at(account, "owner");
        table.row({text_at(account, "ref"), text_at(account, "segment"), text_at(account, "renewal_on"),
                   owner.is_string() ? std::string(owner.get_string()) : text_at(owner, "name"),
                   text_at(account, "id"), text_at(account, "name")});
    }
    if (table.empty())
        std::cout << "No accounts yet: candour import accounts --help\n";
    else
        table.print();
}

}  // namespace

void add_people(CLI::App& root, Line& line) {
    CLI::App& bring = add(
        root,
        {"import", "bring accounts, contacts and past answers in from CSV files",
         "Rows are matched, so that the same file can be imported again: what is the same stays as it is.\n"
         "Bad rows are left out, each with its line and its reason; then the exit code is 1.",
         "candour import accounts accounts.csv --dry-run"});
    bring.group(kPeopleGroup)->require_subcommand(1);
    add_import(bring, line,
               {"accounts", "customer organisations",
                "Columns (* required): ref*, name*, segment (co_creator, opportunity, reliable, edge), "
                "owner_email, owner_name,\n"
                "renewal_on (YYYY-MM-DD), annual_revenue. Matched by ref.",
                "printf 'ref,name,segment,owner_email\\nA-1,Brass Otter,reliable,priya@example.com\\n' | "
                "candour import accounts -"});
    add_import(bring, line,
               {"contacts", "people at these organisations",
                "Columns (* required): account_ref*, name*, email, level (operational, managerial, "
                "executive), language, zone,\n"
                "active (yes, no), known_since (YYYY-MM-DD; today when left out). Matched by account and "
                "e-mail address.",
                "printf 'account_ref,name,email,language\\nA-1,Ada Lovett,ada@otter.example,en\\n' | candour "
                "import contacts -"});

    add_import_answers(bring, line);
    add_import(
        bring, line,
        {"acts", "what advocates were seen to do for you",
         "Columns (* required): contact* (address or id), type* (referral, reference_call, case_study, "
         "speaking, testimonial,\n"
         "public_review, internal_introduction), date* (YYYY-MM-DD), account_ref, verified (yes unless "
         "said), incentivised\n"
         "(no unless said), stars (1 to 5, of a public review), ref (a URL, a review's number), note.\n"
         "A row that says something else of the same act takes its place.",
         "printf 'contact,type,date,ref\\nada@otter.example,reference_call,2026-03-02,call-17\\n' | candour "
         "import acts -"});

    add_import(bring, line,
               {"touchpoints", "when we met: meetings, calls, mail threads",
                "Columns (* required): ref* (the calendar's own key), account_ref*, kind* (meeting, call, "
                "mail), at* (YYYY-MM-DD or\n"
                "YYYY-MM-DD HH:MM in UTC), minutes, contacts, teammates (addresses, separated by "
                "semicolons), topics. Matched by ref.",
                "printf 'ref,account_ref,kind,at,minutes,contacts\\ncal-1,A-1,meeting,2026-03-02 "
                "14:00,45,ada@otter.example\\n' | "
                "candour import touchpoints -"});

    CLI::App& accounts = add(root, {"account", "customer organisations",
                                    "They come from candour import accounts.", "candour account list"});
    accounts.group(kPeopleGroup)->require_subcommand(1);
    add_list(accounts, line,
             {"list", "all accounts", "REF is your own number for them.", "candour account list"}, "accounts",
             print_accounts);
    add_account_views(accounts, line);
}

}  // namespace candour::app::cli
