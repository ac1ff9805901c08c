/// The other blocks of sdk/README.md do what the page says beside them.
#include <gtest/gtest.h>

#include "driven_plugin.hpp"

extern "C" const cdr_plugin* chat_plugin(std::uint32_t host_minor);
extern "C" const cdr_plugin* silence_plugin(std::uint32_t host_minor);

namespace candour {
namespace {

class ReadmeChat : public testing::Test {
 protected:
    void SetUp() override {
        host.config = R"({"volume":1,"webhook":"https://chat.example/hooks/1"})";
        host.grants = {"net:config:webhook"};
        plugin.emplace(host, chat_plugin(CDR_ABI_MINOR));
        ASSERT_TRUE(plugin->start());
    }
    std::string deliver() {
        const Result<std::string> receipt = plugin->deliver(R"({"id":"msg_1"})");
        return receipt ? *receipt : std::string(to_text(receipt.error().code));
    }
    sdk::testing::FakeHost host;
    std::optional<sdk::testing::DrivenPlugin> plugin;
};

TEST_F(ReadmeChat, AsksTheHostThatTheOperatorConfigured) {
    host.world.push_back({R"({"status":204,"headers":{}})", ""});
    EXPECT_EQ(deliver(), R"({"fate":"handed_over"})");
    ASSERT_EQ(host.fetches.size(), 1U);
    EXPECT_NE(host.fetches[0].request.find(R"("url":"https://chat.example/hooks/1")"), std::string::npos);
    EXPECT_EQ(host.fetches[0].body, R"({"id":"msg_1"})");
}

TEST_F(ReadmeChat, LeavesItToTheHostToTryAgain) {
    EXPECT_EQ(deliver(), "unavailable");
    host.world.push_back({R"({"status":404,"headers":{}})", ""});
    EXPECT_EQ(deliver(), R"({"fate":"rejected","detail":"the room did not take it"})");
}

TEST(ReadmeSilence, ReportsAnAccountWithoutAnswers) {
    sdk::testing::FakeHost host;
    sdk::testing::DrivenPlugin plugin(host, silence_plugin(CDR_ABI_MINOR));
    ASSERT_TRUE(plugin.start());
    const std::string columns =
        R"({"views":{"relationship.answers":{"columns":["seq","contact","day","at","score","class"],"rows":[)";
    EXPECT_NE(plugin.evaluate("silence", columns + "]}}}")->find("silent"), std::string::npos);
    EXPECT_EQ(*plugin.evaluate("silence", columns + R"([1,"con_1","2026-01-01","",9,"human"]]}}})"),
              R"({"findings":[]})");
}

TEST(ReadmeMetricTest, IsWrittenAsThePageSays) {
    sdk::testing::FakeHost host;
    sdk::testing::DrivenPlugin plugin(host, candour_plugin_v1(CDR_ABI_MINOR));
    ASSERT_TRUE(plugin.start());
#include "content_share_part.inc"
    ASSERT_TRUE(state);
    EXPECT_EQ(state->sums, (std::vector<std::int64_t>{1, 1}));
    ASSERT_TRUE(figure) << figure.error().message;
    EXPECT_NE(figure->find(R"("n": 1)"), std::string::npos) << *figure;
}

/// What a newer host offers is there for a plugin that asks for it, and not before.
TEST(FakeKv, ReadsPagesOfKeys) {
    sdk::testing::FakeHost host;
    host.grant("kv");
    const sdk::Kv kv(host.raw(), CDR_IFACE_KV, "kv");
    for (const char* key : {"b", "a/2", "a/1", "a/\"q\""}) ASSERT_TRUE(kv.put(key, "v\n"));
    EXPECT_EQ(
        *kv.scan("a/", {}, 2),
        R"({"entries":[{"key":"a/\"q\"","version":1,"value":"v\u000a"},{"key":"a/1","version":1,"value":"v\u000a"}],)"
        R"("next":"a/1"})");
    EXPECT_EQ(*kv.scan("a/", "a/1"),
              R"({"entries":[{"key":"a/2","version":1,"value":"v\u000a"}],"next":null})");
    EXPECT_EQ(kv.scan("a/", {}, 0).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace candour
