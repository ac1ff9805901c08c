#include "core/metrics/timeline.hpp"

#include <algorithm>

#include "core/metrics/calendar.hpp"
#include "core/metrics/stored_text.hpp"

namespace candour::core {
namespace {

void add(Counts& into, const Counts& what, int sign) {
    if (into.size() < what.size()) into.resize(what.size());
    for (std::size_t i = 0; i < what.size(); ++i) into[i] += sign * what[i];
}

bool is_zero(const Counts& state) {
    return std::ranges::all_of(state, [](std::int64_t cell) { return cell == 0; });
}

bool take_step(std::string_view& text, std::size_t width, TimelineStep& step) {
    std::int64_t level = 0, cell = 0;
    if (!take_number(text, step.day) || !take_sign(text, ' ') || !take_number(text, level)) return false;
    step.level = static_cast<int>(level);
    step.state.clear();
    for (char before = ' '; take_sign(text, before); before = ',') {
        if (!take_number(text, cell) || step.state.size() == width) return false;
        step.state.push_back(cell);
    }
    step.state.resize(width);
    return true;
}

}  // namespace

std::vector<LevelStep> levels_of(std::span<const Fact> facts) {
    std::vector<LevelStep> levels;
    for (const Fact& fact : facts) {
        if (fact.view != View::contacts || fact.value[0] != static_cast<std::int64_t>(Aspect::level))
            continue;
        const int level = static_cast<int>(std::clamp<std::int64_t>(fact.value[1], 0, 2));
        if (!levels.empty() && levels.back().day == fact.day) levels.pop_back();
        levels.push_back({fact.day, level});
    }
    return levels;
}

Timeline join(std::span<const StateStep> states, std::span<const LevelStep> levels) {
    Timeline timeline;
    std::size_t s = 0, l = 0;
    int level = levels.empty() ? 0 : levels.front().level;
    Counts state;
    while (s < states.size() || l < levels.size()) {
        const Day day =
            std::min(s < states.size() ? states[s].day : kNoDay, l < levels.size() ? levels[l].day : kNoDay);
        for (; s < states.size() && states[s].day == day; ++s) state = states[s].state;
        for (; l < levels.size() && levels[l].day == day; ++l) level = levels[l].level;
        if (timeline.empty() && is_zero(state)) continue;
        const bool moved = timeline.empty() || timeline.back().level != level;
        // Nothing at one level and nothing at another are the same.
        if (!timeline.empty() && timeline.back().state == state && (!moved || is_zero(state))) continue;
        timeline.push_back({day, level, state});
    }
    return timeline;
}

std::string to_text(const Timeline& timeline) {
    std::string text;
    for (const TimelineStep& step : timeline) {
        text += (text.empty() ? "" : ";") + std::to_string(step.day) + " " + std::to_string(step.level);
        std::size_t used = step.state.size();
        while (used > 0 && step.state[used - 1] == 0) --used;
        for (std::size_t i = 0; i < used; ++i) text += (i == 0 ? " " : ",") + std::to_string(step.state[i]);
    }
    return text;
}

Result<Timeline> read_timeline(std::string_view text, std::size_t width) {
    Timeline timeline;
    while (!text.empty()) {
        TimelineStep step;
        const bool sound = (timeline.empty() || take_sign(text, ';')) && take_step(text, width, step);
        if (!sound)
            return Error{ErrorCode::corrupt,
                         "a stored timeline cannot be read; candour rebuild makes it again"};
        timeline.push_back(std::move(step));
    }
    return timeline;
}

void add_timeline(Deltas& deltas, const std::string& account, const Timeline& timeline, int sign) {
    const TimelineStep* before = nullptr;
    for (const TimelineStep& step : timeline) {
        add(deltas[{account, step.level, step.day}], step.state, sign);
        if (before != nullptr) add(deltas[{account, before->level, step.day}], before->state, -sign);
        before = &step;
    }
}

void drop_zeros(Deltas& deltas) {
    std::erase_if(deltas, [](const auto& cell) { return is_zero(cell.second); });
}

Snapshots snapshots_of(const Deltas& deltas, Day last_month) {
    Snapshots snapshots;
    for (const auto& [cell, state] : deltas)
        for (Day month = next_month(cell.day); month <= last_month; month = next_month(month))
            add(snapshots[{cell.account, cell.level, month}], state, 1);
    drop_zeros(snapshots);
    return snapshots;
}

}  // namespace candour::core
