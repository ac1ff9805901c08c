/// Answers as a list: by whom, from where, page by page.
#include "edge/store/answers.hpp"

#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/metrics.hpp"

namespace candour::store::contract {
namespace {

class AnswerList : public Contract {
 protected:
    std::int64_t give(const core::Contact& contact, const std::string& key,
                      const std::string& about = "autumn",
                      core::AnswerClass answer_class = core::AnswerClass::human) {
        core::Observation one = World::answer(contact, key);
        one.about = about;
        one.answer_class = answer_class;
        return world.accept({one}).front().seq;
    }
    /// What stands behind the commit is written.
    void settle() {
        const flow::Lease lease{"host-a", world.clock.now() + 1min};
        ASSERT_TRUE(world.run(metrics.project(lease, *world.run(metrics.horizon()), world.clock.now())));
    }
    std::vector<std::int64_t> listed(flow::AnswerListQuery query) {
        const auto found = world.run(answers.list(std::move(query)));
        EXPECT_TRUE(found) << found.error().message;
        std::vector<std::int64_t> seqs;
        if (found)
            for (const flow::ListedAnswer& one : *found) seqs.push_back(one.row.seq);
        return seqs;
    }
    flow::AnswerListQuery of_contact(const core::Contact& contact) const {
        flow::AnswerListQuery query;
        query.contact = contact.id.text();
        return query;
    }
    using Seqs = std::vector<std::int64_t>;

    core::Contact ada = world.customer(), bob = world.customer("bob@example.org");
    Answers answers{world.database};
    Metrics metrics{world.database};
    Directory directory{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, AnswerList, both(), named);

TEST_P(AnswerList, ShowsTheNewestFirstWithWhatCameOfThem) {
    const std::int64_t first = give(ada, "a"), second = give(bob, "b");
    const auto found = world.run(answers.list({}));
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ(found->front().row.seq, second);
    EXPECT_EQ(found->front().row.contact, "bob");
    EXPECT_EQ(found->back().row.seq, first);
    EXPECT_EQ(found->back().row.account, "Analytical Engines");
    EXPECT_EQ(found->back().row.score, 3);
    EXPECT_GT(found->back().item, 0) << "a low score raised an item";
}

TEST_P(AnswerList, IsNarrowedDownByPersonAccountSurveyAndClass) {
    const std::int64_t a = give(ada, "a"), b = give(bob, "b", "spring"),
                       robot = give(ada, "r", "spring", core::AnswerClass::likely_bot);
    settle();
    EXPECT_EQ(listed(of_contact(ada)), (Seqs{robot, a}));
    flow::AnswerListQuery query;
    query.account = ada.account.text();
    EXPECT_EQ(listed(query), (Seqs{robot, b, a}));
    query.about = "spring";
    EXPECT_EQ(listed(query), (Seqs{robot, b}));
    query.answer_class = "human";
    EXPECT_EQ(listed(query), Seqs{b});
    flow::AnswerListQuery robots;
    robots.answer_class = "likely_bot";
    EXPECT_EQ(listed(robots), Seqs{robot});
    flow::AnswerListQuery spring;
    spring.about = "spring";
    EXPECT_EQ(listed(spring), (Seqs{robot, b}));
    flow::AnswerListQuery nowhere;
    nowhere.account = "acc_nobody";
    EXPECT_TRUE(listed(nowhere).empty());
}

TEST_P(AnswerList, IsNarrowedDownByCampaign) {
    const std::int64_t a = give(ada, "a");
    core::Observation invited = World::answer(ada, "i");
    invited.message = world.run(world.outbox.of_item(world.raise("other")))->front().id;
    world.execute("UPDATE messages SET campaign_id = 'cmp_autumn' WHERE id = '" + invited.message.text() +
                  "'");
    const std::int64_t asked = world.accept({invited}).front().seq;
    settle();
    flow::AnswerListQuery query;
    query.campaign = "cmp_autumn";
    EXPECT_EQ(listed(query), Seqs{asked});
    query.contact = ada.id.text();
    EXPECT_EQ(listed(query), Seqs{asked}) << "behind the person as well";
    EXPECT_NE(a, asked);
}

TEST_P(AnswerList, BringsEachOnceHoweverManyPages) {
    for (int i = 0; i < 7; ++i) give(ada, std::to_string(i));
    settle();
    Seqs seen;
    flow::AnswerListQuery query = of_contact(ada);
    query.limit = 3;
    for (Seqs page = listed(query); !page.empty(); page = listed(query)) {
        seen.insert(seen.end(), page.begin(), page.end());
        query.before = page.back();
        give(ada, "meanwhile" + std::to_string(seen.size()));
        settle();
    }
    EXPECT_EQ(seen.size(), 7U);
    EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
}

TEST_P(AnswerList, FollowsPeopleWhoAreMergedSplitAndErased) {
    const std::int64_t a = give(ada, "a"), b = give(bob, "b");
    settle();
    ASSERT_TRUE(
        world.run(directory.merge(bob.id.text(), ada.id.text(), {"tea_grace", "", ""}, world.clock.now())));
    EXPECT_EQ(listed(of_contact(ada)), (Seqs{b, a}));
    const std::int64_t later = give(bob, "c");
    settle();
    EXPECT_EQ(listed(of_contact(ada)), (Seqs{later, b, a})) << "an old link of theirs still works";
    ASSERT_TRUE(world.run(directory.split(bob.id.text(), {}, world.clock.now())));
    EXPECT_EQ(listed(of_contact(ada)), Seqs{a});
    EXPECT_EQ(listed(of_contact(bob)), (Seqs{later, b}));
    ASSERT_TRUE(world.run(directory.erase(bob.id.text(), {}, world.clock.now(), false)));
    EXPECT_TRUE(listed(of_contact(bob)).empty());
    flow::AnswerListQuery account;
    account.account = ada.account.text();
    EXPECT_EQ(listed(account), Seqs{a});
}

TEST_P(AnswerList, OfATimeStandWhereverTheyCameIn) {
    const auto day = [&](int n) { return world.clock.now() + n * 24h; };
    const auto given = [&](const std::string& key, int on) {
        core::Observation one = World::answer(ada, key);
        one.occurred_at = day(on);
        return world.accept({one}).front().seq;
    };
    const auto between = [&](int since, int until, const std::string& about = "") {
        flow::AnswerListQuery query;
        query.since = since > -100 ? day(since) : core::kNever;
        query.until = until < 100 ? day(until) : core::kNever;
        query.about = about;
        return listed(query);
    };
    const std::int64_t first = given("first", -3), imported = given("imported", -30);
    settle();
    const std::int64_t fresh = given("fresh", -2);
    EXPECT_EQ(between(-100, -10), Seqs({imported})) << "it came late";
    EXPECT_EQ(between(-10, 100), Seqs({fresh, first})) << "what came just now is there as well";
    EXPECT_EQ(between(-3, -2), Seqs({first}));
    EXPECT_EQ(between(-60, -40), Seqs());
    EXPECT_EQ(between(-100, 0), Seqs({fresh, imported, first}));
    settle();
    EXPECT_EQ(between(-100, -10, "autumn"), Seqs({imported}));
    EXPECT_EQ(between(-10, 100, "autumn"), Seqs({fresh, first}));
}

TEST_P(AnswerList, OfATimeGoOnOverManyThousands) {
    std::vector<core::Observation> all;
    for (int i = 0; i < 3'500; ++i) {
        core::Observation one = World::answer(ada, "k" + std::to_string(i), std::nullopt, "");
        // The second thousand is of another year; so is one in a hundred of the others.
        const bool old = (i >= 1'000 && i < 2'000) || i % 100 == 5;
        one.occurred_at = world.clock.now() - (old ? 400 * 24h : 24h);
        all.push_back(std::move(one));
    }
    const std::vector<flow::Accepted> accepted = world.accept(all);
    for (int pages = 0; pages < 3; ++pages) settle();
    Seqs wanted;
    for (std::size_t i = all.size(); i-- > 0;)
        if (all[i].occurred_at < world.clock.now() - 100 * 24h) wanted.push_back(accepted[i].seq);
    flow::AnswerListQuery query;
    query.until = world.clock.now() - 100 * 24h;
    query.limit = 70;
    Seqs found;
    for (Seqs page = listed(query); !page.empty(); page = listed(query)) {
        found.insert(found.end(), page.begin(), page.end());
        query.before = page.back();
    }
    EXPECT_EQ(found, wanted);
}

}  // namespace
}  // namespace candour::store::contract
