#include "edge/store/ledger_check.hpp"

#include <set>
#include <unordered_map>

#include "candour_queries.hpp"
#include "core/loop/ledger_bytes.hpp"
#include "crypto/digest.hpp"
#include "edge/json/ledger_document.hpp"
#include "edge/store/ledger.hpp"
#include "edge/store/ledger_rows.hpp"

namespace candour::store {
namespace {

constexpr std::int64_t kPage = 2'000;

struct Head {
    long long n = 0;
    std::string hash = crypto::to_hex(kNoPredecessor);
};

struct Checkpoint {
    long long n = 0, through = 0, rows = 0, at = 0;
    std::string prev, hash;
};

core::LedgerRow bytes_of(const StoredRow& row) {
    return {row.item, static_cast<int>(row.n),    static_cast<int>(row.round), row.event, row.actor,
            row.at,   crypto::from_hex(row.prev), crypto::from_hex(row.digest)};
}

std::string hash_of(const StoredRow& row) {
    return crypto::to_hex(crypto::sha256(core::ledger_bytes(bytes_of(row))));
}

/// prev ‖ the hashes of the covered rows in the order of writing.
std::string chain(const std::string& prev_hex, const std::string& row_hashes) {
    return crypto::to_hex(crypto::sha256(crypto::from_hex(prev_hex) + row_hashes));
}

std::vector<Checkpoint> checkpoints_of(Session& session) {
    std::vector<Checkpoint> all;
    Checkpoint one;
    Call call = session.call(sql::ledger::checkpoints);
    call.into(one.n).into(one.through).into(one.rows).into(one.at).into(one.prev).into(one.hash);
    while (call.next()) all.push_back(one);
    return all;
}

/// Walks the rows in the order of writing and keeps what it must remember: every item's head, the open
/// checkpoint.
class Verifier {
 public:
    explicit Verifier(std::vector<Checkpoint> checkpoints) : checkpoints_(std::move(checkpoints)) {}

    void take(const StoredRow& row) {
        close_checkpoints_before(row.seq);
        covered_ += crypto::from_hex(row.hash);
        ++covered_rows_;
        ++result_.rows;
        Head& head = heads_[row.item];
        if (row.n != head.n + 1)
            find(row, "expected event " + std::to_string(head.n + 1) + " next, found " +
                          std::to_string(row.n) + ": a row is missing");
        if (row.prev != head.hash) find(row, "its predecessor's hash is not the one it was chained to");
        if (hash_of(row) != row.hash) find(row, "the row was changed: its hash does not fit");
        if (row.erased != 0) ++result_.erased;
        if (row.erased == 0 &&
            crypto::to_hex(crypto::hmac_sha256(crypto::from_hex(row.key), row.content)) != row.digest)
            find(row, "its content was changed: the digest does not fit");
        head = {row.n, row.hash};
    }

    Verification finish() {
        close_checkpoints_before(std::numeric_limits<long long>::max());
        result_.items = static_cast<std::int64_t>(heads_.size());
        return std::move(result_);
    }

    void find(const std::string& item, long long n, std::string what) {
        result_.findings.push_back({item, static_cast<int>(n), std::move(what)});
    }

 private:
    void find(const StoredRow& row, std::string what) { find(row.item, row.n, std::move(what)); }

    void close_checkpoints_before(long long seq) {
        for (; next_ < checkpoints_.size() && checkpoints_[next_].through < seq; ++next_) {
            const Checkpoint& checkpoint = checkpoints_[next_];
            if (checkpoint.prev != checkpoint_hash_ || chain(checkpoint.prev, covered_) != checkpoint.hash ||
                checkpoint.rows != covered_rows_)
                find("", 0,
                     "checkpoint " + std::to_string(checkpoint.n) + " covers " +
                         std::to_string(checkpoint.rows) + " rows, found " + std::to_string(covered_rows_) +
                         ", or one of them was changed");
            checkpoint_hash_ = checkpoint.hash;
            covered_.clear();
            covered_rows_ = 0;
            ++result_.checkpoints;
        }
    }

    std::vector<Checkpoint> checkpoints_;
    std::size_t next_ = 0;
    std::string checkpoint_hash_ = crypto::to_hex(kNoPredecessor);
    std::string covered_;
    long long covered_rows_ = 0;
    std::unordered_map<std::string, Head> heads_;
    Verification result_;
};

long long walk_page(Session& session, long long after, Verifier& verifier) {
    StoredRow row;
    long long last = after;
    Call call = session.call(sql::ledger::walk);
    call.with("after", after).with("limit", kPage);
    read_into(call, row);
    while (call.next()) {
        verifier.take(row);
        last = row.seq;
    }
    return last;
}

void find_strays(Session& session, Verifier& verifier) {
    std::string item;
    long long n = 0;
    Call call = session.call(sql::ledger::stray_contents);
    call.into(item).into(n);
    while (call.next())
        verifier.find(item, n,
                      "there is content for an event that is not in the ledger: the row was removed");
}

}  // namespace

Verification verify_ledger(Session& session, const Progress& progress) {
    // One snapshot: rows that commit out of order beside us must not look like missing ones.
    session.execute(session.dialect() == Dialect::sqlite ? "BEGIN"
                                                         : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    Verifier verifier(checkpoints_of(session));
    std::int64_t rows = 0;
    for (long long after = 0;;) {
        const long long last = walk_page(session, after, verifier);
        if (last == after) break;
        rows += kPage;
        progress(rows);
        after = last;
    }
    find_strays(session, verifier);
    session.execute("COMMIT");
    return verifier.finish();
}

Verification sample_ledger(Session& session, std::int64_t items) {
    long long last = 0;
    {
        Call call = session.call(sql::changes::last);
        call.into(last);
        call.next();
    }
    std::set<std::string> picked;
    for (std::int64_t i = 0; i < items && last > 0; ++i) {
        std::uint64_t number = 0;
        for (const char byte : crypto::random_bytes(8))
            number = number << 8U | static_cast<unsigned char>(byte);
        std::string item;
        Call call = session.call(sql::ledger::item_at);
        call.with("seq",
                  i == 0 ? last : static_cast<std::int64_t>(number % static_cast<std::uint64_t>(last)) + 1)
            .into(item);
        if (call.next()) picked.insert(item);
    }
    Verifier verifier({});
    for (const std::string& item : picked)
        for (const StoredRow& row : rows_of_item(session, sql::ledger::item_rows, item)) verifier.take(row);
    return verifier.finish();
}

void append_checkpoint(Session& session, core::Instant now) {
    {
        std::string ignored;
        Call hold = session.call(sql::ledger::hold_writers);
        if (session.dialect() == Dialect::sqlite) {
            hold.into(ignored);
            hold.next();
        } else {
            hold.run();
        }
    }
    Checkpoint last{0, 0, 0, 0, "", crypto::to_hex(kNoPredecessor)};
    {
        Call call = session.call(sql::ledger::last_checkpoint);
        call.into(last.n).into(last.through).into(last.at).into(last.hash);
        call.next();
    }
    std::string hash, covered;
    long long seq = last.through, through = last.through, rows = 0;
    {
        Call call = session.call(sql::ledger::hashes_after);
        call.with("after", last.through).into(seq).into(hash);
        for (; call.next(); ++rows, through = seq) covered += crypto::from_hex(hash);
    }
    if (rows == 0) return;
    session.call(sql::ledger::append_checkpoint)
        .with("n", last.n + 1)
        .with("through_seq", through)
        .with("rows_covered", rows)
        .with("at", now)
        .with("prev", last.hash)
        .with("hash", chain(last.hash, covered))
        .run();
}

Result<std::string> export_ledger(Session& session, const std::string& item_id) {
    const std::vector<StoredRow> stored = rows_of_item(session, sql::ledger::item_rows, item_id);
    if (stored.empty()) return Error{ErrorCode::not_found, "the ledger has no item " + item_id};
    std::vector<json::LedgerDocumentRow> rows;
    for (const StoredRow& row : stored)
        rows.push_back({bytes_of(row), row.hash, row.key, row.content, row.erased != 0});
    return json::write_ledger(item_id, rows);
}

}  // namespace candour::store
