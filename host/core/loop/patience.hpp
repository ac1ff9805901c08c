/// How long we wait for each other, and for the customer.
#pragma once
#include <chrono>

namespace candour::core {

struct Patience {
    std::chrono::days escalate{2};    ///< from one reminder of a step to the next
    std::chrono::days visibility{7};  ///< from telling to asking for another way, and as long again
};

}  // namespace candour::core
