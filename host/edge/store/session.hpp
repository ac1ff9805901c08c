/// One connection with its prepared statements. It belongs to one thread; SOCI stays inside this folder.
#pragma once
#include <soci/soci.h>

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "candour_query.hpp"
#include "core/instant.hpp"
#include "edge/store/target.hpp"

namespace candour::store {

using sql::Query;

class Session;

/// For what may be as long as a portfolio: rows come to us some thousands at a time, whatever the database.
/// PostgreSQL would otherwise hand over all of them at once, and they would be held twice. Inside a
/// transaction only, and one use of a query at a time.
struct InPieces {};

/// One use of a prepared statement: `with` binds, `into` says where the columns go, then `run` or `next`.
/// Destroying it drains the statement: an open SELECT would hold SQLite's snapshot and block its checkpoints.
class Call {
 public:
    Call(Session& session, const Query& query);
    Call(Session& session, const Query& query, InPieces);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    Call& with(const char* name, std::string value);
    Call& with(const char* name, std::int64_t value);
    Call& with(const char* name, core::Instant value) { return with(name, core::to_us(value)); }
    Call& into(std::string& column);
    Call& into(long long& column);

    /// For statements without a result. Returns the rows it touched.
    std::int64_t run();
    /// The next row is in the columns' variables; false when there are no more.
    bool next();

 private:
    bool begin();
    bool next_piece();

    Session& session_;
    soci::statement& statement_;
    soci::statement* pieces_ = nullptr;  ///< fetches the next piece of what `statement_` has begun
    std::string cursor_;
    std::deque<std::string> texts_;
    std::deque<long long> numbers_;
    bool started_ = false;
    bool rows_left_ = false;
};

class Session {
 public:
    /// Connects; throws soci::soci_error.
    explicit Session(const Target& target);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Dialect dialect() const { return dialect_; }
    Call call(const Query& query) { return Call(*this, query); }
    Call call_in_pieces(const Query& query) { return Call(*this, query, InPieces{}); }
    /// For BEGIN, COMMIT, PRAGMA and migrations only: it is parsed anew every time.
    void execute(const std::string& text);
    soci::statement& prepared(const Query& query);
    soci::statement& prepared(const std::string& name, const std::string& text);
    soci::session& raw() { return sql_; }
    const char* text_of(const Query& query) const {
        return dialect_ == Dialect::sqlite ? query.sqlite : query.postgresql;
    }
    /// PostgreSQL's socket for the watchdog, -1 for SQLite.
    int socket() const;
    /// Called when a statement begins: the server has answered the one before.
    void before_each(std::function<void()> step) { before_each_ = std::move(step); }

 private:
    Dialect dialect_;
    soci::session sql_;
    std::unordered_map<std::string, std::unique_ptr<soci::statement>> prepared_;
    std::function<void()> before_each_;
};

/// Many rows for one statement. SQLite runs it once per row (its fastest way), PostgreSQL once with arrays
/// (`unnest`): a round trip per row would cost five times as much.
class Bulk {
 public:
    explicit Bulk(const Query& query, std::vector<const char*> columns);
    void row(std::vector<std::string> values);
    bool empty() const { return rows_.empty(); }
    /// Afterwards it is empty again.
    void run(Session& session);
    /// For an INSERT that skips what is there already: the numbers in the last column of the rows that it
    /// inserted. On PostgreSQL the statement returns them.
    std::set<std::int64_t> claim(Session& session);

 private:
    std::set<std::int64_t> execute(Session& session, bool claims);
    std::set<std::int64_t> run_per_row(Session& session, bool claims);
    std::set<std::int64_t> run_as_arrays(Session& session, bool claims);

    const Query& query_;
    std::vector<const char*> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace candour::store
