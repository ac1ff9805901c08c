#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"

namespace candour::store::contract {
namespace {

class PluginStore : public Contract {
 protected:
    Result<std::uint64_t> put(const std::string& value, std::uint64_t expected, std::chrono::seconds ttl = 0s,
                              const std::string& plugin = "surveys") {
        return world.run(world.plugin_state.put(plugin, "key", value, expected, ttl));
    }
    Result<flow::KvEntry> get(const std::string& plugin = "surveys") {
        return world.run(world.plugin_state.get(plugin, "key"));
    }
    std::vector<flow::PluginTimer> due() {
        return *world.run(world.plugin_state.claim_due_timers(world.clock.now(), 10));
    }
    flow::PluginTimer timer(const std::string& id, std::chrono::microseconds in,
                            std::chrono::microseconds period = 0us) {
        return {"surveys", id, world.clock.now() + in, period, "payload of " + id};
    }
    void want(const std::string& plugin, std::vector<std::string> kinds) {
        ASSERT_TRUE(world.run(world.plugin_state.want_events(plugin, std::move(kinds))));
    }
    /// "plugin kind payload" of each event that waits in the journal.
    std::vector<std::string> events() {
        world.clock.advance(11s);
        std::vector<std::string> all;
        const auto jobs = world.run(world.journal.take_pending(world.clock.now(), 10));
        for (const flow::PendingJob& job : jobs.value_or({}))
            all.push_back(job.request.plugin + " " + job.request.event + " " + job.request.payload);
        return all;
    }
    void set(const flow::PluginTimer& one) { EXPECT_TRUE(world.run(world.plugin_state.set_timer(one))); }
};
INSTANTIATE_TEST_SUITE_P(Store, PluginStore, both(), named);

TEST_P(PluginStore, CountsVersionsFromOneAndRefusesAStaleOne) {
    EXPECT_EQ(*put("a", 0), 1U);
    EXPECT_EQ(*put("b", 1), 2U);
    const auto stale = put("c", 1);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, ErrorCode::conflict);
    EXPECT_EQ(put("c", 0).error().code, ErrorCode::conflict) << "0 means that it must not exist yet";
    EXPECT_EQ(get()->value, "b");
    EXPECT_EQ(get()->version, 2U);
    EXPECT_EQ(*put("d", flow::kAnyVersion), 3U);
}

TEST_P(PluginStore, KeepsAnyBytes) {
    std::string every;
    for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
    for (const std::string& value : {std::string(), std::string("\0", 1), std::string("a\0b", 3), every,
                                     std::string("\xff\xfe"), every + "="}) {
        ASSERT_TRUE(put(value, flow::kAnyVersion));
        EXPECT_EQ(get()->value, value) << "of " << value.size() << " bytes";
    }
}

TEST_P(PluginStore, ForgetsWhatHasExpired) {
    ASSERT_TRUE(put("a", 0, 60s));
    world.clock.advance(59s);
    EXPECT_TRUE(get());
    world.clock.advance(1s);
    EXPECT_EQ(get().error().code, ErrorCode::not_found);
    EXPECT_EQ(*put("b", 0), 1U) << "it counts as new";
    world.clock.advance(24h);
    EXPECT_EQ(get()->value, "b");
}

TEST_P(PluginStore, ReadsKeysUnderAPrefixInPages) {
    const auto keep = [this](const std::string& key, std::chrono::seconds ttl = 0s,
                             const std::string& plugin = "surveys") {
        ASSERT_TRUE(world.run(world.plugin_state.put(plugin, key, "of " + key, 0, ttl)));
    };
    const auto scan = [this](const std::string& prefix, const std::string& after, int limit) {
        const auto page = world.run(world.plugin_state.scan("surveys", prefix, after, limit));
        std::string keys;
        for (const auto& [key, entry] : page->entries) {
            EXPECT_EQ(entry.value, "of " + key);
            keys += key + " ";
        }
        return keys + "| " + page->next;
    };
    for (const char* key : {"b", "B", "a/2", "a/1", "a/10", "a/\u00e9", "a/z", "a0"}) keep(key);
    keep("a/3", 0s, "another plugin");
    keep("a/4", 60s);
    EXPECT_EQ(scan("a/", "", 2), "a/1 a/10 | a/10") << "by bytes";
    EXPECT_EQ(scan("a/", "a/10", 100), "a/2 a/4 a/z a/\u00e9 | ");
    EXPECT_EQ(scan("", "", 100), "B a/1 a/10 a/2 a/4 a/z a/\u00e9 a0 b | ");
    EXPECT_EQ(scan("a/\u00e9", "", 1), "a/\u00e9 | a/\u00e9");
    EXPECT_EQ(scan("a/", "b", 100), "| ");
    world.clock.advance(60s);
    EXPECT_EQ(scan("a/", "a/10", 2), "a/2 a/z | a/z") << "what has expired is gone";
}

TEST_P(PluginStore, EndsAPageOfValuesAfterAMebibyte) {
    for (const char* key : {"1", "2", "3"})
        ASSERT_TRUE(world.run(world.plugin_state.put("surveys", key, std::string(600 * 1024, 'v'), 0, 0s)));
    const auto page = world.run(world.plugin_state.scan("surveys", "", "", 100));
    EXPECT_EQ(page->entries.size(), 2U);
    EXPECT_EQ(page->next, "2");
}

TEST_P(PluginStore, GivesEveryPluginASpaceOfItsOwn) {
    ASSERT_TRUE(put("mine", 0));
    EXPECT_EQ(get("mail").error().code, ErrorCode::not_found);
    ASSERT_TRUE(put("yours", 0, 0s, "mail"));
    EXPECT_EQ(get()->value, "mine");
}

TEST_P(PluginStore, ErasesTheVersionThatWasSeen) {
    ASSERT_TRUE(put("a", 0));
    EXPECT_EQ(world.run(world.plugin_state.erase("surveys", "key", 7)).error().code, ErrorCode::conflict);
    EXPECT_TRUE(world.run(world.plugin_state.erase("surveys", "key", 1)));
    EXPECT_FALSE(get());
    EXPECT_EQ(world.run(world.plugin_state.erase("surveys", "key", flow::kAnyVersion)).error().code,
              ErrorCode::not_found);
}

TEST_P(PluginStore, LetsOneOfTwoHostsCreateAKey) {
    Database other_database(world.io, world.target);
    PluginState other(other_database, world.clock);
    for (int i = 0; i < 20; ++i) {
        const std::string key = "contested " + std::to_string(i);
        int answers = 0, created = 0;
        const auto keep = [&](std::exception_ptr, Result<std::uint64_t> version) {
            ++answers;
            created += version ? 1 : 0;
        };
        boost::asio::co_spawn(world.io, world.plugin_state.put("surveys", key, "mine", 0, 0s), keep);
        boost::asio::co_spawn(world.io, other.put("surveys", key, "yours", 0, 0s), keep);
        ASSERT_TRUE(support::eventually(world.io, [&] { return answers == 2; }));
        EXPECT_EQ(created, 1) << key;
    }
}

TEST_P(PluginStore, HandsOutDueTimersOldestFirstUnderALease) {
    set(timer("late", 20s));
    set(timer("early", 10s));
    set(timer("future", 1h));
    EXPECT_TRUE(due().empty());
    world.clock.advance(20s);
    const auto timers = due();
    ASSERT_EQ(timers.size(), 2U);
    EXPECT_EQ(timers[0].id, "early");
    EXPECT_EQ(timers[1].id, "late");
    EXPECT_EQ(timers[1].payload, "payload of late");
    EXPECT_TRUE(due().empty()) << "leased";
    ASSERT_TRUE(world.run(world.plugin_state.timer_fired(timers[0])));
    world.clock.advance(61s);
    ASSERT_EQ(due().size(), 1U) << "whoever took the second one died";
}

TEST_P(PluginStore, MovesAPeriodicTimerAndDropsTheOthers) {
    set(timer("once", 10s));
    set(timer("hourly", 10s, 1h));
    world.clock.advance(10s);
    for (const flow::PluginTimer& one : due()) ASSERT_TRUE(world.run(world.plugin_state.timer_fired(one)));
    world.clock.advance(1h - 1s);
    EXPECT_TRUE(due().empty());
    world.clock.advance(1s);
    ASSERT_EQ(due().size(), 1U);
}

TEST_P(PluginStore, KeepsATimerThatWasSetAnewWhileItFired) {
    set(timer("again", 10s));
    world.clock.advance(10s);
    const auto fired = due();
    set(timer("again", 30s));
    ASSERT_TRUE(world.run(world.plugin_state.timer_fired(fired.front())));
    world.clock.advance(30s);
    EXPECT_EQ(due().size(), 1U);
    ASSERT_TRUE(world.run(world.plugin_state.clear_timer("surveys", "again")));
    world.clock.advance(1h);
    EXPECT_TRUE(due().empty());
}

TEST_P(PluginStore, TellsOfAnErasureWhomItConcernsAndNobodyOfADryRun) {
    want("surveys", {"contact.erased", "mail.status"});
    want("chat", {"contact.erased"});
    want("mail", {"mail.status"});
    want("gone", {"contact.erased"});
    want("gone", {});
    const core::Contact ada = world.customer();
    Directory directory(world.database);
    ASSERT_TRUE(world.run(directory.erase(ada.id.text(), {}, world.clock.now(), true)));
    EXPECT_TRUE(events().empty());
    ASSERT_TRUE(world.run(directory.erase(ada.id.text(), {}, world.clock.now(), false)));
    const std::vector<std::string> told = events();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].find("chat contact.erased {"), 0U) << told[0];
    EXPECT_EQ(told[1].find("surveys contact.erased {"), 0U) << told[1];
    EXPECT_NE(told[0].find(ada.id.text()), std::string::npos);
    EXPECT_EQ(told[0].find("example.org"), std::string::npos) << "an id, and nothing of the person";
}

TEST_P(PluginStore, TellsASenderWhatBecameOfItsMailAndNobodyElse) {
    want("surveys", {"mail.status"});
    want("chat", {"mail.status"});
    const core::Contact ada = world.customer();
    const auto sent = world.run(world.outbox.send({"surveys", "invite-1", ada.id, R"({"subject":"Hello"})"}));
    ASSERT_TRUE(sent) << sent.error().message;
    const auto due = world.claim();
    ASSERT_EQ(due.size(), 1U);
    world.hand_over(due[0]);
    const std::vector<std::string> told = events();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].find("surveys mail.status {"), 0U) << told[0];
    for (const std::string& part : {std::string(R"("key":"invite-1")"),
                                    std::string(R"("status":"handed_over")"), sent->text(), ada.id.text()})
        EXPECT_NE(told[0].find(part), std::string::npos) << told[0];
}

}  // namespace
}  // namespace candour::store::contract
