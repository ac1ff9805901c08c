/// What the surroundings of this process say.
#pragma once
#include <cstdlib>
#include <string>

namespace candour::app {

/// "" when the variable is not set.
inline std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

}  // namespace candour::app
