/// The words by which an item is found: what the customer said and what we wrote to them. They stand in the
/// transaction that writes the words themselves.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "core/loop/item.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// Those of an event that people may look for, folded; internal references and dates are none.
std::string words_of_content(const core::Content& content);

/// After the events and the item's row are written.
void index_words(Session& session, const ItemId& item, bool is_new,
                 const std::vector<core::LedgerEvent>& events);
/// From all contents that are left. True when the index held something else.
bool reindex_words(Session& session, const ItemId& item, bool repair);

}  // namespace candour::store
