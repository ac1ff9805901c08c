/// Rows of one ledger or of many, sealed at once and written together: PostgreSQL takes them in one round
/// trip.
#pragma once
#include <string>

#include "core/loop/item.hpp"
#include "core/loop/ledger_bytes.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

inline const std::string kNoPredecessor(32, '\0');

class LedgerWriter {
 public:
    LedgerWriter();
    /// `row.prev` is in hexadecimal here, and `row.content_digest` comes out of the content. Returns the
    /// row's hash.
    std::string add(core::LedgerRow row, const core::Content& content);
    void write(Session& session);

 private:
    Bulk rows_, contents_;
};

/// The hash of the row `n` of this ledger, in hexadecimal; that of no predecessor for n = 0.
std::string hash_of_row(Session& session, const std::string& subject, int n);

}  // namespace candour::store
