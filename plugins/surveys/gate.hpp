/// How many answers a survey's open link still takes.
#pragma once
#include "candour/host.hpp"
#include "survey.hpp"

namespace candour::surveys {

enum class Opening : std::uint8_t { open, closed, busy };

class Gate {
 public:
    explicit Gate(sdk::Host host) : host_(host) {}
    /// Errors: the store's.
    Result<Opening> look(const Survey& survey) const;
    /// Counts one more, unless there is no room. Errors: the store's.
    Result<Opening> pass(const Survey& survey) const;

 private:
    sdk::Host host_;
};

}  // namespace candour::surveys
