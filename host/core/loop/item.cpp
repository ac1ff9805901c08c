#include "core/loop/item.hpp"

#include "core/loop/content.hpp"

namespace candour::core {
namespace {

void forget_silence(Item& item) {
    item.channel_asked = item.quiet = false;
    item.silent_since = kNever;
}

/// A round begins with nothing done in it; whom and what it is about stays.
void begin_round(Item& item, Instant at) {
    item.raised_at = at;
    item.heard_at = item.decided_at = item.changed_at = item.told_at = item.closed_at = item.promised_by =
        kNever;
    item.telling = {};
    item.will_change = false;
    item.evidence = Strength::none;
    item.evidence_source.clear();
    item.pending_reply = PendingReply::none;
    item.merged_into.clear();
    forget_silence(item);
}

void take_due(Item& item, const Content& content) {
    item.due = {instant_of(content, "due_hear"), instant_of(content, "due_decide"),
                instant_of(content, "due_change"), instant_of(content, "due_tell")};
}

void take_raised(Item& item, const LedgerEvent& event) {
    item.account = AccountId::trusted(text_of(event.content, "account"));
    item.contact = ContactId::trusted(text_of(event.content, "contact"));
    item.source = text_of(event.content, "source");
    item.source_key = text_of(event.content, "source_key");
    item.owner = text_of(event.content, "owner");
    item.segment = text_of(event.content, "segment");
    item.topic = text_of(event.content, "about");
    take_due(item, event.content);
    begin_round(item, event.at);
}

void take_evidence(Item& item, Strength strength, const LedgerEvent& event) {
    if (strength <= item.evidence) return;
    item.evidence = strength;
    if (strength >= Strength::seen) item.quiet = false;
    item.evidence_source = text_of(event.content, "source");
}

void take_told(Item& item, State before, const LedgerEvent& event) {
    if (before != State::told) {
        item.told_from = before;
        item.told_at = event.at;
    }
    item.telling = {};
    item.quiet = false;
    item.silent_since = event.at;
    if (item.evidence < Strength::handed_over) item.evidence = Strength::handed_over;
}

/// While somebody works on the item they read its words anyway; afterwards they have to be asked.
void take_reply(Item& item) {
    const bool at_rest = item.state == State::told || item.state == State::visibly_closed ||
                         item.state == State::dismissed || item.state == State::abandoned;
    if (at_rest && item.pending_reply == PendingReply::none) item.pending_reply = PendingReply::words;
}

void take_back(Item& item) {
    item.state = item.told_from;
    item.told_at = kNever;
    item.telling = {};
    item.evidence = Strength::none;
    item.evidence_source.clear();
    forget_silence(item);
}

void take_reminder(Item& item, int reminders, const LedgerEvent& event) {
    item.reminders = reminders;
    item.reminded_at = event.at;
}

/// What happens to an item without moving it.
void apply_note(Item& item, const LedgerEvent& event) {
    switch (event.event) {
        case Event::owner_reminded:
            return take_reminder(item, 1, event);
        case Event::manager_reminded:
            return take_reminder(item, 2, event);
        case Event::sponsor_reminded:
            return take_reminder(item, 3, event);
        case Event::channel_asked:
            item.channel_asked = true;
            item.silent_since = event.at;
            return;
        case Event::quiet:
            item.quiet = true;
            return;
        case Event::handed_on:
            item.owner = text_of(event.content, "owner");
            return;
        case Event::our_failure:
            item.our_failure = true;
            return;
        case Event::not_our_failure:
            item.our_failure = false;
            return;
        case Event::joined_theme:
            item.theme = text_of(event.content, "theme");
            return;
        case Event::left_theme:
            item.theme.clear();
            return;
        default:
            return;
    }
}

void apply_facts(Item& item, State before, const LedgerEvent& event) {
    switch (event.event) {
        case Event::raised:
            return take_raised(item, event);
        case Event::heard:
            item.heard_at = event.at;
            return;
        case Event::decided_will_change:
            item.will_change = true;
            item.decided_at = event.at;
            item.promised_by = instant_of(event.content, "promised_by");
            return;
        case Event::decided_will_not_change:
            item.will_change = false;
            item.decided_at = event.at;
            return;
        case Event::changed:
            item.changed_at = event.at;
            return;
        case Event::tell_requested:
            item.telling = MessageId::trusted(text_of(event.content, "message"));
            return;
        case Event::tell_cancelled:
        case Event::undeliverable:
            item.telling = {};
            return;
        case Event::told:
            return take_told(item, before, event);
        case Event::replied:
            return take_reply(item);
        case Event::closing_answered:
            item.pending_reply = PendingReply::answer;
            return;
        case Event::no_objection:
        case Event::objected:
            item.pending_reply = PendingReply::none;
            return;
        case Event::delivered:
            return take_evidence(item, Strength::delivered, event);
        case Event::seen:
            return take_evidence(item, Strength::seen, event);
        case Event::confirmed:
            return take_evidence(item, Strength::confirmed, event);
        case Event::visibly_closed:
            item.closed_at = event.at;
            item.telling = {};
            return;
        case Event::bounced:
            return take_back(item);
        case Event::reopened:
            ++item.round;
            if (event.content.contains("due_hear")) take_due(item, event.content);
            return begin_round(item, event.at);
        case Event::dismissed:
            item.merged_into = text_of(event.content, "into");
            return;
        default:
            return apply_note(item, event);
    }
}

}  // namespace

Result<Item> fold(Item item, const LedgerEvent& event) {
    const State before = item.state;
    if (event.event == Event::raised) {
        if (item.version != 0)
            return Error{ErrorCode::conflict, "item " + item.id.text() + " was raised already"};
    } else if (event.event == Event::bounced) {
        if (before != State::told)
            return Error{ErrorCode::conflict,
                         "item " + item.id.text() + " is not told, so nothing can bounce back"};
    } else {
        const std::optional<State> after = next(before, event.event);
        if (!after)
            return Error{ErrorCode::conflict,
                         "item " + item.id.text() + ": \"" + std::string(name_of(kEvents, event.event)) +
                             "\" cannot follow in state " + std::string(name_of(kStates, before))};
        item.state = *after;
    }
    ++item.version;
    if (!said_by_time(event.event)) item.same_since = item.version;
    item.last_event_at = event.at;
    apply_facts(item, before, event);
    if (item.state != before) {  // another step is owed, and nobody was reminded of that one
        item.reminders = 0;
        item.reminded_at = kNever;
    }
    return item;
}

Error stale_version(const ItemId& item, int expected, int found) {
    return Error{ErrorCode::conflict, "item " + item.text() + ": expected version " +
                                          std::to_string(expected) + ", found " + std::to_string(found) +
                                          "; somebody was faster: read the item again and decide anew"};
}

}  // namespace candour::core
