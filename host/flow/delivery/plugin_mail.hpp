/// Mail that a plugin asks for: words of the plugin in the host's layout, through the durable outbox.
#pragma once
#include <string>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/task.hpp"

namespace candour::flow {

struct PluginMailRequest {
    std::string plugin;
    std::string key;  ///< idempotency key within the plugin: the same key is the same message
    ContactId contact;
    std::string document;  ///< schemas/json/message.schema.json: subject and blocks
    core::Instant not_before = core::kNever;
};

class PluginMail {
 public:
    virtual ~PluginMail() = default;
    /// Durable when it returns. Errors: not_found (contact), invalid (no address, bad document).
    virtual Task<Result<MessageId>> send(PluginMailRequest request) = 0;
};

}  // namespace candour::flow
