/// Whom to ask, as options of a command.
#pragma once
#include <boost/json/object.hpp>

#include "app/cli/campaign_words.hpp"
#include "app/cli/commands.hpp"

namespace candour::app::cli {

/// --segment, --level, --role, --tag, --answered-before, --per-account and so on. `asking` outlives the
/// command.
void add_audience_options(CLI::App& command, Asking& asking);
/// The same as the API's `audience`. Errors: invalid (--share).
Result<boost::json::object> audience_body(const Asking& asking);

}  // namespace candour::app::cli
