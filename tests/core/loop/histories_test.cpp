/// What holds after any sequence of commands, legal or not.
#include <rapidcheck.h>

#include <functional>

#include "core/loop/story.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;

/// What the team may ask of an item.
void play_team(Story& story, std::uint32_t choice, const MessageId& message, const EvidencePolicy& policy) {
    Decision decision = Story::change_it(story.now + 1h);
    decision.will_change = (choice & 64U) != 0;
    const Item& item = story.item;
    const std::function<Result<Step>()> steps[] = {
        [&] { return hear(item, story.by(), "heard", message); },
        [&] { return decide(item, story.by(), decision); },
        [&] { return change(item, story.by(), "changed", ""); },
        [&] { return tell(item, story.by(), message, story.now); },
        [&] { return cancel_tell(item, story.by()); },
        [&] { return tell_in_person(item, story.by(), story.talk(), policy); },
        [&] { return record_conversation(item, story.by(), story.talk(), policy); },
        [&] { return dismiss(item, story.by(), Dismissal::spam, ""); },
        [&] { return abandon(item, story.by(), "reason"); },
        [&] { return reopen(item, story.by(), "reason", story.due()); },
    };
    story.take(steps[choice % std::size(steps)]());
}

/// What the customer and the mail may do to it.
void play_world(Story& story, std::uint32_t choice, const MessageId& message, const EvidencePolicy& policy) {
    const MessageFate own{story.item.telling.empty() ? message : story.item.telling, MessageKind::closing,
                          static_cast<int>(choice >> 16U) % 2 + story.item.round - 1, ""};
    const Item& item = story.item;
    const std::function<Result<Step>()> steps[] = {
        [&] { return press_seen(item, story.by(), policy); },
        [&] { return press_confirmed(item, story.by(), policy); },
        [&] { return press_not_yet(item, story.by(), "no", story.due()); },
        [&] { return correct(item, story.by(), "no"); },
        [&] { return handed_over(item, story.by(), own); },
        [&] { return handed_over(item, story.by(), own); },
        [&] { return not_delivered(item, story.by(), own); },
        [&] { return bounced(item, story.by(), own); },
    };
    story.take(steps[choice % std::size(steps)]());
}

/// One of everything that can be asked of an item; what does not follow is refused and changes nothing.
void play(Story& story, std::uint32_t choice) {
    const MessageId message(IdBytes{static_cast<std::uint8_t>(choice >> 8U), 1});
    const EvidencePolicy policy{(choice & 64U) != 0 ? Strength::confirmed : Strength::seen,
                                (choice & 128U) != 0};
    story.now += std::chrono::minutes(choice % 97);
    if (choice % 18 < 10) return play_team(story, choice / 18, message, policy);
    play_world(story, choice / 18, message, policy);
}

/// Half of the time what would come next, so that histories get somewhere.
void play_forward(Story& story) {
    const Item& item = story.item;
    switch (item.state) {
        case State::raised:
            story.take(hear(item, story.by(), "heard", {}));
            break;
        case State::heard:
            story.take(decide(item, story.by(), Story::change_it(story.now + 1h)));
            break;
        case State::decided:
        case State::changed:
            if (!item.telling.empty())
                story.take(
                    handed_over(item, story.by(), {item.telling, MessageKind::closing, item.round, ""}));
            else if (item.state == State::decided && item.will_change)
                story.take(change(item, story.by(), "changed", ""));
            else
                story.take(tell(item, story.by(), kMessage, story.now));
            break;
        default:
            story.take(press_seen(item, story.by(), {}));
    }
}

Story story_of(const std::vector<std::uint32_t>& choices) {
    Story story;
    for (const std::uint32_t choice : choices)
        (choice & 32U) != 0 ? play_forward(story) : play(story, choice);
    return story;
}

Item refolded(const Story& story, std::size_t from, Item item) {
    for (std::size_t i = from; i < story.ledger.size(); ++i) item = *fold(std::move(item), story.ledger[i]);
    return item;
}

Item unborn(const Story& story) {
    Item item;
    item.id = story.item.id;
    return item;
}

TEST(Histories, FoldToTheSameItemHoweverTheyAreCut) {
    EXPECT_TRUE(rc::check("folding", [](const std::vector<std::uint32_t>& choices) {
        const Story story = story_of(choices);
        RC_ASSERT(refolded(story, 0, unborn(story)) == story.item);
        const auto cut = *rc::gen::inRange<std::size_t>(0, story.ledger.size() + 1);
        Item first = unborn(story);
        for (std::size_t i = 0; i < cut; ++i) first = *fold(std::move(first), story.ledger[i]);
        RC_ASSERT(refolded(story, cut, first) == story.item);
        RC_CLASSIFY(story.item.round > 1, "reopened");
        RC_CLASSIFY(story.item.state == State::visibly_closed, "visibly closed");
    }));
}

TEST(Histories, HaveAsManyVersionsAsEvents) {
    EXPECT_TRUE(rc::check("versions", [](const std::vector<std::uint32_t>& choices) {
        const Story story = story_of(choices);
        RC_ASSERT(story.item.version == static_cast<int>(story.ledger.size()));
        RC_ASSERT(story.item.round ==
                  1 + std::count_if(story.ledger.begin(), story.ledger.end(),
                                    [](const LedgerEvent& one) { return one.event == Event::reopened; }));
    }));
}

TEST(Histories, NeverCloseWithoutProofOfTheirOwnRound) {
    EXPECT_TRUE(rc::check("proof", [](const std::vector<std::uint32_t>& choices) {
        bool told = false, proven = false;
        for (const LedgerEvent& event : story_of(choices).ledger) {
            if (event.event == Event::reopened || event.event == Event::bounced) told = proven = false;
            if (event.event == Event::told) told = true;
            if (event.event == Event::seen || event.event == Event::confirmed) proven = told;
            if (event.event == Event::visibly_closed) RC_ASSERT(proven);
        }
    }));
}

TEST(Histories, KeepAMessageUnderWayOnlyWhereItMayStillBeTold) {
    EXPECT_TRUE(rc::check("under way", [](const std::vector<std::uint32_t>& choices) {
        Story story;
        for (const std::uint32_t choice : choices) {
            (choice & 32U) != 0 ? play_forward(story) : play(story, choice);
            const bool tellable = story.item.state == State::decided || story.item.state == State::changed ||
                                  story.item.state == State::told;
            RC_ASSERT(story.item.telling.empty() || tellable);
            RC_ASSERT((story.item.state == State::visibly_closed) == happened(story.item.closed_at));
        }
    }));
}

}  // namespace
}  // namespace candour::core
