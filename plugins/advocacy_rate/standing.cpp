#include "standing.hpp"

#include "candour/stats/advocacy_change.hpp"

namespace candour::advocacy_rate {
namespace {

/// Views, in the order of the manifest's "inputs".
enum View : std::int64_t { kAnswers, kStances, kActs, kContacts };
/// What a row of contacts is about.
enum Aspect : std::int64_t { kKnownSince, kLevel, kActive, kOptedOut };

constexpr std::int64_t kLikelyBot = 2;
constexpr std::int64_t kVerified = 1;
constexpr std::int64_t kIncentivised = 2;

stats::Day day_of(std::int64_t day) {
    return stats::Day{std::chrono::days{day}};
}

stats::Act act_of(const sdk::Row& row) {
    stats::Act act;
    act.kind = static_cast<stats::ActKind>(row.value[0]);
    act.date = day_of(row.day);
    act.verified = (row.value[1] & kVerified) != 0;
    act.incentivised = (row.value[1] & kIncentivised) != 0;
    if (row.value[2] >= 0) act.stars = static_cast<double>(row.value[2]);
    if (row.value[3] != 0) act.ref = std::to_string(row.value[3]);
    return act;
}

/// Only the latest counts: when it leaves the window, every earlier one has left before.
void hear_answer(std::vector<stats::DatedAnswer>& answers, const sdk::Row& row, std::int64_t lowest) {
    if (row.value[1] == kLikelyBot || row.value[0] < lowest) return;
    answers.assign(1, {day_of(row.day), static_cast<int>(row.value[0])});
}

void hear_contact(stats::AdvocacyRecord& record, std::optional<std::int64_t>& known_since,
                  const sdk::Row& row) {
    const bool yes = row.value[1] != 0;
    switch (row.value[0]) {
        case kKnownSince:
            known_since = std::min(known_since.value_or(row.day), row.day);
            break;
        case kActive:
            record.active = yes;
            break;
        case kOptedOut:
            record.opted_out = yes ? std::optional(day_of(row.day)) : std::nullopt;
            break;
        default:
            break;
    }
}

}  // namespace

std::optional<stats::AdvocacyRecord> record_of(const sdk::Evaluation& evaluation) {
    stats::AdvocacyRecord record;
    std::optional<std::int64_t> known_since;
    for (const sdk::Row& row : evaluation.rows) {
        if (row.view == kAnswers) hear_answer(record.nps, row, 0);
        if (row.view == kStances) hear_answer(record.declared, row, 1);
        if (row.view == kActs && row.value[0] >= 0 &&
            row.value[0] < static_cast<std::int64_t>(stats::kActWeights.size()))
            record.acts.push_back(act_of(row));
        if (row.view == kContacts) hear_contact(record, known_since, row);
    }
    if (!known_since) return std::nullopt;
    record.known_since = day_of(*known_since);
    return record;
}

Done fill(const sdk::Evaluation& evaluation, sdk::UnitState& state) {
    const std::optional<stats::AdvocacyRecord> record = record_of(evaluation);
    if (!record) return done();
    const stats::Day day = day_of(evaluation.as_of);
    const Result<stats::AdvocacyStanding> standing = stats::advocacy_standing(*record, day);
    if (!standing) return standing.error();
    const stats::AdvocacySums sums = stats::sums_of(*standing);
    state[kEligible] = sums.eligible;
    state[kRespondents] = sums.respondents;
    state[kDeclared] = sums.declared;
    state[kObserved] = sums.observed;
    state[kConfirmed] = sums.confirmed;
    state[kAssessed] = sums.assessed;
    if (const std::optional<stats::Day> next = stats::advocacy_changes_on(*record, day))
        state.changes_on(next->time_since_epoch().count());
    return done();
}

}  // namespace candour::advocacy_rate
