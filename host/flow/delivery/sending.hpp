/// Whether mails may leave. A database that was restored does not know what was sent since its backup: its
/// mark is older than the one a host keeps, and nothing leaves until somebody has decided about that.
#pragma once
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What a host saw last when messages were taken to be sent.
struct SentMark {
    std::int64_t mark = 0;
    core::Instant at;
};

struct SendingState {
    std::int64_t mark = 0;      ///< the database's
    core::Instant stopped_at;   ///< kNever: mails leave
    std::int64_t in_doubt = 0;  ///< invitations that wait and were due before the last mail left
};

class SendingStore {
 public:
    virtual ~SendingStore() = default;
    virtual Task<Result<SendingState>> state(SentMark seen) = 0;
    /// Both are written into the audit log in the same transaction. Again: nothing more.
    virtual Task<Done> stop(core::Instant now) = 0;
    /// Mails leave again. Invitations in doubt are given up as unknown, unless they are to be sent again.
    /// Returns how many were given up.
    virtual Task<Result<std::int64_t>> reconcile(SentMark seen, bool send_again, Doer doer,
                                                 core::Instant now) = 0;
};

}  // namespace candour::flow
