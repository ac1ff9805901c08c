/// Building the host from its parts and running it until it is asked to stop.
#pragma once
#include <string>
#include <vector>

#include "app/config.hpp"

namespace candour::app {

struct ServeOptions {
    bool demo = false;        ///< /demo/mail, and mail that stays in the house when no relay is configured
    std::string plugin_mode;  ///< in_process, worker or sandbox for every plugin; empty: as configured
    std::string test_clock;   ///< path of a UNIX socket by which a test moves time; needs `test = true`
};

/// Returns the exit code: 0 after a clean stop, 1 when it could not start (the reason is on stderr).
int serve(const Config& config, const ServeOptions& options);

/// An address that the host answers.
struct ServedRoute {
    std::string method;
    std::string path;
    std::string audience;  ///< api, customer, operator_page
};
/// In the order in which they were added; nothing is started and nothing is opened.
std::vector<ServedRoute> served_routes(const Config& config, const ServeOptions& options);

}  // namespace candour::app
