/// Links that customers hold: which message one belongs to, and whether it still works.
#pragma once
#include <string>
#include <vector>

#include "core/delivery/message.hpp"
#include "core/instant.hpp"
#include "flow/ingest/collectors.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// The message row behind a token, with the facts its purpose allows.
struct Link {
    Subject subject;
    std::string plugin;  ///< survey links: who answers
    ItemId item;         ///< loop links
    core::MessageKind kind = core::MessageKind::invitation;
    std::string purpose;
    core::Instant expires_at;
    core::Instant revoked_at;
};

/// A link that nobody is mailed: a personal survey link to pass on by hand.
struct NewLink {
    MessageId id;
    std::string plugin;
    std::string about;
    ContactId contact;
    core::Instant now;
};

/// How long one of us may try a survey by the link that they were sent.
inline constexpr std::chrono::hours kTestLifetime{14 * 24};

/// A mail to one of us with a link to a survey that they want to try: nothing that comes of it is kept.
struct TestLink {
    MessageId id;
    std::string plugin;
    std::string about;
    std::string to;        ///< a teammate's address or id
    TeammateId alone;      ///< nobody else may be written to; empty: any teammate
    std::string document;  ///< the words of the mail (JSON)
    core::Instant now;
};

class LinkStore {
 public:
    virtual ~LinkStore() = default;
    /// Errors: not_found.
    virtual Task<Result<Link>> find(MessageId id) = 0;
    virtual Task<Done> create(NewLink link) = 0;
    /// The address that it goes to. Errors: not_found (none of us), invalid (somebody else than `alone`).
    virtual Task<Result<std::string>> send_test(TestLink link) = 0;
    virtual Task<Done> revoke(MessageId id, core::Instant now) = 0;
    /// The message whose link shows this item's page to its contact; empty when nobody was ever written to.
    virtual Task<Result<MessageId>> page_of(ItemId item) = 0;
    /// By when somebody will say what was heard; kNever once it was said, or when nobody will.
    virtual Task<Result<core::Instant>> hear_due(ItemId item) = 0;
};

}  // namespace candour::flow
