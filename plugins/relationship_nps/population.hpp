/// The sums of one call of finalize, gathered by account and level.
#pragma once
#include <string>
#include <vector>

#include "candour/stats/level.hpp"
#include "candour/stats/nps_accounts.hpp"
#include "metric.hpp"

namespace candour::relationship_nps {

struct Account {
    stats::ByLevel<stats::NpsCounts> levels;
    stats::ByLevel<std::int64_t> eligible;
    stats::NpsCounts now;      ///< all levels
    stats::NpsCounts quarter;  ///< answers that this quarter brought
    stats::NpsCounts before;   ///< and the quarter before
    double revenue = 0;
};

/// Everything that the figure is computed from.
struct Population {
    std::vector<Account> accounts;
    stats::NpsCounts now, quarter, before;
    stats::ByLevel<stats::NpsCounts> levels;
    stats::ByLevel<std::int64_t> eligible;
    std::int64_t eligible_in_all = 0;
    std::int64_t humans = 0;
    bool one_account = false;  ///< the scope names it
    bool one_level = false;

    /// Errors: invalid when the cells do not fit the request.
    static Result<Population> read(const sdk::Groups& groups, std::string_view request_json);

    std::vector<stats::NpsCounts> scores() const;
    stats::ClusterSums clusters() const;
};

}  // namespace candour::relationship_nps
