/// Plugins with one fault each: refused or suspended, with a reason an operator can act on, while a good one
/// beside them goes on serving.
#include <gtest/gtest.h>

#include <fstream>

#include "edge/plugin/world.hpp"
#include "support/temp_dir.hpp"

namespace candour::plugin {
namespace {

class BrokenPlugin : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(world.load("good")); }
    void TearDown() override {
        const auto page = world.get("good");
        ASSERT_TRUE(page) << page.error().message;
        EXPECT_EQ(page->status, 200);
        world.stop();
        EXPECT_EQ(world.info("good").standing, Standing::stopped) << world.info("good").reason;
    }
    void expect(const std::string& id, Standing standing, const std::string& reason) {
        // In a worker the end of the process is seen a moment later.
        (void)support::eventually(world.io, [&] { return world.info(id).standing == standing; });
        const PluginInfo info = world.info(id);
        EXPECT_EQ(core::name_of(kStandings, info.standing), core::name_of(kStandings, standing))
            << info.reason;
        EXPECT_NE(info.reason.find(reason), std::string::npos) << info.reason;
        EXPECT_TRUE(world.logged(reason));
    }
    World world;
};

struct Fault {
    const char* id;
    Standing standing;
    const char* reason;
};

class BrokenAtLoad : public BrokenPlugin, public testing::WithParamInterface<Fault> {};

TEST_P(BrokenAtLoad, IsTurnedAwayWithItsReason) {
    EXPECT_FALSE(world.load(GetParam().id));
    expect(GetParam().id, GetParam().standing, GetParam().reason);
    const auto page = world.get(GetParam().id);
    ASSERT_FALSE(page);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BrokenAtLoad,
    testing::Values(
        Fault{"lacks_entry", Standing::refused, "expected the symbol candour_plugin_v1, found none"},
        Fault{"wrong_major", Standing::refused, "expected plugin ABI 1.1, found 2.1"},
        Fault{"newer_minor", Standing::refused, "needs plugin ABI 1.7, this host offers 1.1"},
        Fault{"throws_in_create", Standing::suspended, "threw out of create: no birth"},
        Fault{"throws_in_start", Standing::suspended,
              "threw out of start: something that is no std::exception"},
        Fault{"fails_in_start", Standing::refused, "start failed: the configuration lacks an api_key"},
        Fault{"hangs_in_start", Standing::suspended, "start did not return within 100 ms"},
        Fault{"ungranted", Standing::refused, "list \"kv\" under permissions in manifest.json"},
        Fault{"other_role", Standing::refused, "lists the role deliverer, the library does not serve it"}),
    [](const auto& fault) { return std::string(fault.param.id); });

TEST_F(BrokenPlugin, ThatThrowsInACallIsSuspended) {
    ASSERT_TRUE(world.load("throws_in_call"));
    const auto page = world.get("throws_in_call");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::internal);
    expect("throws_in_call", Standing::suspended, "threw out of handle_http: boom");
    const auto again = world.get("throws_in_call");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::unavailable);
}

TEST_F(BrokenPlugin, ThatHangsInACallIsSuspendedAndItsCallersAreFreed) {
    ASSERT_TRUE(world.load("hangs_in_call"));
    int freed = 0;
    for (int i = 0; i < 3; ++i)
        boost::asio::co_spawn(
            world.io, world.registry->collect(World::request("hangs_in_call", "GET", "x")),
            [&](std::exception_ptr, Result<flow::Collected> page) { freed += page ? 0 : 1; });
    ASSERT_TRUE(support::eventually(world.io, [&] { return freed == 3; }));
    expect("hangs_in_call", Standing::suspended, "handle_http did not return within 100 ms");
}

TEST_F(BrokenPlugin, ThatHangsInStopIsLeftBehind) {
    ASSERT_TRUE(world.load("hangs_in_stop"));
    world.stop();
    expect("hangs_in_stop", Standing::suspended, "stop did not return within 100 ms");
    EXPECT_EQ(world.info("good").standing, Standing::stopped);
    world.registry = std::make_unique<Registry>(world.services());
    ASSERT_TRUE(world.load("good"));
}

TEST_F(BrokenPlugin, ThatCallsTheHostAfterStopIsSuspended) {
    ASSERT_TRUE(world.load("calls_after_stop"));
    world.stop();
    ASSERT_TRUE(support::eventually(
        world.io, [&] { return world.info("calls_after_stop").standing == Standing::suspended; }));
    expect("calls_after_stop", Standing::suspended, "called log after its stop had returned");
    EXPECT_FALSE(world.logged("farewell"));
    world.registry = std::make_unique<Registry>(world.services());
    ASSERT_TRUE(world.load("good"));
}

TEST_F(BrokenPlugin, ThatNeverAnswersWhatItParkedCostsOnlyThatRequest) {
    ASSERT_TRUE(world.load("never_answers"));
    const auto page = world.get("never_answers");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::deadline);
    EXPECT_EQ(world.info("never_answers").standing, Standing::running);
}

class LyingManifest : public BrokenPlugin {
 protected:
    std::string refusal(const std::string& manifest, const std::string& library = "good") {
        std::filesystem::create_directories(folder / "liar");
        std::ofstream(folder / "liar/manifest.json") << manifest;
        const std::filesystem::path built = std::filesystem::path(FIXTURES) / library / (library + ".so");
        std::filesystem::copy_file(built, folder / "liar/liar.so",
                                   std::filesystem::copy_options::overwrite_existing);
        const Done loaded = world.run(world.registry->load(folder / "liar"));
        return loaded ? "" : loaded.error().message;
    }
    static std::string manifest(const std::string& more = "") {
        return R"({"manifest_version": 1, "id": "liar", "version": "1.2.3", "name": "Liar", "abi": {"major": 1},
                   "library": "liar.so", "roles": {"collector": {"routes": []}})" +
               more + "}";
    }
    support::TempDir folder{"plugins"};
};

TEST_F(LyingManifest, ThatIsNoJsonIsRefused) {
    EXPECT_NE(refusal("{ \"id\": ").find("expected JSON"), std::string::npos);
    EXPECT_EQ(world.info("liar").standing, Standing::refused);
}

TEST_F(LyingManifest, IsToldEveryProblemAtOnceWithItsPlace) {
    const std::string message = refusal(
        R"({"manifest_version": 1, "id": "Liar!", "version": "one", "name": "x", "abi": {}, "library": "../x.so",
                    "roles": {"collector": {"routes": [{"id": "a", "methods": ["PUT"]}]}}})");
    for (const char* place :
         {"/id:", "/version:", "/abi:", "/library:", "/roles/collector/routes/0/methods/0:"})
        EXPECT_NE(message.find(place), std::string::npos) << place << " in " << message;
}

TEST_F(LyingManifest, WithoutItsLibraryIsRefused) {
    std::filesystem::create_directories(folder / "liar");
    std::ofstream(folder / "liar/manifest.json") << manifest();
    const Done loaded = world.run(world.registry->load(folder / "liar"));
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::not_found);
    EXPECT_NE(loaded.error().message.find("expected the library"), std::string::npos);
}

TEST_F(LyingManifest, OverAnotherPluginsLibraryIsRefused) {
    EXPECT_NE(refusal(manifest()).find("expected plugin liar 1.2.3 as manifest.json says, found good 1.2.3"),
              std::string::npos);
}

TEST_F(LyingManifest, ThatNamesAPersonalRouteItDoesNotHaveIsRefused) {
    const std::string message = refusal(
        R"({"manifest_version": 1, "id": "liar", "version": "1.2.3", "name": "Liar", "abi": {"major": 1},
                    "library": "liar.so", "roles": {"collector": {"routes": [], "personal_route": "p"}}})");
    EXPECT_NE(message.find("/roles/collector/personal_route: expected the id of a route"), std::string::npos)
        << message;
}

TEST_F(LyingManifest, ThatNeedsAnotherAbiIsRefusedBeforeItsCodeRuns) {
    std::string text = manifest();
    text.replace(text.find("\"major\": 1"), 10, "\"major\": 1, \"requires_minor\": 3");
    EXPECT_NE(refusal(text).find("/abi: this host offers plugin ABI 1.1, the plugin needs 1.3"),
              std::string::npos);
}

TEST_F(LyingManifest, WithAnEndlessTextIsRefusedBeforeAnyPatternSeesIt) {
    const std::string message =
        refusal(R"({"manifest_version": 1, "id": ")" + std::string(60'000, 'a') + R"("})");
    EXPECT_NE(message.find("longer than any"), std::string::npos);
}

TEST_F(LyingManifest, ThatIsNoSharedLibraryIsRefused) {
    std::filesystem::create_directories(folder / "liar");
    std::ofstream(folder / "liar/manifest.json") << manifest();
    std::ofstream(folder / "liar/liar.so") << "just text";
    const Done loaded = world.run(world.registry->load(folder / "liar"));
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("cannot be loaded"), std::string::npos) << loaded.error().message;
}

TEST_F(LyingManifest, WithAKeyOfTomorrowIsWarnedAboutAndRead) {
    refusal(manifest(R"(, "colour": "blue")"));
    EXPECT_TRUE(world.logged("/colour is unknown to this host"));
}

TEST_F(BrokenPlugin, WithTheIdOfAnotherIsRefused) {
    const Done again = world.load("good");
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST_F(BrokenPlugin, ThatTheInstallationDoesNotGrantEnoughIsRefusedBeforeItsCodeRuns) {
    World strict;
    const std::filesystem::path folder = std::filesystem::path(FIXTURES) / "good";
    const Done loaded = strict.run(strict.registry->load(folder, std::set<std::string>{"kv"}));
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ErrorCode::denied);
    EXPECT_NE(loaded.error().message.find("good needs the grant timer"), std::string::npos)
        << loaded.error().message;
}

}  // namespace
}  // namespace candour::plugin
