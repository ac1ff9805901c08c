#include "edge/store/ledger.hpp"

#include "candour_queries.hpp"
#include "core/loop/ledger_bytes.hpp"
#include "crypto/digest.hpp"
#include "edge/json/content.hpp"
#include "edge/store/item_rows.hpp"
#include "edge/store/item_words.hpp"

namespace candour::store {
namespace {

std::string last_hash(Session& session, const core::Item& item) {
    if (item.version == 0) return crypto::to_hex(kNoPredecessor);
    std::string hash;
    Call call = session.call(sql::loop::last_hash);
    call.with("item_id", item.id.text()).with("n", item.version).into(hash);
    call.next();
    return hash;
}

void append_row(Session& session, const core::Item& after, const core::LedgerEvent& event,
                const std::string& prev, const Sealed& sealed) {
    session.call(sql::loop::append_event)
        .with("item_id", after.id.text())
        .with("n", after.version)
        .with("round", after.round)
        .with("event", std::string(core::name_of(core::kEvents, event.event)))
        .with("actor_id", event.actor)
        .with("at", event.at)
        .with("prev", prev)
        .with("content_digest", sealed.content_digest)
        .with("hash", sealed.hash)
        .run();
}

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

void write_team_message(Session& session, const core::Item& item, const core::Promise& promise,
                        core::Instant now) {
    session.call(sql::reminder::add_team_message)
        .with("id", promise.id.text())
        .with("kind", std::string(core::name_of(core::kMessageKinds, promise.kind)))
        .with("about", promise.about)
        .with("account_id", item.account.text())
        .with("teammate_id", promise.teammate)
        .with("item_id", item.id.text())
        .with("round", item.round)
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
Done write_promises(Session& session, const core::Item& item, const core::Step& step) {
    for (const core::Promise& promise : step.promises) {
        if (!promise.teammate.empty()) {
            write_team_message(session, item, promise, step.events.front().at);
            continue;
        }
        const bool reachable = !promise.quiet && !address_of(session, item.contact).empty();
        if (!reachable && promise.kind == core::MessageKind::closing)
            return Error{
                ErrorCode::invalid,
                "item " + item.id.text() +
                    ": its contact has no e-mail address; tell them in person and record the conversation"};
        write_message(session, item, promise, step.events.front().at, reachable);
    }
    return done();
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

}  // namespace

Sealed seal(const core::Item& after, const core::LedgerEvent& event, const std::string& prev_hex,
            const std::string& key, const std::string& content) {
    const std::string digest = crypto::hmac_sha256(key, content);
    const core::LedgerRow row{after.id.text(),
                              after.version,
                              after.round,
                              std::string(core::name_of(core::kEvents, event.event)),
                              event.actor,
                              core::to_us(event.at),
                              crypto::from_hex(prev_hex),
                              digest};
    return {crypto::to_hex(digest), crypto::to_hex(crypto::sha256(core::ledger_bytes(row)))};
}

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

Result<core::Item> append_events(Session& session, core::Item item,
                                 const std::vector<core::LedgerEvent>& events) {
    const bool is_new = item.version == 0;
    std::string prev = last_hash(session, item);
    for (const core::LedgerEvent& event : events) {
        Result<core::Item> after = core::fold(item, event);
        if (!after) return after.error();
        item = std::move(*after);
        const std::string content = json::write_content(event.content);
        const std::string key = crypto::random_bytes(32);
        const Sealed sealed = seal(item, event, prev, key, content);
        append_row(session, item, event, prev, sealed);
        session.call(sql::loop::append_content)
            .with("item_id", item.id.text())
            .with("n", item.version)
            .with("key", crypto::to_hex(key))
            .with("content", content)
            .run();
        fold_commitment(session, item, event);
        prev = sealed.hash;
    }
    Call call = session.call(is_new ? sql::loop::add_item : sql::loop::update_item);
    write_item(call, item);
    call.run();
    index_words(session, item.id, is_new, events);
    return item;
}

Result<core::Item> write_step(Session& session, const core::Item& item, const core::Step& step) {
    if (step.events.empty()) return item;
    Result<core::Item> after = append_events(session, item, step.events);
    if (!after) return after;
    if (Done promised = write_promises(session, *after, step); !promised) return promised.error();
    if (Done cancelled = take_back(session, step); !cancelled) return cancelled.error();
    return after;
}

}  // namespace candour::store
