/// A campaign while it runs: planned page by page, paused, changed, cancelled, and followed by reminders.
#include "edge/store/contract/campaign_world.hpp"
#include "edge/store/sending.hpp"

namespace candour::store::contract {
namespace {

class CampaignCourse : public CampaignWorld {};
INSTANTIATE_TEST_SUITE_P(Store, CampaignCourse, both(), named);

TEST_P(CampaignCourse, CancelsWhatHasNotLeft) {
    const flow::Campaign campaign = plan(everybody());
    world.hand_over(world.claim().front());
    world.execute("UPDATE messages SET state = 'queued', lease_until = 0 WHERE state = 'claimed'");
    ASSERT_TRUE(world.run(campaigns.cancel(campaign.id, {}, world.clock.now())));
    EXPECT_TRUE(world.claim().empty()) << "from this instant on, whether or not it is settled";
    EXPECT_FALSE(settle(campaign.id)) << "two messages are settled at once";
    const flow::Campaign cancelled = found(campaign.id);
    EXPECT_EQ(cancelled.progress.sent, 1);
    EXPECT_EQ(cancelled.progress.cancelled, 1);
    EXPECT_EQ(cancelled.cancelled_at, world.clock.now());
    world.clock.advance(1h);
    ASSERT_TRUE(world.run(campaigns.cancel(campaign.id, {}, world.clock.now())));
    EXPECT_EQ(found(campaign.id).cancelled_at, cancelled.cancelled_at);
    EXPECT_EQ(world.run(campaigns.cancel(CampaignId(IdBytes{9}), {}, world.clock.now())).error().code,
              ErrorCode::not_found);
    EXPECT_EQ(world.run(campaigns.resume(campaign.id, {}, world.clock.now())).error().code,
              ErrorCode::conflict);
}

TEST_P(CampaignCourse, HoldsBackWhatWaitsWhileItIsPaused) {
    const flow::Campaign campaign = plan(everybody());
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 2U);
    world.hand_over(due[0]);
    ASSERT_TRUE(world.run(campaigns.pause(campaign.id, {}, world.clock.now())));
    EXPECT_FALSE(world.run(world.outbox.mark_transmitting(due[1].id, "host-a", world.clock.now() + 12min)))
        << "it was on its way, and stops before the final dot";
    world.execute("UPDATE messages SET state = 'queued', lease_until = 0 WHERE state = 'claimed'");
    EXPECT_TRUE(world.claim("host-b").empty());
    settle(campaign.id);
    world.clock.advance(std::chrono::days{3});
    EXPECT_TRUE(world.claim("host-b").empty());
    EXPECT_EQ(found(campaign.id).progress.waiting, 1);

    ASSERT_TRUE(world.run(campaigns.resume(campaign.id, {}, world.clock.now())));
    settle(campaign.id);
    const auto again = world.claim("host-b");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].id, due[1].id);
    EXPECT_EQ(again[0].created_at, world.clock.now()) << "days of a pause are not days of trying";
    EXPECT_TRUE(world.claim("host-c").empty()) << "once";
}

TEST_P(CampaignCourse, FindsWhatIsLeftToSettle) {
    const flow::Campaign campaign = plan(everybody());
    const auto settling = [&] { return world.run(campaigns.unfinished())->settling.size(); };
    EXPECT_EQ(settling(), 0U);
    ASSERT_TRUE(world.run(campaigns.pause(campaign.id, {}, world.clock.now())));
    EXPECT_EQ(settling(), 1U);
    settle(campaign.id);
    EXPECT_EQ(settling(), 0U);
    ASSERT_TRUE(world.run(campaigns.resume(campaign.id, {}, world.clock.now())));
    EXPECT_EQ(settling(), 1U);
    settle(campaign.id);
    EXPECT_EQ(settling(), 0U);
    ASSERT_TRUE(world.run(campaigns.cancel(campaign.id, {}, world.clock.now())));
    EXPECT_EQ(settling(), 1U);
    settle(campaign.id);
    EXPECT_EQ(settling(), 0U);
}

TEST_P(CampaignCourse, PlansPageByPageAndGoesOnWhereSomebodyElseStopped) {
    const auto more = world.run(world.relationships.import_contacts(
        {contact("dan", "dan@example.org", core::Level::executive)}, {}, world.clock.now(), false));
    ASSERT_TRUE(more);
    flow::PlannedCampaign campaign = everybody();
    campaign.request.audience = {.accounts = {"A-1"}};
    const auto begun = begin(campaign);
    ASSERT_TRUE(begun);
    EXPECT_FALSE(core::happened(begun->campaign.planned_at));
    EXPECT_EQ(begun->campaign.to_look_at, 4);
    ASSERT_EQ(world.run(campaigns.unfinished())->planning, std::vector<CampaignId>{campaign.id});
    EXPECT_TRUE(plan_page(campaign.id));
    EXPECT_EQ(found(campaign.id).looked_at, 4);
    EXPECT_EQ(found(campaign.id).progress.asked, 3) << "what is planned may be sent before the rest is";
    Database other_database(world.io, world.target);
    Campaigns other(other_database, world.clock, "UTC");
    EXPECT_FALSE(world.run(other.plan_page(campaign.id, world.clock.now())).value_or(true));
    EXPECT_TRUE(core::happened(found(campaign.id).planned_at));
    EXPECT_FALSE(plan_page(campaign.id)) << "again: nothing more";
    EXPECT_EQ(invitations(), 3);
}

TEST_P(CampaignCourse, PlansNothingMoreOnceItIsCancelled) {
    const auto begun = begin(everybody());
    ASSERT_TRUE(world.run(campaigns.cancel(begun->campaign.id, {}, world.clock.now())));
    EXPECT_FALSE(plan_page(begun->campaign.id));
    EXPECT_EQ(invitations(), 0);
    EXPECT_TRUE(core::happened(found(begun->campaign.id).planned_at));
}

TEST_P(CampaignCourse, SpreadsTheMailsOverItsDays) {
    flow::PlannedCampaign campaign = everybody();
    campaign.request.over = std::chrono::days{5};
    plan(campaign);
    const core::Instant start = world.clock.now();
    std::size_t claimed = 0;
    for (int day = 0; day <= 5; ++day) {
        claimed += world.claim("host-" + std::to_string(day)).size();
        world.execute("UPDATE messages SET state = 'handed_over', lease_until = 0 WHERE state = 'claimed'");
        world.clock.advance(std::chrono::days{1});
    }
    EXPECT_EQ(claimed, 2U);
    EXPECT_EQ(
        world.count("SELECT COUNT(1) FROM messages WHERE not_before < " + std::to_string(core::to_us(start)) +
                    " OR not_before > " + std::to_string(core::to_us(start + std::chrono::days{5}))),
        0);
    EXPECT_GT(world.count("SELECT MAX(not_before) - MIN(not_before) FROM messages"), 0);
}

TEST_P(CampaignCourse, ChangesWhatIsNotComposedYet) {
    const flow::Campaign campaign = plan(everybody());
    const auto due = world.claim("host-a");
    world.hand_over(due[0]);
    world.execute("UPDATE messages SET state = 'queued', lease_until = 0 WHERE state = 'claimed'");
    flow::CampaignChange change;
    change.about = "relationship-2";
    change.words = core::OwnWords{{0, {{"en", {"Two minutes?", ""}}}}};
    change.not_after = world.clock.now() + 1h;
    ASSERT_TRUE(world.run(campaigns.change(campaign.id, change, {}, world.clock.now())));
    const auto again = world.claim("host-b");
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].about, "relationship-2");
    EXPECT_NE(again[0].words.find("Two minutes?"), std::string::npos);
    EXPECT_EQ(again[0].not_after, world.clock.now() + 1h);
    EXPECT_EQ(world.ask("SELECT about FROM messages WHERE id = '" + due[0].id.text() + "'"), "relationship-1")
        << "what left keeps what it asked: its page must ask the same";
    EXPECT_EQ(found(campaign.id).words.at(0).at("en").subject, "Two minutes?");
}

TEST_P(CampaignCourse, AsksNobodyTwiceWhenTwoHostsPlanUnderOneKey) {
    Database other_database(world.io, world.target);
    Campaigns other(other_database, world.clock, "UTC");
    std::vector<Result<flow::Planned>> outcomes;
    for (Campaigns* store : {&campaigns, &other})
        boost::asio::co_spawn(world.io, store->begin(everybody("race")),
                              [&](std::exception_ptr, Result<flow::Planned> planned) {
                                  outcomes.push_back(std::move(planned));
                              });
    ASSERT_TRUE(support::eventually(world.io, [&] { return outcomes.size() == 2; }));
    ASSERT_TRUE(outcomes[0] && outcomes[1]);
    EXPECT_EQ(outcomes[0]->campaign.id, outcomes[1]->campaign.id);
    int pages = 0;
    for (int i = 0; i < 4; ++i)
        boost::asio::co_spawn(
            world.io, (i % 2 == 0 ? campaigns : other).plan_page(outcomes[0]->campaign.id, world.clock.now()),
            [&](std::exception_ptr, Result<bool>) { ++pages; });
    ASSERT_TRUE(support::eventually(world.io, [&] { return pages == 4; }));
    EXPECT_EQ(invitations(), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM campaigns"), 1);
}

/// What a host saw last before its database was restored from a backup that is older.
class RestoredStore : public CampaignWorld {
 protected:
    void SetUp() override {
        CampaignWorld::SetUp();
        campaign = plan(everybody()).id;
        seen = {7, world.clock.now()};
        EXPECT_TRUE(world.run(sending.stop(world.clock.now())));
    }

    CampaignId campaign;
    flow::SentMark seen;
    Sending sending{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, RestoredStore, both(), named);

TEST_P(RestoredStore, SendsNothingUntilSomebodyDecided) {
    EXPECT_TRUE(world.claim().empty());
    const auto state = world.run(sending.state(seen));
    ASSERT_TRUE(state);
    EXPECT_TRUE(core::happened(state->stopped_at));
    EXPECT_EQ(state->in_doubt, 2);
    world.clock.advance(1h);
    ASSERT_TRUE(world.run(sending.stop(world.clock.now())));
    EXPECT_EQ(world.run(sending.state(seen))->stopped_at, state->stopped_at) << "again: nothing more";
}

TEST_P(RestoredStore, CountsWhatMayHaveLeftAsUnknownAndNeverSendsItAgain) {
    ASSERT_EQ(world.run(sending.reconcile(seen, false, {}, world.clock.now())).value_or(-1), 2);
    EXPECT_TRUE(world.claim().empty());
    EXPECT_EQ(found(campaign).progress.unknown, 2);
    const auto state = world.run(sending.state(seen));
    EXPECT_FALSE(core::happened(state->stopped_at));
    EXPECT_GT(state->mark, seen.mark) << "the next start finds it up to date";
}

TEST_P(RestoredStore, SendsAgainWhenToldTo) {
    ASSERT_EQ(world.run(sending.reconcile(seen, true, {}, world.clock.now())).value_or(-1), 0);
    EXPECT_EQ(world.claim().size(), 2U);
}

TEST_P(RestoredStore, MarksEachTimeThatMessagesAreTakenAndNoOther) {
    ASSERT_TRUE(world.run(sending.reconcile(seen, true, {}, world.clock.now())));
    const auto before = world.run(sending.state(seen))->mark;
    const auto due = world.claim();
    ASSERT_FALSE(due.empty());
    EXPECT_EQ(due.front().mark, before + 1);
    EXPECT_TRUE(world.claim("host-b").empty());
    EXPECT_EQ(world.run(sending.state(seen))->mark, before + 1);
}

/// A campaign that reminds after 7 days and again after 14; both invitations have left.
class RemindingStore : public CampaignWorld {
 protected:
    void SetUp() override {
        CampaignWorld::SetUp();
        flow::PlannedCampaign asked = everybody();
        asked.request.reminders = {std::chrono::days{7}, std::chrono::days{14}};
        campaign = plan(asked).id;
        for (const flow::DueMessage& message : world.claim()) {
            world.hand_over(message);
            (message.address == "ada@example.org" ? adas : bobs) = message.id;
        }
    }
    int remind() { return world.run(campaigns.remind(world.clock.now(), 100)).value_or(-1); }
    std::vector<flow::DueMessage> reminded_after(std::chrono::days time) {
        world.clock.advance(time);
        remind();
        return world.claim();
    }

    CampaignId campaign;
    MessageId adas, bobs;
};
INSTANTIATE_TEST_SUITE_P(Store, RemindingStore, both(), named);

TEST_P(RemindingStore, RemindsAtItsTimesWithTheInvitationsOwnLink) {
    EXPECT_TRUE(reminded_after(std::chrono::days{6}).empty());
    const auto first = reminded_after(std::chrono::days{1});
    ASSERT_EQ(first.size(), 2U);
    for (const flow::DueMessage& message : first) {
        EXPECT_EQ(message.kind, core::MessageKind::invitation);
        EXPECT_EQ(message.reminder, 1);
        EXPECT_EQ(message.campaign, campaign.text());
        EXPECT_TRUE(message.invitation == adas || message.invitation == bobs);
        world.hand_over(message);
    }
    EXPECT_TRUE(reminded_after(std::chrono::days{13}).empty());
    const auto second = reminded_after(std::chrono::days{1});
    ASSERT_EQ(second.size(), 2U);
    EXPECT_EQ(second[0].reminder, 2);
    for (const flow::DueMessage& message : second) world.hand_over(message);
    EXPECT_TRUE(reminded_after(std::chrono::days{60}).empty()) << "two were asked for";
    EXPECT_EQ(found(campaign).progress.reminded, 4);
    EXPECT_EQ(found(campaign).progress.sent, 2) << "reminders are the same asking";
}

TEST_P(RemindingStore, StopsAtTheFirstAnswerOfAnyKind) {
    world.execute("UPDATE messages SET answered_at = 1 WHERE id = '" + adas.text() + "'");
    ASSERT_TRUE(world.run(campaigns.opt_out(bobs, "page", world.clock.now())));
    EXPECT_TRUE(reminded_after(std::chrono::days{7}).empty());
    EXPECT_TRUE(reminded_after(std::chrono::days{30}).empty());
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM campaign_contacts WHERE remind_at > 0"), 0);
}

TEST_P(RemindingStore, StopsWhenTheMailCameBack) {
    ASSERT_TRUE(world.run(world.outbox.bounced(adas, "4.2.2", "mailbox full")));
    const auto due = reminded_after(std::chrono::days{7});
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].invitation, bobs);
}

TEST_P(RemindingStore, WithholdsAReminderThatAnAnswerOvertook) {
    world.clock.advance(std::chrono::days{7});
    EXPECT_EQ(remind(), 2);
    EXPECT_EQ(remind(), 0) << "once";
    world.execute("UPDATE messages SET answered_at = 1 WHERE id = '" + adas.text() + "'");
    const auto due = world.claim("host-b");
    ASSERT_EQ(due.size(), 2U);
    for (const flow::DueMessage& message : due) EXPECT_EQ(message.answered, message.invitation == adas);
}

TEST_P(RemindingStore, CountsForTheRestAsTheSameAsking) {
    for (const flow::DueMessage& message : reminded_after(std::chrono::days{7})) world.hand_over(message);
    world.clock.advance(std::chrono::days{83});
    EXPECT_EQ(look_ahead(everybody()).progress.asked, 2) << "ninety days after the invitation";
}

TEST_P(RemindingStore, RemindsNobodyOfACancelledCampaign) {
    ASSERT_TRUE(world.run(campaigns.cancel(campaign, {}, world.clock.now())));
    EXPECT_TRUE(reminded_after(std::chrono::days{7}).empty());
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE reminder > 0"), 0);
}

}  // namespace
}  // namespace candour::store::contract
