/// One line of an export: an item with everything that was said about it, or an answer as it came in. What
/// customers wrote stands there as they wrote it.
#pragma once
#include <boost/json/object.hpp>

#include "flow/exports/exports.hpp"

namespace candour::json {

/// The item as a list shows it, and `words` (the customer's), `statements` (ours, for them), `notes` (among
/// ourselves), `proof` (of their having seen it) and `promises`, each with its round, in order.
boost::json::object item_file_document(const flow::ItemFile& file);
/// One row of the item's ledger, with its hash: what `candour ledger verify` checks against its neighbours.
boost::json::object ledger_row_document(const flow::ItemFile& file, const flow::HistoryEntry& entry);
boost::json::object answer_document(const flow::AnswerRow& row);

}  // namespace candour::json
