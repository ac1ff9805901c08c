/// An item that things happen to, in tests: commands in, its ledger and its fold out.
#pragma once
#include <gtest/gtest.h>

#include "core/loop/commands.hpp"
#include "core/relationship/segment.hpp"

namespace candour::core {

inline constexpr Instant kNoon = from_us(1'900'000'000'000'000);
inline const MessageId kMessage{IdBytes{1}};

class Story {
 public:
    Story() {
        item.id = ItemId(IdBytes{7});
        take(Step{
            {{Event::raised,
              "con_ada",
              now,
              {{"contact", ContactId(IdBytes{2}).text()}, {"account", "acc_1"}, {"segment", "reliable"}}}},
            {},
            {}});
    }

    Act by(const std::string& actor = "tea_grace") const { return {actor, now}; }
    Due due() const { return due_after({}, now); }
    Conversation talk() const { return {"Ada", now - std::chrono::hours(1), "phone", "Thank you"}; }
    static Decision change_it(Instant by_when) { return {true, "We will", "Because", "", "", by_when}; }

    /// False when the command was refused; the item stays as it was.
    bool take(const Result<Step>& step) {
        if (!step) return false;
        for (const LedgerEvent& event : step->events) {
            const Result<Item> after = fold(item, event);
            EXPECT_TRUE(after) << "a step that was allowed cannot be folded: " << after.error().message;
            if (!after) return false;
            item = *after;
            ledger.push_back(event);
        }
        for (const Promise& promise : step->promises) promises.push_back(promise);
        if (!step->cancel.empty()) cancelled.push_back(step->cancel);
        return true;
    }
    Story& heard() { return must(hear(item, by(), "We heard", {})); }
    Story& decided(bool will_change = true) {
        Decision decision = change_it(now + std::chrono::hours(48));
        decision.will_change = will_change;
        return must(decide(item, by(), decision));
    }
    Story& changed() { return must(change(item, by(), "It changed", "")); }
    Story& telling(const MessageId& message = kMessage) { return must(tell(item, by(), message, now)); }
    Story& told(const MessageId& message = kMessage) {
        telling(message);
        return must(handed_over(item, by("host"), {message, MessageKind::closing, item.round, ""}));
    }
    Story& changed_round() { return heard().decided().changed(); }
    Story& closed() { return changed_round().told().must(press_seen(item, by("con_ada"), {})); }
    Story& must(const Result<Step>& step) {
        EXPECT_TRUE(take(step)) << (step ? "" : step.error().message);
        return *this;
    }

    Instant now = kNoon;
    Item item;
    std::vector<LedgerEvent> ledger;
    std::vector<Promise> promises;
    std::vector<MessageId> cancelled;
};

}  // namespace candour::core
