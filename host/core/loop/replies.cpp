#include "core/feedback/text.hpp"
#include "core/loop/commands.hpp"
#include "core/loop/step_parts.hpp"

namespace candour::core {
namespace {

Content reply_content(const Reply& reply) {
    Content content{{"text", reply.text}, {"source", "reply"}, {"from", reply.from}};
    if (!reply.by_contact) content["another_address"] = "yes";
    if (!reply.remark.empty()) content["remark"] = reply.remark;
    if (reply.mail != 0) content["mail"] = std::to_string(reply.mail);
    return content;
}

bool answers_closing(const Item& item, const MessageFate& to) {
    const bool told = item.state == State::told || item.state == State::visibly_closed;
    return told && to.kind == MessageKind::closing && to.round == item.round;
}

LedgerEvent seen_by_reply(const Act& act) {
    return {Event::seen, act.actor, act.at, {{"source", "reply"}}};
}

Done reply_waits(const Item& item) {
    if (item.pending_reply != PendingReply::none) return done();
    return Error{ErrorCode::conflict,
                 "item " + item.id.text() + ": no reply waits for a word about what it means"};
}

}  // namespace

/// Whoever writes back has read it. That holds for the contact alone: a mail that was passed on proves
/// nothing of them.
Result<Step> replied(const Item& item, const Act& act, const Reply& reply, const MessageFate& to) {
    if (Done words = check_words("text", reply.text); !words) return words.error();
    const bool closing = answers_closing(item, to);
    Step step{{{closing ? Event::closing_answered : Event::replied, act.actor, act.at, reply_content(reply)}},
              {},
              {}};
    if (closing && reply.by_contact && item.evidence < Strength::seen)
        step.events.push_back(seen_by_reply(act));
    return checked(item, std::move(step));
}

Result<Step> no_objection(const Item& item, const Act& act, const EvidencePolicy& policy) {
    if (Done waits = reply_waits(item); !waits) return waits.error();
    Step step{{{Event::no_objection, act.actor, act.at, {}}}, {}, {}};
    if (item.state != State::told) return checked(item, std::move(step));
    // An answer from another address proves it only now that the owner vouches for it.
    const bool vouched = item.pending_reply == PendingReply::answer && item.evidence < Strength::seen;
    if (vouched) step.events.push_back(seen_by_reply(act));
    const Strength strength = vouched ? Strength::seen : item.evidence;
    const Source source =
        vouched ? Source::reply : value_of(kSources, item.evidence_source).value_or(Source::reply);
    close_if_proven(step, item, act, policy, strength, source);
    return checked(item, std::move(step));
}

Result<Step> objected(const Item& item, const Act& act, const std::string& note, const Due& due) {
    if (Done waits = reply_waits(item); !waits) return waits.error();
    if (Done words = check_text("note", note); !words) return words.error();
    Step step;
    step.events.push_back({Event::objected, act.actor, act.at, {{"note", note}}});
    step.events.push_back({Event::reopened, "host", act.at, due_content(due)});
    step.cancel = item.telling;
    return checked(item, std::move(step));
}

Result<Step> delivered(const Item& item, const Act& act, const MessageFate& fate) {
    const bool closing =
        item.state == State::told && fate.kind == MessageKind::closing && fate.round == item.round;
    if (!closing || item.evidence >= Strength::delivered) return Step{};
    return checked(item,
                   Step{{{Event::delivered, act.actor, act.at, {{"message", fate.message.text()}}}}, {}, {}});
}

}  // namespace candour::core
