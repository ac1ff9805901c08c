#include "core/metrics/tally.hpp"

#include <algorithm>

#include "core/metrics/stored_text.hpp"

namespace candour::core {
namespace {

Error unreadable(const char* what) {
    return Error{ErrorCode::corrupt,
                 std::string("stored ") + what + " cannot be read; candour rebuild makes them again"};
}

Done check(const Movement& movement, Day first, Day last) {
    if (movement.day < first || movement.day > last + kFarthestDays)
        return Error{ErrorCode::invalid, "a movement on day " + std::to_string(movement.day) +
                                             "; expected one from " + std::to_string(first) + " to " +
                                             std::to_string(last + kFarthestDays)};
    if (movement.bucket < 0)
        return Error{ErrorCode::invalid,
                     "a movement of bucket " + std::to_string(movement.bucket) + "; expected 0 or more"};
    if (movement.change < -kLargestChange || movement.change > kLargestChange)
        return Error{ErrorCode::invalid, "a movement by " + std::to_string(movement.change) +
                                             "; expected at most " + std::to_string(kLargestChange) +
                                             " up or down"};
    return done();
}

}  // namespace

Result<Movements> settled(Movements said, Day first, Day last) {
    if (said.size() > kMostMovements)
        return Error{ErrorCode::invalid, "expected at most " + std::to_string(kMostMovements) +
                                             " movements of one item, found " + std::to_string(said.size())};
    for (const Movement& movement : said)
        if (Done sound = check(movement, first, last); !sound) return sound.error();
    std::ranges::sort(said);
    Movements kept;
    for (const Movement& movement : said) {
        const bool same =
            !kept.empty() && kept.back().day == movement.day && kept.back().bucket == movement.bucket;
        if (same)
            kept.back().change += movement.change;
        else
            kept.push_back(movement);
    }
    std::erase_if(kept, [](const Movement& movement) { return movement.change == 0; });
    return kept;
}

std::string to_text(const Movements& movements) {
    std::string text;
    Day before = 0;
    for (const Movement& movement : movements) {
        text += (text.empty() ? "" : ";") + std::to_string(movement.day - before) + " " +
                std::to_string(movement.bucket) + " " + std::to_string(movement.change);
        before = movement.day;
    }
    return text;
}

Result<Movements> read_movements(std::string_view text) {
    Movements movements;
    Day day = 0;
    while (!text.empty()) {
        Movement one;
        const bool sound = (movements.empty() || take_sign(text, ';')) && take_number(text, one.day) &&
                           take_sign(text, ' ') && take_number(text, one.bucket) && take_sign(text, ' ') &&
                           take_number(text, one.change);
        if (!sound) return unreadable("movements");
        one.day = day += one.day;
        movements.push_back(one);
    }
    return movements;
}

std::string to_text(const Tally& tally) {
    std::string text;
    std::int64_t before = 0;
    for (const auto& [bucket, count] : tally) {
        text += (text.empty() ? "" : ";") + std::to_string(bucket - before) + " " + std::to_string(count);
        before = bucket;
    }
    return text;
}

Done TallySum::add_text(std::string_view text) {
    std::int64_t bucket = 0;
    for (bool first = true; !text.empty(); first = false) {
        std::int64_t step = 0, count = 0;
        const bool sound = (first || take_sign(text, ';')) && take_number(text, step) &&
                           take_sign(text, ' ') && take_number(text, count);
        if (!sound) return unreadable("counters");
        bucket += step;
        counts_[bucket] += count;
    }
    return done();
}

void TallySum::add_until(const Movements& movements, Day day) {
    for (const Movement& movement : movements) {
        if (movement.day > day) return;
        counts_[movement.bucket] += movement.change;
    }
}

Tally TallySum::take() const {
    Tally tally;
    for (const auto& [bucket, count] : counts_)
        if (count != 0) tally.emplace_back(bucket, count);
    std::ranges::sort(tally);
    return tally;
}

void add_movements(TallyDeltas& deltas, const std::string& segment, const std::string& level,
                   const Movements& movements, int sign) {
    const std::string all(kAll);
    const std::pair<const std::string*, const std::string*> scopes[] = {{&all, &all}, {&segment, &level}};
    for (const auto& [in_segment, at_level] : scopes)
        for (const Grain grain : {Grain::month, Grain::day}) {
            Day day = 0;
            std::map<std::int64_t, std::int64_t>* counts = nullptr;  // they come in order of days
            for (const Movement& movement : movements) {
                const Day of = grain == Grain::month ? month_start(movement.day) : movement.day;
                if (counts == nullptr || of != day) counts = &deltas[{*in_segment, *at_level, grain, of}];
                day = of;
                (*counts)[movement.bucket] += sign * movement.change;
            }
        }
}

void drop_zeros(TallyDeltas& deltas) {
    for (auto& [cell, counts] : deltas)
        std::erase_if(counts, [](const auto& count) { return count.second == 0; });
    std::erase_if(deltas, [](const auto& cell) { return cell.second.empty(); });
}

}  // namespace candour::core
