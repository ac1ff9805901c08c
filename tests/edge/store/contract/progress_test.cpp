/// What is counted while messages move is what a count of them all would find.
#include <random>

#include "edge/store/campaign_explain.hpp"
#include "edge/store/contract/campaign_world.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

class Progress : public CampaignWorld {
 protected:
    static constexpr int kPeople = 30;

    void SetUp() override {
        CampaignWorld::SetUp();
        std::vector<core::ContactRow> rows;
        for (int i = 0; i < kPeople; ++i) {
            const std::string name = "p" + std::to_string(i);
            rows.push_back(contact(name, name + "@example.org", core::Level::operational));
        }
        ASSERT_TRUE(
            world.run(world.relationships.import_contacts(std::move(rows), {}, world.clock.now(), false)));
        campaign = plan(everybody()).id;
        for (const flow::DueMessage& due : world.claim()) messages.push_back(due.id);
        ASSERT_GT(messages.size(), 30U);
    }
    long long messages_that(const std::string& are) {
        return world.count("SELECT COUNT(1) FROM messages WHERE campaign_id = '" + campaign.text() +
                           "' AND reminder = 0 AND " + are);
    }
    void expect_counted(const std::string& after) {
        const flow::CampaignProgress seen = found(campaign).progress;
        const std::pair<std::int64_t, const char*> counts[] = {
            {seen.asked, "1 = 1"},
            {seen.waiting, "state IN ('queued', 'claimed', 'transmitting', 'unknown')"},
            {seen.deferred, "state = 'queued' AND attempts > 0"},
            {seen.sent, "handed_over_at > 0"},
            {seen.bounced, "state IN ('rejected', 'bounced')"},
            {seen.undelivered, "state = 'given_up'"},
            {seen.unknown, "state = 'given_up' AND unknowns > 0"},
            {seen.withheld, "state = 'suppressed'"},
            {seen.cancelled, "state = 'cancelled'"},
            {seen.answered, "answered_at > 0"},
            {seen.provisional,
             "answered_at = 0 AND EXISTS (SELECT 1 FROM link_fetches f WHERE f.message_id = messages.id)"}};
        for (const auto& [counted, are] : counts) ASSERT_EQ(counted, messages_that(are)) << are << after;
    }
    void fetch(const MessageId& message) {
        ASSERT_TRUE(world.run(fetches.append({message, world.clock.now(), "GET", 9, false, "", "", true})));
    }

    CampaignId campaign;
    std::vector<MessageId> messages;
};
INSTANTIATE_TEST_SUITE_P(Store, Progress, both(), named);

TEST_P(Progress, CountsWhateverBecomesOfMessagesOneByOneAndManyAtOnce) {
    std::mt19937 dice{23};
    const char* const states[] = {"queued",   "claimed",  "transmitting", "unknown",   "handed_over",
                                  "rejected", "given_up", "bounced",      "cancelled", "suppressed"};
    expect_counted("");
    for (int step = 0; step < 60; ++step) {
        const std::string when = std::to_string(core::to_us(world.clock.now()));
        std::string change = "UPDATE messages SET state = '" + std::string(states[dice() % 10]) + "'";
        if (dice() % 2 == 0) change += ", attempts = attempts + 1";
        if (dice() % 4 == 0) change += ", unknowns = unknowns + 1";
        if (dice() % 3 == 0) change += ", handed_over_at = " + when;
        if (dice() % 5 == 0) change += ", answered_at = " + when;
        const std::string& one = messages[dice() % messages.size()].text();
        const char* const which[] = {" = '", " < '", " > '"};
        change += " WHERE id" + std::string(which[dice() % 3]) + one + "'";
        if (dice() % 3 == 0) fetch(messages[dice() % messages.size()]);
        world.execute(change);
        expect_counted(" after " + change);
        world.clock.advance(1s);
    }
}

TEST_P(Progress, ForgetsWhoWasProvisionalWithTheLastOfTheirFetches) {
    fetch(messages[0]);
    world.clock.advance(days{2});
    fetch(messages[0]);
    fetch(messages[1]);
    EXPECT_EQ(found(campaign).progress.provisional, 2);
    ASSERT_TRUE(world.run(fetches.forget_before(world.clock.now())));
    EXPECT_EQ(found(campaign).progress.provisional, 2) << "one fetch of each is left";
    world.execute("UPDATE messages SET answered_at = 1 WHERE id = '" + messages[1].text() + "'");
    fetch(messages[1]);
    EXPECT_EQ(found(campaign).progress.provisional, 1) << "fetched again after the answer";
    ASSERT_TRUE(world.run(fetches.forget_before(world.clock.now() + 1s)));
    EXPECT_EQ(found(campaign).progress.provisional, 0);
}

TEST_P(Progress, KnowsHowManyLeftOfLate) {
    const auto due = [&](std::size_t i) {
        return "UPDATE messages SET state = 'handed_over', handed_over_at = " +
               std::to_string(core::to_us(world.clock.now())) + " WHERE id = '" + messages[i].text() + "'";
    };
    world.execute(due(0));
    world.clock.advance(2min);
    world.execute(due(1));
    EXPECT_EQ(found(campaign).progress.sent_lately, 2);
    world.clock.advance(4min);
    EXPECT_EQ(found(campaign).progress.sent_lately, 1);
    world.clock.advance(640s - 4min);  // the spans of ten seconds begin again in the first place
    world.execute(due(2));
    EXPECT_EQ(found(campaign).progress.sent_lately, 1);
    EXPECT_EQ(found(campaign).progress.sent, 3);
}

TEST_P(Progress, LooksAtSoManyForAPageAndGoesOnBehindThem) {
    const std::string row = "INSERT INTO campaign_contacts (campaign_id, contact_id, left_out) ",
                      values = "'" + campaign.text() +
                               "', 'con_' || SUBSTR(CAST(10000000 + n AS TEXT), 2), 'resting' FROM ";
    world.execute("WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < 5100) " + row +
                      "SELECT " + values + "g",
                  row + "SELECT " + values + "generate_series(1, 5100) AS g(n)");
    CampaignExplain explained{world.database, {"UTC", 0}};
    flow::ExplainQuery few;
    few.reason = "no_address";
    const auto first = world.run(explained.explain(campaign, few));
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_TRUE(first->contacts.empty());
    ASSERT_FALSE(first->next.empty());
    few.after = first->next;
    const auto second = world.run(explained.explain(campaign, few));
    ASSERT_TRUE(second);
    ASSERT_EQ(second->contacts.size(), 1U);
    EXPECT_EQ(second->contacts.front().name, "cy");
    EXPECT_TRUE(second->next.empty());
}

}  // namespace
}  // namespace candour::store::contract
