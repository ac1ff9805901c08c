/// What an item's ledger says to its customer. Only statements pass; notes and reasons among ourselves stay
/// here.
#pragma once
#include <string>
#include <vector>

#include "core/policies.hpp"
#include "flow/loop/item_store.hpp"
#include "voice/facts.hpp"

namespace candour::telling {

/// `page_url` is absolute. What forms need is left for the page to fill in.
voice::LoopFacts loop_facts(const flow::ItemView& item, const std::vector<flow::HistoryEntry>& history,
                            const core::Policies& policies, std::string page_url);

/// The civil date where the reader lives: the contact's zone, else the organisation's.
voice::Date date_for(core::Instant at, const std::string& contact_zone, const core::Policies& policies);
/// "" when the event carries no such field.
std::string content_field(const core::Content& content, const char* name);

}  // namespace candour::telling
