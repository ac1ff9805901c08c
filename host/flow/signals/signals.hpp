/// What signals of running plugins find at an account, and on what it rests.
#pragma once
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/metrics/fact.hpp"
#include "core/names.hpp"
#include "flow/metrics/views.hpp"
#include "flow/task.hpp"

namespace candour::flow {

enum class Severity : std::uint8_t { notice, warning, urgent };
inline constexpr core::NameTable<Severity, 3> kSeverities{{
    {Severity::notice, "notice"},
    {Severity::warning, "warning"},
    {Severity::urgent, "urgent"},
}};

struct SignalInfo {
    std::string id;
    std::string plugin;
    std::string name;
    std::vector<std::string> inputs;  ///< views that stand in the snapshot
    std::string trouble;              ///< why it does not run; empty: it does
};

/// What is known of one account as of a day, without names or words of people.
struct AccountSnapshot {
    std::string account;
    std::string segment;
    std::int64_t annual_revenue = -1;  ///< -1: not known
    core::Day as_of = 0;
    std::vector<std::pair<std::string, ViewPage>> views;  ///< by the name of the view, with all its rows
};

struct Finding {
    std::string key;  ///< the same: the same finding, reported again
    Severity severity = Severity::notice;
    std::string title;
    std::string detail;
    std::string contact;   ///< of whom it speaks; empty: of the account
    std::string evidence;  ///< JSON
};

class Signals {
 public:
    virtual ~Signals() = default;
    /// Each id once: the plugin that came first has it.
    virtual std::vector<SignalInfo> signals() const = 0;
    /// Errors: not_found, unavailable; internal when what came back fits no schema.
    virtual Task<Result<std::vector<Finding>>> evaluate(std::string signal, AccountSnapshot snapshot) = 0;
};

}  // namespace candour::flow
