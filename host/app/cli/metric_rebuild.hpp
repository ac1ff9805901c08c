/// Metrics computed again by the command line itself, with the plugins of the configuration.
#pragma once
#include <vector>

#include "app/cli/reach.hpp"
#include "flow/metrics/audit.hpp"

namespace candour::app::cli {

/// `repair`: what was computed is thrown away and made again; otherwise it is only compared.
/// Errors: of the store, of a metric that cannot be computed.
Result<flow::MetricAudit> rebuild_metrics(const Config& config, const store::Target& target, bool repair);

}  // namespace candour::app::cli
