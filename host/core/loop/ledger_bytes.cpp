#include "core/loop/ledger_bytes.hpp"

#include <initializer_list>

namespace candour::core {
namespace {

void append_field(std::string& out, std::string_view bytes) {
    const std::uint64_t size = bytes.size();
    for (int shift = 56; shift >= 0; shift -= 8)
        out += static_cast<char>(size >> static_cast<unsigned>(shift) & 255U);
    out += bytes;
}

}  // namespace

std::string ledger_bytes(const LedgerRow& row) {
    std::string out;
    out.reserve(320);
    for (const std::string& field : {row.item_id, std::to_string(row.n), std::to_string(row.round), row.event,
                                     row.actor_id, std::to_string(row.at_us), row.prev, row.content_digest})
        append_field(out, field);
    return out;
}

}  // namespace candour::core
