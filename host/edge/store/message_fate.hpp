/// What the fate of a message means for its address and its item; inside a transaction.
#pragma once
#include "core/delivery/bounce.hpp"
#include "edge/store/session.hpp"
#include "flow/delivery/outbox.hpp"

namespace candour::store {

/// handed_over, rejected, given_up, suppressed and the last `unknown` move the item; the others do not.
Done apply_fate(Session& session, const flow::Receipt& receipt, core::SoftRule soft);
/// What was said about a message that came back.
struct BounceSaid {
    core::BounceKind kind = core::BounceKind::neither;
    std::string status;
    std::string detail;
    std::string recipient{};  ///< where it was sent; empty: where its contact reads today
    std::int64_t mail = 0;    ///< the mail that said so
};
/// It had been handed over and came back. Errors: not_found, conflict.
Done apply_bounce(Session& session, const MessageId& id, const BounceSaid& said, core::SoftRule soft,
                  core::Instant at);

}  // namespace candour::store
