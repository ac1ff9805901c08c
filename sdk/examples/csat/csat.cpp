#include <candour/plugin.hpp>
#include <candour/stats/proportion.hpp>
using namespace candour;

/// Customer satisfaction as contact centres know it: satisfied means the two upper boxes of five, here 8
/// to 10. Only answers of the last 90 days count, so a state has an end that comes by time alone.
class Csat {
 public:
    explicit Csat(sdk::Host) {}

    enum Cell : std::size_t { kSatisfied, kAnswered, kWidth };
    static std::size_t width(std::string_view metric) {
        return metric == "example_csat" ? std::size_t{kWidth} : 0;
    }

    Done unit(std::string_view, const sdk::Evaluation& contact, sdk::UnitState& state) const {
        const sdk::Row* latest = nullptr;
        for (const sdk::Row& row : contact.rows)
            if (row.value[kClass] != kLikelyBot) latest = &row;
        if (latest == nullptr || contact.as_of >= latest->day + kDays) return done();
        state[kAnswered] = 1;
        state[kSatisfied] = latest->value[kScore] >= kSatisfiedFrom ? 1 : 0;
        state.changes_on(latest->day + kDays);
        return done();
    }

    Result<std::string> finalize(std::string_view, const sdk::Groups& groups, std::string_view) const {
        const Result<std::size_t> count = groups.count(1);
        if (!count) return count.error();
        double satisfied = 0, answered = 0;
        for (std::size_t i = 0; i < *count; ++i) {
            satisfied += static_cast<double>(groups.at(i, 1).sums()[kSatisfied]);
            answered += static_cast<double>(groups.at(i, 1).sums()[kAnswered]);
        }
        const Result<stats::Proportion> share = stats::wilson(satisfied, answered);
        if (!share) return share.error();
        if (!share->rate) return R"({"value": null, "n": 0, "reason": "no_data"})";
        return R"({"value": )" + std::to_string(*share->rate) + R"(, "n": )" +
               std::to_string(static_cast<long long>(answered)) + R"(, "interval": {"low": )" +
               std::to_string(share->interval->low) + R"(, "high": )" +
               std::to_string(share->interval->high) + R"(, "method": "wilson", "confidence": 0.95}})";
    }

 private:
    enum Value : std::size_t { kScore, kClass };  // schemas/views.json, relationship.answers
    static constexpr std::int64_t kDays = 90, kSatisfiedFrom = 8, kLikelyBot = 2;
};
CANDOUR_PLUGIN(Csat)
