#include "edge/store/chain.hpp"

#include "edge/store/ledger_writer.hpp"

namespace candour::store {

void append_to_chain(Session& session, const ChainEvent& event) {
    constexpr int only_round = 1;
    LedgerWriter ledger;
    ledger.add({event.subject, event.n, only_round, event.event, event.actor, core::to_us(event.at),
                hash_of_row(session, event.subject, event.n - 1), ""},
               event.content);
    ledger.write(session);
}

}  // namespace candour::store
