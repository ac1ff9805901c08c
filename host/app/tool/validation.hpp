/// `candour plugin validate`: which cases are tried, and what came of them.
#pragma once
#include <functional>
#include <optional>

#include "app/tool/case_runner.hpp"

namespace candour::app::tool {

struct Wish {
    std::filesystem::path plugin;   ///< the folder, its library or its manifest
    int level = 9;                  ///< and all below
    std::vector<std::string> only;  ///< ids, or beginnings of ids; empty: all
    std::uint64_t seed = 1;
    std::chrono::milliseconds patience{45'000};
};

struct Finding {
    Case tried;
    Tried result;
};

struct Validation {
    std::string plugin, version;
    std::vector<Finding> findings;
    std::size_t count(Outcome outcome) const;
};

std::vector<Case> every_case();

/// A plugin's folder, its library or its manifest. Errors: those of the manifest; not_found (no library).
Result<Subject> subject_at(const std::filesystem::path& plugin, std::uint64_t seed);

/// `told` hears of each case as soon as it is tried. Errors: those of the manifest; not_found (no case fits
/// `only`).
Result<Validation> validate(const Wish& wish, const std::function<void(const Finding&)>& told);

/// For continuous integration: one <testcase> per case.
std::string junit_of(const Validation& validation);

}  // namespace candour::app::tool
