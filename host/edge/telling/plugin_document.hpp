/// The words of a plugin's mail: schemas/json/message.schema.json.
#pragma once
#include <string_view>

#include "candour/result.hpp"
#include "voice/mails.hpp"

namespace candour::telling {

/// Errors: invalid, naming what was expected.
Result<voice::PluginMailFacts> read_plugin_document(std::string_view text);

}  // namespace candour::telling
