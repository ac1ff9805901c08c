#include "edge/store/message_fate.hpp"

#include "candour_queries.hpp"
#include "core/loop/commands.hpp"
#include "edge/json/plugin_event.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/items.hpp"
#include "edge/store/plugin_events.hpp"
#include "edge/store/suppressions.hpp"

namespace candour::store {
namespace {

using core::MessageState;

struct MessageFacts {
    std::string kind, item, state, contact, plugin, plugin_key;
    long long round = 0, attempts = 0;
};

Result<MessageFacts> facts_of(Session& session, const MessageId& id) {
    MessageFacts facts;
    Call call = session.call(sql::delivery::message_of);
    call.with("id", id.text());
    call.into(facts.kind)
        .into(facts.item)
        .into(facts.round)
        .into(facts.state)
        .into(facts.attempts)
        .into(facts.contact)
        .into(facts.plugin)
        .into(facts.plugin_key);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no message " + id.text()};
    return facts;
}

core::MessageFate fate_of(const MessageId& id, const MessageFacts& facts, const std::string& detail) {
    return {id, core::value_of(core::kMessageKinds, facts.kind).value_or(core::MessageKind::plugin),
            static_cast<int>(facts.round), detail};
}

using Rule = Result<core::Step> (*)(const core::Item&, const core::Act&, const core::MessageFate&);

Done advance_by(Session& session, const MessageFacts& facts, const core::MessageFate& fate, core::Instant at,
                Rule rule) {
    // What became of a mail to one of us is no news of the item.
    if (facts.item.empty() || fate.kind == core::MessageKind::team) return done();
    const flow::Decide decide = [&](const core::Item& item) { return rule(item, {"host", at}, fate); };
    const Result<core::Item> item = advance_item(session, {ItemId::trusted(facts.item), 0}, decide);
    if (!item) return item.error();
    return done();
}

void append_receipt(Session& session, const MessageId& id, long long attempt, const char* fate, int code,
                    const std::string& status, const std::string& detail, core::Instant at) {
    session.call(sql::delivery::append_receipt)
        .with("message_id", id.text())
        .with("attempt", attempt)
        .with("fate", std::string(fate))
        .with("code", code)
        .with("status", status)
        .with("detail", detail)
        .with("at", at)
        .run();
}

const char* name_of_fate(flow::Fate fate) {
    switch (fate) {
        case flow::Fate::handed_over:
            return "handed_over";
        case flow::Fate::deferred:
            return "deferred";
        case flow::Fate::rejected:
            return "rejected";
        case flow::Fate::unknown:
            return "unknown";
    }
    return "?";
}

/// A plugin hears what became of the mail that it sent, each time that this changes.
void tell_sender(Session& session, const MessageFacts& facts, json::MailStatus status) {
    if (facts.kind != core::name_of(core::kMessageKinds, core::MessageKind::plugin)) return;
    status.key = facts.plugin_key;
    status.contact = ContactId::trusted(facts.contact);
    const std::string key = status.message.text() + " " + status.status;
    tell_plugins(session, {"mail.status", key, json::write_mail_status(status), facts.plugin, status.at});
}

bool nobody_was_told(MessageState state) {
    return state == MessageState::rejected || state == MessageState::given_up ||
           state == MessageState::suppressed || state == MessageState::unknown;
}

}  // namespace

Done apply_fate(Session& session, const flow::Receipt& receipt, core::SoftRule soft) {
    const Result<MessageFacts> facts = facts_of(session, receipt.id);
    if (!facts) return facts.error();
    const flow::Outcome& outcome = receipt.outcome;
    append_receipt(session, receipt.id, receipt.attempt, name_of_fate(outcome.fate), outcome.code,
                   outcome.status, outcome.detail, receipt.at);
    const auto settled =
        session.call(sql::delivery::settle_message)
            .with("state", std::string(core::name_of(core::kMessageStates, receipt.state)))
            .with("not_before", receipt.not_before)
            .with("unknown", outcome.fate == flow::Fate::unknown ? 1 : 0)
            .with("handed_over_at", receipt.state == MessageState::handed_over ? receipt.at : core::kNever)
            .with("id", receipt.id.text())
            .with("owner", receipt.host)
            .run();
    if (settled == 0) return done();
    // Two days of "not now" from the other side; that our own relay was away says nothing of the address.
    const bool turned_away = receipt.state == MessageState::given_up && outcome.code / 100 == 4;
    if (receipt.state == MessageState::rejected || turned_away)
        note_bounce(session,
                    {receipt.recipient, core::kind_of_bounce(outcome.status, outcome.code), outcome.status,
                     outcome.detail, receipt.id, 0, receipt.at},
                    soft);
    const core::MessageFate fate = fate_of(receipt.id, *facts, outcome.detail);
    const bool reached = receipt.state == MessageState::handed_over;
    const bool tried_again = core::happened(receipt.not_before);
    if (!reached && (tried_again || !nobody_was_told(receipt.state))) return done();
    tell_sender(session, *facts,
                {receipt.id,
                 {},
                 {},
                 std::string(core::name_of(core::kMessageStates, receipt.state)),
                 outcome.status,
                 outcome.detail,
                 receipt.at});
    if (reached) return advance_by(session, *facts, fate, receipt.at, core::handed_over);
    return advance_by(session, *facts, fate, receipt.at, core::not_delivered);
}

Done apply_bounce(Session& session, const MessageId& id, const BounceSaid& said, core::SoftRule soft,
                  core::Instant at) {
    const Result<MessageFacts> facts = facts_of(session, id);
    if (!facts) return facts.error();
    if (facts->state == "bounced") return done();  // the same bounce again
    if (facts->state != "handed_over" && facts->state != "unknown")
        return Error{ErrorCode::conflict, "message " + id.text() + " is " + facts->state +
                                              "; only what was handed over can bounce"};
    append_receipt(session, id, facts->attempts, "bounced", 0, said.status, said.detail, at);
    session.call(sql::delivery::settle_message)
        .with("state", std::string("bounced"))
        .with("not_before", 0)
        .with("unknown", 0)
        .with("handed_over_at", 0)
        .with("id", id.text())
        .with("owner", std::string())
        .run();
    std::string address = said.recipient, account;
    if (address.empty()) {
        Call call = session.call(sql::delivery::recipient_of);
        call.with("contact_id", facts->contact).into(address).into(account);
        call.next();
    }
    note_bounce(session, {address, said.kind, said.status, said.detail, id, said.mail, at}, soft);
    tell_sender(session, *facts, {id, {}, {}, "bounced", said.status, said.detail, at});
    return advance_by(session, *facts, fate_of(id, *facts, said.detail), at, core::bounced);
}

}  // namespace candour::store
