/// Jobs that no plugin could end: the bytes are kept, and a person decides.
///
///     dead_lettered ──replay──▶ accepted | refused      (or stays, when the plugin fails once more)
///           └───────discard──▶ discarded                the request stays in the journal
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "flow/clock.hpp"
#include "flow/ingest/intake.hpp"

namespace candour::flow {

struct DeadLetter {
    std::int64_t id = 0;  ///< the job's number in the journal
    std::string plugin;
    std::string key;
    core::Instant received_at, dead_at;
    int attempts = 0;
    std::string why;
    std::optional<CollectRequest> request;  ///< only of one that was asked for by its number
    std::string document;                   ///< that request as it is kept
};

struct DeadLetterQuery {
    std::string plugin;       ///< empty: of all
    std::int64_t before = 0;  ///< cursor: numbers below it; 0 for the newest
    int limit = 50;
};

struct DeadLetterEnd {
    std::int64_t id = 0;
    std::string outcome;  ///< accepted, refused, discarded
    int status = 0;
    std::string detail;
};

class DeadLetterStore {
 public:
    virtual ~DeadLetterStore() = default;
    virtual Task<Result<std::vector<DeadLetter>>> list(DeadLetterQuery query) = 0;
    /// Errors: not_found (no such job, or it is no dead letter any more).
    virtual Task<Result<DeadLetter>> find(std::int64_t id) = 0;
    /// Errors: not_found.
    virtual Task<Done> end(DeadLetterEnd end, core::Instant now) = 0;
};

class DeadLetters {
 public:
    DeadLetters(DeadLetterStore& store, Intake& intake, const Clock& clock)
        : store_(store), intake_(intake), clock_(clock) {}

    /// Hands it to its plugin once more; what it puts is committed, and counts once however often it is
    /// replayed. Returns the outcome. Errors: not_found, unavailable (the plugin failed again; the letter
    /// stays).
    Task<Result<std::string>> replay(std::int64_t id, std::string actor);
    /// Errors: not_found.
    Task<Done> discard(std::int64_t id, std::string reason, std::string actor);

 private:
    DeadLetterStore& store_;
    Intake& intake_;
    const Clock& clock_;
};

}  // namespace candour::flow
