/// The commands of the loop as people give them: on an item as they saw it, in their own name, now.
#pragma once
#include <memory>
#include <string>

#include "core/policies.hpp"
#include "flow/clock.hpp"
#include "flow/loop/item_store.hpp"

namespace candour::flow {

/// Which item, who says so, and the version they had before their eyes.
struct Command {
    ItemRef item;
    std::string actor;
    int seen_version = 0;
};

class Loop {
 public:
    Loop(ItemStore& items, const Clock& clock, std::shared_ptr<const core::Policies> policies)
        : items_(items), clock_(clock), policies_(std::move(policies)) {}

    /// All of them: errors conflict (stale version, or the step does not follow), not_found, invalid.
    Task<Result<core::Item>> hear(Command command, std::string text, bool mail);
    Task<Result<core::Item>> decide(Command command, core::Decision decision);
    Task<Result<core::Item>> change(Command command, std::string text, std::string link,
                                    core::FailureTexts failure = {});
    /// The closing message leaves after the undo window, or without one.
    Task<Result<core::Item>> tell(Command command, bool at_once = false);
    Task<Result<core::Item>> cancel_tell(Command command);
    Task<Result<core::Item>> tell_in_person(Command command, core::Conversation conversation);
    Task<Result<core::Item>> record_conversation(Command command, core::Conversation conversation);
    Task<Result<core::Item>> dismiss(Command command, core::Dismissal reason, std::string note);
    Task<Result<core::Item>> abandon(Command command, std::string reason);
    Task<Result<core::Item>> reopen(Command command, std::string reason);
    /// What a reply means that nobody has judged yet.
    Task<Result<core::Item>> no_objection(Command command);
    Task<Result<core::Item>> objected(Command command, std::string note);
    Task<Result<core::Item>> note(Command command, std::string text);
    Task<Result<core::Item>> mark_failure(Command command, bool ours, std::string note);
    /// `owner` is a teammate's id; whether there is one of that id is the caller's to know.
    Task<Result<core::Item>> hand_on(Command command, std::string owner, std::string note);

 private:
    using Rule = std::function<Result<core::Step>(const core::Item&, const core::Act&)>;
    Task<Result<core::Item>> give(Command command, Rule rule);
    core::SegmentPolicy policy_of(const core::Item& item) const;

    ItemStore& items_;
    const Clock& clock_;
    std::shared_ptr<const core::Policies> policies_;
};

}  // namespace candour::flow
