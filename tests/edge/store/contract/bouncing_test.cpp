#include "crypto/id_source.hpp"
#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/suppressions.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

/// What comes back, and what we make of it.
class Bouncing : public Contract {
 protected:
    void SetUp() override { world.customer("ada@example.org"); }

    CampaignId plan() {
        flow::PlannedCampaign wanted;
        wanted.id = crypto::new_id<CampaignId>(world.clock.now());
        wanted.request.plugin = "relationship_nps";
        wanted.request.about = "relationship-1";
        wanted.request.audience.all = true;
        wanted.request.at = world.clock.now();
        wanted.now = world.clock.now();
        wanted.rest = core::kRest;
        EXPECT_TRUE(world.run(campaigns.begin(wanted)));
        while (world.run(campaigns.plan_page(wanted.id, world.clock.now())).value_or(false)) {
        }
        return wanted.id;
    }
    /// Another question to Ada that leaves and comes back.
    void bounce(const std::string& status) { bounce(status, world.outbox); }
    void bounce(const std::string& status, Outbox& outbox) {
        world.clock.advance(days{1});
        const MessageId id = crypto::new_id<MessageId>(world.clock.now());
        world.execute(
            "INSERT INTO messages (id, kind, purpose, channel, account_id, contact_id, state, "
            "not_before, created_at, handed_over_at, expires_at) SELECT '" +
            id.text() + "', 'invitation', 'survey', 'mail', account_id, id, 'handed_over', 1, " +
            std::to_string(core::to_us(world.clock.now())) + ", " +
            std::to_string(core::to_us(world.clock.now())) +
            ", 9000000000000000 FROM contacts WHERE email = 'ada@example.org'");
        ASSERT_TRUE(world.run(outbox.bounced(id, status, "what the server said")));
    }
    long long suppressed() { return world.count("SELECT COUNT(1) FROM suppressions"); }
    Result<flow::AddressStory> lift(const std::string& note = "") {
        return world.run(suppressions.lift({"ada@example.org", "tea_1", note}, world.clock.now()));
    }
    /// What the owner of the account would hear, by kind.
    long long alerts(const char* about) {
        return world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'key_contact' AND about = '" +
                           std::string(about) + "'");
    }

    Campaigns campaigns{world.database, world.clock, "UTC"};
    Suppressions suppressions{world.database};
    Directory directory{world.database, "UTC"};
};
INSTANTIATE_TEST_SUITE_P(Store, Bouncing, both(), named);

TEST_P(Bouncing, StopsAtOnceWhenNobodyReadsThere) {
    bounce("5.1.1");
    const auto all = world.run(suppressions.list({}));
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().cause, core::SuppressionCause::hard);
    EXPECT_EQ(all->front().status, "5.1.1");
    EXPECT_EQ(all->front().who, "ada");
    EXPECT_EQ(all->front().account_name, "Analytical Engines");
}

TEST_P(Bouncing, StopsAfterThreePassingReasonsWithinAWeek) {
    bounce("5.2.2");
    bounce("4.2.2");
    EXPECT_EQ(suppressed(), 0);
    world.clock.advance(days{7});
    bounce("5.2.2");
    EXPECT_EQ(suppressed(), 0) << "the first two are too long ago";
    bounce("5.2.2");
    bounce("5.2.2");
    EXPECT_EQ(world.ask("SELECT cause FROM suppressions"), "soft");
}

TEST_P(Bouncing, StopsAfterAsManyPassingReasonsAsTheHouseHasChosen) {
    Outbox strict(world.database, world.clock, {.bounces = 2, .within = days{3}});
    bounce("5.2.2", strict);
    world.clock.advance(days{3});
    bounce("4.2.2", strict);
    EXPECT_EQ(suppressed(), 0) << "the first is too long ago";
    bounce("5.2.2", strict);
    EXPECT_EQ(world.ask("SELECT cause FROM suppressions"), "soft");
}

TEST_P(Bouncing, SaysNothingOfTheAddressWhenRulesRefusedTheMail) {
    for (int i = 0; i < 4; ++i) bounce("5.7.1");
    EXPECT_EQ(suppressed(), 0);
    const auto story = world.run(suppressions.story("ada@example.org"));
    ASSERT_TRUE(story);
    EXPECT_EQ(story->bounces.size(), 4U) << "it is on record all the same";
}

TEST_P(Bouncing, IsLiftedByAPersonAndCountsFromThenOn) {
    for (int i = 0; i < 3; ++i) bounce("5.2.2");
    EXPECT_EQ(suppressed(), 1);
    const auto lifted = lift("they cleaned up");
    ASSERT_TRUE(lifted) << lifted.error().message;
    EXPECT_FALSE(lifted->suppression);
    ASSERT_EQ(lifted->lifts.size(), 1U);
    EXPECT_EQ(lifted->lifts.front().note, "they cleaned up");
    EXPECT_EQ(lift().error().code, ErrorCode::not_found) << "there is nothing left to lift";
    bounce("5.2.2");
    bounce("5.2.2");
    EXPECT_EQ(suppressed(), 0) << "what bounced before counts no more";
    bounce("5.2.2");
    EXPECT_EQ(suppressed(), 1);
}

TEST_P(Bouncing, OfSomebodyWhoComplainedIsLiftedWithANoteAlone) {
    world.execute(
        "INSERT INTO suppressions (address, reason, message_id, at, cause) "
        "VALUES ('ada@example.org', 'complaint', '', 1, 'complaint')");
    EXPECT_EQ(lift().error().code, ErrorCode::invalid);
    EXPECT_EQ(suppressed(), 1);
    EXPECT_TRUE(lift("she asked us to"));
    EXPECT_EQ(world.run(suppressions.story("nobody@example.org")).error().code, ErrorCode::not_found);
}

TEST_P(Bouncing, TellsTheOwnerWhenSomebodyWhoMattersCannotBeReached) {
    bounce("5.1.1");
    EXPECT_EQ(alerts("contact_unreachable"), 0) << "an operational contact without the tag";
    ASSERT_TRUE(lift());
    flow::PersonChange key;
    key.tags = {"key"};
    ASSERT_TRUE(world.run(directory.change("ada@example.org", key, {}, world.clock.now())));
    bounce("5.1.1");
    EXPECT_EQ(alerts("contact_unreachable"), 1);
    world.clock.advance(1h);
    ASSERT_EQ(world.run(world.team_mail.gather(world.clock.now(), 0min)).value_or(0), 1);
    const std::string mail = world.ask("SELECT id FROM messages WHERE kind = 'team'");
    const auto letter = world.run(world.team_mail.letter(MessageId::trusted(mail)));
    ASSERT_TRUE(letter);
    ASSERT_EQ(letter->lines.size(), 1U);
    EXPECT_EQ(letter->lines.front().about, "contact_unreachable");
    EXPECT_EQ(letter->lines.front().contact, "ada");
    EXPECT_EQ(letter->lines.front().account, "Analytical Engines");
    EXPECT_EQ(letter->lines.front().detail, "what the server said");
}

TEST_P(Bouncing, TellsTheOwnerWhenAnExecutiveLeavesOrWantsNoMoreQuestions) {
    world.execute("UPDATE contacts SET level = 'executive'");
    const CampaignId id = plan();
    const MessageId message = MessageId::trusted(
        world.ask("SELECT message_id FROM campaign_contacts WHERE campaign_id = '" + id.text() + "'"));
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(world.run(campaigns.opt_out(message, "page", world.clock.now())));
    EXPECT_EQ(alerts("contact_opted_out"), 1) << "once, however often she says it";
    flow::PersonChange gone;
    gone.active = false;
    for (int i = 0; i < 2; ++i)
        ASSERT_TRUE(world.run(directory.change("ada@example.org", gone, {}, world.clock.now())));
    EXPECT_EQ(alerts("contact_left"), 1);
}

TEST_P(Bouncing, TellsTheOwnerWhenAnExecutiveLetsTwoQuestionsPass) {
    world.execute("UPDATE contacts SET level = 'executive'");
    const auto ask = [&] {
        plan();
        for (const flow::DueMessage& message : world.claim()) world.hand_over(message);
        world.clock.advance(days{15});
        TeamMail looks{world.database, world.policies};
        ASSERT_TRUE(world.run(looks.warn(world.clock.now())));
    };
    ask();
    EXPECT_EQ(alerts("contact_silent"), 0);
    world.clock.advance(days{80});
    ask();
    EXPECT_EQ(alerts("contact_silent"), 1);
    TeamMail again{world.database, world.policies};
    ASSERT_TRUE(world.run(again.warn(world.clock.now())));
    EXPECT_EQ(alerts("contact_silent"), 1) << "once for each silence";
    world.clock.advance(days{80});
    ask();
    EXPECT_EQ(alerts("contact_silent"), 2);
    world.execute("UPDATE messages SET answered_at = 5 WHERE id = (SELECT MAX(id) FROM messages)");
    world.clock.advance(days{80});
    ask();
    EXPECT_EQ(alerts("contact_silent"), 2) << "she answered in between";
}

}  // namespace
}  // namespace candour::store::contract
