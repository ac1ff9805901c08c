#include "edge/json/ledger_document.hpp"

#include <boost/json.hpp>

#include "crypto/digest.hpp"

namespace candour::json {

std::string write_ledger(const std::string& item_id, const std::vector<LedgerDocumentRow>& rows) {
    boost::json::array events;
    for (const LedgerDocumentRow& each : rows) {
        const core::LedgerRow& row = each.row;
        boost::json::object event{{"n", row.n},
                                  {"round", row.round},
                                  {"event", row.event},
                                  {"actor_id", row.actor_id},
                                  {"at_us", row.at_us},
                                  {"prev", crypto::to_hex(row.prev)},
                                  {"content_digest", crypto::to_hex(row.content_digest)},
                                  {"hash", each.hash}};
        if (!each.erased) {
            event["content_key"] = each.content_key;
            event["content"] = each.content;
        }
        events.push_back(std::move(event));
    }
    const boost::json::object document{
        {"format", "candour-ledger/1"},
        {"item_id", item_id},
        {"hash",
         "SHA-256 over item_id, n, round, event, actor_id, at_us, prev, content_digest; each preceded by its "
         "length in 8 "
         "bytes, big-endian; numbers in decimal text; prev and content_digest as 32 raw bytes"},
        {"content_digest",
         "HMAC-SHA-256 with content_key over the bytes of content; an event without content was erased"},
        {"events", std::move(events)}};
    return boost::json::serialize(document) + "\n";
}

}  // namespace candour::json
