/// Appending to an item's ledger inside a transaction, and what follows from it in the folded tables.
#pragma once
#include <vector>

#include "candour/result.hpp"
#include "core/loop/commands.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

inline const std::string kNoPredecessor(32, '\0');

/// The item after the events, written to ledger, contents, items and commitments. `item.version` 0 makes a
/// new one.
Result<core::Item> append_events(Session& session, core::Item item,
                                 const std::vector<core::LedgerEvent>& events);

/// Everything of a step: events, promised messages, the message it takes back.
Result<core::Item> write_step(Session& session, const core::Item& item, const core::Step& step);

/// What one event means for the item's promise, as a row of `commitments`; also used by rebuild.
void fold_commitment(Session& session, const core::Item& after, const core::LedgerEvent& event);

/// The row with its hash filled in: the bytes of core/loop/ledger_bytes.hpp under SHA-256, all in
/// hexadecimal.
struct Sealed {
    std::string content_digest;
    std::string hash;
};
Sealed seal(const core::Item& after, const core::LedgerEvent& event, const std::string& prev_hex,
            const std::string& key, const std::string& content);

}  // namespace candour::store
