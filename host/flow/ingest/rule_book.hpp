/// The organisation's rules, version by version, and what they would have done to the past.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/rules.hpp"
#include "core/instant.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct RuleSet {
    core::Rules rules;
    std::string note;
    std::string set_by;  ///< teammate's or token's id; empty for the built-in rules
    core::Instant set_at;
};

/// An answer of the past, and which rule would have raised it.
struct TriedAnswer {
    std::int64_t seq = 0;
    core::Instant at;
    std::string contact;
    std::optional<int> score;
    std::string verbatim;
    std::int64_t item = 0;  ///< the number of the item it has; 0: none
    std::string rule;       ///< that raises it now, or did so before
};

struct RuleTrial {
    std::int64_t answers = 0;      ///< that somebody known gave, machines left out
    std::int64_t raised_now = 0;   ///< by the rules in force
    std::int64_t raised_then = 0;  ///< by the rules that are tried
    std::int64_t newly = 0;
    std::int64_t no_longer = 0;
    bool complete = true;  ///< false: there were more answers than one trial looks at
    std::vector<TriedAnswer> newly_examples;
    std::vector<TriedAnswer> no_longer_examples;
};

class RuleBook {
 public:
    virtual ~RuleBook() = default;
    /// 0: the built-in rules. Errors: not_found.
    virtual Task<Result<RuleSet>> find(std::int64_t version) = 0;
    virtual Task<Result<RuleSet>> in_force() = 0;
    /// In force for the next answer, on every host. Errors: conflict when `seen` is not in force any more,
    /// invalid when a teammate whom the rules name is unknown.
    virtual Task<Result<RuleSet>> set(core::Rules rules, std::string note, Doer doer, std::int64_t seen,
                                      core::Instant now) = 0;
    /// Nothing is changed.
    virtual Task<Result<RuleTrial>> try_on_past(core::Rules rules, core::Instant since,
                                                std::size_t examples) = 0;
};

}  // namespace candour::flow
