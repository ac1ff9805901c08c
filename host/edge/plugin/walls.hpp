/// What a plugin's process may reach, from its manifest.
#pragma once
#include "edge/plugin/manifest.hpp"
#include "remote/control.hpp"

namespace candour::plugin {

/// Without the sandbox it is only a process of its own.
remote::Confinement walls_of(const Manifest& manifest, bool sandbox);

}  // namespace candour::plugin
