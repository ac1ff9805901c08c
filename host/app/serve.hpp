/// Building the host from its parts and running it until it is asked to stop.
#pragma once
#include <string>

#include "app/config.hpp"

namespace candour::app {

struct ServeOptions {
    bool demo = false;          ///< /demo/mail, and mail that stays in the house when no relay is configured
    std::string test_clock;     ///< path of a UNIX socket by which a test moves time; needs `test = true`
};

/// Returns the exit code: 0 after a clean stop, 1 when it could not start (the reason is on stderr).
int serve(const Config& config, const ServeOptions& options);

}  // namespace candour::app
