#include "core/loop/reminders.hpp"

#include <array>

#include "core/loop/step_parts.hpp"

namespace candour::core {
namespace {

constexpr std::array kReminders{Event::owner_reminded, Event::manager_reminded, Event::sponsor_reminded};
constexpr int kRungs = static_cast<int>(kReminders.size());

bool silent(const Item& item) {
    return item.state == State::told && item.evidence < Strength::seen &&
           item.pending_reply == PendingReply::none && !item.quiet && item.telling.empty();
}

Debt step_owed(const Item& item) {
    switch (item.state) {
        case State::raised:
            return {Owed::hear, item.due.hear};
        case State::heard:
            return {Owed::decide, item.due.decide};
        case State::decided:
            if (!item.will_change) return {Owed::tell, item.due.tell};
            return {Owed::change, happened(item.promised_by) ? item.promised_by : item.due.change};
        case State::changed:
            return {Owed::tell, item.due.tell};
        default:
            return {};
    }
}

/// The next rung with somebody on it who has not been reminded yet; kRungs when there is none.
int next_rung(const Item& item, const std::array<const std::string*, kRungs>& people) {
    for (int rung = item.reminders; rung < kRungs; ++rung) {
        const std::string& who = *people[static_cast<std::size_t>(rung)];
        bool before = who.empty();
        for (int below = 0; below < item.reminders; ++below)
            before = before || *people[static_cast<std::size_t>(below)] == who;
        if (!before) return rung;
    }
    return kRungs;
}

Result<Step> remind_of_step(const Item& item, const Act& act, const Rungs& rungs) {
    const std::array<const std::string*, kRungs> people{&rungs.owner, &rungs.manager, &rungs.sponsor};
    const Debt debt = debt_of(item);
    const int rung = next_rung(item, people);
    const bool nobody = rung == kRungs;
    const Content content{{"step", std::string(name_of(kOwed, debt.step))},
                          {"due", std::to_string(to_us(debt.due))},
                          {"teammate", nobody ? std::string() : *people[static_cast<std::size_t>(rung)]}};
    const Event event = kReminders[static_cast<std::size_t>(nobody ? kRungs - 1 : rung)];
    return checked(item, Step{{{event, "host", act.at, content}}, {}, {}});
}

Result<Step> break_silence(const Item& item, const Act& act, const Rungs& rungs) {
    if (item.channel_asked) return checked(item, Step{{{Event::quiet, "host", act.at, {}}}, {}, {}});
    return checked(item, Step{{{Event::channel_asked, "host", act.at, {{"teammate", rungs.owner}}}}, {}, {}});
}

}  // namespace

Debt debt_of(const Item& item) {
    if (silent(item) && item.channel_asked) return {Owed::another_channel, kNever};
    return item.telling.empty() ? step_owed(item) : Debt{};
}

Watched watched(const Item& item) {
    if (silent(item)) return {Watch::silence, item.silent_since};
    const Debt debt = item.telling.empty() ? step_owed(item) : Debt{};
    if (debt.step == Owed::nothing || !happened(debt.due) || item.reminders >= kRungs) return {};
    if (item.reminders == 0) return {Watch::overdue, debt.due};
    return {Watch::escalation, item.reminded_at};
}

Result<Step> remind(const Item& item, const Act& act, const Patience& patience, const Rungs& rungs) {
    const Watched watch = watched(item);
    switch (watch.why) {
        case Watch::none:
            return Step{};
        case Watch::overdue:
            return watch.since < act.at ? remind_of_step(item, act, rungs) : Step{};
        case Watch::escalation:
            return watch.since + patience.escalate <= act.at ? remind_of_step(item, act, rungs) : Step{};
        case Watch::silence:
            return watch.since + patience.visibility <= act.at ? break_silence(item, act, rungs) : Step{};
    }
    return Step{};
}

}  // namespace candour::core
