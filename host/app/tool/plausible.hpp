/// A configuration that fits a plugin's schema, so that a plugin which needs one can be tried without an
/// operator.
#pragma once
#include <string>

namespace candour::app::tool {

/// A JSON object: each member that the schema requires, with its default, its first choice, or the least that
/// fits. An empty schema gives an empty object.
std::string plausible_configuration(const std::string& schema);

}  // namespace candour::app::tool
