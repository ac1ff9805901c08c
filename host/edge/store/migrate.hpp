/// Forward-only migrations, the same numbers and names in schemas/sqlite and schemas/postgresql.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "edge/store/database.hpp"
#include "edge/store/target.hpp"

namespace candour::store {

struct Migrated {
    std::vector<std::string> applied;  ///< now; empty when the schema was up to date
    int number = 0;                    ///< where the schema stands
};

/// All or nothing. Errors: conflict when the database is newer than this program or a migration was changed
/// after it was applied; unavailable when the database cannot be reached.
Result<Migrated> migrate(const Target& target, core::Instant now);
/// Errors as above, and invalid when migrations are missing: what `serve` asks before it starts.
Done check_schema(const Target& target);
/// The same of a database that is in use: another program may migrate it under a host that runs.
flow::Task<Done> schema_still_fits(Database& database);

}  // namespace candour::store
