/// The plugin of sdk/README.md does what the README says, in the real registry.
#include <gtest/gtest.h>

#include "edge/plugin/world.hpp"

namespace candour::plugin {
namespace {

TEST(Readme, ItsPluginLoadsAndCollects) {
    World world;
    const Done loaded = world.load("thermometer");
    ASSERT_TRUE(loaded) << loaded.error().message;
    flow::CollectRequest request;
    request.plugin = "thermometer";
    request.route = "mood";
    request.method = "POST";
    request.key = "job-1";
    const auto page = world.run(world.registry->collect(request));
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->status, 202);
    ASSERT_EQ(page->observations.size(), 1U);
    EXPECT_EQ(page->observations[0].kind, "thermometer.mood");
    EXPECT_EQ(page->observations[0].key, "job-1");
    world.stop();
}

}  // namespace
}  // namespace candour::plugin
