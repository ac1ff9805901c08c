/// What signals keep, and what operators set for plugins, on both databases.
#include "edge/store/signals.hpp"

#include "edge/store/contract/world.hpp"
#include "edge/store/metrics.hpp"
#include "edge/store/plugin_configs.hpp"
#include "flow/signals/rounds.hpp"

namespace candour::store::contract {
namespace {

/// Reports what the test tells it to, and notes at which accounts it was asked.
class ToldSignals final : public flow::Signals {
 public:
    std::vector<flow::SignalInfo> signals() const override {
        return {{"silence", "watcher", "Silence", {"relationship.answers", "contacts", "loop.items"}, {}}};
    }
    flow::Task<Result<std::vector<flow::Finding>>> evaluate(std::string,
                                                            flow::AccountSnapshot snapshot) override {
        asked.push_back(snapshot.account);
        last = std::move(snapshot);
        if (away) co_return Error{ErrorCode::unavailable, "away"};
        co_return findings;
    }
    std::vector<flow::Finding> findings;
    std::vector<std::string> asked;
    flow::AccountSnapshot last;
    bool away = false;
};

class SignalStore : public Contract {
 protected:
    int look() {
        // What metrics copy by contact is what signals see.
        const flow::Lease lease{"host-a", world.clock.now() + 60s};
        EXPECT_TRUE(world.run(metrics.project(lease, *world.run(metrics.horizon()), world.clock.now())));
        signals.asked.clear();
        return *world.run(rounds.look());
    }
    std::vector<flow::FindingRow> list(const flow::FindingQuery& query = {}) {
        return *world.run(store.findings(query));
    }
    static flow::Finding finding(const std::string& key) {
        return {key, flow::Severity::warning, "They cool down", {}, {}, R"([{"note":"three in a row"}])"};
    }
    static core::Day day_of(core::Instant at) {
        return std::chrono::floor<std::chrono::days>(at.time_since_epoch()).count();
    }

    Signals store{world.database};
    Metrics metrics{world.database};
    ToldSignals signals;
    flow::SignalRounds rounds{{store, signals, world.reminder_store, world.clock, &day_of, "host-a"}};
};
INSTANTIATE_TEST_SUITE_P(Store, SignalStore, both(), named);

TEST_P(SignalStore, LooksAtEveryAccountOnceADay) {
    world.customer("ada@example.org");
    EXPECT_EQ(look(), 1);
    EXPECT_EQ(look(), 0) << "nothing happened since";
    world.clock.advance(24h);
    EXPECT_EQ(look(), 1);
}

TEST_P(SignalStore, LooksAgainWhenSomethingHappened) {
    const core::Contact ada = world.customer();
    look();
    core::Observation answer = world.answer(ada, "k1", 2);
    answer.kind = "relationship.answer";
    world.accept({answer});
    world.clock.advance(1min);
    EXPECT_EQ(look(), 1);
    ASSERT_EQ(signals.last.views.size(), 3U);
    const flow::ViewPage& answers = signals.last.views[0].second;
    EXPECT_EQ(answers.columns, (std::vector<std::string>{"seq", "contact", "day", "at", "score", "class"}));
    ASSERT_EQ(answers.rows.size(), 1U);
    EXPECT_EQ(std::get<std::int64_t>(answers.rows[0][4]), 2);
    EXPECT_EQ(std::get<std::string>(answers.rows[0][1]), ada.id.text());
    EXPECT_FALSE(signals.last.views[1].second.rows.empty()) << "the contact is known since";
    EXPECT_EQ(signals.last.views[2].second.rows.size(), 1U) << "the item that was raised";
    EXPECT_EQ(look(), 0);
}

TEST_P(SignalStore, ComesBackToWhomItMissed) {
    world.customer();
    signals.away = true;
    EXPECT_EQ(look(), 0);
    EXPECT_EQ(signals.asked.size(), 1U);
    signals.away = false;
    EXPECT_EQ(look(), 1);
}

TEST_P(SignalStore, KeepsAFindingFromItsFirstReportToItsLast) {
    const core::Contact ada = world.customer();
    signals.findings = {finding("a"), finding("b")};
    look();
    ASSERT_EQ(list().size(), 2U);
    EXPECT_EQ(list()[0].finding.key, "b") << "newest first";
    const core::Instant first = list()[1].first_at;
    world.clock.advance(24h);
    signals.findings = {finding("a")};
    signals.findings[0].title = "They are cold";
    look();
    ASSERT_EQ(list().size(), 1U);
    const flow::FindingRow row = list()[0];
    EXPECT_EQ(row.finding.title, "They are cold");
    EXPECT_EQ(row.finding.severity, flow::Severity::warning);
    EXPECT_EQ(row.finding.evidence, R"([{"note":"three in a row"}])");
    EXPECT_EQ(row.first_at, first);
    EXPECT_EQ(row.last_at, world.clock.now());
    EXPECT_FALSE(core::happened(row.ended_at));
    EXPECT_EQ(row.account, ada.account.text());
    EXPECT_FALSE(row.account_name.empty());
    EXPECT_EQ(list({{}, {}, true}).size(), 2U) << "one of them has ended";
    world.clock.advance(24h);
    signals.findings = {finding("b")};
    look();
    ASSERT_EQ(list().size(), 1U);
    EXPECT_EQ(list()[0].first_at, world.clock.now()) << "it came back, and begins anew";
}

TEST_P(SignalStore, ListsByAccountSignalAndPage) {
    const core::Contact ada = world.customer();
    signals.findings = {finding("a"), finding("b"), finding("c")};
    look();
    EXPECT_EQ(list({ada.account.text(), "silence"}).size(), 3U);
    EXPECT_TRUE(list({"acc_other", {}}).empty());
    EXPECT_TRUE(list({{}, "other"}).empty());
    const auto page = list({{}, {}, false, 0, 2});
    ASSERT_EQ(page.size(), 2U);
    const auto next = list({{}, {}, false, page[1].number, 2});
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next[0].finding.key, "a");
}

TEST_P(SignalStore, KnowsWhichAccountItWasAsked) {
    EXPECT_EQ(world.run(rounds.look_at("acc_nobody")).error().code, ErrorCode::not_found);
    const core::Contact ada = world.customer();
    EXPECT_EQ(*world.run(rounds.look_at(ada.account.text())), 1);
    EXPECT_EQ(signals.last.account, ada.account.text());
}

class PluginConfigStore : public Contract {
 protected:
    Result<flow::PluginConfig> set(const std::string& document, std::int64_t seen,
                                   const std::string& plugin = "acme") {
        return world.run(
            store.set({plugin, document, seen, "tea_1", world.clock.now()}, {"tea_1", "Tea", ""}));
    }
    PluginConfigs store{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, PluginConfigStore, both(), named);

TEST_P(PluginConfigStore, CountsVersionsAndRefusesAStaleOne) {
    EXPECT_TRUE(world.run(store.all())->empty());
    EXPECT_EQ(set(R"({"a":1})", 0)->version, 1);
    EXPECT_EQ(set(R"({"a":2})", 0).error().code, ErrorCode::conflict);
    EXPECT_EQ(set(R"({"a":3})", 1)->version, 2);
    EXPECT_EQ(set(R"({"a":4})", 1).error().code, ErrorCode::conflict);
    EXPECT_TRUE(set("{}", 0, "other"));
    const auto all = world.run(store.all());
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].document, R"({"a":3})");
    EXPECT_EQ((*all)[0].set_by, "tea_1");
    EXPECT_EQ((*all)[0].set_at, world.clock.now());
}

}  // namespace
}  // namespace candour::store::contract
