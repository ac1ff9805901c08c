#include "metric.hpp"

#include "candour/stats/nps.hpp"

namespace candour::relationship_nps {
namespace {

constexpr std::int64_t kAnswers = 0;  // view
constexpr std::int64_t kContacts = 1;
constexpr std::int64_t kActive = 2;  // what a row of contacts is about
constexpr std::int64_t kOptedOut = 3;
constexpr std::int64_t kHuman = 0;  // classes of answers
constexpr std::int64_t kLikelyBot = 2;

/// An answer speaks for its contact this long.
constexpr std::int64_t kAnswerDays = 365;

struct Contact {
    bool active = true;
    bool opted_out = false;

    void hear(const sdk::Row& row) {
        if (row.value[0] == kActive) active = row.value[1] != 0;
        if (row.value[0] == kOptedOut) opted_out = row.value[1] != 0;
    }
};

/// Which of three neighbouring cells an answer belongs to: 0 detractor, 1 passive, 2 promoter.
std::optional<std::size_t> category_of(const sdk::Row& row) {
    if (row.value[1] == kLikelyBot) return std::nullopt;
    const auto counts = stats::nps_category(static_cast<double>(row.value[0]));
    if (!counts) return std::nullopt;
    return counts->detractors != 0 ? 0 : counts->passives != 0 ? 1 : 2;
}

}  // namespace

Done Metric::unit(std::string_view, const sdk::Evaluation& evaluation, sdk::UnitState& state) const {
    Contact contact;
    const sdk::Row* latest = nullptr;
    for (const sdk::Row& row : evaluation.rows) {
        if (row.view == kContacts) contact.hear(row);
        if (row.view != kAnswers) continue;
        const auto category = category_of(row);
        if (!category) continue;
        ++state[kFreshDetractors + *category];
        latest = &row;
    }
    const bool speaks = latest != nullptr && contact.active && evaluation.as_of < latest->day + kAnswerDays;
    if (speaks) {
        ++state[kDetractors + *category_of(*latest)];
        if (latest->value[1] == kHuman) ++state[kHumans];
        state.changes_on(latest->day + kAnswerDays);
    }
    state[kEligible] = contact.active && (speaks || !contact.opted_out) ? 1 : 0;
    return done();
}

}  // namespace candour::relationship_nps
