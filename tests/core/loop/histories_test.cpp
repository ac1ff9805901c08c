/// What holds after any sequence of commands, legal or not.
#include <rapidcheck.h>

#include "core/loop/story.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;

/// One of everything that can be asked of an item; what does not follow is refused and changes nothing.
void play(Story& story, std::uint32_t choice) {
    const MessageId message(IdBytes{static_cast<std::uint8_t>(choice >> 8U), 1});
    const EvidencePolicy policy{(choice & 64U) != 0 ? Strength::confirmed : Strength::seen,
                                (choice & 128U) != 0};
    const MessageFate own{story.item.telling.empty() ? message : story.item.telling, MessageKind::closing,
                          static_cast<int>(choice >> 16U) % 2 + story.item.round - 1, ""};
    Decision decision = Story::change_it(story.now + 1h);
    decision.will_change = (choice & 64U) != 0;
    story.now += std::chrono::minutes(choice % 97);
    const Item& item = story.item;
    switch (choice % 18) {
        case 0:
            story.take(hear(item, story.by(), "heard", message));
            break;
        case 1:
            story.take(decide(item, story.by(), decision));
            break;
        case 2:
            story.take(change(item, story.by(), "changed", ""));
            break;
        case 3:
            story.take(tell(item, story.by(), message, story.now));
            break;
        case 4:
            story.take(cancel_tell(item, story.by()));
            break;
        case 5:
            story.take(tell_in_person(item, story.by(), story.talk(), policy));
            break;
        case 6:
            story.take(record_conversation(item, story.by(), story.talk(), policy));
            break;
        case 7:
            story.take(dismiss(item, story.by(), Dismissal::spam, ""));
            break;
        case 8:
            story.take(abandon(item, story.by(), "reason"));
            break;
        case 9:
            story.take(reopen(item, story.by(), "reason", story.due()));
            break;
        case 10:
            story.take(press_seen(item, story.by(), policy));
            break;
        case 11:
            story.take(press_confirmed(item, story.by(), policy));
            break;
        case 12:
            story.take(press_not_yet(item, story.by(), "no", story.due()));
            break;
        case 13:
            story.take(correct(item, story.by(), "no"));
            break;
        case 14:
        case 15:
            story.take(handed_over(item, story.by(), own));
            break;
        case 16:
            story.take(not_delivered(item, story.by(), own));
            break;
        default:
            story.take(bounced(item, story.by(), own));
    }
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
