#include "edge/store/contract/mail_shelf.hpp"

namespace candour::store::contract {
namespace {

using flow::MailState;

class MailEffects : public MailStore {};
INSTANTIATE_TEST_SUITE_P(Store, MailEffects, both(), named);

TEST_P(MailEffects, MakesAKnownPersonsMailAnItemWithAnAcknowledgement) {
    const core::Contact ada = world.customer();
    const flow::AppliedMail applied = deliver(human("The export is slow."));
    EXPECT_EQ(applied.outcome, "raised");
    const core::Item item = world.item(applied.item);
    EXPECT_EQ(item.contact, ada.id);
    EXPECT_EQ(item.source, "mail");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations WHERE source = 'mail' AND kind = 'mail.message' "
                          "AND class = 'human' AND score = -1"),
              1);
    EXPECT_EQ(world.ask("SELECT state FROM messages WHERE kind = 'acknowledgement'"), "queued");
    EXPECT_EQ(row(1).state, MailState::applied);
    EXPECT_EQ(row(1).item, item.id);
    EXPECT_EQ(row(1).item_number, 1);
    EXPECT_EQ(row(1).contact_name, "ada");
    EXPECT_TRUE(take().empty());
}

TEST_P(MailEffects, MakesOneItemOfOneMailThatCameByTwoWays) {
    world.customer();
    const flow::AppliedMail first = deliver(human("The export is slow."));
    const flow::AppliedMail second = deliver(human("The export is slow."));
    EXPECT_EQ(second.outcome, "duplicate");
    EXPECT_EQ(second.item, first.item);
    EXPECT_EQ(deliver(human("And the import.", "<2@example.org>")).outcome, "raised");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations"), 2);
}

TEST_P(MailEffects, HoldsAnUnknownSenderUntilAPersonSaysWhoItIs) {
    const core::Contact ada = world.customer();
    core::Disposition mail = human("It is me, from home.");
    mail.from = "ada@home.example";
    EXPECT_EQ(deliver(mail).state, MailState::held);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 0);
    const auto held = world.run(mails.list({MailState::held, 0, 0, 10}));
    ASSERT_EQ(held->size(), 1U);
    EXPECT_NE(held->front().detail.find("unknown sender"), std::string::npos);

    const auto assigned =
        world.run(mails.assign({1, "ada@example.org", std::nullopt, "tea_grace"}, world.clock.now()));
    ASSERT_TRUE(assigned) << assigned.error().message;
    EXPECT_EQ(assigned->outcome, "raised");
    EXPECT_EQ(world.item(assigned->item).contact, ada.id);
    EXPECT_EQ(row(1).settled_by, "tea_grace");
    const auto again =
        world.run(mails.assign({1, "ada@example.org", std::nullopt, "tea_grace"}, world.clock.now()));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_P(MailEffects, AssignsAHeldMailToAnItemAsItsCustomersWords) {
    const ItemId item = world.raise();
    core::Disposition mail = human("More about it.");
    mail.from = "ada@home.example";
    deliver(mail);
    const auto assigned =
        world.run(mails.assign({1, "", flow::ItemRef{item, 0}, "tea_grace"}, world.clock.now()));
    ASSERT_TRUE(assigned) << assigned.error().message;
    EXPECT_EQ(assigned->item, item);
    EXPECT_EQ(world.events(item).back(), "replied");
}

TEST_P(MailEffects, RefusesAssignmentsThatCannotBe) {
    world.customer();
    core::Disposition mail = human("Who am I?");
    mail.from = "ada@home.example";
    deliver(mail);
    const auto refused = [&](flow::MailAssignment assignment) {
        const auto assigned = world.run(mails.assign(std::move(assignment), world.clock.now()));
        EXPECT_FALSE(assigned);
        return assigned ? ErrorCode{} : assigned.error().code;
    };
    EXPECT_EQ(refused({99, "ada@example.org", std::nullopt, ""}), ErrorCode::not_found);
    EXPECT_EQ(refused({1, "nobody@example.org", std::nullopt, ""}), ErrorCode::not_found);
    EXPECT_EQ(refused({1, "", flow::ItemRef{{}, 99}, ""}), ErrorCode::not_found);
    EXPECT_EQ(row(1).state, MailState::held) << "nothing of it happened";
}

TEST_P(MailEffects, TakesAReplyToTheClosingMessageAsSeenAndWaitsForTheOwner) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    const flow::AppliedMail applied = deliver(human("Thank you!"), {{closing_message(item), true}});
    EXPECT_EQ(applied.outcome, "replied");
    EXPECT_EQ(applied.item, item);
    EXPECT_EQ(world.item(item).state, core::State::told);
    EXPECT_EQ(world.item(item).evidence, core::Strength::seen);
    EXPECT_EQ(world.item(item).pending_reply, core::PendingReply::answer);
    EXPECT_EQ(deliver(human("Thank you!"), {{closing_message(item), true}}).outcome, "duplicate");
    const auto closed = world.run(world.loop.no_objection(world.on(item)));
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_EQ(closed->state, core::State::visibly_closed);
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(MailEffects, HoldsATokenOfAnotherContact) {
    const ItemId item = world.raise();
    world.customer("eve@example.org");
    world.bring_to_changed(item);
    world.tell(item);
    core::Disposition mail = human("All fine, close it.");
    mail.from = "eve@example.org";
    EXPECT_EQ(deliver(mail, {{closing_message(item), true}}).state, MailState::held);
    EXPECT_EQ(world.item(item).evidence, core::Strength::handed_over);
    EXPECT_EQ(world.item(item).pending_reply, core::PendingReply::none);
}

TEST_P(MailEffects, FollowsTheFirstTrailThatLeadsSomewhere) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    const flow::AppliedMail applied =
        deliver(human("Thank you!"), {{MessageId(IdBytes{77}), false}, {closing_message(item), false}});
    EXPECT_EQ(applied.item, item);
    EXPECT_EQ(applied.outcome, "replied");
}

TEST_P(MailEffects, TakesAToldItemBackWhenItsMessageBounces) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    core::Disposition bounce;
    bounce.kind = core::MailKind::bounce;
    bounce.bounces = {{"ada@example.org", "5.1.1", "550", "recipient", true, "550 5.1.1 no such user"}};
    const flow::AppliedMail applied = deliver(bounce, {{closing_message(item), true}}, "");
    EXPECT_EQ(applied.outcome, "bounced");
    EXPECT_EQ(world.item(item).state, core::State::changed);
    EXPECT_EQ(world.ask("SELECT address FROM suppressions"), "ada@example.org");
    EXPECT_EQ(deliver(bounce, {{closing_message(item), true}}, "").outcome, "bounced")
        << "the same bounce again";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM receipts WHERE fate = 'bounced'"), 1);
}

TEST_P(MailEffects, KeepsAnAddressWhoseMailboxWasOnlyFull) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    core::Disposition bounce;
    bounce.kind = core::MailKind::bounce;
    bounce.bounces = {{"ada@example.org", "", "", "mailbox_full", false, "quota exceeded"}};
    EXPECT_EQ(deliver(bounce, {{closing_message(item), true}}, "").outcome, "bounced");
    EXPECT_EQ(world.item(item).state, core::State::changed) << "it did not arrive";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM suppressions"), 0);
}

TEST_P(MailEffects, RecordsABounceOfWhatWasNeverSent) {
    const ItemId item = world.raise();
    const MessageId queued =
        MessageId::trusted(world.ask("SELECT id FROM messages WHERE kind = 'acknowledgement'"));
    core::Disposition bounce;
    bounce.kind = core::MailKind::bounce;
    const flow::AppliedMail applied = deliver(bounce, {{queued, true}}, "");
    EXPECT_EQ(applied.outcome, "recorded");
    EXPECT_NE(applied.detail.find("only what was handed over can bounce"), std::string::npos);
    EXPECT_EQ(world.events(item).size(), 1U);
}

TEST_P(MailEffects, LetsAnAutomaticReplyChangeNothing) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    const core::Item before = world.item(item);
    core::Disposition away = human("I am away until Monday.");
    away.kind = core::MailKind::auto_reply;
    const flow::AppliedMail applied = deliver(away, {{closing_message(item), true}});
    EXPECT_EQ(applied.outcome, "recorded");
    EXPECT_EQ(applied.item, item) << "linked, so that one sees it";
    EXPECT_EQ(world.item(item), before);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations WHERE source = 'mail'"), 0);
}

TEST_P(MailEffects, TurnsADeliveryNoticeIntoTheWeakestEvidence) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    world.tell(item);
    core::Disposition notice;
    notice.kind = core::MailKind::delivery_notice;
    EXPECT_EQ(deliver(notice, {{closing_message(item), false}}, "").outcome, "delivered");
    EXPECT_EQ(world.item(item).evidence, core::Strength::delivered);
    EXPECT_EQ(world.item(item).state, core::State::told);
}

TEST_P(MailEffects, TakesAReplyToAnInvitationAsAnAnswerWithoutAScore) {
    const core::Contact ada = world.customer();
    const MessageId invitation{IdBytes{8}};
    ASSERT_TRUE(world.run(world.links.create({invitation, "surveys", "autumn", ada.id, world.clock.now()})));
    const flow::AppliedMail applied = deliver(human("Nine, but the export is slow."), {{invitation, true}});
    EXPECT_EQ(applied.outcome, "answered");
    EXPECT_FALSE(applied.item.empty());
    EXPECT_EQ(world.ask("SELECT about FROM observations"), "autumn");
    EXPECT_EQ(world.count("SELECT score FROM observations"), -1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE answered_at > 0"), 1);
}

TEST_P(MailEffects, StopsWritingToWhoeverComplains) {
    world.customer();
    core::Disposition complaint = human("");
    complaint.kind = core::MailKind::complaint;
    EXPECT_EQ(deliver(complaint).outcome, "suppressed");
    EXPECT_EQ(world.ask("SELECT address FROM suppressions"), "ada@example.org");
}

TEST_P(MailEffects, AsksNothingMoreOfWhoeverUnsubscribesAndStillTellsThem) {
    const ItemId item = world.raise();
    world.bring_to_changed(item);
    core::Disposition leave = human("");
    leave.kind = core::MailKind::unsubscribe;
    EXPECT_EQ(deliver(leave).outcome, "opted_out");
    EXPECT_EQ(deliver(leave).outcome, "opted_out") << "said twice";
    EXPECT_EQ(world.ask("SELECT address FROM opt_outs"), "ada@example.org");
    EXPECT_EQ(world.ask("SELECT way FROM opt_outs"), "mail");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM opt_outs"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM relationship_history WHERE what = 'opted_out'"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM suppressions"), 0);
    world.tell(item);
    EXPECT_EQ(world.item(item).state, core::State::told) << "what came of their words still arrives";
}

TEST_P(MailEffects, OptsOutWhomTheMessageWasForWhereverTheirAddressStands) {
    const core::Contact ada = world.customer();
    const MessageId invitation{IdBytes{8}};
    ASSERT_TRUE(world.run(world.links.create({invitation, "surveys", "autumn", ada.id, world.clock.now()})));
    core::Disposition leave = human("");
    leave.kind = core::MailKind::unsubscribe;
    leave.from = "gateway@example.org";
    EXPECT_EQ(deliver(leave, {{invitation, true}}).outcome, "opted_out");
    EXPECT_EQ(world.ask("SELECT contact_id FROM opt_outs"), ada.id.text());
    EXPECT_EQ(world.ask("SELECT message_id FROM opt_outs"), invitation.text());
}

TEST_P(MailEffects, AcknowledgesOneAddressOnlySoOftenADay) {
    world.customer();
    for (int i = 0; i < 5; ++i)
        deliver(human("Again " + std::to_string(i), "<" + std::to_string(i) + "@example.org>"));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 5) << "every mail is an item all the same";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE state = 'queued'"),
              core::kAcknowledgementsPerDay);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE state = 'link'"),
              5 - core::kAcknowledgementsPerDay);
    world.clock.advance(24h);
    deliver(human("A day later", "<6@example.org>"));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE state = 'queued'"),
              core::kAcknowledgementsPerDay + 1);
}

TEST_P(MailEffects, NeverAcknowledgesTheNullSender) {
    world.customer();
    EXPECT_EQ(deliver(human("From nowhere."), {}, "").outcome, "raised");
    EXPECT_EQ(world.ask("SELECT state FROM messages WHERE kind = 'acknowledgement'"), "link");
}

}  // namespace
}  // namespace candour::store::contract
