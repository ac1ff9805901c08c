/// Appending to an item's ledger inside a transaction, and what follows from it in the folded tables.
#pragma once
#include <vector>

#include "candour/result.hpp"
#include "core/loop/commands.hpp"
#include "edge/store/ledger_writer.hpp"
#include "edge/store/session.hpp"
#include "edge/store/team_notices.hpp"

namespace candour::store {

/// Steps of one item or of several, kept back until `write`: then each table gets its rows at once.
class Steps {
 public:
    explicit Steps(Session& session) : session_(session) {}
    /// The item afterwards; `last_hash` is that of its last event, its version 0 makes a new one. A step that
    /// is refused leaves nothing behind. An item takes one step before the next `write`.
    Result<core::Item> add(const core::Item& item, const core::Step& step, const std::string& last_hash);
    void write();

 private:
    struct Said {
        ItemId item;
        bool is_new = false;
        std::vector<core::LedgerEvent> events;
    };

    Session& session_;
    LedgerWriter ledger_;
    NoticeWriter notices_;
    std::vector<core::Item> made_, moved_;
    std::vector<Said> said_;
};

/// Everything of one step: events, the item, promised messages, the message it takes back.
Result<core::Item> write_step(Session& session, const core::Item& item, const core::Step& step);

/// What one event means for the item's promise, as a row of `commitments`; also used by rebuild.
void fold_commitment(Session& session, const core::Item& after, const core::LedgerEvent& event);

}  // namespace candour::store
