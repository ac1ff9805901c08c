#include "app/main.hpp"

#include <sys/stat.h>

#include <iostream>

#include "app/cli/commands.hpp"

namespace candour::app {
namespace {

constexpr const char* kLesson =
    "An item is closed when the customer has seen what came of it, and the proof is on record.\n"
    "The host serves pages and the API; these commands talk to it, or to its database, from a terminal.\n"
    "Exit codes: 0 done, 1 refused or findings, 2 wrong usage, 3 the host or the database cannot be reached.";

constexpr const char* kExample =
    "candour item list --state raised\n"
    "candour item hear LP-12 --text \"You lose an hour a week to exports that time out.\"";

void add_shared(CLI::App& root, cli::Shared& shared) {
    root.add_option("--config", shared.config,
                    "the configuration; else CANDOUR_CONFIG, ./candour.toml, ./var/candour.toml")
        ->type_name("FILE");
    root.add_option("--url", shared.url,
                    "the running host; else CANDOUR_URL, else where the configuration says it listens")
        ->type_name("URL");
    root.add_option("--token", shared.token,
                    "the API token; else CANDOUR_TOKEN, else the file `token` beside the configuration")
        ->type_name("TOKEN");
    root.add_flag("--json", shared.json, "answers for machines, as the API gives them");
}

}  // namespace

int run(int count, char** arguments) {
    umask(S_IRWXG | S_IRWXO);  // databases, tokens, exports: whatever this program writes is personal
    CLI::App root("closes the loop with customers: what was heard, what was decided, what changed",
                  "candour");
    root.footer(std::string(kLesson) + "\f" + kExample);
    root.require_subcommand(1);
    root.set_help_flag("-h,--help", "this page; every command has one");
    root.set_version_flag("--version", "candour " CANDOUR_VERSION, "which version this is");
    cli::Line line;
    add_shared(root, line.shared);
    cli::add_item(root, line);
    cli::add_theme(root, line);
    cli::add_commitment(root, line);
    cli::add_watch(root, line);
    cli::add_rules(root, line);
    cli::add_surveys(root, line);
    cli::add_campaigns(root, line);
    cli::add_suppressions(root, line);
    cli::add_people(root, line);
    cli::add_answer(root, line);
    cli::add_contact(root, line);
    cli::add_teammate(root, line);
    cli::add_metric(root, line);
    cli::add_signals(root, line);
    cli::add_ledger(root, line);
    cli::add_export(root, line);
    cli::add_setup(root, line);
    cli::add_serve(root, line);
    cli::add_token(root, line);
    cli::add_user(root, line);
    cli::add_audit(root, line);
    cli::add_webhook(root, line);
    cli::add_brand(root, line);
    cli::add_care(root, line);
    cli::add_outside(root, line);
    cli::add_mail(root, line);
    cli::add_demo(root, line);
    cli::add_doctor(root, line);
    cli::add_completion(root, line);
    cli::add_man(root, line);
    try {
        root.parse(count, arguments);
    } catch (const CLI::CallForHelp&) {
        std::cout << cli::help_text(cli::deepest(root));
        return cli::kOk;
    } catch (const CLI::CallForVersion& version) {
        std::cout << version.what() << "\n";
        return cli::kOk;
    } catch (const CLI::ParseError& error) {
        return cli::fail_usage(cli::complaint(root, error));
    }
    return line.action();
}

}  // namespace candour::app
