#include "edge/store/plugin_state.hpp"

#include "candour_queries.hpp"
#include "crypto/base64.hpp"

namespace candour::store {
namespace {

std::uint64_t current_version(Session& session, const std::string& plugin, const std::string& key,
                              core::Instant now) {
    long long version = 0;
    Call call = session.call(sql::plugin_state::kv_version);
    call.with("plugin", plugin).with("key", key).with("now", now).into(version);
    return call.next() ? static_cast<std::uint64_t>(version) : 0;
}

Done check_version(const std::string& key, std::uint64_t expected, std::uint64_t found) {
    if (expected == flow::kAnyVersion || expected == found) return done();
    return Error{ErrorCode::conflict, "key " + key + ": expected version " + std::to_string(expected) +
                                          ", found " + std::to_string(found)};
}

/// False when somebody wrote that version first.
bool write_entry(Session& session, const std::string& plugin, const std::string& key,
                 const std::string& value, std::uint64_t version, std::chrono::seconds ttl,
                 core::Instant now) {
    return session.call(sql::plugin_state::kv_put)
               .with("plugin", plugin)
               .with("key", key)
               // Values are any bytes; PostgreSQL's TEXT takes neither NUL nor what is not UTF-8.
               .with("value", crypto::to_base64(value))
               .with("version", static_cast<std::int64_t>(version))
               .with("expires_at", ttl.count() == 0 ? core::kNever : now + ttl)
               .with("now", now)
               .run() == 1;
}

/// A page of values ends here: it crosses the border as one text.
constexpr std::size_t kPageOfValues = 1024 * 1024;

flow::KvPage page_of(Session& session, const std::string& plugin, const std::string& prefix,
                     const std::string& after, int limit, core::Instant now) {
    flow::KvPage page;
    std::string key, value;
    long long version = 0;
    std::size_t bytes = 0;
    Call call = session.call(sql::plugin_state::kv_scan);
    call.with("plugin", plugin).with("prefix", prefix).with("after", after).with("now", now);
    call.with("limit", limit).into(key).into(value).into(version);
    // Sorted by key: behind the first one without the prefix there is none with it.
    while (call.next() && key.starts_with(prefix)) {
        flow::KvEntry entry{crypto::from_base64(value), static_cast<std::uint64_t>(version)};
        bytes += entry.value.size();
        page.entries.emplace_back(key, std::move(entry));
        if (page.entries.size() < static_cast<std::size_t>(limit) && bytes < kPageOfValues) continue;
        page.next = key;
        break;
    }
    return page;
}

std::vector<flow::PluginTimer> due_timers(Session& session, core::Instant now, int limit) {
    flow::PluginTimer timer;
    long long due = 0, period = 0;
    Call call = session.call(sql::plugin_state::due_timers);
    call.with("now", now).with("limit", limit);
    call.into(timer.plugin).into(timer.id).into(due).into(period).into(timer.payload);
    std::vector<flow::PluginTimer> timers;
    while (call.next()) {
        timer.due = core::from_us(due);
        timer.period = std::chrono::microseconds(period);
        timers.push_back(timer);
    }
    return timers;
}

}  // namespace

flow::Task<Result<flow::KvEntry>> PluginState::get(std::string plugin, std::string key) {
    std::function<Result<flow::KvEntry>(Session&)> work =
        [=, now = clock_.now()](Session& session) -> Result<flow::KvEntry> {
        std::string value;
        long long version = 0;
        Call call = session.call(sql::plugin_state::kv_get);
        call.with("plugin", plugin).with("key", key).with("now", now).into(value).into(version);
        if (!call.next()) return Error{ErrorCode::not_found, "there is no key \"" + key + "\""};
        return flow::KvEntry{crypto::from_base64(value), static_cast<std::uint64_t>(version)};
    };
    auto pending = database_.read<flow::KvEntry>(std::move(work));
    Result<flow::KvEntry> entry = co_await std::move(pending);
    co_return entry;
}

flow::Task<Result<std::uint64_t>> PluginState::put(std::string plugin, std::string key, std::string value,
                                                   std::uint64_t expected, std::chrono::seconds ttl) {
    return database_.write<std::uint64_t>([=, now = clock_.now()](Session& session) -> Result<std::uint64_t> {
        // Twice, because another host may create the key between our look and our write.
        for (int tries = 0; tries < 2; ++tries) {
            const std::uint64_t found = current_version(session, plugin, key, now);
            if (Done version = check_version(key, expected, found); !version) return version.error();
            if (write_entry(session, plugin, key, value, found + 1, ttl, now)) return found + 1;
        }
        return Error{ErrorCode::conflict, "key " + key + ": somebody was faster"};
    });
}

flow::Task<Done> PluginState::erase(std::string plugin, std::string key, std::uint64_t expected) {
    return database_.write<Nothing>([=, now = clock_.now()](Session& session) -> Done {
        const std::uint64_t found = current_version(session, plugin, key, now);
        if (found == 0) return Error{ErrorCode::not_found, "there is no key \"" + key + "\""};
        if (Done version = check_version(key, expected, found); !version) return version;
        session.call(sql::plugin_state::kv_erase).with("plugin", plugin).with("key", key).run();
        return done();
    });
}

flow::Task<Result<flow::KvPage>> PluginState::scan(std::string plugin, std::string prefix, std::string after,
                                                   int limit) {
    return database_.read<flow::KvPage>([=, now = clock_.now()](Session& session) {
        return Result<flow::KvPage>(page_of(session, plugin, prefix, after, limit, now));
    });
}

flow::Task<Done> PluginState::set_timer(flow::PluginTimer timer) {
    return database_.write<Nothing>([timer](Session& session) {
        session.call(sql::plugin_state::set_timer)
            .with("plugin", timer.plugin)
            .with("id", timer.id)
            .with("due_at", timer.due)
            .with("period_us", timer.period.count())
            .with("payload", timer.payload)
            .run();
        return done();
    });
}

flow::Task<Done> PluginState::clear_timer(std::string plugin, std::string id) {
    return database_.write<Nothing>([=](Session& session) {
        session.call(sql::plugin_state::clear_timer).with("plugin", plugin).with("id", id).run();
        return done();
    });
}

flow::Task<Result<std::vector<flow::PluginTimer>>> PluginState::claim_due_timers(core::Instant now,
                                                                                 int limit) {
    using Timers = std::vector<flow::PluginTimer>;
    return database_.write<Timers>([now, limit](Session& session) {
        Timers timers = due_timers(session, now, limit);
        for (const flow::PluginTimer& timer : timers)
            session.call(sql::plugin_state::lease_timer)
                .with("until", now + std::chrono::minutes(1))
                .with("plugin", timer.plugin)
                .with("id", timer.id)
                .run();
        return Result<Timers>(std::move(timers));
    });
}

flow::Task<Done> PluginState::timer_fired(flow::PluginTimer timer) {
    return database_.write<Nothing>([timer](Session& session) {
        Call call = session.call(timer.period.count() == 0 ? sql::plugin_state::finish_timer
                                                           : sql::plugin_state::next_period);
        call.with("plugin", timer.plugin).with("id", timer.id).with("due_at", timer.due);
        if (timer.period.count() != 0) call.with("next_due", timer.due + timer.period);
        call.run();
        return done();
    });
}

flow::Task<Done> PluginState::want_events(std::string plugin, std::vector<std::string> kinds) {
    return database_.write<Nothing>([plugin = std::move(plugin), kinds = std::move(kinds)](Session& session) {
        session.call(sql::plugin_state::forget_wanted).with("plugin", plugin).run();
        for (const std::string& kind : kinds)
            session.call(sql::plugin_state::want_event).with("plugin", plugin).with("kind", kind).run();
        return done();
    });
}

}  // namespace candour::store
