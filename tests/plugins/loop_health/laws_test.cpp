/// The counters of any items give the figures that the definitions give, asked for directly and for any day.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "items.hpp"

// After Boost.JSON, which the header above includes.
#include "candour/stats/loop.hpp"
#include "candour/stats/survival.hpp"

namespace candour::loop_health {
namespace {

/// Days between one thing and the next; what is negative has not happened.
struct Story {
    int raised = 0, heard = 0, decided = 0, changed = 0, told = 0, back = -1, heard_again = -1;
    bool refused = false, dismissed = false;
};
void showValue(const Story& story, std::ostream& out) {
    out << "{" << story.raised << " +" << story.heard << " +" << story.decided << " +" << story.changed
        << " +" << story.told << " back +" << story.back << " +" << story.heard_again
        << (story.refused ? ", refused" : "") << (story.dismissed ? ", dismissed" : "") << "}";
}

rc::Gen<Story> any_story() {
    const auto gap = rc::gen::inRange(-6, 40);
    return rc::gen::build<Story>(
        rc::gen::set(&Story::raised, rc::gen::inRange(0, 120)), rc::gen::set(&Story::heard, gap),
        rc::gen::set(&Story::decided, gap), rc::gen::set(&Story::changed, gap),
        rc::gen::set(&Story::told, gap), rc::gen::set(&Story::back, rc::gen::inRange(-60, 60)),
        rc::gen::set(&Story::heard_again, gap),
        rc::gen::set(&Story::refused, rc::gen::map(rc::gen::inRange(0, 4), [](int n) { return n == 0; })),
        rc::gen::set(&Story::dismissed, rc::gen::map(rc::gen::inRange(0, 6), [](int n) { return n == 0; })));
}

/// Days of one round, absent where it did not come so far.
struct Days {
    std::int64_t raised = 0;
    std::array<std::optional<std::int64_t>, 5> reached{};
    std::optional<std::int64_t> over;  ///< dismissed, or came back: the rest is censored there
};

struct Told {
    Item item;
    std::vector<Days> rounds;
    stats::LoopItem plain;
    bool refused = false;
    bool dismissed = false;
};

stats::Day day_of(std::int64_t day) {
    return stats::Day{std::chrono::days{day}};
}

void tell_back(const Story& story, Told& told, std::int64_t day) {
    if (story.back < 0) return;
    day += story.back;
    told.item.reopened(day);
    told.rounds.back().over = day;
    told.plain.reopened = day_of(day);
    told.rounds.push_back({day, {}, {}});
    if (story.heard_again < 0) return;
    told.item.heard(day + story.heard_again);
    told.rounds.back().reached[0] = day + story.heard_again;
    told.plain.visible.push_back(day_of(day + story.heard_again));
}

Told tell(const Story& story) {
    std::int64_t day = kDay + story.raised;
    Told told{Item(day), {{day, {}, {}}}, {.id = "i", .raised = day_of(day)}, story.refused, false};
    Days& round = told.rounds.front();
    const auto reach = [&](std::size_t stage, int gap, auto happen) {
        if (gap < 0) return false;
        day += gap;
        happen(day);
        round.reached[stage] = day;
        if (stage < 3) told.plain.visible.push_back(day_of(day));
        return true;
    };
    if (!reach(0, story.heard, [&](auto at) { told.item.heard(at); }) && story.dismissed) {
        told.item.dismissed(day);
        round.over = day;
        told.dismissed = true;
    }
    if (story.heard < 0) return told;
    const auto decide = [&](auto at) {
        story.refused ? told.item.will_not_change(at) : told.item.will_change(at);
    };
    if (!reach(1, story.decided, decide)) return told;
    if (!story.refused && !reach(2, story.changed, [&](auto at) { told.item.changed(at); })) return told;
    if (!reach(3, story.told, [&](auto at) { told.item.told(at); })) return told;
    told.plain.closed = day_of(day);
    tell_back(story, told, day);
    return told;
}

/// By the definition: an event at its age, else censored when the round was over, else at the age it has now.
stats::LifeTable table_of(const std::vector<Told>& items, std::size_t stage, std::int64_t as_of) {
    stats::LifeTable table;
    for (const Told& item : items)
        for (const Days& round : item.rounds) {
            if (round.raised > as_of) continue;
            const auto by = [&](const std::optional<std::int64_t>& day) { return day && *day <= as_of; };
            const bool first = &round == &item.rounds.front();
            if (by(round.reached[stage]))
                (void)table.event(static_cast<int>(*round.reached[stage] - round.raised));
            else if (stage == 2 && first && item.refused && by(round.reached[1]))
                (void)table.censored(static_cast<int>(*round.reached[1] - round.raised));
            else
                (void)table.censored(static_cast<int>((by(round.over) ? *round.over : as_of) - round.raised));
        }
    return table;
}

/// A number that went through a document may have lost its last bit.
bool same(const std::optional<double>& a, const std::optional<double>& b) {
    return a.has_value() == b.has_value() && (!a || std::abs(*a - *b) < 1e-12);
}

std::optional<double> rate_of(const bj::value& figure) {
    if (figure.at("value").is_null()) return std::nullopt;
    return figure.at("value").to_number<double>();
}

class Laws : public Measured {
 public:
    Laws() { SetUp(); }
    void TestBody() override {}
};

constexpr std::array kTimes{"time_to_heard", "time_to_decided", "time_to_changed", "time_to_told"};

RC_GTEST_PROP(LoopHealthLaws, TheCurveOnAnyDayIsKaplanAndMeiersOfTheItems, ()) {
    std::vector<Told> items;
    std::vector<MeasuredItem> measured;
    for (const Story& story : *rc::gen::container<std::vector<Story>>(any_story()))
        items.push_back(tell(story));
    for (const Told& item : items) measured.push_back(item.item);
    const std::int64_t as_of = kDay + *rc::gen::inRange(0, 400);
    Laws laws;
    for (std::size_t stage = 0; stage < kTimes.size(); ++stage) {
        const stats::LifeTable table = table_of(items, stage, as_of);
        const auto curve = stats::kaplan_meier(table);
        RC_ASSERT(bool(curve));
        const auto median = stats::survival_quantile(*curve, 0.5);
        const bj::value figure = laws.figure(kTimes.at(stage), measured, as_of);
        RC_ASSERT(figure.at("n").to_number<std::int64_t>() == table.n());
        RC_ASSERT(rate_of(figure) == (median->age ? std::optional<double>(*median->age) : std::nullopt));
        if (table.n() == 0) continue;
        const auto slow = stats::survival_quantile(*curve, 0.9);
        const bj::value& p90 = figure.at_pointer("/parts/p90/days");
        RC_ASSERT(p90.is_null() == !slow->age);
        if (slow->age) RC_ASSERT(p90.to_number<int>() == *slow->age);
        const bj::value& by_30 = figure.at_pointer("/parts/by_day_30");
        if (!by_30.is_null()) RC_ASSERT(same(by_30.at("share").to_number<double>(), curve->done_by(30)));
    }
}

RC_GTEST_PROP(LoopHealthLaws, SilenceAndWhatCameBackAreThoseOfTheDefinition, ()) {
    std::vector<stats::LoopItem> plain;
    std::vector<MeasuredItem> measured;
    for (const Story& story : *rc::gen::container<std::vector<Story>>(any_story())) {
        const Told told = tell(story);
        if (told.dismissed) continue;  // the plain definition knows no such thing
        plain.push_back(told.plain);
        measured.push_back(told.item);
    }
    const std::int64_t as_of = kDay + *rc::gen::inRange(0, 400);
    const auto states = stats::loop_states(plain, day_of(as_of));
    RC_ASSERT(bool(states));
    Laws laws;
    const bj::value silence = laws.figure("silence_rate", measured, as_of);
    RC_ASSERT(same(rate_of(silence), states->silence_rate()));
    RC_ASSERT(silence.at("n").to_number<std::int64_t>() == states->open);
    const bj::value back = laws.figure("reopen_rate", measured, as_of);
    RC_ASSERT(same(rate_of(back), states->reopen_rate()));
    if (states->followed > 0)
        RC_ASSERT(back.at_pointer("/parts/closures").to_number<std::int64_t>() == states->closed);
}

}  // namespace
}  // namespace candour::loop_health
