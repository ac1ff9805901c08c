#include "movements.hpp"

#include "standing.hpp"

namespace candour::loop_health {
namespace {

std::int64_t next_row_day(const sdk::Story& story, std::int64_t day) {
    for (const sdk::Row& row : story.rows)
        if (row.day > day) return row.day;
    return CDR_NEVER;
}

using Counters = std::map<std::int64_t, std::int64_t>;

void add_difference(const Counters& before, const Counters& after, std::int64_t day,
                    sdk::Movements& movements) {
    for (const auto& [counter, count] : after) {
        const auto found = before.find(counter);
        const std::int64_t change = count - (found == before.end() ? 0 : found->second);
        if (change != 0) movements.move(day, counter, change);
    }
    for (const auto& [counter, count] : before)
        if (!after.contains(counter)) movements.move(day, counter, -count);
}

}  // namespace

Done move(const sdk::Story& story, sdk::Movements& movements) {
    if (story.rows.empty()) return done();
    Counters before;
    // A promise for the next century: what the host does not keep so long ahead is not said.
    const std::int64_t farthest = story.rows.back().day + CDR_FARTHEST_DAYS;
    for (std::int64_t day = story.rows.front().day; day <= farthest;) {
        const Result<Known> known = known_by(story, day);
        if (!known) return known.error();
        Standing standing = standing_on(*known, day);
        add_difference(before, standing.counters, day, movements);
        before = std::move(standing.counters);
        day = std::min(standing.changes_on, next_row_day(story, day));
    }
    return done();
}

}  // namespace candour::loop_health
