/// What the host does for a plugin beyond the first version's services: pages of keys, batches, configuration
/// with secrets, the world outside, files, signals.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "edge/json/plugin_event.hpp"
#include "edge/plugin/configuration.hpp"
#include "edge/plugin/egress_bridge.hpp"
#include "edge/plugin/import_house.hpp"
#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/world.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {
namespace {

class Servant : public testing::Test {
 protected:
    void TearDown() override { world.stop(); }
    void start(const std::string& config = "{}") {
        world.configs["servant"] = config;
        const Done loaded = world.load("servant");
        ASSERT_TRUE(loaded) << loaded.error().message;
    }
    std::string event(const std::string& kind, const std::string& payload) {
        const Result<std::string> reply = world.event("servant", kind, payload);
        return reply ? *reply : std::string(to_text(reply.error().code)) + ": " + reply.error().message;
    }
    void remember(const std::string& key) { world.state.documents["servant/" + key] = {"of " + key, 1}; }
    Result<flow::FileReport> import(const std::string& text, const std::string& format = "lines") {
        return ImportHouse(world).file("servant", format, text);
    }
    Result<std::vector<flow::Finding>> evaluate(const std::string& account, bool answered) {
        flow::AccountSnapshot snapshot;
        snapshot.account = account;
        if (answered)
            snapshot.views.push_back(
                {"relationship.answers", {{"seq", "score"}, {{std::int64_t{7}, std::int64_t{3}}}, {}}});
        return world.run(world.registry->evaluate("silence", snapshot));
    }
    World world;
};

TEST_F(Servant, ReadsItsKeysByPages) {
    start();
    for (const char* key : {"b/2", "a/1", "b/1", "b/3"}) remember(key);
    EXPECT_EQ(
        event("scan", "b/"),
        R"({"entries":[{"key":"b/1","version":1,"value":"of b/1"},{"key":"b/2","version":1,"value":"of b/2"}],)"
        R"("next":"b/2"})");
    EXPECT_EQ(event("scan_after", "b/2"),
              R"({"entries":[{"key":"b/3","version":1,"value":"of b/3"}],"next":null})");
    EXPECT_EQ(event("scan", "z"), R"({"entries":[],"next":null})");
    EXPECT_EQ(event("scan_none", ""), "invalid: kv.scan limit: expected 1 to 1000");
    EXPECT_EQ(event("scan", std::string(201, 'k')),
              "invalid: kv.scan prefix: expected 1 to 200 bytes of UTF-8 without NUL");
}

TEST_F(Servant, KeepsAWholeBatchOrNothingOfIt) {
    start();
    EXPECT_EQ(
        event("batch", R"([{"key":"1","observation":{"about":"x"}},{"key":"2","observation":{"score":3}}])"),
        "invalid: row 1: observation /about: expected a text, found nothing");
    EXPECT_TRUE(world.observations.kept.empty());
    EXPECT_EQ(
        event("batch", R"([{"key":"1","observation":{"about":"x"}},{"key":"2","observation":{"about":"y"}},)"
                       R"({"key":"1","observation":{"about":"z"}}])"),
        "{}");
    ASSERT_EQ(world.observations.kept.size(), 2U) << "the same key is the same fact";
    EXPECT_EQ(world.observations.kept[1].about, "y");
    EXPECT_EQ(world.observations.kept[1].kind, "servant.line");
}

TEST_F(Servant, IsToldWhatIsWrongWithABatch) {
    start();
    const std::string shape =
        R"(invalid: row 0: ingest.put_batch: expected {"key": "…", "observation": {…}})";
    EXPECT_EQ(event("batch", R"([{"key":"1"}])"), shape);
    EXPECT_EQ(event("batch", R"([{"key":1,"observation":{}}])"), shape);
    for (const char* none : {"[]", "{}", "", "[1"})
        EXPECT_EQ(
            event("batch", none),
            R"(invalid: ingest.put_batch: expected a JSON list of 1 to 1000 rows {"key": …, "observation": …})");
    EXPECT_EQ(event("batch", R"([{"key":"","observation":{"about":"x"}}])"),
              "invalid: row 0: ingest.put_batch: expected a key of 1 to 200 bytes without NUL");
}

TEST_F(Servant, GetsItsConfigurationWithTheSecretInPlaceOfItsName) {
    start(R"({"volume":11,"key":"secret:servant_key"})");
    EXPECT_EQ(event("config", ""), R"({"volume":11,"key":"s3cr3t"})");
    for (const LogLine& line : world.lines) EXPECT_EQ(line.message.find("s3cr3t"), std::string::npos);
}

TEST_F(Servant, IsNotStartedWithAConfigurationThatDoesNotFit) {
    world.configs["servant"] = R"({"volume":12,"kye":1,"key":"hunter2"})";
    const Done loaded = world.load("servant");
    ASSERT_FALSE(loaded);
    for (const char* part : {"/volume: ", "kye", "/key: it is a secret; expected secret:NAME",
                             "candour plugin config set servant"})
        EXPECT_NE(loaded.error().message.find(part), std::string::npos) << loaded.error().message;
    EXPECT_EQ(loaded.error().message.find("hunter2"), std::string::npos) << "a secret is not repeated";
    EXPECT_EQ(world.info("servant").standing, Standing::refused);
}

TEST_F(Servant, IsNotStartedWhenASecretIsNotThere) {
    world.configs["servant"] = R"({"key":"secret:other"})";
    const Done loaded = world.load("servant");
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error(), (Error{ErrorCode::not_found, "/key: no such secret"}));
}

TEST_F(Servant, IsStartedAnewWithAnotherConfiguration) {
    start(R"({"volume":1})");
    world.configs["servant"] = R"({"volume":2})";
    EXPECT_EQ(event("config", ""), R"({"volume":1})") << "an instance keeps its own";
    const Done again = world.run(world.registry->restart("servant"));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(event("config", ""), R"({"volume":2})");
    EXPECT_EQ(world.registry->list().size(), 1U);
    world.configs["servant"] = R"({"volume":12})";
    EXPECT_FALSE(world.run(world.registry->restart("servant")));
    EXPECT_EQ(world.info("servant").standing, Standing::refused);
    world.configs["servant"] = "{}";
    EXPECT_TRUE(world.run(world.registry->restart("servant"))) << "and comes back when it was mended";
    EXPECT_EQ(world.run(world.registry->restart("nobody")).error().code, ErrorCode::not_found);
}

TEST_F(Servant, ReachesOnlyWhomItWasGranted) {
    start(R"({"url":"https://hooks.chat.example:8443/secret-path"})");
    EXPECT_EQ(
        event("fetch", R"({"url":"https://api.acme.example/x","method":"POST","headers":{"X-One":"1"}})"),
        R"({"status":302,"headers":{"location":"https://elsewhere.example/"}}body)")
        << "a redirection is an answer like others";
    EXPECT_EQ(world.egress.asked.at(0).headers.at(0).first, "x-one");
    EXPECT_TRUE(event("fetch", R"({"url":"https://hooks.chat.example:8443/y"})").starts_with("{"));
    EXPECT_TRUE(event("fetch", R"({"url":"http://plain.example:8080/"})").starts_with("{"));
    for (const char* other :
         {"https://acme.example/", "https://evilacme.example/", "https://api.acme.example:444/",
          "http://api.acme.example/", "http://plain.example/", "https://plain.example:8080/",
          "https://hooks.chat.example/", "https://elsewhere.example/"})
        EXPECT_TRUE(event("fetch", R"({"url":")" + std::string(other) + R"("})").starts_with("denied: "))
            << other;
    EXPECT_EQ(world.egress.asked.size(), 3U);
}

TEST_F(Servant, IsToldWhatIsWrongWithAFetch) {
    start();
    for (const char* wrong :
         {"[]", "", R"({"url":1})", "{}", R"({"url":"https://a.acme.example","methd":"GET"})",
          R"({"url":"https://a.acme.example","method":"TRACE"})",
          R"({"url":"https://a.acme.example","timeout_ms":60000})",
          R"({"url":"https://a.acme.example","headers":{"Host":"b"}})",
          R"({"url":"https://a.acme.example","headers":{"Proxy-Authorization":"b"}})",
          R"({"url":"https://a.acme.example","headers":{"x":"a\r\nHost: b"}})",
          R"({"url":"https://a.acme.example","headers":{"x y":"b"}})"})
        EXPECT_TRUE(event("fetch", wrong).starts_with("invalid: egress.fetch"))
            << wrong << event("fetch", wrong);
    EXPECT_TRUE(world.egress.asked.empty());
}

TEST_F(Servant, ReadsAFileInPieceByPiece) {
    start();
    std::string text = "first\n\n";
    const std::string longest(190, 'x');
    std::size_t lines = 2;
    for (; text.size() < 2 * flow::kImportPiece; ++lines) text += std::to_string(lines) + longest + "\n";
    text += "last, without an end";
    const Result<flow::FileReport> report = import(text);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->rows, static_cast<std::int64_t>(lines) + 1);
    EXPECT_EQ(report->fresh, static_cast<std::int64_t>(lines));
    EXPECT_EQ(report->refused_rows, 1);
    ASSERT_EQ(report->refused.size(), 1U);
    EXPECT_EQ(report->refused[0].why, "an empty line");
    EXPECT_EQ(world.observations.kept.size(), lines);
    EXPECT_EQ(world.observations.kept.back().about, "last, without an end");
}

TEST_F(Servant, IsNotBelievedWhenItsPiecesDoNotAddUp) {
    start();
    EXPECT_TRUE(import("")) << "a file may be empty";
    EXPECT_EQ(import("greedy").error().code, ErrorCode::internal);
    EXPECT_EQ(
        import("nonsense").error().message,
        "the plugin's reply to a piece: expected a JSON object (0 rows before it were read in and stay)");
    EXPECT_EQ(import("a", "other").error().code, ErrorCode::not_found);
    EXPECT_TRUE(world.observations.kept.empty());
}

TEST_F(Servant, FindsWhatDeservesAttention) {
    start();
    const std::vector<flow::SignalInfo> all = world.registry->signals();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].id, "silence");
    EXPECT_EQ(all[0].trouble, "");
    EXPECT_TRUE(evaluate("acc_1", false)->empty());
    const auto found = evaluate("acc_1", true);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1U);
    EXPECT_EQ((*found)[0].severity, flow::Severity::urgent);
    EXPECT_EQ((*found)[0].evidence, R"([{"view":"relationship.answers","row":7,"note":"the last one"}])");
    const auto broken = evaluate("acc_broken", true);
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::internal) << broken.error().message;
}

TEST(PluginEvents, AreAsTheirSchemaSays) {
    const JsonSchema schema(schemas::json::event_schema_json);
    const core::Instant at = support::ManualClock::kStart;
    const ContactId ada(IdBytes{5});
    const auto problems = [&](const std::string& kind, const std::string& payload) {
        return schema.problems({{"kind", kind}, {"payload", boost::json::parse(payload)}}).size();
    };
    const std::string erased = candour::json::write_contact_erased(ada, at);
    const std::string status = candour::json::write_mail_status(
        {MessageId(IdBytes{1}), "k1", ada, "bounced", "5.1.1", "no such mailbox", at});
    EXPECT_EQ(problems("contact.erased", erased), 0U) << erased;
    EXPECT_EQ(problems("mail.status", status), 0U) << status;
    EXPECT_NE(problems("mail.status", erased), 0U);
    EXPECT_NE(problems("something.else", erased), 0U);
}

}  // namespace
}  // namespace candour::plugin
