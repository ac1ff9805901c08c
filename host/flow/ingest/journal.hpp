/// What came in and what became of it. A request is durable before any plugin sees it; it has exactly one
/// outcome.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/ingest/observations.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct Journaled {
    std::int64_t id = 0;
    bool repeated = false;  ///< the key was here before; `first` is what came then
    std::optional<CollectRequest> first;
    bool settled = false;  ///< that first one has its outcome already
};

enum class Settlement { accepted, refused, dead_lettered };

struct JobOutcome {
    std::int64_t journal_id = 0;
    Settlement settlement = Settlement::accepted;
    int status = 0;
    int attempts = 1;
    std::string detail;
    std::vector<core::Observation> observations;
};

struct PendingJob {
    std::int64_t id = 0;
    CollectRequest request;
    int attempts = 0;  ///< tries so far
};

class Journal {
 public:
    virtual ~Journal() = default;
    virtual Task<Result<Journaled>> append(const CollectRequest& request, core::Instant now) = 0;
    /// The outcome and everything the plugin ingested, in one transaction.
    virtual Task<Result<std::vector<Accepted>>> settle(JobOutcome outcome, core::Instant now) = 0;
    /// Jobs without an outcome that are due, oldest first; each is counted as tried before it is handed out.
    virtual Task<Result<std::vector<PendingJob>>> take_pending(core::Instant now, int limit) = 0;
    /// A job that nobody tried after all: it is owed again from `not_before` on, with as many tries as
    /// before.
    virtual Task<Done> postpone(const PendingJob& job, core::Instant not_before) = 0;
};

}  // namespace candour::flow
