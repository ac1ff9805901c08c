#include <boost/json.hpp>
#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
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
            api.post_text("/api/v1/imports/" + what + (dry_run ? "?dry_run=true" : ""), *text, "text/csv");
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

void add_list(CLI::App& parent, Line& line, const Lesson& lesson, const char* target, Print print) {
    CLI::App& command = add(parent, lesson);
    run_by(command, line, [&line, target, print] {
        return with_api(line.shared, [&](const Api& api) -> Result<int> {
            const Result<boost::json::value> document = api.get(target);
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

void print_contacts(const boost::json::value& document) {
    Table table({"NAME", "LEVEL", "LANGUAGE", "ACTIVE", "ID", "EMAIL"});
    for (const boost::json::value& contact : list_at(document, "contacts"))
        table.row({text_at(contact, "name"), text_at(contact, "level"), text_at(contact, "language"),
                   flag_at(contact, "active") ? "yes" : "no", text_at(contact, "id"),
                   text_at(contact, "email")});
    if (table.empty())
        std::cout << "No contacts yet: candour import contacts --help\n";
    else
        table.print();
}

std::string name_in(const boost::json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : text_at(value, "name");
}

void print_commitments(const boost::json::value& document) {
    Table table({"ITEM", "STANDING", "DUE (UTC)", "ACCOUNT", "CONTACT", "OWNER", "PROMISE"});
    for (const boost::json::value& each : list_at(document, "commitments"))
        table.row({text_at(each, "alias"), text_at(each, "standing"), when(at(each, "due_at")),
                   name_in(at(each, "account")), name_in(at(each, "contact")), name_in(at(each, "owner")),
                   text_at(each, "promise")});
    if (table.empty())
        std::cout << "No promises yet: candour item decide --change makes one.\n";
    else
        table.print();
}

}  // namespace

void add_people(CLI::App& root, Line& line) {
    CLI::App& promises = add(root, {"commitment", "what was promised, and how it stands",
                                    "Kept, late, broken, or open with its date.", "candour commitment list"});
    promises.group(kLoopGroup)->require_subcommand(1);
    add_list(promises, line,
             {"list", "promises with their dates", "Each promise belongs to one round of an item.",
              "candour commitment list"},
             "/api/v1/commitments", print_commitments);

    CLI::App& bring = add(
        root,
        {"import", "bring accounts and contacts in from CSV files",
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
                "active (yes, no). Matched by account and e-mail address.",
                "printf 'account_ref,name,email,language\\nA-1,Ada Lovett,ada@otter.example,en\\n' | candour "
                "import contacts -"});

    CLI::App& accounts = add(root, {"account", "customer organisations",
                                    "They come from candour import accounts.", "candour account list"});
    accounts.group(kPeopleGroup)->require_subcommand(1);
    add_list(accounts, line,
             {"list", "all accounts", "REF is your own number for them.", "candour account list"},
             "/api/v1/accounts", print_accounts);

    CLI::App& contacts = add(root, {"contact", "people at accounts",
                                    "They come from candour import contacts.", "candour contact list"});
    contacts.group(kPeopleGroup)->require_subcommand(1);
    add_list(
        contacts, line,
        {"list", "all contacts", "The id, or an address that only one contact has, names them elsewhere.",
         "candour contact list"},
        "/api/v1/contacts", print_contacts);
}

}  // namespace candour::app::cli
