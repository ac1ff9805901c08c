/// Every plugin of this repository, loaded by the registry as a host does it, unloaded, and loaded again.
#include <gtest/gtest.h>

#include "edge/plugin/world.hpp"

namespace candour::plugin {
namespace {

constexpr const char* kSurvey =
    R"({"id":"q3","from":"Halden","languages":{"en":{"question":"How likely?"}}})";

flow::CollectRequest request_of(const std::string& method, std::map<std::string, std::string> form = {}) {
    flow::CollectRequest request;
    request.plugin = "surveys";
    request.route = "personal";
    request.method = method;
    request.form = std::move(form);
    request.language = "en";
    request.form_action = "/s/token";
    request.loop_url = "/l/token";
    request.key = "job-1";
    request.subject.message = MessageId(IdBytes{1});
    request.subject.contact = ContactId(IdBytes{2});
    request.subject.account = AccountId(IdBytes{3});
    request.subject.about = "q3";
    request.subject.contact_name = "Ana Ortiz";
    return request;
}

TEST(FirstPartyPlugins, LoadUnloadAndLoadAgain) {
    for (int round = 0; round < 3; ++round) {
        World world;
        const std::size_t running = world.run(world.registry->load_all(FIXTURES));
        EXPECT_EQ(running, world.registry->list().size());
        EXPECT_GE(running, 2U);
        for (const PluginInfo& info : world.registry->list())
            EXPECT_EQ(info.standing, Standing::running) << info.reason;
        world.stop();
        for (const PluginInfo& info : world.registry->list())
            EXPECT_EQ(info.standing, Standing::stopped) << info.reason;
    }
}

TEST(Surveys, CollectThroughTheHost) {
    World world;
    ASSERT_TRUE(world.load("surveys"));
    ASSERT_TRUE(world.event("surveys", "survey.add", kSurvey));
    EXPECT_TRUE(world.state.documents.contains("surveys/survey/q3"));

    const auto page = world.run(world.registry->collect(request_of("GET")));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_NE(page->body.find("Your answer carries your name, Ana Ortiz."), std::string::npos);

    const auto thanks = world.run(world.registry->collect(request_of("POST", {{"a", "2"}, {"why", "slow"}})));
    ASSERT_TRUE(thanks) << thanks.error().message;
    EXPECT_EQ(thanks->status, 200);
    ASSERT_EQ(thanks->observations.size(), 1U);
    const core::Observation& fact = thanks->observations[0];
    EXPECT_EQ(fact.source, "surveys");
    EXPECT_EQ(fact.kind, "survey.answer");
    EXPECT_EQ(fact.about, "q3");
    EXPECT_EQ(fact.item_key, MessageId(IdBytes{1}).text());
    EXPECT_EQ(fact.contact, ContactId(IdBytes{2}));
    EXPECT_EQ(fact.account, AccountId(IdBytes{3}));
    EXPECT_EQ(fact.score, 2);
    EXPECT_EQ(fact.verbatim, "slow");

    const auto refused = world.run(world.registry->collect(request_of("POST", {{"a", "eleven"}})));
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status, 422);
    EXPECT_TRUE(refused->observations.empty());
    EXPECT_EQ(world.registry->route("surveys", "GET", "/q3").value_or({}).route, "open");
    EXPECT_EQ(world.registry->personal_route("surveys").value_or({}).route, "personal");
    world.stop();
}

TEST(Surveys, AnswersABurstWithoutLosingOne) {
    World world;
    ASSERT_TRUE(world.load("surveys"));
    ASSERT_TRUE(world.event("surveys", "survey.add", kSurvey));
    constexpr int kBurst = 5'000;
    int answered = 0, kept = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kBurst; ++i)
        boost::asio::co_spawn(world.io,
                              world.registry->collect(request_of("POST", {{"a", "2"}, {"why", "slow"}})),
                              [&](std::exception_ptr, Result<flow::Collected> page) {
                                  ++answered;
                                  kept += page ? static_cast<int>(page->observations.size()) : 0;
                              });
    ASSERT_TRUE(support::eventually(world.io, [&] { return answered == kBurst; }));
    EXPECT_EQ(kept, kBurst);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    RecordProperty("calls_per_second", static_cast<int>(kBurst / took.count()));
    std::printf("%d calls per second\n", static_cast<int>(kBurst / took.count()));
    world.stop();
}

TEST(RelationshipNps, WritesAnInvitationThroughTheHostThatFitsItsSchema) {
    World world;
    ASSERT_TRUE(world.load("relationship_nps"));
    EXPECT_EQ(world.registry->asks_about("relationship_nps").value_or(""), "relationship-1");
    const flow::WordsRequest request{"relationship_nps", "invitation", "fr",    "relationship-1",
                                     "Ana Ortiz",        "Moss",       "Halden"};
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto words = world.run(world.registry->compose(request));
        ASSERT_TRUE(words) << words.error().message;
        EXPECT_NE(words->find("Bonjour Ana Ortiz,"), std::string::npos) << *words;
    }
    flow::WordsRequest other = request;
    other.about = "relationship-99";
    EXPECT_EQ(world.run(world.registry->compose(other)).error().code, ErrorCode::not_found);
    other.plugin = "nobody";
    EXPECT_EQ(world.run(world.registry->compose(other)).error().code, ErrorCode::not_found);
    world.stop();
    EXPECT_EQ(world.registry->asks_about("relationship_nps").error().code, ErrorCode::unavailable);
}

TEST(Surveys, AreNamedByEachCampaign) {
    World world;
    ASSERT_TRUE(world.load("surveys"));
    const auto own = world.registry->asks_about("surveys");
    ASSERT_TRUE(own) << own.error().message;
    EXPECT_EQ(*own, "");
    EXPECT_EQ(world.registry->asks_about("nobody").error().code, ErrorCode::not_found);
    const flow::WordsRequest request{"surveys", "invitation", "en", "x", "", "", ""};
    EXPECT_EQ(world.run(world.registry->compose(request)).error().code, ErrorCode::not_found);
    world.stop();
}

/// What it needs of the system is loaded as it goes, in the sandbox too.
TEST(Mail, ReadsOtherCharactersThanOurs) {
    World world;
    ASSERT_TRUE(world.load("mail"));
    const std::string mail =
        "From: Ana Ortiz <ana@moss.example>\r\nTo: us@halden.example\r\nSubject: "
        "=?iso-2022-jp?B?GyRCJUYbKEI=?=\r\n"
        "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "\xcd\xc5\xc4\xcc\xc5\xce\xce\xcf\r\n";
    const auto reading =
        world.run(world.registry->read_mail(mail, "ana@moss.example", {"us@halden.example"}, 1));
    ASSERT_TRUE(reading) << reading.error().message;
    EXPECT_NE(reading->document.find("медленно"), std::string::npos) << reading->document;
    EXPECT_NE(reading->document.find("テ"), std::string::npos) << reading->document;
    world.stop();
}

}  // namespace
}  // namespace candour::plugin
