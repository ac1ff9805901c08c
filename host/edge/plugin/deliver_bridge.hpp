/// A message becomes a JSON document for the plugin, and its receipt an outcome.
#pragma once
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/job.hpp"
#include "flow/delivery/deliverer.hpp"

namespace candour::plugin {

std::string message_document(const flow::Outgoing& message);

/// A receipt that says nothing clear counts as `unknown`: the message may be with its reader.
flow::Outcome read_receipt(std::string_view json);

/// What an error of the plugin (or about it) means for a message that it was given.
flow::Outcome outcome_of(const Error& error);

/// One call of deliver. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class DeliverWork {
 public:
    DeliverWork(const cdr_deliverer* role, void* self, flow::Outgoing message)
        : role_(role), self_(self), message_(std::move(message)) {}
    void run(Job& job);
    flow::Outcome take() { return std::move(outcome_); }

 private:
    const cdr_deliverer* role_;
    void* self_;
    flow::Outgoing message_;
    flow::Outcome outcome_;
};

}  // namespace candour::plugin
