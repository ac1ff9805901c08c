/// A ledger row with its content, as the database holds it.
#pragma once
#include <string>
#include <vector>

#include "edge/store/session.hpp"

namespace candour::store {

struct StoredRow {
    long long seq = 0;
    std::string item;
    long long n = 0, round = 0;
    std::string event, actor;
    long long at = 0;
    std::string prev, digest, hash;
    std::string key, content;
    long long erased = 0;
};

inline void read_into(Call& call, StoredRow& row) {
    call.into(row.seq).into(row.item).into(row.n).into(row.round).into(row.event).into(row.actor).into(
        row.at);
    call.into(row.prev).into(row.digest).into(row.hash).into(row.key).into(row.content).into(row.erased);
}

inline std::vector<StoredRow> rows_of_item(Session& session, const Query& query, const std::string& item) {
    std::vector<StoredRow> rows;
    StoredRow row;
    Call call = session.call(query);
    call.with("item_id", item);
    read_into(call, row);
    while (call.next()) rows.push_back(row);
    return rows;
}

}  // namespace candour::store
