/// The demo's own question to its customers: whoever plays one answers it.
#pragma once
#include "app/cli/reach.hpp"

namespace candour::app::demo {

/// Asks everybody in the database once. Running it again changes nothing and says how it stands.
Result<boost::json::value> send_wave(const cli::Api& api);

}  // namespace candour::app::demo
