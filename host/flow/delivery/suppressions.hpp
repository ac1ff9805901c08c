/// Addresses that nobody writes to any more, why, what came back before, and taking that back.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/delivery/bounce.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct Suppression {
    std::string address;
    core::SuppressionCause cause = core::SuppressionCause::hard;
    std::string reason;     ///< as the other server said it
    std::string status;     ///< enhanced status code, or empty
    MessageId message;      ///< what we had sent; or empty
    std::int64_t mail = 0;  ///< the mail that came back; 0: the server refused at once
    core::Instant at;
    std::string who;  ///< a contact or one of us; or empty
    std::string account_name;
};

struct BounceRow {
    core::BounceKind kind = core::BounceKind::neither;
    std::string status;
    std::string detail;
    MessageId message;
    std::int64_t mail = 0;
    core::Instant at;
};

struct SuppressionLift {
    core::SuppressionCause cause = core::SuppressionCause::hard;
    std::string reason;
    core::Instant suppressed_at;
    std::string by;
    std::string note;
    core::Instant at;
};

/// Everything about one address, the latest first.
struct AddressStory {
    std::string address;
    std::optional<Suppression> suppression;
    std::vector<BounceRow> bounces;
    std::vector<SuppressionLift> lifts;
};

struct SuppressionQuery {
    std::optional<core::SuppressionCause> cause;
    std::string words;     ///< the beginning of an address
    core::Instant before;  ///< where the page before ended; kNever: from the newest on
    std::string address;
    int limit = 50;
};

struct LiftRequest {
    std::string address;
    std::string actor;
    std::string note;  ///< why it works again; a complaint is not lifted without one
};

class SuppressionStore {
 public:
    virtual ~SuppressionStore() = default;
    /// Newest first.
    virtual Task<Result<std::vector<Suppression>>> list(SuppressionQuery query) = 0;
    /// Errors: not_found when nothing was ever sent back from there.
    virtual Task<Result<AddressStory>> story(std::string address) = 0;
    /// It is written to again; what bounced before counts no more. Errors: not_found (it is not suppressed),
    /// invalid (a complaint without a note).
    virtual Task<Result<AddressStory>> lift(LiftRequest request, core::Instant now) = 0;
};

}  // namespace candour::flow
