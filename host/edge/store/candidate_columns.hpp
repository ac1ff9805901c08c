/// The rows of the queries `people` and `accounts_between`: people as they stand in the directory.
#pragma once
#include <string>
#include <vector>

#include "edge/store/circumstances.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// Appends everybody at these accounts, account by account, with what `known` says of them.
void read_people(Session& session, const AccountRange& accounts, const Circumstances& known,
                 std::vector<core::Candidate>& everybody);

}  // namespace candour::store
