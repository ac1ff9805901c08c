/// What was sent, what became of it, and bounces that come back later.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/delivery/message.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// A copy of what was sent, as its reader got it.
struct SentCopy {
    MessageId id;
    std::string recipient;
    std::string subject;
    std::string content;
    core::Instant at;
    core::MessageState state = core::MessageState::handed_over;
};

/// A message of an item and how it fared.
struct MessageRow {
    MessageId id;
    core::MessageKind kind = core::MessageKind::closing;
    std::string channel;
    core::MessageState state = core::MessageState::queued;
    int round = 1;
    int attempts = 0;
    core::Instant created_at;
    core::Instant handed_over_at;
    std::string last_fate;
    int last_code = 0;
    std::string last_detail;
};

class Mailbook {
 public:
    virtual ~Mailbook() = default;
    /// Newest first; with an id just that one.
    virtual Task<Result<std::vector<SentCopy>>> copies(std::string id, int limit) = 0;
    virtual Task<Result<std::vector<MessageRow>>> of_item(ItemId item) = 0;
    /// Receipt, suppression when the address is dead, and the item's step. The same bounce twice is one.
    /// Errors: not_found, conflict when it was never handed over.
    virtual Task<Done> bounced(MessageId id, std::string status, std::string detail) = 0;
};

}  // namespace candour::flow
