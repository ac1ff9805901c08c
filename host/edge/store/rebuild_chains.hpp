/// What is folded from the ledgers of themes and of promises that stand alone; part of `rebuild`.
#pragma once
#include <string>

#include "edge/store/ledger_check.hpp"

namespace candour::store {

/// One subject of the ledger that is no item. Inside a transaction.
void check_chain(Session& session, const std::string& subject, bool repair, Rebuilt& rebuilt);
/// Rows whose ledger is not there.
void check_lone_rows(Session& session, bool repair, Rebuilt& rebuilt);

}  // namespace candour::store
