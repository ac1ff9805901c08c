#include "edge/store/session.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <typeinfo>

namespace candour::store {
namespace {

void prepare_sqlite(soci::session& sql) {
    // FULL: what we answered with 2xx survives a power cut. Checkpoints are the checkpointer's business.
    // Eight MiB for each of four connections, so that a host stays small; the system's own cache holds the
    // rest.
    for (const char* pragma :
         {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 0",
          "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -8192"}) {
        std::string ignored;
        soci::statement statement = (sql.prepare << pragma, soci::into(ignored));
        statement.execute(true);
    }
}

/// Each connection belongs to one thread already, and nobody asks SQLite how much memory it uses: without its
/// own locks a row costs a tenth less. Only before the first connection of the process; after that SQLite
/// refuses, which is as well.
void spare_sqlite_its_locks() {
    static const int settled = [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    }();
    static_cast<void>(settled);
}

const soci::backend_factory& factory_of(Dialect dialect) {
    spare_sqlite_its_locks();
    if (dialect == Dialect::sqlite) return *soci::factory_sqlite3();
    return *soci::factory_postgresql();
}

/// SQLite reports a statement's failure a second time when the statement is reset; SOCI takes that for "not
/// ready", and the next time it runs nothing, without a word.
void forget_failure(soci::statement& statement) {
    // The library does not export the type that a dynamic_cast would need.
    soci::details::statement_backend* backend = statement.get_backend();
    const std::string_view type =
        backend == nullptr ? std::string_view() : std::string_view(typeid(*backend).name());
    if (type.find("sqlite3_statement_backend") == std::string_view::npos) return;
    sqlite_api::sqlite3_reset(static_cast<soci::sqlite3_statement_backend*>(backend)->stmt_);
}

bool run_statement(soci::statement& statement) try { return statement.execute(true); } catch (...) {
    forget_failure(statement);
    throw;
}

bool next_row(soci::statement& statement) try { return statement.fetch(); } catch (...) {
    forget_failure(statement);
    throw;
}

/// "campaign.people" as a cursor is called.
std::string cursor_of(const Query& query) {
    std::string name = query.name;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

/// Some hundred kilobytes: the round trip is lost among the rows.
std::string fetch_from(const std::string& cursor) {
    return "FETCH 4000 FROM " + cursor;
}

/// A PostgreSQL array literal: every element quoted, so that nothing in it means anything.
void append_element(std::string& literal, const std::string& value) {
    literal += literal.size() == 1 ? "\"" : ",\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') literal += '\\';
        literal += c;
    }
    literal += '"';
}

}  // namespace

Call::Call(Session& session, const Query& query) : session_(session), statement_(session.prepared(query)) {}

Call::Call(Session& session, const Query& query, InPieces)
    : session_(session),
      statement_(session.dialect() == Dialect::sqlite
                     ? session.prepared(query)
                     : session.prepared(
                           std::string(query.name) + " in pieces",
                           "DECLARE " + cursor_of(query) + " NO SCROLL CURSOR FOR " + query.postgresql)) {
    if (session.dialect() == Dialect::sqlite) return;
    cursor_ = cursor_of(query);
    pieces_ = &session.prepared("piece of " + cursor_, fetch_from(cursor_));
}

Call::~Call() {
    try {
        while (rows_left_) rows_left_ = next_row(pieces_ != nullptr ? *pieces_ : statement_);
        if (pieces_ != nullptr && started_) session_.execute("CLOSE " + cursor_);
    } catch (...) {  // a lost connection cannot be drained, and the session will be thrown away
    }
    if (pieces_ != nullptr) pieces_->bind_clean_up();
    statement_.bind_clean_up();
}

Call& Call::with(const char* name, std::string value) {
    texts_.push_back(std::move(value));
    statement_.exchange(soci::use(texts_.back(), name));
    return *this;
}

Call& Call::with(const char* name, std::int64_t value) {
    numbers_.push_back(value);
    statement_.exchange(soci::use(numbers_.back(), name));
    return *this;
}

Call& Call::into(std::string& column) {
    (pieces_ != nullptr ? *pieces_ : statement_).exchange(soci::into(column));
    return *this;
}

Call& Call::into(long long& column) {
    (pieces_ != nullptr ? *pieces_ : statement_).exchange(soci::into(column));
    return *this;
}

std::int64_t Call::run() {
    statement_.define_and_bind();
    rows_left_ = run_statement(statement_);
    return statement_.get_affected_rows();
}

bool Call::begin() {
    started_ = true;
    statement_.define_and_bind();
    if (pieces_ == nullptr) return run_statement(statement_);
    run_statement(statement_);
    pieces_->define_and_bind();
    return next_piece();
}

bool Call::next_piece() {
    session_.prepared("piece of " + cursor_, fetch_from(cursor_));  // for whoever watches how long it takes
    return run_statement(*pieces_);
}

bool Call::next() {
    if (!started_) return rows_left_ = begin();
    if (!rows_left_) return false;
    if (pieces_ == nullptr) return rows_left_ = next_row(statement_);
    return rows_left_ = next_row(*pieces_) || next_piece();
}

Session::Session(const Target& target)
    : dialect_(target.dialect), sql_(factory_of(target.dialect), target.connect) {
    if (dialect_ == Dialect::sqlite) {
        prepare_sqlite(sql_);
        return;
    }
    PGconn* connection = static_cast<soci::postgresql_session_backend*>(sql_.get_backend())->conn_;
    // libpq would write "already exists, skipping" to stderr, among what a person reads there.
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
    // Whatever is read in pieces is read to its end; and no statement of ours is worth compiling first.
    execute("SET cursor_tuple_fraction = 1");
    execute("SET jit = off");
}

Session::~Session() {
    for (auto& [name, statement] : prepared_) {
        try {
            statement.reset();
        } catch (...) {  // the connection may be gone
        }
    }
}

void Session::execute(const std::string& text) {
    sql_.once << text;
}

soci::statement& Session::prepared(const Query& query) {
    return prepared(query.name, text_of(query));
}

soci::statement& Session::prepared(const std::string& name, const std::string& text) {
    if (before_each_) before_each_();
    std::unique_ptr<soci::statement>& statement = prepared_[name];
    if (!statement) {
        auto fresh = std::make_unique<soci::statement>(sql_);
        fresh->alloc();
        fresh->prepare(text);
        statement = std::move(fresh);
    }
    return *statement;
}

int Session::socket() const {
    if (dialect_ == Dialect::sqlite) return -1;
    auto& session = const_cast<soci::session&>(sql_);
    return PQsocket(static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_);
}

Bulk::Bulk(const Query& query, std::vector<const char*> columns)
    : query_(query), columns_(std::move(columns)) {}

void Bulk::row(std::vector<std::string> values) {
    rows_.push_back(std::move(values));
}

void Bulk::run(Session& session) {
    execute(session, false);
}

std::set<std::int64_t> Bulk::claim(Session& session) {
    return execute(session, true);
}

std::set<std::int64_t> Bulk::execute(Session& session, bool claims) {
    if (rows_.empty()) return {};
    std::set<std::int64_t> claimed =
        session.dialect() == Dialect::sqlite ? run_per_row(session, claims) : run_as_arrays(session, claims);
    rows_.clear();
    return claimed;
}

std::set<std::int64_t> Bulk::run_per_row(Session& session, bool claims) {
    soci::statement& statement = session.prepared(query_);
    std::vector<std::string> slots(columns_.size());
    for (std::size_t i = 0; i < slots.size(); ++i) statement.exchange(soci::use(slots[i], columns_[i]));
    statement.define_and_bind();
    std::set<std::int64_t> inserted;
    try {
        for (std::vector<std::string>& row : rows_) {
            for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = std::move(row[i]);
            run_statement(statement);
            if (claims && statement.get_affected_rows() > 0) inserted.insert(std::stoll(slots.back()));
        }
    } catch (...) {
        statement.bind_clean_up();
        throw;
    }
    statement.bind_clean_up();
    return inserted;
}

std::set<std::int64_t> Bulk::run_as_arrays(Session& session, bool claims) {
    Call call = session.call(query_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::string literal = "{";
        for (const std::vector<std::string>& row : rows_) append_element(literal, row[i]);
        call.with(columns_[i], literal + "}");
    }
    long long number = 0;
    if (claims) call.into(number);
    std::set<std::int64_t> inserted;
    while (call.next()) inserted.insert(number);
    return inserted;
}

}  // namespace candour::store
