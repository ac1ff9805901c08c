/// Runs a case where it can hurt nobody: in a child process with a time limit.
#pragma once
#include <chrono>

#include "app/tool/case.hpp"

namespace candour::app::tool {

struct Tried {
    Verdict verdict;
    std::chrono::milliseconds took{0};
    std::string said;  ///< what the plugin wrote on stderr and stdout, its end
};

/// A child that crashes or hangs is a failed case, and the reason says how it ended. The process must have
/// one thread.
Tried try_case(const Case& one, const Subject& subject, std::chrono::milliseconds patience);

}  // namespace candour::app::tool
