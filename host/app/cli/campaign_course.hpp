/// When a campaign's mails go out and what follows them, as options and commands.
#pragma once
#include <boost/json/object.hpp>

#include "app/cli/campaign_words.hpp"
#include "app/cli/commands.hpp"

namespace candour::app::cli {

/// --survey, which stands beside the plugin wherever that does.
void add_survey_option(CLI::App& command, Asking& asking);
/// --not-after, --over, --remind, --words. `asking` outlives the command.
void add_course_options(CLI::App& command, Asking& asking);
/// The fields of the API that both are. Errors: invalid, not_found (the file of --words).
Done add_course(const Asking& asking, boost::json::object& body);
/// "5d", "36h", "90m", "45s". Errors: invalid, naming the option.
Result<std::int64_t> seconds_in(const std::string& option, const std::string& text);

/// pause, resume, change.
void add_campaign_course(CLI::App& campaigns, Line& line);

}  // namespace candour::app::cli
