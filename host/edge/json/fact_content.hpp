/// What an observation's further fields say to metrics.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/metrics/act.hpp"

namespace candour::json {

/// Fields that are missing or of another kind read as nothing: what a metric cannot use is no fact of it.
struct FactContent {
    bool withdrawn = false;  ///< "withdrawn": true takes the answer back
    std::optional<core::ActType> act;
    bool verified = false;
    bool incentivised = false;
    int stars = -1;
    std::string ref;
};
FactContent read_fact_content(std::string_view content);

/// The fields of an act, as `read_fact_content` finds them again.
std::string write_act_fields(const core::AdvocacyAct& act);

}  // namespace candour::json
