/// Ledgers of what is no item: themes, and promises that stand alone. The same rows, chained by the same
/// bytes.
#pragma once
#include <string>

#include "core/loop/item.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

struct ChainEvent {
    std::string subject;  ///< thm_… or cmt_…
    int n = 1;            ///< one more than its last
    std::string event;
    std::string actor;
    core::Instant at;
    core::Content content;
};
/// Inside a transaction; the unique (subject, n) refuses the second of two.
void append_to_chain(Session& session, const ChainEvent& event);

}  // namespace candour::store
