/// What a plugin may remember: versioned keys and durable timers, each plugin in a space of its own; and
/// which events it wants to hear of.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct KvEntry {
    std::string value;
    std::uint64_t version = 0;  ///< 1 on the first put, +1 on each
};

/// Entries under a prefix, by key.
struct KvPage {
    std::vector<std::pair<std::string, KvEntry>> entries;
    std::string next;  ///< the last key; empty: there is no more
};

/// `put` and `erase` with this version do not compare.
inline constexpr std::uint64_t kAnyVersion = ~std::uint64_t{0};

struct PluginTimer {
    std::string plugin;
    std::string id;
    core::Instant due;
    std::chrono::microseconds period{0};  ///< 0: fires once
    std::string payload;
};

class PluginState {
 public:
    virtual ~PluginState() = default;
    /// Errors: not_found (absent or expired).
    virtual Task<Result<KvEntry>> get(std::string plugin, std::string key) = 0;
    /// `expected` 0 means "must not exist yet". Returns the new version. Errors: conflict (somebody was
    /// faster).
    virtual Task<Result<std::uint64_t>> put(std::string plugin, std::string key, std::string value,
                                            std::uint64_t expected, std::chrono::seconds ttl) = 0;
    /// Errors: not_found, conflict.
    virtual Task<Done> erase(std::string plugin, std::string key, std::uint64_t expected) = 0;
    /// What lies behind `after` (empty: from the beginning), at most `limit` entries and one more value past
    /// a mebibyte.
    virtual Task<Result<KvPage>> scan(std::string plugin, std::string prefix, std::string after,
                                      int limit) = 0;

    virtual Task<Done> set_timer(PluginTimer timer) = 0;
    virtual Task<Done> clear_timer(std::string plugin, std::string id) = 0;
    /// Due timers, oldest first, leased for a minute so that two hosts do not fire one twice.
    virtual Task<Result<std::vector<PluginTimer>>> claim_due_timers(core::Instant now, int limit) = 0;
    /// The plugin handled it: a periodic timer moves to its next instant, the others go.
    virtual Task<Done> timer_fired(PluginTimer timer) = 0;

    /// From now on it hears of these kinds, and of no others; also of what happens while it is away.
    virtual Task<Done> want_events(std::string plugin, std::vector<std::string> kinds) = 0;
};

}  // namespace candour::flow
