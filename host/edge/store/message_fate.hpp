/// What the fate of a message means for its address and its item; inside a transaction.
#pragma once
#include "edge/store/session.hpp"
#include "flow/delivery/outbox.hpp"

namespace candour::store {

/// handed_over, rejected, given_up, suppressed and the last `unknown` move the item; the others do not.
Done apply_fate(Session& session, const flow::Receipt& receipt);
/// It had been handed over and came back.
Done apply_bounce(Session& session, const MessageId& id, const std::string& status, const std::string& detail,
                  core::Instant at);

}  // namespace candour::store
