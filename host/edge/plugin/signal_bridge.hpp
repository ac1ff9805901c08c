/// An account's snapshot on its way to a signal, and the findings on their way back.
#pragma once
#include <string>
#include <vector>

#include "candour/abi.h"
#include "edge/plugin/job.hpp"
#include "flow/signals/signals.hpp"

namespace candour::plugin {

/// "A signal" of sdk/README.md.
std::string snapshot_document(const flow::AccountSnapshot& snapshot);

/// Errors: internal, with what is wrong: it is the plugin's fault.
Result<std::vector<flow::Finding>> read_findings(std::string_view document);

class SignalWork {
 public:
    SignalWork(const cdr_signal* role, void* self, std::string signal, const flow::AccountSnapshot& snapshot)
        : role_(role), self_(self), signal_(std::move(signal)), snapshot_(snapshot_document(snapshot)) {}
    void run(Job& job);
    Result<std::vector<flow::Finding>> take() { return std::move(findings_); }

 private:
    const cdr_signal* role_;
    void* self_;
    std::string signal_;
    std::string snapshot_;
    Result<std::vector<flow::Finding>> findings_;
};

}  // namespace candour::plugin
