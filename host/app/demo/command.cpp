#include <iostream>

#include "app/cli/commands.hpp"
#include "app/cli/reach.hpp"
#include "app/demo/portfolio.hpp"

namespace candour::app::cli {

void add_demo(CLI::App& root, Line& line) {
    CLI::App& group =
        add(root, {"demo", "a small portfolio to play with",
                   "Invented customers of invented companies. Use a database of its own for it.",
                   "candour demo load"});
    group.group(kHouseGroup)->require_subcommand(1);
    CLI::App& load =
        add(group,
            {"load", "bring the demo portfolio in through the same doors as real data",
             "Imports accounts and contacts, adds a survey, answers it as browsers do, and works on some of "
             "the answers,\n"
             "so that an item stands in every state. Running it again changes nothing.\n"
             "Then play the customer: /demo/mail of a host that runs with --demo shows every mail it sent.",
             "candour demo load"});
    run_by(load, line, [&line] {
        return with_api(line.shared, [&line](const Api& api) -> Result<int> {
            const Done loaded = demo::load(api, line.shared);
            return loaded ? Result<int>(int{kOk}) : Result<int>(loaded.error());
        });
    });
}

}  // namespace candour::app::cli
