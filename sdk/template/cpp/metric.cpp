#include <candour/plugin.hpp>
using namespace candour;

/// The share of contacts whose latest answer was 9 or 10.
class MyPlugin {
 public:
    explicit MyPlugin(sdk::Host) {}

    enum Cell : std::size_t { kEnthusiastic, kAnswered, kWidth };
    static std::size_t width(std::string_view metric) {
        return metric == "my_plugin" ? std::size_t{kWidth} : 0;
    }

    /// What is known of one contact as of a day: a few numbers that the host adds up. Pure: no clock, no
    /// memory.
    Done unit(std::string_view, const sdk::Evaluation& contact, sdk::UnitState& state) const {
        if (contact.rows.empty()) return done();
        state[kAnswered] = 1;
        state[kEnthusiastic] = contact.rows.back().value[0] >= 9 ? 1 : 0;
        return done();
    }

    /// The figure behind the sums of many contacts. What is undefined is null with a reason, never 0.
    Result<std::string> finalize(std::string_view, const sdk::Groups& groups, std::string_view) const {
        const Result<std::size_t> count = groups.count(1);
        if (!count) return count.error();
        std::int64_t enthusiastic = 0, answered = 0;
        for (std::size_t i = 0; i < *count; ++i) {
            enthusiastic += groups.at(i, 1).sums()[kEnthusiastic];
            answered += groups.at(i, 1).sums()[kAnswered];
        }
        if (answered == 0) return R"({"value": null, "n": 0, "reason": "no_data"})";
        const double share = static_cast<double>(enthusiastic) / static_cast<double>(answered);
        return R"({"value": )" + std::to_string(share) + R"(, "n": )" + std::to_string(answered) + "}";
    }
};
CANDOUR_PLUGIN(MyPlugin)
