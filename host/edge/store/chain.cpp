#include "edge/store/chain.hpp"

#include "candour_queries.hpp"
#include "core/loop/ledger_bytes.hpp"
#include "crypto/digest.hpp"
#include "edge/json/content.hpp"
#include "edge/store/ledger.hpp"

namespace candour::store {
namespace {

std::string hash_before(Session& session, const ChainEvent& event) {
    std::string hash = crypto::to_hex(kNoPredecessor);
    if (event.n == 1) return hash;
    Call call = session.call(sql::loop::last_hash);
    call.with("item_id", event.subject).with("n", event.n - 1).into(hash);
    call.next();
    return hash;
}

}  // namespace

void append_to_chain(Session& session, const ChainEvent& event) {
    constexpr int only_round = 1;
    const std::string prev = hash_before(session, event), content = json::write_content(event.content),
                      key = crypto::random_bytes(32);
    const std::string digest = crypto::hmac_sha256(key, content);
    const core::LedgerRow row{
        event.subject,          event.n, only_round, event.event, event.actor, core::to_us(event.at),
        crypto::from_hex(prev), digest};
    session.call(sql::loop::append_event)
        .with("item_id", event.subject)
        .with("n", event.n)
        .with("round", only_round)
        .with("event", event.event)
        .with("actor_id", event.actor)
        .with("at", event.at)
        .with("prev", prev)
        .with("content_digest", crypto::to_hex(digest))
        .with("hash", crypto::to_hex(crypto::sha256(core::ledger_bytes(row))))
        .run();
    session.call(sql::loop::append_content)
        .with("item_id", event.subject)
        .with("n", event.n)
        .with("key", crypto::to_hex(key))
        .with("content", content)
        .run();
}

}  // namespace candour::store
