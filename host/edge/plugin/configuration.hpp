/// A plugin's configuration: what an operator may set, and what the plugin is given. In between stand
/// secrets: the configuration names them ("secret:NAME"), and only the plugin ever sees what stands behind
/// the name.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "edge/plugin/manifest.hpp"

namespace candour::plugin {

using SecretOf = std::function<Result<std::string>(std::string_view name)>;

/// Whether `document` fits the manifest's config_schema, and names its secrets instead of holding them.
/// Errors: invalid, with every problem and no value.
Done check_configuration(const Manifest& manifest, std::string_view document);

/// The document with what its secrets are. Errors: those of check_configuration; what `secret_of` says.
Result<std::string> configuration_for(const Manifest& manifest, std::string_view document,
                                      const SecretOf& secret_of);

}  // namespace candour::plugin
