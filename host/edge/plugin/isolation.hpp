/// Where the code of a plugin runs: in the host, in a process of its own, or in one that the kernel fences
/// in.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "core/names.hpp"
#include "edge/plugin/manifest.hpp"

namespace candour::plugin {

enum class Mode : std::uint8_t { in_process, worker, sandbox };

inline constexpr core::NameTable<Mode, 3> kModes{{
    {Mode::in_process, "in_process"},
    {Mode::worker, "worker"},
    {Mode::sandbox, "sandbox"},
}};

/// How often a worker may die before it is left alone. More often than a job is tried, so that one job that
/// kills its plugin is dead-lettered before the plugin is given up.
struct Supervision {
    std::size_t most_deaths = 12;
    std::chrono::milliseconds within{std::chrono::minutes{10}};
    std::chrono::milliseconds first_pause{100};  ///< twice as long after each further death
    std::chrono::milliseconds longest_pause{15'000};
};

struct Isolation {
    Mode usual = Mode::in_process;
    std::filesystem::path
        own_folder;                 ///< plugins directly below it came with the host; empty: there are none
    std::set<std::string> trusted;  ///< ids of others that the installation runs in process
    bool allow_degraded = false;    ///< a sandbox that lacks a layer is better than no plugin
    std::filesystem::path program;  ///< candour-worker
    Supervision supervision;

    Mode mode_of(const Manifest& manifest) const {
        if (trusted.contains(manifest.id)) return Mode::in_process;
        const auto folder = manifest.library.parent_path().parent_path();
        const bool own = !own_folder.empty() && folder.lexically_normal() == own_folder.lexically_normal();
        return own ? Mode::in_process : usual;
    }
};

}  // namespace candour::plugin
