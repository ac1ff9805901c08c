/// flow::RuleBook over the database, and the rules in force inside the transaction that takes answers in.
#pragma once
#include "core/feedback/rules.hpp"
#include "edge/store/database.hpp"
#include "flow/ingest/rule_book.hpp"

namespace candour::store {

class RuleBook final : public flow::RuleBook {
 public:
    explicit RuleBook(Database& database) : database_(database) {}
    flow::Task<Result<flow::RuleSet>> find(std::int64_t version) override;
    flow::Task<Result<flow::RuleSet>> in_force() override;
    flow::Task<Result<flow::RuleSet>> set(core::Rules rules, std::string note, flow::Doer doer,
                                          std::int64_t seen, core::Instant now) override;
    flow::Task<Result<flow::RuleTrial>> try_on_past(core::Rules rules, core::Instant since,
                                                    std::size_t examples) override;

 private:
    Database& database_;
};

/// Belongs to the writer's thread. One look at the version per group of answers, so that what one host sets
/// holds for the next answer on all of them.
class RulesInForce {
 public:
    const core::Rules& look(Session& session);

 private:
    core::Rules rules_ = core::built_in_rules();
};

/// Errors: not_found; corrupt when somebody wrote what is not a document of rules.
Result<flow::RuleSet> load_rules(Session& session, std::int64_t version);
std::int64_t latest_rules(Session& session);
flow::RuleTrial try_rules(Session& session, const core::Rules& now, const core::Rules& then,
                          core::Instant since, std::size_t examples);

}  // namespace candour::store
