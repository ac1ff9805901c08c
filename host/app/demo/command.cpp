#include <iostream>

#include "app/cli/campaign_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/demo/portfolio.hpp"
#include "app/demo/wave.hpp"

namespace candour::app::cli {
namespace {

void add_send(CLI::App& group, Line& line) {
    CLI::App& send = add(
        group, {"send", "ask the demo's customers by mail",
                "Asks everybody who may be asked the relationship question, once. Running it again changes "
                "nothing and\n"
                "says how it stands. Then play a customer: open the mail at /demo/mail and press a number.",
                "candour demo send"});
    run_by(send, line, [&line] {
        return with_api(line.shared, [&line](const Api& api) -> Result<int> {
            const Result<boost::json::value> planned = demo::send_wave(api);
            if (!planned) return planned.error();
            line.shared.json ? print_json(*planned) : print_planned(*planned);
            return int{kOk};
        });
    });
}

}  // namespace

void add_demo(CLI::App& root, Line& line) {
    CLI::App& group =
        add(root, {"demo", "a small portfolio to play with",
                   "Invented customers of invented companies. Use a database of its own for it.",
                   "candour demo load"});
    group.group(kHouseGroup)->require_subcommand(1);
    CLI::App& load =
        add(group,
            {"load", "bring the demo portfolio in through the same doors as real data",
             "Twelve accounts with ninety people, two years of what they said, and an item in every state, "
             "each worked on\n"
             "step by step. Running it again changes nothing.\n"
             "Then play the customer: /demo/mail of a host that runs with --demo shows every mail it sent.",
             "candour demo load"});
    auto dry_run = std::make_shared<bool>(false);
    load.add_flag("--dry-run", *dry_run, "say what would come in; change nothing");
    run_by(load, line, [&line, dry_run] {
        return with_api(line.shared, [&line, dry_run](const Api& api) -> Result<int> {
            const Done loaded = *dry_run ? demo::preview(api) : demo::load(api, line.shared);
            return loaded ? Result<int>(int{kOk}) : Result<int>(loaded.error());
        });
    });
    add_send(group, line);
}

}  // namespace candour::app::cli
