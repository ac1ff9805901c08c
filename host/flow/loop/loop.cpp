#include "flow/loop/loop.hpp"

#include <charconv>

#include "crypto/id_source.hpp"

namespace candour::flow {

Result<ItemRef> ItemRef::parse(std::string_view text) {
    if (const auto id = ItemId::parse(text)) return ItemRef{*id, 0};
    const bool alias = text.size() > 3 && (text.starts_with("LP-") || text.starts_with("lp-"));
    std::int64_t number = 0;
    if (alias) {
        const std::string_view digits = text.substr(3);
        const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (failure == std::errc() && end == digits.data() + digits.size() && number > 0)
            return ItemRef{{}, number};
    }
    return Error{ErrorCode::invalid,
                 "item: expected an id such as itm_… or an alias such as LP-187, found \"" +
                     std::string(text.substr(0, 60)) + "\""};
}

core::SegmentPolicy Loop::policy_of(const core::Item& item) const {
    return policies_->of(core::value_of(core::kSegments, item.segment).value_or(core::Segment::unclassified));
}

Task<Result<core::Item>> Loop::give(Command command, Rule rule) {
    const core::Act act{command.actor, clock_.now()};
    Decide decide = [seen = command.seen_version, act,
                     rule = std::move(rule)](const core::Item& item) -> Result<core::Step> {
        if (!core::as_seen(item, seen)) return core::stale_version(item.id, seen, item.version);
        return rule(item, act);
    };
    auto pending = items_.advance(command.item, std::move(decide));
    Result<core::Item> item = co_await std::move(pending);
    co_return item;
}

Task<Result<core::Item>> Loop::hear(Command command, std::string text, bool mail) {
    const MessageId message = mail ? crypto::new_id<MessageId>(clock_.now()) : MessageId();
    return give(std::move(command), [text, message](const core::Item& item, const core::Act& act) {
        return core::hear(item, act, text, message);
    });
}

Task<Result<core::Item>> Loop::decide(Command command, core::Decision decision) {
    return give(std::move(command), [decision](const core::Item& item, const core::Act& act) {
        return core::decide(item, act, decision);
    });
}

Task<Result<core::Item>> Loop::change(Command command, std::string text, std::string link,
                                      core::FailureTexts failure) {
    return give(std::move(command), [text, link, failure](const core::Item& item, const core::Act& act) {
        return core::change(item, act, text, link, failure);
    });
}

Task<Result<core::Item>> Loop::tell(Command command, bool at_once) {
    const MessageId message = crypto::new_id<MessageId>(clock_.now());
    return give(std::move(command), [message, undo = at_once ? std::chrono::seconds(0) : policies_->undo](
                                        const core::Item& item, const core::Act& act) {
        return core::tell(item, act, message, act.at + undo);
    });
}

Task<Result<core::Item>> Loop::cancel_tell(Command command) {
    return give(std::move(command), core::cancel_tell);
}

Task<Result<core::Item>> Loop::tell_in_person(Command command, core::Conversation conversation) {
    return give(std::move(command), [this, conversation](const core::Item& item, const core::Act& act) {
        return core::tell_in_person(item, act, conversation, policy_of(item).evidence);
    });
}

Task<Result<core::Item>> Loop::record_conversation(Command command, core::Conversation conversation) {
    return give(std::move(command), [this, conversation](const core::Item& item, const core::Act& act) {
        return core::record_conversation(item, act, conversation, policy_of(item).evidence);
    });
}

Task<Result<core::Item>> Loop::dismiss(Command command, core::Dismissal reason, std::string note) {
    return give(std::move(command), [reason, note](const core::Item& item, const core::Act& act) {
        return core::dismiss(item, act, reason, note);
    });
}

Task<Result<core::Item>> Loop::abandon(Command command, std::string reason) {
    return give(std::move(command), [reason](const core::Item& item, const core::Act& act) {
        return core::abandon(item, act, reason);
    });
}

Task<Result<core::Item>> Loop::reopen(Command command, std::string reason) {
    auto asking = items_.due(command.item, clock_.now(), policies_);
    Result<core::Due> due = co_await std::move(asking);
    if (!due) co_return due.error();
    Rule rule = [reason, by = *due](const core::Item& item, const core::Act& act) {
        return core::reopen(item, act, reason, by);
    };
    auto giving = give(std::move(command), std::move(rule));
    Result<core::Item> item = co_await std::move(giving);
    co_return item;
}

Task<Result<core::Item>> Loop::note(Command command, std::string text) {
    return give(std::move(command),
                [text](const core::Item& item, const core::Act& act) { return core::note(item, act, text); });
}

Task<Result<core::Item>> Loop::mark_failure(Command command, bool ours, std::string note) {
    return give(std::move(command), [ours, note](const core::Item& item, const core::Act& act) {
        return core::mark_failure(item, act, ours, note);
    });
}

Task<Result<core::Item>> Loop::hand_on(Command command, std::string owner, std::string note) {
    return give(std::move(command), [owner, note](const core::Item& item, const core::Act& act) {
        return core::hand_on(item, act, owner, note);
    });
}

Task<Result<core::Item>> Loop::no_objection(Command command) {
    return give(std::move(command), [this](const core::Item& item, const core::Act& act) {
        return core::no_objection(item, act, policy_of(item).evidence);
    });
}

Task<Result<core::Item>> Loop::objected(Command command, std::string note) {
    auto asking = items_.due(command.item, clock_.now(), policies_);
    Result<core::Due> due = co_await std::move(asking);
    if (!due) co_return due.error();
    Rule rule = [note, by = *due](const core::Item& item, const core::Act& act) {
        return core::objected(item, act, note, by);
    };
    auto giving = give(std::move(command), std::move(rule));
    Result<core::Item> item = co_await std::move(giving);
    co_return item;
}

}  // namespace candour::flow
