#include "edge/store/campaigns.hpp"

#include "edge/store/contract/campaign_world.hpp"

namespace candour::store::contract {
namespace {

using core::LeftOut;

class CampaignStore : public CampaignWorld {};
INSTANTIATE_TEST_SUITE_P(Store, CampaignStore, both(), named);

TEST_P(CampaignStore, AsksOncePerContactAndSaysWhoIsLeftOut) {
    const flow::Campaign campaign = plan(everybody());
    EXPECT_EQ(campaign.progress.asked, 2);
    EXPECT_EQ(campaign.progress.waiting, 2);
    EXPECT_EQ(reasons(campaign), std::vector<std::string>{"cy no_address"});
    EXPECT_EQ(campaign.about, "relationship-1");
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 2U);
    for (const flow::DueMessage& message : due) {
        EXPECT_EQ(message.kind, core::MessageKind::invitation);
        EXPECT_EQ(message.plugin, "relationship_nps");
        EXPECT_EQ(message.about, "relationship-1");
        EXPECT_EQ(message.campaign, campaign.id.text());
        EXPECT_EQ(message.account_name, "Analytical Engines");
        EXPECT_FALSE(message.unwanted);
    }
}

TEST_P(CampaignStore, GivesTheSameKeyTheSameCampaignAndSendsNothingMore) {
    const flow::Campaign first = plan(everybody("spring"));
    const auto again = begin(everybody("spring"));
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->repeated);
    EXPECT_EQ(again->campaign.id, first.id);
    EXPECT_EQ(invitations(), 2);
}

TEST_P(CampaignStore, LooksAheadWithoutWritingAnything) {
    const flow::Campaign ahead = look_ahead(everybody("spring"));
    EXPECT_EQ(ahead.progress.asked, 2);
    EXPECT_EQ(reasons(ahead), std::vector<std::string>{"cy no_address"});
    EXPECT_EQ(invitations(), 0);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM campaigns"), 0);
    EXPECT_EQ(plan(everybody("spring")).progress.asked, 2) << "the key is still free";
}

TEST_P(CampaignStore, RefusesNamesThatNobodyHasAndPlansNothing) {
    flow::PlannedCampaign campaign = everybody();
    campaign.request.audience = {.accounts = {"A-1", "A-77"}};
    const auto planned = begin(campaign);
    ASSERT_FALSE(planned);
    EXPECT_EQ(planned.error().code, ErrorCode::not_found);
    EXPECT_NE(planned.error().message.find("A-77"), std::string::npos);
    EXPECT_EQ(invitations(), 0);
}

TEST_P(CampaignStore, LeavesPeopleInPeaceForTheRestOverAllCampaigns) {
    plan(everybody());
    world.clock.advance(std::chrono::days{90} - 1s);
    const flow::Campaign early = plan(everybody());
    EXPECT_EQ(early.progress.asked, 0);
    EXPECT_EQ(early.progress.left_out.at(LeftOut::resting), 2);
    world.clock.advance(1s);
    EXPECT_EQ(plan(everybody()).progress.asked, 2);
}

TEST_P(CampaignStore, CountsWhatIsPlannedForLaterAsAsked) {
    flow::PlannedCampaign later = everybody();
    later.request.at = world.clock.now() + std::chrono::days{30};
    plan(later);
    EXPECT_TRUE(world.claim().empty()) << "it is not due yet";
    EXPECT_EQ(plan(everybody()).progress.asked, 0);
    world.clock.advance(std::chrono::days{30});
    EXPECT_EQ(world.claim().size(), 2U);
}

TEST_P(CampaignStore, CountsALinkMadeByHandOnceItWasAnswered) {
    const MessageId link = crypto::new_id<MessageId>(world.clock.now());
    ASSERT_TRUE(world.run(world.links.create({link, "surveys", "autumn", ada.id, world.clock.now()})));
    EXPECT_EQ(look_ahead(everybody()).progress.asked, 2);
    world.execute("UPDATE messages SET answered_at = 1 WHERE id = '" + link.text() + "'");
    EXPECT_EQ(look_ahead(everybody()).progress.asked, 1);
}

TEST_P(CampaignStore, OptsAPersonOutAtEveryAccountAndForWhatIsPlannedAlready) {
    const flow::Campaign campaign = plan(everybody());
    const auto due = world.claim();
    const auto hers = std::find_if(due.begin(), due.end(),
                                   [](const auto& one) { return one.address == "ada@example.org"; });
    ASSERT_NE(hers, due.end());
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(world.run(campaigns.opt_out(hers->id, "one_click", world.clock.now())));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM opt_outs"), 1);
    EXPECT_EQ(
        world.count("SELECT COUNT(1) FROM relationship_history WHERE what = 'opted_out' AND value = '1'"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM suppressions"), 0) << "she is still told what she is owed";
    world.clock.advance(3min);
    for (const flow::DueMessage& message : world.claim("host-b"))
        EXPECT_EQ(message.unwanted, message.address == "ada@example.org");
    world.clock.advance(std::chrono::days{100});
    const flow::Campaign next = plan(everybody());
    EXPECT_EQ(next.progress.left_out.at(LeftOut::opted_out), 1);
    EXPECT_EQ(next.progress.asked, 1);
    (void)campaign;
}

TEST_P(CampaignStore, SaysHowFarItIs) {
    const flow::Campaign campaign = plan(everybody());
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 2U);
    for (const flow::DueMessage& message : due) world.hand_over(message);
    ASSERT_TRUE(world.run(fetches.append({due[0].id, world.clock.now(), "GET", 9, false, "", "", true})));
    ASSERT_TRUE(world.run(fetches.append({due[1].id, world.clock.now(), "HEAD", -1, false, "", "", true})));
    EXPECT_EQ(found(campaign.id).progress.provisional, 2);
    core::Observation answer = World::answer(ada, "a1", 9, "");
    answer.message = due[0].id;
    world.accept({answer});
    ASSERT_TRUE(world.run(world.outbox.bounced(due[1].id, "5.1.1", "no such mailbox")));
    const flow::CampaignProgress progress = found(campaign.id).progress;
    EXPECT_EQ(progress.sent, 2);
    EXPECT_EQ(progress.waiting, 0);
    EXPECT_EQ(progress.answered, 1);
    EXPECT_EQ(progress.provisional, 1) << "fetched and not answered";
    EXPECT_EQ(progress.bounced, 1);
    EXPECT_EQ(world.run(campaigns.list("", 10))->size(), 1U);
    EXPECT_TRUE(world.run(campaigns.list(campaign.id.text(), 10))->empty());
    EXPECT_EQ(world.run(campaigns.find(CampaignId(IdBytes{7}))).error().code, ErrorCode::not_found);
}

TEST_P(CampaignStore, KeepsFetchesForTheirTimeAndNoLonger) {
    const MessageId link = crypto::new_id<MessageId>(world.clock.now());
    const core::Instant start = world.clock.now();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(world.run(
            fetches.append({link, world.clock.now(), "GET", i, i == 1, "0123", "mimecast", false})));
        world.clock.advance(10s);
    }
    const auto all = world.run(fetches.between(link, start, start + 10s));
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U) << "both ends belong to it";
    EXPECT_EQ(all->at(1).score, 1);
    EXPECT_TRUE(all->at(1).trap);
    EXPECT_EQ(all->at(1).scanner, "mimecast");
    EXPECT_FALSE(all->at(1).has_language);
    EXPECT_TRUE(world.run(fetches.between(MessageId(IdBytes{1}), start, start + 1h))->empty());
    ASSERT_TRUE(world.run(fetches.forget_before(start + 20s)));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM link_fetches"), 1);
}

}  // namespace
}  // namespace candour::store::contract
