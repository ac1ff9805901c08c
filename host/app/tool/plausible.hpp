/// What a plugin meets in a host, so that it can be tried without one: a configuration that fits its schema,
/// events that happen.
#pragma once
#include <string>

namespace candour::app::tool {

/// A JSON object: each member that the schema requires, with its default, its first choice, or the least that
/// fits. An empty schema gives an empty object.
std::string plausible_configuration(const std::string& schema);

/// The payload of an event of schemas/json/event.schema.json; {} for a kind that it does not know.
std::string plausible_event(const std::string& kind);

}  // namespace candour::app::tool
