/// Items for somebody whose sight is limited, among a million: what they see is many accounts, each of which
/// has an index of its own and a share of every page.
#pragma once
#include <functional>
#include <map>
#include <vector>

#include "edge/store/session.hpp"
#include "flow/loop/board.hpp"

namespace candour::store {

/// The first `wanted` places in the order of the query, behind where it goes on. `bind` says the filters that
/// it has besides.
std::vector<flow::ItemPlace> places_in_sight(Session& session, const flow::ItemQuery& query, int wanted,
                                             const std::function<void(Call&)>& bind);
/// How many items are in each state, and never more than `most`.
std::map<core::State, std::int64_t> states_in_sight(Session& session, const std::string& sees,
                                                    std::int64_t most);

}  // namespace candour::store
