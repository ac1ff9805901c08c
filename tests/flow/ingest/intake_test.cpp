#include "flow/ingest/intake.hpp"

#include <gtest/gtest.h>

#include "edge/store/contract/world.hpp"
#include "edge/store/dead_letters.hpp"
#include "flow/ingest/dead_letters.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;
using store::contract::World;

/// A plugin that does what the test says, and remembers what it was asked.
class ScriptedCollectors final : public Collectors {
 public:
    Task<Result<Collected>> collect(CollectRequest request) override {
        calls.push_back(request);
        Result<Collected> reply = answer(request);
        co_return reply;
    }
    bool serves(const std::string&) const override { return !away; }
    Task<Result<std::string>> event(std::string, std::string, std::string) override {
        co_return Error{ErrorCode::unsupported, "none"};
    }

    std::function<Result<Collected>(const CollectRequest&)> answer;
    std::vector<CollectRequest> calls;
    bool away = false;
};

class Taking : public testing::Test {
 protected:
    void SetUp() override {
        collectors.answer = [this](const CollectRequest& request) { return understood(request); };
    }
    /// As the survey plugin does it: one observation under the job's key, a page that thanks.
    Result<Collected> understood(const CollectRequest& request) {
        Collected reply;
        reply.body = "thanks" + (request.loop_url.empty() ? "" : " see " + request.loop_url);
        reply.observations = {World::answer(ada, request.key, 3, request.form.at("reason"))};
        return reply;
    }
    static CollectRequest request(const std::string& key = "k1", const std::string& reason = "too slow") {
        CollectRequest one;
        one.plugin = "surveys";
        one.route = "answer";
        one.method = "POST";
        one.key = key;
        one.form = {{"reason", reason}};
        return one;
    }
    Result<Submitted> submit(const std::string& key = "k1", const std::string& reason = "too slow") {
        return world.run(intake.submit(request(key, reason)));
    }
    int recover() { return world.run(intake.recover_once()).value_or(-1); }
    void break_plugin(ErrorCode code) {
        collectors.answer = [code](const CollectRequest&) {
            return Result<Collected>(Error{code, "the plugin is not well"});
        };
    }
    long long observations() { return world.count("SELECT COUNT(1) FROM observations"); }
    long long items() { return world.count("SELECT COUNT(1) FROM items"); }
    std::string outcome() { return world.ask("SELECT outcome FROM journal_outcomes"); }

    World world{store::Dialect::sqlite};
    core::Contact ada = world.customer();
    ScriptedCollectors collectors;
    Intake intake{world.journal, collectors, world.links, world.clock,
                  [](const MessageId& page) { return "https://house.example/l/" + page.text(); }};
};

TEST_F(Taking, AcceptsAnAnswerAndLeadsToThePageOfItsItem) {
    const auto submitted = submit();
    ASSERT_TRUE(submitted) << submitted.error().message;
    EXPECT_TRUE(submitted->settled);
    EXPECT_EQ(submitted->reply.body.find("thanks see https://house.example/l/msg_"), 0U)
        << submitted->reply.body;
    EXPECT_EQ(items(), 1);
    EXPECT_EQ(observations(), 1) << "the page is asked for twice, the answer counts once";
    EXPECT_EQ(outcome(), "accepted");
    EXPECT_EQ(collectors.calls.front().attempt, 1);
    EXPECT_EQ(collectors.calls.front().deadline, world.clock.now() + 5s);
}

TEST_F(Taking, ShowsNoPageWhenNobodyWillAnswer) {
    collectors.answer = [this](const CollectRequest& one) {
        Collected reply;
        reply.body = "thanks " + one.loop_url;
        reply.observations = {World::answer(ada, one.key, 10, "")};
        return Result<Collected>(reply);
    };
    EXPECT_EQ(submit()->reply.body, "thanks ");
    EXPECT_EQ(collectors.calls.size(), 1U);
    EXPECT_EQ(observations(), 1);
}

TEST_F(Taking, HandsAnEventOnWithoutAPageAndKeepsWhatItPut) {
    collectors.answer = [this](const CollectRequest& one) {
        Collected reply;
        reply.observations = {World::answer(ada, one.key, 3, "heard of it")};
        return Result<Collected>(reply);
    };
    CollectRequest event;
    event.plugin = "surveys";
    event.event = "contact.erased";
    event.payload = R"({"contact":"con_1"})";
    event.key = "contact.erased con_1";
    ASSERT_TRUE(world.run(world.journal.append(event, world.clock.now())));
    world.clock.advance(11s);
    EXPECT_EQ(recover(), 1);
    ASSERT_EQ(collectors.calls.size(), 1U) << "nobody waits for a page";
    EXPECT_EQ(collectors.calls[0].event, "contact.erased");
    EXPECT_EQ(collectors.calls[0].payload, event.payload);
    EXPECT_EQ(collectors.calls[0].attempt, 1) << "nobody tried it before";
    EXPECT_EQ(outcome(), "accepted");
    EXPECT_EQ(observations(), 1);
}

TEST_F(Taking, KeepsWhatThePluginRefusesWithItsStatus) {
    collectors.answer = [](const CollectRequest&) {
        Collected reply;
        reply.status = 422;
        reply.body = "a score, please";
        return Result<Collected>(reply);
    };
    const auto submitted = submit();
    ASSERT_TRUE(submitted);
    EXPECT_TRUE(submitted->settled);
    EXPECT_EQ(submitted->reply.status, 422);
    EXPECT_EQ(outcome(), "refused");
    EXPECT_EQ(world.ask("SELECT status FROM journal_outcomes"), "422");
    world.clock.advance(1h);
    EXPECT_EQ(recover(), 0);
}

TEST_F(Taking, HandsAPermanentErrorOfThePluginBackAndDoesNotTryAgain) {
    break_plugin(ErrorCode::invalid);
    const auto submitted = submit();
    ASSERT_FALSE(submitted);
    EXPECT_EQ(submitted.error().code, ErrorCode::invalid);
    EXPECT_EQ(outcome(), "refused");
    world.clock.advance(1h);
    EXPECT_EQ(recover(), 0);
}

TEST_F(Taking, HasReceivedWhatItsPluginCannotTakeYetAndRecoversItExactlyOnce) {
    for (const ErrorCode code :
         {ErrorCode::unavailable, ErrorCode::deadline, ErrorCode::exhausted, ErrorCode::internal}) {
        const std::string key = std::string(to_text(code));
        const long long before = observations();
        break_plugin(code);
        const auto submitted = submit(key);
        ASSERT_TRUE(submitted) << submitted.error().message;
        EXPECT_FALSE(submitted->settled) << key;
        EXPECT_EQ(recover(), 0) << "it may still be worked on";
        world.clock.advance(11s);
        collectors.answer = [this](const CollectRequest& one) { return understood(one); };
        EXPECT_EQ(recover(), 1) << key;
        EXPECT_EQ(observations(), before + 1) << key;
        world.clock.advance(10h);
        EXPECT_EQ(recover(), 0) << key;
        EXPECT_EQ(observations(), before + 1) << key;
    }
    EXPECT_GT(collectors.calls.back().attempt, 1) << "an earlier try may have had effects";
}

TEST_F(Taking, GivesARepeatedKeyTheFirstResultAndNoSecondObservation) {
    const auto first = submit("k1", "too slow");
    const auto second = submit("k1", "something else entirely");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second->reply.body, first->reply.body);
    EXPECT_EQ(observations(), 1);
    EXPECT_EQ(collectors.calls.back().form.at("reason"), "too slow") << "what came first is what counts";
    EXPECT_EQ(world.count("SELECT SUM(accepted) FROM observation_counts"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger"), 1);
}

TEST_F(Taking, SettlesARepeatWhoseFirstTryWasOnlyReceived) {
    break_plugin(ErrorCode::unavailable);
    EXPECT_FALSE(submit()->settled);
    collectors.answer = [this](const CollectRequest& one) { return understood(one); };
    EXPECT_TRUE(submit()->settled);
    EXPECT_EQ(outcome(), "accepted");
    world.clock.advance(1h);
    EXPECT_EQ(recover(), 0);
    EXPECT_EQ(observations(), 1);
}

TEST_F(Taking, DeadLettersAJobAfterFiveTries) {
    break_plugin(ErrorCode::unavailable);
    ASSERT_FALSE(submit()->settled);
    for (int looks = 0; looks < 5; ++looks) {
        world.clock.advance(5h);
        EXPECT_EQ(recover(), 1);
    }
    EXPECT_EQ(collectors.calls.size(), 5U);
    EXPECT_EQ(outcome(), "dead_lettered");
    EXPECT_EQ(world.ask("SELECT attempts FROM journal_outcomes"), "5");
    world.clock.advance(100h);
    EXPECT_EQ(recover(), 0);
}

TEST_F(Taking, CountsNoTryWhileThePluginIsAway) {
    break_plugin(ErrorCode::unavailable);
    ASSERT_FALSE(submit()->settled);
    collectors.away = true;
    for (int looks = 0; looks < 10; ++looks) {
        world.clock.advance(5h);
        recover();
    }
    EXPECT_EQ(collectors.calls.size(), 1U);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM journal_outcomes"), 0);
    collectors.away = false;
    collectors.answer = [this](const CollectRequest& one) { return understood(one); };
    world.clock.advance(5h);
    EXPECT_EQ(recover(), 1);
    EXPECT_EQ(outcome(), "accepted");
    EXPECT_EQ(collectors.calls.back().attempt, 2);
}

class DeadLettered : public Taking {
 protected:
    void SetUp() override {
        Taking::SetUp();
        break_plugin(ErrorCode::unavailable);
        ASSERT_FALSE(submit("k1", "lost in the post")->settled);
        for (int looks = 0; looks < 5; ++looks) {
            world.clock.advance(5h);
            recover();
        }
    }
    std::vector<DeadLetter> list(const std::string& plugin = "") {
        DeadLetterQuery query;
        query.plugin = plugin;
        return world.run(store.list(query)).value_or({});
    }
    store::DeadLetters store{world.database};
    DeadLetters letters{store, intake, world.clock};
};

TEST_F(DeadLettered, AreShownWithTheirRequestAsItCame) {
    ASSERT_EQ(list().size(), 1U);
    EXPECT_EQ(list("surveys").size(), 1U);
    EXPECT_TRUE(list("mail").empty());
    const DeadLetter one = list().front();
    EXPECT_EQ(one.plugin, "surveys");
    EXPECT_EQ(one.attempts, 5);
    EXPECT_EQ(one.why, "no outcome after 5 tries");
    const auto whole = world.run(store.find(one.id));
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_EQ(whole->request->form.at("reason"), "lost in the post");
    EXPECT_NE(whole->document.find("lost in the post"), std::string::npos);
    EXPECT_EQ(world.run(store.find(4711)).error().code, ErrorCode::not_found);
}

TEST_F(DeadLettered, AreTakenInWhenTheyAreReplayedAndCountOnce) {
    const std::int64_t id = list().front().id;
    collectors.answer = [this](const CollectRequest& one) { return understood(one); };
    const auto outcome = world.run(letters.replay(id, "priya"));
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(*outcome, "accepted");
    EXPECT_EQ(observations(), 1);
    EXPECT_EQ(collectors.calls.back().attempt, 2) << "the page was asked for once more";
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(world.ask("SELECT outcome FROM journal_outcomes"), "accepted");
    EXPECT_EQ(world.ask("SELECT detail FROM journal_outcomes"), "replayed by priya");
    EXPECT_EQ(world.run(letters.replay(id, "priya")).error().code, ErrorCode::not_found);
    EXPECT_EQ(observations(), 1);
}

TEST_F(DeadLettered, StayWhenThePluginFailsOnceMore) {
    const auto outcome = world.run(letters.replay(list().front().id, "priya"));
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, ErrorCode::unavailable);
    EXPECT_EQ(collectors.calls.back().attempt, 6);
    EXPECT_EQ(list().size(), 1U);
}

TEST_F(DeadLettered, AreClosedWhenSomebodyDiscardsThemAndTheRequestIsKept) {
    const std::int64_t id = list().front().id;
    ASSERT_TRUE(world.run(letters.discard(id, "a test of ours", "priya")));
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(outcome(), "discarded");
    EXPECT_EQ(world.ask("SELECT detail FROM journal_outcomes"), "by priya: a test of ours");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM journal"), 1);
    EXPECT_EQ(world.run(letters.discard(id, "again", "priya")).error().code, ErrorCode::not_found);
}

TEST_F(Taking, TakesNothingInWhenItCannotBeMadeDurable) {
    world.execute("ALTER TABLE journal RENAME TO lost");
    const auto submitted = submit();
    EXPECT_FALSE(submitted);
    EXPECT_TRUE(collectors.calls.empty()) << "no plugin sees what is not durable";
}

TEST_F(Taking, OnlyLooksWhenSomebodyOnlyLooks) {
    collectors.answer = [](const CollectRequest&) { return Result<Collected>(Collected{}); };
    CollectRequest looking = request();
    looking.method = "GET";
    ASSERT_TRUE(world.run(intake.view(looking)));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM journal"), 0);
}

}  // namespace
}  // namespace candour::flow
