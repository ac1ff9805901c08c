#include "edge/store/ledger_writer.hpp"

#include "candour_queries.hpp"
#include "crypto/digest.hpp"
#include "edge/json/content.hpp"

namespace candour::store {

LedgerWriter::LedgerWriter()
    : rows_(sql::loop::append_events,
            {"item_id", "n", "round", "event", "actor_id", "at", "prev", "content_digest", "hash"}),
      contents_(sql::loop::append_contents, {"item_id", "n", "key", "content"}) {}

std::string LedgerWriter::add(core::LedgerRow row, const core::Content& content) {
    const std::string text = json::write_content(content), key = crypto::random_bytes(32);
    const std::string prev = std::exchange(row.prev, crypto::from_hex(row.prev));
    row.content_digest = crypto::hmac_sha256(key, text);
    const std::string hash = crypto::to_hex(crypto::sha256(core::ledger_bytes(row)));
    const std::string n = std::to_string(row.n);
    rows_.row({row.item_id, n, std::to_string(row.round), row.event, row.actor_id, std::to_string(row.at_us),
               prev, crypto::to_hex(row.content_digest), hash});
    contents_.row({row.item_id, n, crypto::to_hex(key), text});
    return hash;
}

void LedgerWriter::write(Session& session) {
    rows_.run(session);
    contents_.run(session);
}

std::string hash_of_row(Session& session, const std::string& subject, int n) {
    std::string hash = crypto::to_hex(kNoPredecessor);
    if (n == 0) return hash;
    Call call = session.call(sql::loop::last_hash);
    call.with("item_id", subject).with("n", n).into(hash);
    call.next();
    return hash;
}

}  // namespace candour::store
