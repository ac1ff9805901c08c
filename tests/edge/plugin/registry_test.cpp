/// What a good plugin can rely on.
#include "edge/plugin/registry.hpp"

#include <gtest/gtest.h>

#include "edge/plugin/world.hpp"

namespace candour::plugin {
namespace {

class GoodPlugin : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(world.load("good")); }
    void TearDown() override {
        world.stop();
        EXPECT_EQ(world.info("good").standing, Standing::stopped) << world.info("good").reason;
    }
    World world;
};

TEST_F(GoodPlugin, IsListedWithItsRolesAndGrants) {
    const PluginInfo info = world.info("good");
    EXPECT_EQ(info.version, "1.2.3");
    EXPECT_EQ(info.standing, Standing::running);
    EXPECT_EQ(info.roles, std::vector<std::string>{"collector"});
    EXPECT_EQ(info.grants.size(), 6U);
}

TEST_F(GoodPlugin, SeesTheRequestAndSetsBodyAndLanguage) {
    flow::CollectRequest request = World::request("good", "GET", "show");
    request.query = {{"a", "9"}};
    request.subject.message = MessageId(IdBytes{7});
    request.subject.contact_name = "Ana \"Quote\" <b>";
    const auto page = world.run(world.registry->collect(request));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->content_type, "text/plain; charset=utf-8");
    EXPECT_EQ(page->language, "en");
    EXPECT_NE(page->body.find(R"("query":{"a":"9"})"), std::string::npos);
    EXPECT_NE(page->body.find(R"("contact_name":"Ana \"Quote\" <b>")"), std::string::npos);
}

TEST_F(GoodPlugin, BindsWhatItPutsToTheJob) {
    flow::CollectRequest request = World::request("good", "POST", "put");
    request.answer_class = core::AnswerClass::human;
    const auto page = world.run(world.registry->collect(request));
    ASSERT_TRUE(page) << page.error().message;
    ASSERT_EQ(page->observations.size(), 1U);
    const core::Observation& fact = page->observations[0];
    EXPECT_EQ(fact.source, "good");
    EXPECT_EQ(fact.kind, "fixture.answer");
    EXPECT_EQ(fact.key, "k1");
    EXPECT_EQ(fact.score, 3);
    EXPECT_EQ(fact.verbatim, "slow");
    EXPECT_EQ(fact.answer_class, core::AnswerClass::human);
    EXPECT_EQ(fact.occurred_at, support::ManualClock::kStart);
    EXPECT_TRUE(fact.contact.empty());
    EXPECT_TRUE(world.observations.kept.empty());
}

TEST_F(GoodPlugin, PutsTheSameKeyOnce) {
    const auto page = world.post("good", "twice");
    ASSERT_TRUE(page);
    ASSERT_EQ(page->observations.size(), 1U);
    EXPECT_EQ(page->observations[0].score, 1);
}

TEST_F(GoodPlugin, LosesWhatItPutWhenItAnswersWithAnError) {
    const auto page = world.post("good", "fail");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error(), (Error{ErrorCode::unavailable, "changed its mind"}));
    EXPECT_TRUE(world.observations.kept.empty());
}

TEST_F(GoodPlugin, MayStoreNothingInAPageView) {
    const auto page = world.get("good", "put");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::denied);
}

TEST_F(GoodPlugin, MaySpeakOfNobodyButItsSubject) {
    const auto page = world.post("good", "foreign");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::denied);
}

TEST_F(GoodPlugin, MayNotUseAStreamThatItWasNotGranted) {
    const auto page = world.post("good", "stream");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::denied);
    EXPECT_NE(page.error().message.find("holds no grant ingest:other.stream"), std::string::npos);
}

TEST_F(GoodPlugin, AnswersAParkedRequestLater) {
    const auto page = world.post("good", "late");
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->body, "at last");
    ASSERT_EQ(page->observations.size(), 1U);
    EXPECT_EQ(page->observations[0].key, "late");
}

TEST_F(GoodPlugin, CommitsAtOnceFromAThreadOfItsOwn) {
    const auto page = world.post("good", "own-thread");
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_TRUE(page->observations.empty());
    ASSERT_EQ(world.observations.kept.size(), 1U);
    EXPECT_EQ(world.observations.kept[0].about, "own");
    EXPECT_EQ(world.observations.kept[0].occurred_at, support::ManualClock::kStart);
}

TEST_F(GoodPlugin, MayNotRedirect) {
    const auto page = world.post("good", "status");
    ASSERT_FALSE(page);
    EXPECT_NE(page.error().message.find("status 302"), std::string::npos);
}

TEST_F(GoodPlugin, IsToldWhichTryItIs) {
    flow::CollectRequest request = World::request("good", "POST", "attempt");
    request.attempt = 3;
    const auto page = world.run(world.registry->collect(request));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->body, "3");
}

TEST_F(GoodPlugin, UsesItsServices) {
    EXPECT_EQ(world.event("good", "echo", "[1]").value_or(""), "[1]");
    EXPECT_EQ(world.event("good", "config").value_or(""), "{}") << "its manifest has no config_schema";
    EXPECT_EQ(world.event("good", "store", "text").value_or(""), "1");
    EXPECT_EQ(world.state.documents.at("good/doc").value, "text");
    const ContactId contact(IdBytes{5});
    EXPECT_EQ(world.event("good", "mail", contact.text()).value_or(""), MessageId(IdBytes{1}).text());
    ASSERT_EQ(world.mail.sent.size(), 1U);
    EXPECT_EQ(world.mail.sent[0].plugin, "good");
    EXPECT_EQ(world.mail.sent[0].contact, contact);
}

TEST_F(GoodPlugin, AsksAndAnswersWithLongTexts) {
    const std::string text(300'000, 'x');
    EXPECT_EQ(world.event("good", "store", text).value_or(""), "1");
    EXPECT_EQ(world.state.documents.at("good/doc").value, text);
    EXPECT_EQ(world.event("good", "echo", text).value_or(""), text);
}

TEST_F(GoodPlugin, CommitsWhatAnEventPutsBeforeTheReply) {
    ASSERT_TRUE(world.event("good", "put"));
    ASSERT_EQ(world.observations.kept.size(), 1U);
    EXPECT_EQ(world.observations.kept[0].key, "event-key");
}

TEST_F(GoodPlugin, HearsWhatItsManifestNamesAndItsFactsGoWithTheJob) {
    EXPECT_EQ(world.state.wanted["good"], std::vector<std::string>{"contact.erased"});
    flow::CollectRequest event;
    event.plugin = "good";
    event.event = "contact.erased";
    event.payload = R"({"contact":"con_1"})";
    const auto heard = world.run(world.registry->collect(event));
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->status, 200);
    ASSERT_EQ(heard->observations.size(), 1U);
    EXPECT_EQ(heard->observations[0].key, "erased-key");
    EXPECT_TRUE(world.observations.kept.empty()) << "they commit with the job, not before it";
}

TEST_F(GoodPlugin, MayNotKnowAnEventOfTheJournal) {
    flow::CollectRequest event;
    event.plugin = "good";
    event.event = "of.the.future";
    const auto heard = world.run(world.registry->collect(event));
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->status, 204);
}

TEST_F(GoodPlugin, HearsOfUnknownEventsAsUnsupported) {
    const auto reply = world.event("good", "no.such.event");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::unsupported);
    EXPECT_EQ(world.event("good", "timer").error().code, ErrorCode::denied);
    EXPECT_EQ(world.event("nobody", "echo").error().code, ErrorCode::not_found);
}

TEST_F(GoodPlugin, WakesWhenItsTimerIsDueAndNotBefore) {
    ASSERT_TRUE(world.event("good", "remind", "note"));
    boost::asio::co_spawn(world.io, world.registry->run_timers(), boost::asio::detached);
    ASSERT_TRUE(support::eventually(world.io, [&] { return world.clock.waiting() == 1; }));
    EXPECT_TRUE(world.state.fired.empty());
    world.clock.advance(std::chrono::hours{1});
    ASSERT_TRUE(support::eventually(world.io, [&] { return world.state.fired.size() == 1; }));
    EXPECT_EQ(world.state.fired[0].payload, "note");
    EXPECT_TRUE(world.logged("\"payload\":\"note\""));
    ASSERT_EQ(world.observations.kept.size(), 1U);
    EXPECT_EQ(world.observations.kept[0].about, "timer");
}

TEST_F(GoodPlugin, IsFoundByItsRoutes) {
    const auto match = world.registry->route("good", "GET", "/q3");
    ASSERT_TRUE(match);
    EXPECT_EQ(match->route, "page");
    EXPECT_EQ(match->params.at("name"), "q3");
    EXPECT_EQ(world.registry->route("good", "PUT", "/q3").error().code, ErrorCode::unsupported);
    EXPECT_EQ(world.registry->route("good", "GET", "/q3/more").error().code, ErrorCode::not_found);
    EXPECT_EQ(world.registry->route("good", "GET", "/").error().code, ErrorCode::not_found);
    EXPECT_EQ(world.registry->route("nobody", "GET", "/q3").error().code, ErrorCode::not_found);
    EXPECT_EQ(world.registry->personal_route("good").value_or({}).route, "page");
}

TEST_F(GoodPlugin, RefusesRoutesAndMethodsThatItsManifestDoesNotList) {
    flow::CollectRequest request = World::request("good", "GET", "x");
    request.route = "elsewhere";
    EXPECT_EQ(world.run(world.registry->collect(request)).error().code, ErrorCode::not_found);
    EXPECT_EQ(world.run(world.registry->collect(World::request("good", "PUT", "x"))).error().code,
              ErrorCode::unsupported);
}

TEST(Plugins, LoadUnloadAndLoadAgain) {
    for (int round = 0; round < 3; ++round) {
        World world;
        ASSERT_TRUE(world.load("good"));
        ASSERT_TRUE(world.load("texter"));
        EXPECT_TRUE(world.post("good", "put"));
        world.stop();
        EXPECT_EQ(world.info("good").standing, Standing::stopped);
        EXPECT_EQ(world.get("good").error().code, ErrorCode::unavailable);
    }
}

TEST(Plugins, OfOneFolderAreLoadedTogether) {
    World world;
    const std::size_t running = world.run(world.registry->load_all(FIXTURES));
    EXPECT_GE(running, 5U);
    EXPECT_GT(world.registry->list().size(), running);
    EXPECT_TRUE(world.get("good"));
    world.stop();
    EXPECT_EQ(world.run(world.registry->load_all("/no/such/folder")), 0U);
}

TEST(Plugins, ThatAreParallelAreEnteredTogether) {
    World world;
    ASSERT_TRUE(world.load("crowd"));
    int served = 0;
    for (int i = 0; i < 2; ++i)
        boost::asio::co_spawn(
            world.io, world.registry->collect(World::request("crowd", "GET", "x")),
            [&](std::exception_ptr, Result<flow::Collected> page) { served += page ? 1 : 0; });
    EXPECT_TRUE(support::eventually(world.io, [&] { return served == 2; }));
    world.stop();
}

class Texter : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(world.load("texter")); }
    void TearDown() override { world.stop(); }
    flow::Outcome deliver(const std::string& content, flow::PointOfNoReturn before = {}) {
        flow::Outgoing message;
        message.id = MessageId(IdBytes{9});
        message.channel = "sms";
        message.recipient = "+49 30 1234";
        message.content = content;
        message.attempt = 2;
        flow::Deliverer* deliverer = world.registry->deliverer("sms");
        return world.run(deliverer->deliver(message, std::move(before)));
    }
    World world;
};

TEST_F(Texter, HandsAMessageOver) {
    const flow::Outcome outcome = deliver("hello");
    EXPECT_EQ(outcome.fate, flow::Fate::handed_over);
    EXPECT_EQ(outcome.code, 200);
    EXPECT_EQ(outcome.status, "2.0.0");
    EXPECT_EQ(outcome.detail, "try 2");
    EXPECT_EQ(world.registry->channels(), std::vector<std::string>{"sms"});
    EXPECT_EQ(world.registry->deliverer("fax"), nullptr);
}

TEST_F(Texter, SaysWhenToTryAgainAndWhenNot) {
    EXPECT_EQ(deliver("busy").fate, flow::Fate::deferred);
    EXPECT_EQ(deliver("nobody").fate, flow::Fate::rejected);
}

TEST_F(Texter, LeavesTheFateUnknownWhenItDoesNotSay) {
    EXPECT_EQ(deliver("crash").fate, flow::Fate::unknown);
    EXPECT_EQ(deliver("garbage").fate, flow::Fate::unknown);
    EXPECT_EQ(world.info("texter").standing, Standing::running);
}

flow::Task<Done> not_durable() {
    co_return Error{ErrorCode::unavailable, "the store is away"};
}

TEST_F(Texter, IsNotCalledBeforeTheIntentIsDurable) {
    const flow::Outcome outcome = deliver("hello", &not_durable);
    EXPECT_EQ(outcome.fate, flow::Fate::deferred);
    EXPECT_EQ(outcome.detail, "the store is away");
}

}  // namespace
}  // namespace candour::plugin
