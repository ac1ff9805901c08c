/// What time it is for a command that is run by hand.
#pragma once
#include "core/instant.hpp"

namespace candour::app::cli {

inline core::Instant wall_clock() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace candour::app::cli
