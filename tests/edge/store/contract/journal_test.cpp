#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

flow::CollectRequest request(const std::string& key, const std::string& words = "too slow") {
    flow::CollectRequest one;
    one.plugin = "surveys";
    one.route = "answer";
    one.method = "POST";
    one.key = key;
    one.form = {{"reason", words}, {"score", "3"}};
    one.params = {{"survey", "autumn"}};
    one.subject.contact_name = "Ada";
    return one;
}

class JournalStore : public Contract {
 protected:
    flow::Journaled append(const std::string& key, const std::string& words = "too slow") {
        const Result<flow::Journaled> journaled =
            world.run(world.journal.append(request(key, words), world.clock.now()));
        EXPECT_TRUE(journaled) << journaled.error().message;
        return journaled.value_or({});
    }
    void settle(std::int64_t id, flow::Settlement settlement = flow::Settlement::accepted) {
        flow::JobOutcome outcome;
        outcome.journal_id = id;
        outcome.settlement = settlement;
        outcome.status = 200;
        EXPECT_TRUE(world.run(world.journal.settle(std::move(outcome), world.clock.now())));
    }
    std::vector<flow::PendingJob> pending() {
        const auto jobs = world.run(world.journal.take_pending(world.clock.now(), 10));
        EXPECT_TRUE(jobs) << jobs.error().message;
        return jobs.value_or({});
    }
};
INSTANTIATE_TEST_SUITE_P(Store, JournalStore, both(), named);

TEST_P(JournalStore, GivesARepeatedKeyTheFirstRequest) {
    const flow::Journaled first = append("k1", "too slow");
    EXPECT_FALSE(first.repeated);
    const flow::Journaled again = append("k1", "something else");
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.id, first.id);
    EXPECT_FALSE(again.settled);
    ASSERT_TRUE(again.first);
    EXPECT_EQ(again.first->form.at("reason"), "too slow");
    EXPECT_EQ(again.first->key, "k1");
    EXPECT_EQ(again.first->plugin, "surveys");
    EXPECT_EQ(again.first->params.at("survey"), "autumn");
    EXPECT_EQ(again.first->subject.contact_name, "Ada");
}

TEST_P(JournalStore, SaysWhetherTheFirstRequestHasItsOutcome) {
    settle(append("k1").id);
    EXPECT_TRUE(append("k1").settled);
}

TEST_P(JournalStore, TellsTheKeysOfTwoPluginsApart) {
    append("k1");
    flow::CollectRequest other = request("k1");
    other.plugin = "mail";
    EXPECT_FALSE(world.run(world.journal.append(other, world.clock.now()))->repeated);
}

TEST_P(JournalStore, KeepsOneRequestWhenOneKeyComesTwiceInOneGroup) {
    std::vector<flow::Task<Result<flow::Journaled>>> tasks;
    for (const char* words : {"first", "second", "third"})
        tasks.push_back(world.journal.append(request("k1", words), world.clock.now()));
    const auto journaled = world.in_one_group(std::move(tasks));
    ASSERT_EQ(journaled.size(), 3U);
    EXPECT_FALSE(journaled[0]->repeated);
    for (const auto& repeat : {journaled[1], journaled[2]}) {
        ASSERT_TRUE(repeat && repeat->repeated);
        EXPECT_EQ(repeat->id, journaled[0]->id);
        EXPECT_EQ(repeat->first->form.at("reason"), "first");
    }
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM journal"), 1);
}

TEST_P(JournalStore, LeavesAFreshJobToWhoeverTookItIn) {
    append("k1");
    EXPECT_TRUE(pending().empty());
    world.clock.advance(11s);
    const std::vector<flow::PendingJob> jobs = pending();
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs.front().request.form.at("reason"), "too slow");
    EXPECT_EQ(jobs.front().attempts, 1);
}

TEST_P(JournalStore, CountsATryBeforeItIsMadeAndWaitsLongerEachTime) {
    append("k1");
    world.clock.advance(11s);
    const std::chrono::minutes waits[] = {5min, 15min, 60min};
    for (int tries = 1; tries <= 3; ++tries) {
        ASSERT_EQ(pending().size(), 1U) << "try " << tries;
        EXPECT_TRUE(pending().empty()) << "it was handed out a moment ago";
        world.clock.advance(waits[tries - 1] - 1s);
        EXPECT_TRUE(pending().empty()) << "after try " << tries;
        world.clock.advance(1s);
    }
    ASSERT_EQ(pending().front().attempts, 4);
}

TEST_P(JournalStore, OwesNothingOnceAJobIsSettledWhateverItsOutcome) {
    settle(append("k1").id, flow::Settlement::accepted);
    settle(append("k2").id, flow::Settlement::refused);
    settle(append("k3").id, flow::Settlement::dead_lettered);
    world.clock.advance(1h);
    EXPECT_TRUE(pending().empty());
    EXPECT_EQ(world.ask("SELECT outcome FROM journal_outcomes ORDER BY journal_id DESC LIMIT 1"),
              "dead_lettered");
}

TEST_P(JournalStore, GivesAJobOneOutcomeTheFirst) {
    const std::int64_t id = append("k1").id;
    settle(id, flow::Settlement::accepted);
    settle(id, flow::Settlement::dead_lettered);
    EXPECT_EQ(world.ask("SELECT outcome FROM journal_outcomes"), "accepted");
}

TEST_P(JournalStore, NeverForgetsAnOwedJobBelowItsFloor) {
    const std::int64_t owed = append("owed").id;
    settle(append("done").id);
    world.clock.advance(11s);
    settle(append("fresh").id);
    EXPECT_EQ(pending().size(), 1U);
    EXPECT_TRUE(pending().empty());  // nothing due now: the floor rises as far as it may
    EXPECT_LT(world.count("SELECT through_id FROM journal_floor"), owed);
    settle(owed);
    EXPECT_TRUE(pending().empty());
    EXPECT_EQ(world.count("SELECT through_id FROM journal_floor"), owed + 1)
        << "what is younger than ten seconds is not judged";
    world.clock.advance(11s);
    EXPECT_TRUE(pending().empty());
    EXPECT_EQ(world.count("SELECT through_id FROM journal_floor"), owed + 2);
}

TEST_P(JournalStore, DoesNotRaiseItsFloorPastAGapThatAnotherHostMayStillFill) {
    append("mine");  // not settled, and younger than ten seconds
    world.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'journal'",
                  "SELECT nextval(pg_get_serial_sequence('journal', 'id'))");
    const std::int64_t mine = append("after the gap").id;
    settle(mine - 2);
    EXPECT_TRUE(pending().empty());
    EXPECT_LT(world.count("SELECT through_id FROM journal_floor"), mine - 1);
}

}  // namespace
}  // namespace candour::store::contract
