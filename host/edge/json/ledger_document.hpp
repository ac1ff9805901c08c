/// One item's ledger as a document that can be checked without Candour.
#pragma once
#include <string>
#include <vector>

#include "core/loop/ledger_bytes.hpp"

namespace candour::json {

/// `row.prev` and `row.content_digest` as 32 raw bytes; the rest in hexadecimal.
struct LedgerDocumentRow {
    core::LedgerRow row;
    std::string hash;
    std::string content_key;
    std::string content;
    bool erased = false;
};

std::string write_ledger(const std::string& item_id, const std::vector<LedgerDocumentRow>& rows);

}  // namespace candour::json
