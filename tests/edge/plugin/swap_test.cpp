/// Plugins that come, go and are replaced while the host runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "edge/plugin/registry.hpp"
#include "edge/plugin/world.hpp"
#include "support/temp_dir.hpp"

namespace candour::plugin {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Swap : public testing::Test {
 protected:
    ~Swap() override { world.stop(); }
    Done replace(const fs::path& folder, Grants grants = std::nullopt) {
        return world.run(world.registry->replace(folder, std::move(grants)));
    }
    static fs::path fixture(const std::string& name) { return fs::path(FIXTURES) / name; }
    World world;
};

TEST_F(Swap, BringsAPluginThatWasNotThere) {
    ASSERT_TRUE(replace(fixture("good")));
    EXPECT_EQ(world.info("good").standing, Standing::running);
    EXPECT_TRUE(world.get("good"));
}

TEST_F(Swap, PutsTheNewOneInTheOldOnesPlace) {
    ASSERT_TRUE(world.load("good"));
    ASSERT_TRUE(replace(fixture("good"), std::set<std::string>{"kv", "timer", "mail", "http",
                                                               "ingest:fixture.answer", "subject:names"}));
    EXPECT_EQ(world.registry->list().size(), 1U);
    EXPECT_EQ(world.info("good").standing, Standing::running);
    EXPECT_TRUE(world.get("good"));
}

TEST_F(Swap, LeavesEverythingAsItWasWhenTheNewOneDoesNotStart) {
    ASSERT_TRUE(world.load("good"));
    // The good one's name on a plugin that fails: the library says who it is.
    const support::TempDir desk{"swap"};
    fs::copy(fixture("good/manifest.json"), desk / "manifest.json");
    fs::copy(fixture("fails_in_start/fails_in_start.so"), desk / "good.so");
    const Done refused = replace(desk.path());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("fails_in_start"));
    EXPECT_EQ(world.info("good").standing, Standing::running);
    EXPECT_TRUE(world.get("good")) << "the one before answers";
}

TEST_F(Swap, NeedsTheGrantsThatThePluginNeeds) {
    const Done refused = replace(fixture("good"), std::set<std::string>{"kv"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::denied);
    EXPECT_TRUE(world.registry->list().empty());
}

TEST_F(Swap, RefusesASecondPluginForWhatOnlyOneCanDo) {
    ASSERT_TRUE(world.load("reads_mail"));
    const Done mail = replace(fixture("throws_in_mail"));
    ASSERT_FALSE(mail);
    EXPECT_EQ(mail.error().code, ErrorCode::conflict);
    EXPECT_THAT(mail.error().message, HasSubstr("mail that comes in belongs to the plugin reads_mail"));
    EXPECT_TRUE(replace(fixture("reads_mail"))) << "itself is no other";
}

TEST_F(Swap, RefusesASecondPluginOfOneChannel) {
    ASSERT_TRUE(world.load("texter"));
    const support::TempDir desk{"swap"};
    std::ifstream stream(fixture("other_role/manifest.json"));
    std::string manifest{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    manifest.replace(manifest.find("fax"), 3, "sms");
    std::ofstream(desk / "manifest.json") << manifest;
    fs::copy(fixture("other_role/other_role.so"), desk / "other_role.so");
    const Done clash = replace(desk.path());
    ASSERT_FALSE(clash);
    EXPECT_THAT(clash.error().message, HasSubstr("the channel sms belongs to the plugin texter"));
}

TEST_F(Swap, LetsAPluginGo) {
    ASSERT_TRUE(world.load("good"));
    EXPECT_TRUE(world.run(world.registry->remove("good")));
    EXPECT_TRUE(world.registry->list().empty());
    EXPECT_FALSE(world.get("good"));
    EXPECT_FALSE(world.registry->serves("good")) << "its jobs wait";
    EXPECT_TRUE(world.registry->serves("nobody")) << "nobody waits for one that is not known";
    EXPECT_EQ(world.run(world.registry->remove("good")).error().code, ErrorCode::not_found);
    EXPECT_TRUE(replace(fixture("good"))) << "and come again";
    EXPECT_TRUE(world.registry->serves("good"));
}

TEST_F(Swap, HandsAChannelOnWhenItsPluginIsGone) {
    ASSERT_TRUE(world.load("texter"));
    flow::Deliverer* sms = world.registry->deliverer("sms");
    ASSERT_TRUE(world.run(world.registry->remove("texter")));
    ASSERT_TRUE(replace(fixture("texter")));
    EXPECT_EQ(world.registry->deliverer("sms"), sms) << "whoever holds it goes on with it";
}

}  // namespace
}  // namespace candour::plugin
