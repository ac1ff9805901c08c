#include "edge/store/message_fate.hpp"

#include "candour_queries.hpp"
#include "core/loop/commands.hpp"
#include "edge/store/advance.hpp"
#include "edge/store/items.hpp"

namespace candour::store {
namespace {

using core::MessageState;

struct MessageFacts {
    std::string kind, item, state, contact;
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
        .into(facts.contact);
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

/// A dead address; 4.x.x and policy refusals (5.7.x) say nothing about it.
bool dead_address(const std::string& status, int code) {
    if (status.starts_with("5.7")) return false;
    return status.starts_with("5.1") || status == "5.2.1" ||
           (status.empty() && (code == 550 || code == 551 || code == 553));
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

void suppress(Session& session, const std::string& address, const std::string& reason, const MessageId& id,
              core::Instant at) {
    if (address.empty()) return;
    session.call(sql::delivery::suppress)
        .with("address", address)
        .with("reason", reason)
        .with("message_id", id.text())
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

bool nobody_was_told(MessageState state) {
    return state == MessageState::rejected || state == MessageState::given_up ||
           state == MessageState::suppressed || state == MessageState::unknown;
}

}  // namespace

Done apply_fate(Session& session, const flow::Receipt& receipt) {
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
    if (receipt.state == MessageState::rejected && dead_address(outcome.status, outcome.code))
        suppress(session, receipt.recipient, outcome.detail, receipt.id, receipt.at);
    const core::MessageFate fate = fate_of(receipt.id, *facts, outcome.detail);
    if (receipt.state == MessageState::handed_over)
        return advance_by(session, *facts, fate, receipt.at, core::handed_over);
    const bool tried_again = core::happened(receipt.not_before);
    if (nobody_was_told(receipt.state) && !tried_again)
        return advance_by(session, *facts, fate, receipt.at, core::not_delivered);
    return done();
}

Done apply_bounce(Session& session, const MessageId& id, const std::string& status, const std::string& detail,
                  core::Instant at) {
    const Result<MessageFacts> facts = facts_of(session, id);
    if (!facts) return facts.error();
    if (facts->state == "bounced") return done();  // the same bounce again
    if (facts->state != "handed_over" && facts->state != "unknown")
        return Error{ErrorCode::conflict, "message " + id.text() + " is " + facts->state +
                                              "; only what was handed over can bounce"};
    append_receipt(session, id, facts->attempts, "bounced", 0, status, detail, at);
    session.call(sql::delivery::settle_message)
        .with("state", std::string("bounced"))
        .with("not_before", 0)
        .with("unknown", 0)
        .with("handed_over_at", 0)
        .with("id", id.text())
        .with("owner", std::string())
        .run();
    if (dead_address(status, 0) || status.empty()) {
        std::string address, account;
        {
            Call call = session.call(sql::delivery::recipient_of);
            call.with("contact_id", facts->contact).into(address).into(account);
            call.next();
        }
        suppress(session, address, detail, id, at);
    }
    return advance_by(session, *facts, fate_of(id, *facts, detail), at, core::bounced);
}

}  // namespace candour::store
