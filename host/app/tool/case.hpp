/// One thing that a plugin promises, and how it is tried.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "edge/package/library_file.hpp"
#include "edge/plugin/manifest.hpp"

namespace candour::app::tool {

enum class Outcome : std::uint8_t { passed, failed, skipped };

struct Verdict {
    Outcome outcome = Outcome::passed;
    std::string why;  ///< of a failure or a skip; of a pass what is worth knowing, or nothing
};
inline Verdict passed(std::string note = {}) {
    return {Outcome::passed, std::move(note)};
}
inline Verdict failed(std::string why) {
    return {Outcome::failed, std::move(why)};
}
inline Verdict skipped(std::string why) {
    return {Outcome::skipped, std::move(why)};
}

/// What is tried.
struct Subject {
    plugin::Manifest manifest;
    std::string library;  ///< the file's bytes
    std::uint64_t seed = 0;
};

struct Case {
    std::string id;    ///< "load.entry"
    int level = 1;     ///< 1..9, sdk/README.md says what each level asks
    std::string what;  ///< the promise, as a sentence
    /// Runs in a process of its own, so that it may crash, hang and leak as it likes.
    std::function<Verdict(const Subject&)> run;
};

std::vector<Case> file_cases();
std::vector<Case> load_cases();
std::vector<Case> life_cases();
std::vector<Case> host_cases();
std::vector<Case> input_cases();
std::vector<Case> metric_cases();
std::vector<Case> run_cases();
std::vector<Case> worker_cases();

}  // namespace candour::app::tool
