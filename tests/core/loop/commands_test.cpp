#include "core/feedback/text.hpp"
#include "core/loop/story.hpp"

namespace candour::core {
namespace {

using namespace std::chrono_literals;

const EvidencePolicy kStrict{Strength::confirmed, false};

void expect_refused(const Result<Step>& step, ErrorCode code, const std::string& words) {
    ASSERT_FALSE(step) << "expected a refusal: " << words;
    EXPECT_EQ(step.error().code, code) << step.error().message;
    EXPECT_NE(step.error().message.find(words), std::string::npos) << step.error().message;
}

std::vector<Event> events_of(const Result<Step>& step) {
    std::vector<Event> events;
    if (step)
        for (const LedgerEvent& event : step->events) events.push_back(event.event);
    return events;
}

TEST(Hear, NeedsWordsAndPromisesAMailOnlyWhenAsked) {
    Story story;
    expect_refused(hear(story.item, story.by(), " \n", {}), ErrorCode::invalid,
                   "text: expected a text, found nothing");
    expect_refused(hear(story.item, story.by(), std::string(kMaxText + 1, 'x'), {}), ErrorCode::invalid,
                   "at most 8000 characters, found 8001");
    EXPECT_TRUE(hear(story.item, story.by(), "text", {})->promises.empty());
    const auto mailed = hear(story.item, story.by(), "text", kMessage);
    ASSERT_EQ(mailed->promises.size(), 1U);
    EXPECT_EQ(mailed->promises.front().kind, MessageKind::heard);
    EXPECT_EQ(mailed->promises.front().not_before, story.now);
}

TEST(Hear, FollowsOnlyOnceInARound) {
    Story story;
    story.heard();
    expect_refused(hear(story.item, story.by(), "again", {}), ErrorCode::conflict,
                   "\"heard\" cannot follow in state heard");
}

TEST(Decide, NeedsADateInTheFutureForAPromise) {
    Story story;
    story.heard();
    for (const Instant when : {kNever, story.now, story.now - 1s})
        expect_refused(decide(story.item, story.by(), Story::change_it(when)), ErrorCode::invalid,
                       "by: expected the date");
    EXPECT_EQ(events_of(decide(story.item, story.by(), Story::change_it(story.now + 1us))),
              std::vector{Event::decided_will_change});
}

TEST(Decide, NeedsAReasonForARefusalAndChecksEveryText) {
    Story story;
    story.heard();
    Decision no{false, "We won't", "", "", "", kNever};
    expect_refused(decide(story.item, story.by(), no), ErrorCode::invalid,
                   "why: expected a text, found nothing");
    no.why = "Because";
    EXPECT_EQ(events_of(decide(story.item, story.by(), no)), std::vector{Event::decided_will_not_change});
    no.trade_off = "\xff";
    expect_refused(decide(story.item, story.by(), no), ErrorCode::invalid, "trade_off: expected UTF-8");
    no.trade_off = "";
    no.decided_by = std::string(kMaxLine + 1, 'x');
    expect_refused(decide(story.item, story.by(), no), ErrorCode::invalid,
                   "decided_by: expected at most 500");
    no.text = "";
    expect_refused(decide(story.item, story.by(), no), ErrorCode::invalid, "text: expected a text");
}

TEST(Change, NeedsWordsAWebAddressOrNoneAndAPromiseToKeep) {
    Story story;
    story.heard();
    expect_refused(change(story.item, story.by(), "done", ""), ErrorCode::conflict,
                   "\"changed\" cannot follow in state heard");
    story.decided();
    expect_refused(change(story.item, story.by(), "", ""), ErrorCode::invalid, "text: expected a text");
    for (const char* link :
         {"javascript:alert(1)", "example.org", "ftp://example.org", " https://example.org"})
        expect_refused(change(story.item, story.by(), "done", link), ErrorCode::invalid,
                       "link: expected an http or https address");
    EXPECT_TRUE(change(story.item, story.by(), "done", "https://example.org"));
    EXPECT_TRUE(change(story.item, story.by(), "done", "http://example.org"));
}

TEST(Change, IsRefusedWhereNothingWasPromisedOrTheCustomerIsBeingTold) {
    Story refused;
    refused.heard().decided(false);
    expect_refused(change(refused.item, refused.by(), "done", ""), ErrorCode::conflict,
                   "nothing will change");
    refused.telling();
    expect_refused(change(refused.item, refused.by(), "done", ""), ErrorCode::conflict,
                   "is under way; cancel it first");
}

TEST(Tell, IsLegalFromChangedAndFromARefusalOnly) {
    Story promised;
    promised.heard().decided();
    expect_refused(tell(promised.item, promised.by(), kMessage, promised.now), ErrorCode::conflict,
                   "a change was promised");
    promised.changed();
    const auto told = tell(promised.item, promised.by(), kMessage, promised.now + 30s);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->promises.front().kind, MessageKind::closing);
    EXPECT_EQ(told->promises.front().not_before, promised.now + 30s);
    Story early;
    expect_refused(tell(early.item, early.by(), kMessage, early.now), ErrorCode::conflict,
                   "cannot follow in state raised");
    Story no;
    EXPECT_TRUE(tell(no.heard().decided(false).item, no.by(), kMessage, no.now));
}

TEST(Tell, MovesNothingUntilTheMessageIsHandedOver) {
    Story story;
    story.changed_round().telling();
    EXPECT_EQ(story.item.state, State::changed);
    EXPECT_EQ(story.item.telling, kMessage);
    expect_refused(tell(story.item, story.by(), MessageId(IdBytes{9}), story.now), ErrorCode::conflict,
                   "is under way");
    story.now += 5min;
    story.must(handed_over(story.item, story.by("host"), {kMessage, MessageKind::closing, 1, ""}));
    EXPECT_EQ(story.item.state, State::told);
    EXPECT_EQ(story.item.told_at, story.now);
    EXPECT_EQ(story.item.evidence, Strength::handed_over);
}

TEST(Tell, NeedsSomebodyToTell) {
    Story story;
    story.changed_round();
    story.item.contact = {};
    expect_refused(tell(story.item, story.by(), kMessage, story.now), ErrorCode::conflict, "nobody is known");
}

TEST(Tell, CanBeRepeatedWhileNobodyHasSeenIt) {
    Story story;
    story.changed_round().told();
    const Instant first = story.item.told_at;
    story.now += 200h;
    story.told(MessageId(IdBytes{9}));
    EXPECT_EQ(story.item.state, State::told);
    EXPECT_EQ(story.item.told_at, first) << "they were told when they were told first";
    EXPECT_EQ(story.item.told_from, State::changed);
}

TEST(CancelTell, TakesTheMessageBackWhileItIsUnderWay) {
    Story story;
    story.changed_round();
    expect_refused(cancel_tell(story.item, story.by()), ErrorCode::conflict,
                   "no closing message is under way");
    story.telling().must(cancel_tell(story.item, story.by()));
    EXPECT_TRUE(story.item.telling.empty());
    EXPECT_EQ(story.cancelled, std::vector{kMessage});
}

TEST(Conversations, NeedContactTimeChannelAndWhatWasSaid) {
    Story story;
    story.changed_round().told();
    const auto record = [&](auto spoil) {
        Conversation talk = story.talk();
        spoil(talk);
        return record_conversation(story.item, story.by(), talk, {});
    };
    expect_refused(record([](Conversation& talk) { talk.contact = ""; }), ErrorCode::invalid,
                   "contact: expected whom you spoke with");
    expect_refused(record([](Conversation& talk) { talk.channel = " "; }), ErrorCode::invalid,
                   "channel: expected a text");
    expect_refused(record([](Conversation& talk) { talk.said = ""; }), ErrorCode::invalid,
                   "said: expected a text");
    expect_refused(record([](Conversation& talk) { talk.at = kNever; }), ErrorCode::invalid,
                   "when: expected the time");
    expect_refused(record([&](Conversation& talk) { talk.at = story.now + 1s; }), ErrorCode::invalid,
                   "found one in the future");
    EXPECT_EQ(events_of(record([](Conversation&) {})), (std::vector{Event::seen, Event::visibly_closed}));
}

TEST(Conversations, CloseOnlyWhereThePolicyTakesThem) {
    Story story;
    story.changed_round();
    EXPECT_EQ(events_of(tell_in_person(story.item, story.by(), story.talk(), {})),
              (std::vector{Event::told, Event::seen, Event::visibly_closed}));
    EXPECT_EQ(events_of(tell_in_person(story.item, story.by(), story.talk(), {Strength::seen, false})),
              (std::vector{Event::told, Event::seen}));
    EXPECT_EQ(events_of(tell_in_person(story.item, story.by(), story.talk(), kStrict)),
              (std::vector{Event::told, Event::seen}));
    story.telling();
    expect_refused(tell_in_person(story.item, story.by(), story.talk(), {}), ErrorCode::conflict,
                   "is under way");
    Story early;
    expect_refused(record_conversation(early.item, early.by(), early.talk(), {}), ErrorCode::conflict,
                   "\"seen\" cannot follow in state raised");
}

TEST(Dismiss, IsForWhatNobodyDecidedOnYet) {
    Story story;
    EXPECT_TRUE(dismiss(story.item, story.by(), Dismissal::thanked, ""));
    EXPECT_TRUE(dismiss(story.heard().item, story.by(), Dismissal::merged, "into another"));
    expect_refused(dismiss(story.item, story.by(), Dismissal::spam, "\xc0\x80"), ErrorCode::invalid,
                   "note: expected UTF-8");
    expect_refused(dismiss(story.decided().item, story.by(), Dismissal::thanked, ""), ErrorCode::conflict,
                   "cannot follow in state decided");
}

TEST(Abandon, NeedsAReasonAndIsTooLateOnceTheyHaveSeenIt) {
    Story story;
    expect_refused(abandon(story.item, story.by(), ""), ErrorCode::invalid, "reason: expected a text");
    EXPECT_TRUE(abandon(story.item, story.by(), "gone"));
    story.changed_round().telling();
    expect_refused(abandon(story.item, story.by(), "gone"), ErrorCode::conflict, "is under way");
    Story closed;
    expect_refused(abandon(closed.closed().item, closed.by(), "gone"), ErrorCode::conflict,
                   "cannot follow in state visibly_closed");
}

TEST(Reopen, BeginsARoundWithNewDueDatesAndNothingDone) {
    Story story;
    expect_refused(reopen(story.item, story.by(), "again", story.due()), ErrorCode::conflict,
                   "cannot follow in state raised");
    story.closed();
    expect_refused(reopen(story.item, story.by(), " ", story.due()), ErrorCode::invalid,
                   "reason: expected a text");
    story.now += 100h;
    const Due due = story.due();
    story.must(reopen(story.item, story.by(), "It broke again", due));
    EXPECT_EQ(story.item.state, State::raised);
    EXPECT_EQ(story.item.round, 2);
    EXPECT_EQ(story.item.due, due);
    EXPECT_EQ(story.item.raised_at, story.now);
    for (const Instant at : {story.item.heard_at, story.item.decided_at, story.item.changed_at,
                             story.item.told_at, story.item.closed_at, story.item.promised_by})
        EXPECT_FALSE(happened(at));
    EXPECT_EQ(story.item.evidence, Strength::none);
    EXPECT_EQ(story.item.evidence_source, "");
}

TEST(Press, SeenClosesByDefaultAndConfirmedAlways) {
    Story story;
    story.changed_round().told();
    EXPECT_EQ(events_of(press_seen(story.item, story.by(), {})),
              (std::vector{Event::seen, Event::visibly_closed}));
    EXPECT_EQ(events_of(press_seen(story.item, story.by(), kStrict)), std::vector{Event::seen});
    EXPECT_EQ(events_of(press_confirmed(story.item, story.by(), kStrict)),
              (std::vector{Event::confirmed, Event::visibly_closed}));
}

TEST(Press, SaysTheSameThingOnlyOnce) {
    Story story;
    story.closed();
    EXPECT_TRUE(events_of(press_seen(story.item, story.by(), {})).empty());
    EXPECT_EQ(events_of(press_confirmed(story.item, story.by(), {})), std::vector{Event::confirmed})
        << "stronger proof is kept, it closes once";
    story.must(press_confirmed(story.item, story.by(), {}));
    EXPECT_TRUE(events_of(press_confirmed(story.item, story.by(), {})).empty());
    EXPECT_TRUE(events_of(press_seen(story.item, story.by(), {})).empty());
}

TEST(Press, IsRefusedBeforeAnybodyWasTold) {
    Story story;
    for (int step = 0; step < 3; ++step) {
        EXPECT_FALSE(press_seen(story.item, story.by(), {}));
        EXPECT_FALSE(press_confirmed(story.item, story.by(), {}));
        EXPECT_FALSE(press_not_yet(story.item, story.by(), "no", story.due()));
        step == 0 ? story.heard() : step == 1 ? story.decided() : story;
    }
}

TEST(Press, TakesAWaitingRepetitionBackOnceItIsSeen) {
    Story story;
    story.changed_round().told().telling(MessageId(IdBytes{9}));
    story.must(press_seen(story.item, story.by("con_ada"), {}));
    EXPECT_EQ(story.item.state, State::visibly_closed);
    EXPECT_TRUE(story.item.telling.empty());
    EXPECT_EQ(story.cancelled, std::vector{MessageId(IdBytes{9})});
    EXPECT_TRUE(events_of(handed_over(story.item, story.by("host"),
                                      {MessageId(IdBytes{9}), MessageKind::closing, 1, ""}))
                    .empty());
}

TEST(NotYet, NeedsATextAndReopensInTheCustomersWords) {
    Story story;
    story.closed();
    expect_refused(press_not_yet(story.item, story.by(), "", story.due()), ErrorCode::invalid,
                   "more: expected a text");
    const auto step = press_not_yet(story.item, story.by("con_ada"), "Still slow", story.due());
    EXPECT_EQ(events_of(step), (std::vector{Event::not_yet, Event::reopened}));
    EXPECT_EQ(step->events[0].actor, "con_ada");
    EXPECT_EQ(step->events[0].content.at("text"), "Still slow");
    EXPECT_EQ(step->events[1].actor, "host");
}

TEST(Correct, IsPossibleUntilTheyAreTold) {
    Story story;
    EXPECT_TRUE(correct(story.item, story.by(), "I meant that"));
    EXPECT_TRUE(correct(story.changed_round().item, story.by(), "I meant that"));
    expect_refused(correct(story.item, story.by(), ""), ErrorCode::invalid, "more: expected a text");
    expect_refused(correct(story.told().item, story.by(), "I meant that"), ErrorCode::conflict,
                   "\"corrected\" cannot follow in state told");
}

TEST(Fates, OfOtherMessagesMoveNothing) {
    Story story;
    story.changed_round().telling();
    const MessageFate acknowledgement{MessageId(IdBytes{9}), MessageKind::acknowledgement, 1,
                                      "no such mailbox"};
    EXPECT_TRUE(events_of(handed_over(story.item, story.by(), acknowledgement)).empty());
    EXPECT_EQ(events_of(not_delivered(story.item, story.by(), acknowledgement)),
              std::vector{Event::message_bounced});
    EXPECT_EQ(events_of(bounced(story.item, story.by(), acknowledgement)),
              std::vector{Event::message_bounced});
    EXPECT_EQ(
        events_of(handed_over(story.item, story.by(), {MessageId(IdBytes{8}), MessageKind::closing, 1, ""})),
        std::vector<Event>{})
        << "an older closing message";
}

TEST(Fates, OfTheClosingMessageTakeTheItemBack) {
    Story rejected;
    rejected.changed_round().telling();
    const MessageFate fate{kMessage, MessageKind::closing, 1, "no such mailbox"};
    rejected.must(not_delivered(rejected.item, rejected.by("host"), fate));
    EXPECT_EQ(rejected.item.state, State::changed);
    EXPECT_TRUE(rejected.item.telling.empty());
    Story back;
    back.heard().decided(false).told().must(bounced(back.item, back.by("host"), fate));
    EXPECT_EQ(back.item.state, State::decided) << "where it was told from";
    EXPECT_FALSE(happened(back.item.told_at));
    EXPECT_EQ(back.item.evidence, Strength::none);
}

TEST(Fates, OfAnUndecidedClosingMessageFreeTheItem) {
    Story story;
    story.changed_round().telling().must(
        bounced(story.item, story.by("host"), {kMessage, MessageKind::closing, 1, "no such mailbox"}));
    EXPECT_EQ(story.ledger.back().event, Event::undeliverable);
    EXPECT_TRUE(story.item.telling.empty());
    EXPECT_EQ(story.item.state, State::changed);
}

TEST(Fates, OfAnEarlierRoundAreOnlyNoted) {
    Story story;
    story.changed_round().told().must(press_not_yet(story.item, story.by(), "no", story.due()));
    story.changed_round().told(MessageId(IdBytes{9}));
    story.must(bounced(story.item, story.by("host"), {kMessage, MessageKind::closing, 1, "late"}));
    EXPECT_EQ(story.item.state, State::told);
    EXPECT_EQ(story.ledger.back().event, Event::message_bounced);
}

TEST(Fates, TakeAWaitingRepetitionBackWithTheFirstMessage) {
    Story story;
    story.changed_round().told().telling(MessageId(IdBytes{9}));
    story.must(bounced(story.item, story.by("host"), {kMessage, MessageKind::closing, 1, "no such mailbox"}));
    EXPECT_EQ(story.item.state, State::changed);
    EXPECT_EQ(story.cancelled, std::vector{MessageId(IdBytes{9})});
}

TEST(Fold, RefusesASecondBirthAndABounceOfNothing) {
    Story story;
    EXPECT_EQ(fold(story.item, {Event::raised, "x", story.now, {}}).error().code, ErrorCode::conflict);
    EXPECT_EQ(fold(story.item, {Event::bounced, "x", story.now, {}}).error().code, ErrorCode::conflict);
}

TEST(Fold, CountsVersionsAndRemembersTheLastEvent) {
    Story story;
    story.now += 1h;
    story.heard();
    EXPECT_EQ(story.item.version, 2);
    EXPECT_EQ(story.item.last_event_at, story.now);
    EXPECT_EQ(story.item.heard_at, story.now);
    EXPECT_EQ(story.item.raised_at, kNoon);
}

TEST(StaleVersion, SaysWhatWasExpectedAndFound) {
    const Error error = stale_version(ItemId(IdBytes{7}), 3, 5);
    EXPECT_EQ(error.code, ErrorCode::conflict);
    EXPECT_NE(error.message.find("expected version 3, found 5"), std::string::npos);
}

}  // namespace
}  // namespace candour::core
