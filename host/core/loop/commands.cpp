#include "core/loop/commands.hpp"

#include "core/feedback/text.hpp"
#include "core/loop/step_parts.hpp"

namespace candour::core {
namespace {

std::string us(Instant at) {
    return std::to_string(to_us(at));
}

LedgerEvent event_of(Event event, const Act& act, Content content = {}) {
    return {event, act.actor, act.at, std::move(content)};
}

Result<Step> one_event(const Item& item, LedgerEvent event) {
    return checked(item, Step{{std::move(event)}, {}, {}});
}

Done nothing_under_way(const Item& item) {
    if (item.telling.empty()) return done();
    return refused(item, "the closing message " + item.telling.text() + " is under way; cancel it first");
}

Done check_conversation(const Conversation& talk, const Act& act) {
    if (talk.contact.empty())
        return Error{ErrorCode::invalid, "contact: expected whom you spoke with, found nothing"};
    if (Done channel = check_words("channel", talk.channel, 80); !channel) return channel;
    if (Done said = check_words("said", talk.said); !said) return said;
    if (!happened(talk.at))
        return Error{ErrorCode::invalid, "when: expected the time of the conversation, found nothing"};
    if (talk.at > act.at)
        return Error{ErrorCode::invalid, "when: expected a time in the past, found one in the future"};
    return done();
}

Content conversation_content(const Conversation& talk) {
    return {{"source", std::string(name_of(kSources, Source::recorded))},
            {"contact", talk.contact},
            {"when", us(talk.at)},
            {"channel", talk.channel},
            {"said", talk.said}};
}

Result<Step> press(const Item& item, const Act& act, const EvidencePolicy& policy, Event event,
                   Strength strength) {
    // What is closed by as strong a proof gains nothing by another press, wherever that proof came from.
    const bool known = item.evidence_source == "page" || item.state == State::visibly_closed;
    if (item.evidence >= strength && known) return Step{};
    Step step{{event_of(event, act, {{"source", "page"}})}, {}, {}};
    if (item.state == State::told) close_if_proven(step, item, act, policy, strength, Source::page);
    return checked(item, std::move(step));
}

}  // namespace

Error refused(const Item& item, const std::string& why) {
    return Error{ErrorCode::conflict, "item " + item.id.text() + ": " + why};
}

Result<Step> checked(const Item& item, Step step) {
    Item after = item;
    for (const LedgerEvent& event : step.events) {
        Result<Item> next_item = fold(after, event);
        if (!next_item) return next_item.error();
        after = std::move(*next_item);
    }
    return step;
}

Content due_content(const Due& due) {
    return {{"due_hear", us(due.hear)},
            {"due_decide", us(due.decide)},
            {"due_change", us(due.change)},
            {"due_tell", us(due.tell)}};
}

void close_if_proven(Step& step, const Item& item, const Act& act, const EvidencePolicy& policy,
                     Strength strength, Source source) {
    if (!closes(policy, strength, source)) return;
    step.cancel = item.telling;
    step.events.push_back(event_of(Event::visibly_closed, {"host", act.at},
                                   {{"strength", std::string(name_of(kStrengths, strength))},
                                    {"source", std::string(name_of(kSources, source))}}));
}

Result<Step> hear(const Item& item, const Act& act, const std::string& text, const MessageId& mail) {
    if (Done words = check_words("text", text); !words) return words.error();
    Step step{{event_of(Event::heard, act, {{"text", text}})}, {}, {}};
    if (!mail.empty()) step.promises.push_back({mail, MessageKind::heard, act.at});
    return checked(item, std::move(step));
}

Result<Step> decide(const Item& item, const Act& act, const Decision& decision) {
    if (Done words = check_words("text", decision.text); !words) return words.error();
    if (Done why = decision.will_change ? check_text("why", decision.why) : check_words("why", decision.why);
        !why)
        return why.error();
    if (Done cost = check_text("trade_off", decision.trade_off); !cost) return cost.error();
    if (Done by = check_text("decided_by", decision.decided_by, kMaxLine); !by) return by.error();
    if (decision.will_change && decision.promised_by <= act.at)
        return Error{ErrorCode::invalid,
                     "by: expected the date until which the change is promised, in the future"};
    Content content{{"text", decision.text},
                    {"why", decision.why},
                    {"trade_off", decision.trade_off},
                    {"decided_by", decision.decided_by}};
    if (decision.will_change) content["promised_by"] = us(decision.promised_by);
    const bool ours = item.our_failure || decision.our_failure;
    if (ours && !decision.will_change)
        return refused(item, "the fault was ours, so a change is owed; unmark it first when it was not");
    const Event event = decision.will_change ? Event::decided_will_change : Event::decided_will_not_change;
    Step step;
    if (ours && !item.our_failure) step.events.push_back(event_of(Event::our_failure, act));
    step.events.push_back(event_of(event, act, std::move(content)));
    return checked(item, std::move(step));
}

namespace {

/// All three or none, as the item is marked.
Done check_failure(const Item& item, const FailureTexts& texts) {
    const std::pair<const char*, const std::string*> fields[] = {
        {"went_wrong", &texts.went_wrong}, {"learned", &texts.learned}, {"prevention", &texts.prevention}};
    for (const auto& [name, text] : fields) {
        if (!item.our_failure && !text->empty())
            return Error{
                ErrorCode::invalid,
                std::string(name) +
                    ": expected nothing, because this item is not marked as our own failure; mark it first"};
        if (!item.our_failure) continue;
        if (Done words = check_words(name, *text); !words)
            return Error{words.error().code, words.error().message +
                                                 "; the fault was ours: the customer is owed what went "
                                                 "wrong, what we learned and how it is prevented"};
    }
    return done();
}

}  // namespace

Result<Step> change(const Item& item, const Act& act, const std::string& text, const std::string& link,
                    const FailureTexts& failure) {
    if (Done words = check_words("text", text); !words) return words.error();
    if (Done where = check_text("link", link, kMaxLine); !where) return where.error();
    if (!link.empty() && !link.starts_with("https://") && !link.starts_with("http://"))
        return Error{ErrorCode::invalid, "link: expected an http or https address, found \"" + link + "\""};
    if (Done free = nothing_under_way(item); !free) return free.error();
    if (item.state == State::decided && !item.will_change)
        return refused(item, "it was decided that nothing will change; tell the customer why, or reopen it");
    if (Done complete = check_failure(item, failure); !complete) return complete.error();
    Content content{{"text", text}, {"link", link}};
    if (item.our_failure) {
        content["went_wrong"] = failure.went_wrong;
        content["learned"] = failure.learned;
        content["prevention"] = failure.prevention;
    }
    return one_event(item, event_of(Event::changed, act, std::move(content)));
}

Result<Step> note(const Item& item, const Act& act, const std::string& text) {
    if (Done words = check_words("text", text); !words) return words.error();
    return one_event(item, event_of(Event::noted, act, {{"text", text}}));
}

Result<Step> mark_failure(const Item& item, const Act& act, bool ours, const std::string& note) {
    if (Done words = check_text("note", note); !words) return words.error();
    if (item.our_failure == ours) return Step{};
    return one_event(item,
                     event_of(ours ? Event::our_failure : Event::not_our_failure, act, {{"note", note}}));
}

namespace {

/// A change that was promised must be recorded before anybody is told about it.
Done ready_to_tell(const Item& item) {
    if (Done free = nothing_under_way(item); !free) return free;
    if (item.state == State::decided && item.will_change)
        return refused(item, "a change was promised; record what changed before telling the customer");
    return done();
}

}  // namespace

Result<Step> tell(const Item& item, const Act& act, const MessageId& message, Instant not_before) {
    if (Done ready = ready_to_tell(item); !ready) return ready.error();
    if (item.contact.empty())
        return refused(item, "nobody is known who could be told; set its contact first");
    Step step{{event_of(Event::tell_requested, act, {{"message", message.text()}})}, {}, {}};
    step.promises.push_back({message, MessageKind::closing, not_before});
    return checked(item, std::move(step));
}

Result<Step> cancel_tell(const Item& item, const Act& act) {
    if (item.telling.empty()) return refused(item, "no closing message is under way");
    Step step{{event_of(Event::tell_cancelled, act, {{"message", item.telling.text()}})}, {}, item.telling};
    return checked(item, std::move(step));
}

Result<Step> tell_in_person(const Item& item, const Act& act, const Conversation& talk,
                            const EvidencePolicy& policy) {
    if (Done ready = ready_to_tell(item); !ready) return ready.error();
    if (Done complete = check_conversation(talk, act); !complete) return complete.error();
    Step step;
    step.events.push_back(event_of(Event::told, act, {{"channel", talk.channel}}));
    step.events.push_back(event_of(Event::seen, act, conversation_content(talk)));
    close_if_proven(step, item, act, policy, Strength::seen, Source::recorded);
    return checked(item, std::move(step));
}

Result<Step> record_conversation(const Item& item, const Act& act, const Conversation& talk,
                                 const EvidencePolicy& policy) {
    if (Done complete = check_conversation(talk, act); !complete) return complete.error();
    Step step{{event_of(Event::seen, act, conversation_content(talk))}, {}, {}};
    if (item.state == State::told) close_if_proven(step, item, act, policy, Strength::seen, Source::recorded);
    return checked(item, std::move(step));
}

Result<Step> dismiss(const Item& item, const Act& act, Dismissal reason, const std::string& note) {
    if (Done words = check_text("note", note); !words) return words.error();
    return one_event(item, event_of(Event::dismissed, act,
                                    {{"reason", std::string(name_of(kDismissals, reason))}, {"note", note}}));
}

Result<Step> abandon(const Item& item, const Act& act, const std::string& reason) {
    if (Done words = check_words("reason", reason); !words) return words.error();
    if (Done free = nothing_under_way(item); !free) return free.error();
    return one_event(item, event_of(Event::abandoned, act, {{"reason", reason}}));
}

Result<Step> reopen(const Item& item, const Act& act, const std::string& reason, const Due& due) {
    if (Done words = check_words("reason", reason); !words) return words.error();
    if (Done free = nothing_under_way(item); !free) return free.error();
    Content content = due_content(due);
    content["reason"] = reason;
    return one_event(item, event_of(Event::reopened, act, std::move(content)));
}

Result<Step> press_seen(const Item& item, const Act& act, const EvidencePolicy& policy) {
    return press(item, act, policy, Event::seen, Strength::seen);
}

Result<Step> press_confirmed(const Item& item, const Act& act, const EvidencePolicy& policy) {
    return press(item, act, policy, Event::confirmed, Strength::confirmed);
}

Result<Step> press_not_yet(const Item& item, const Act& act, const std::string& text, const Due& due) {
    if (Done words = check_words("more", text); !words) return words.error();
    Step step;
    step.events.push_back(event_of(Event::not_yet, act, {{"text", text}, {"source", "page"}}));
    step.events.push_back(event_of(Event::reopened, {"host", act.at}, due_content(due)));
    step.cancel = item.telling;
    return checked(item, std::move(step));
}

Result<Step> correct(const Item& item, const Act& act, const std::string& text) {
    if (Done words = check_words("more", text); !words) return words.error();
    return one_event(item, event_of(Event::corrected, act, {{"text", text}}));
}

Result<Step> handed_over(const Item& item, const Act& act, const MessageFate& fate) {
    if (fate.kind != MessageKind::closing || item.telling != fate.message) return Step{};
    return one_event(item, event_of(Event::told, act, {{"message", fate.message.text()}}));
}

Result<Step> not_delivered(const Item& item, const Act& act, const MessageFate& fate) {
    Content content{{"message", fate.message.text()}, {"detail", fate.detail}};
    const bool closing = fate.kind == MessageKind::closing && item.telling == fate.message;
    return one_event(
        item, event_of(closing ? Event::undeliverable : Event::message_bounced, act, std::move(content)));
}

Result<Step> bounced(const Item& item, const Act& act, const MessageFate& fate) {
    Content content{{"message", fate.message.text()}, {"detail", fate.detail}};
    const bool closing = fate.kind == MessageKind::closing && fate.round == item.round;
    // Its outcome was unknown until now: nobody was told by it, and nothing is under way any more.
    if (closing && item.telling == fate.message)
        return one_event(item, event_of(Event::undeliverable, act, std::move(content)));
    const bool takes_back = closing && item.state == State::told;
    Step step{
        {event_of(takes_back ? Event::bounced : Event::message_bounced, act, std::move(content))}, {}, {}};
    if (takes_back) step.cancel = item.telling;
    return checked(item, std::move(step));
}

}  // namespace candour::core
