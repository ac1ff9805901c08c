/// What was built when a minor was released runs in the host of today.
#include <gtest/gtest.h>

#include "edge/plugin/import_house.hpp"
#include "edge/plugin/world.hpp"

namespace candour::plugin {
namespace {

class EmptyViews final : public flow::Views {
 public:
    flow::Task<Result<flow::ViewPage>> read(flow::ViewQuery query) override {
        asked.push_back(query.view);
        co_return flow::ViewPage{{"seq"}, {}, {}};
    }
    std::vector<std::string> asked;
};

class PluginOf10 : public testing::Test {
 protected:
    void SetUp() override {
        HostServices services = world.services();
        services.views = &views;
        world.registry = std::make_unique<Registry>(std::move(services));
        const Done loaded = world.run(world.registry->load(std::filesystem::path(FROZEN_PLUGINS) / "1.0"));
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    void TearDown() override { world.stop(); }
    EmptyViews views;
    World world;
};

TEST_F(PluginOf10, ServesItsRoles) {
    EXPECT_EQ(world.info("reference").roles,
              (std::vector<std::string>{"collector", "deliverer", "signal", "campaign"}));
    const auto report = ImportHouse(world).file("reference", "four", "four");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->rows, 1);
    const auto findings = world.run(world.registry->evaluate("quiet", {}));
    ASSERT_TRUE(findings) << findings.error().message;
    EXPECT_TRUE(findings->empty());
    flow::WordsRequest words;
    words.plugin = "reference";
    words.kind = "invitation";
    words.language = "de";
    const auto composed = world.run(world.registry->compose(words));
    EXPECT_EQ(composed.value_or(composed ? "" : composed.error().message),
              R"({"subject":"Hallo","blocks":[{"type":"text","text":"Wie war es?"}]})");
}

TEST_F(PluginOf10, UsesTheServices) {
    EXPECT_TRUE(world.logged("started"));
    const auto kv = world.event("reference", "kv");
    EXPECT_EQ(kv.value_or(kv ? "" : kv.error().message), R"({"done":true})");
    EXPECT_TRUE(world.state.documents.empty()) << "put, read and erased";
    // What the plugin puts is checked as ever, and an empty batch is none.
    EXPECT_EQ(world.event("reference", "facts").error().code, ErrorCode::invalid);
    EXPECT_EQ(world.event("reference", "outside").error().code, ErrorCode::invalid) << "con_1 is no id";
    EXPECT_EQ(world.event("reference", "strange").error().message, "reference knows no such event");
}

}  // namespace
}  // namespace candour::plugin
