#include "edge/store/ledger.hpp"

#include <algorithm>

#include "candour_queries.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/item_words.hpp"

namespace candour::store {
namespace {

void write_message(Session& session, const core::Item& item, const core::Promise& promise, core::Instant now,
                   bool reachable) {
    session.call(sql::delivery::add_message)
        .with("id", promise.id.text())
        .with("kind", std::string(core::name_of(core::kMessageKinds, promise.kind)))
        .with("purpose", std::string("loop"))
        .with("channel", std::string("mail"))
        .with("plugin", std::string())
        .with("plugin_key", std::string())
        .with("about", std::string())
        .with("account_id", item.account.text())
        .with("contact_id", item.contact.text())
        .with("item_id", item.id.text())
        .with("round", item.round)
        .with("document", std::string())
        .with("state", std::string(core::name_of(core::kMessageStates, reachable ? core::MessageState::queued
                                                                                 : core::MessageState::link)))
        .with("not_before", promise.not_before)
        .with("created_at", now)
        .with("expires_at", now + core::kLinkLifetime)
        .run();
}

std::string address_of(Session& session, const ContactId& contact) {
    std::string address, account;
    Call call = session.call(sql::delivery::recipient_of);
    call.with("contact_id", contact.text()).into(address).into(account);
    call.next();
    return address;
}

/// An acknowledgement to somebody without an address is only the page's link; a closing message would be a
/// lie.
Done can_be_promised(Session& session, const core::Item& item, const core::Step& step) {
    const bool closes = std::ranges::any_of(step.promises, [](const core::Promise& promise) {
        return promise.kind == core::MessageKind::closing;
    });
    if (!closes || !address_of(session, item.contact).empty()) return done();
    return Error{ErrorCode::invalid,
                 "item " + item.id.text() +
                     ": its contact has no e-mail address; tell them in person and record the conversation"};
}

void write_promises(Session& session, const core::Item& item, const core::Step& step) {
    const core::Instant now = step.events.front().at;
    for (const core::Promise& promise : step.promises) {
        const bool reachable = !promise.quiet && !address_of(session, item.contact).empty();
        write_message(session, item, promise, now, reachable);
    }
}

Done take_back(Session& session, const core::Step& step) {
    if (step.cancel.empty()) return done();
    const bool cancelled =
        session.call(sql::delivery::cancel_message).with("id", step.cancel.text()).run() == 1;
    const bool must = step.events.front().event == core::Event::tell_cancelled;
    if (cancelled || !must) return done();
    return Error{ErrorCode::conflict,
                 "message " + step.cancel.text() + " is already on its way and cannot be taken back"};
}

void settle(Session& session, const core::Item& item, const char* standing, core::Instant at) {
    session.call(sql::loop::settle_commitment)
        .with("standing", std::string(standing))
        .with("settled_at", at)
        .with("item_id", item.id.text())
        .with("round", item.round)
        .run();
}

/// The item after each of the events.
Result<std::vector<core::Item>> fold_all(core::Item item, const std::vector<core::LedgerEvent>& events) {
    std::vector<core::Item> states;
    for (const core::LedgerEvent& event : events) {
        Result<core::Item> after = core::fold(item, event);
        if (!after) return after.error();
        item = *after;
        states.push_back(std::move(*after));
    }
    return states;
}

core::LedgerRow row_of(const core::Item& after, const core::LedgerEvent& event, std::string prev) {
    return {after.id.text(), after.version,
            after.round,     std::string(core::name_of(core::kEvents, event.event)),
            event.actor,     core::to_us(event.at),
            std::move(prev), ""};
}

}  // namespace

void fold_commitment(Session& session, const core::Item& after, const core::LedgerEvent& event) {
    switch (event.event) {
        case core::Event::decided_will_change: {
            const auto text = event.content.find("text");
            session.call(sql::loop::open_commitment)
                .with("item_id", after.id.text())
                .with("round", after.round)
                .with("promise", text == event.content.end() ? std::string() : text->second)
                .with("contact_id", after.contact.text())
                .with("owner_id", after.owner)
                .with("promised_at", event.at)
                .with("due_at", after.promised_by)
                .run();
            return;
        }
        case core::Event::changed:
            return settle(session, after, event.at <= after.promised_by ? "kept" : "late", event.at);
        case core::Event::abandoned:
            return settle(session, after, "broken", event.at);
        case core::Event::handed_on:
            session.call(sql::commitment::hand_on_commitment)
                .with("owner_id", after.owner)
                .with("item_id", after.id.text())
                .with("round", after.round)
                .run();
            return;
        default:
            return;
    }
}

Result<core::Item> Steps::add(const core::Item& item, const core::Step& step, const std::string& last_hash) {
    if (step.events.empty()) return item;
    const Result<std::vector<core::Item>> states = fold_all(item, step.events);
    if (!states) return states.error();
    const core::Item& after = states->back();
    if (Done reachable = can_be_promised(session_, after, step); !reachable) return reachable.error();
    if (Done cancelled = take_back(session_, step); !cancelled) return cancelled.error();
    std::string prev = last_hash;
    for (std::size_t i = 0; i < states->size(); ++i) {
        prev = ledger_.add(row_of(states->at(i), step.events[i], prev), step.events[i].content);
        fold_commitment(session_, states->at(i), step.events[i]);
    }
    write_promises(session_, after, step);
    notices_.add(session_, after, step.events);
    (item.version == 0 ? made_ : moved_).push_back(after);
    said_.push_back({after.id, item.version == 0, step.events});
    return after;
}

void Steps::write() {
    ledger_.write(session_);
    notices_.write(session_);
    for (const core::Item& item : made_) add_item(session_, item);
    update_items(session_, moved_);
    for (const Said& said : said_) index_words(session_, said.item, said.is_new, said.events);
    made_.clear();
    moved_.clear();
    said_.clear();
}

Result<core::Item> write_step(Session& session, const core::Item& item, const core::Step& step) {
    Steps steps(session);
    Result<core::Item> after = steps.add(item, step, hash_of_row(session, item.id.text(), item.version));
    if (after) steps.write();
    return after;
}

}  // namespace candour::store
