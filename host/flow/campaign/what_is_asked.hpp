/// What a campaign asks: the plugin's own question, or a survey that whoever sends it names.
#pragma once
#include <string>

#include "flow/campaign/voices.hpp"

namespace candour::flow {

struct WhatIsAsked {
    std::string plugin;
    std::string about;   ///< as the API has it; empty: what the plugin asks by itself
    std::string survey;  ///< the same, of a plugin that asks nothing by itself
};

/// What is kept as `about` with the campaign and each of its messages. A survey is asked for its words first,
/// so that nothing is planned which nobody could write. Errors: as Voices::asks_about; invalid (a survey is
/// missing, or the plugin takes none); not_found (there is no such survey).
Task<Result<std::string>> settle_what_is_asked(Voices& voices, WhatIsAsked wanted);

/// The same for a campaign that there is already and is to ask something else.
Task<Done> check_other_question(Voices& voices, std::string plugin, std::string about);

}  // namespace candour::flow
