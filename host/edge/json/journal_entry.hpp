/// A request to a collector as the journal keeps it, so that it can be run again exactly as it came.
#pragma once
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "flow/ingest/collectors.hpp"

namespace candour::json {

std::string write_journal_entry(const flow::CollectRequest& request);
/// Errors: corrupt.
Result<flow::CollectRequest> read_journal_entry(std::string_view text);

/// Words and further fields of an observation; "" when there are none.
std::string write_observation_content(const core::Observation& observation);

}  // namespace candour::json
