/// Inside a transaction: items are read at once, each is decided by itself, and what follows is written at
/// once.
#pragma once
#include <vector>

#include "edge/store/session.hpp"
#include "flow/loop/many_items.hpp"

namespace candour::store {

/// One that says no is left as it is, with its reason. In the order of the aims.
std::vector<flow::Advanced> advance_items(Session& session, const std::vector<flow::Aim>& aims,
                                          const flow::Decide& decide);
Result<core::Item> advance_item(Session& session, const flow::ItemRef& ref, const flow::Decide& decide);

}  // namespace candour::store
