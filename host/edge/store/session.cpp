#include "edge/store/session.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace candour::store {
namespace {

void prepare_sqlite(soci::session& sql) {
    // FULL: what we answered with 2xx survives a power cut. Checkpoints are the checkpointer's business.
    for (const char* pragma : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA wal_autocheckpoint = 0",
                               "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -65536"}) {
        std::string ignored;
        soci::statement statement = (sql.prepare << pragma, soci::into(ignored));
        statement.execute(true);
    }
}

const soci::backend_factory& factory_of(Dialect dialect) {
    if (dialect == Dialect::sqlite) return *soci::factory_sqlite3();
    return *soci::factory_postgresql();
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

Call::Call(Session& session, const Query& query) : statement_(session.prepared(query)) {}

Call::~Call() {
    try {
        while (rows_left_) rows_left_ = statement_.fetch();
    } catch (...) {  // a lost connection cannot be drained, and the session will be thrown away
    }
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
    statement_.exchange(soci::into(column));
    return *this;
}

Call& Call::into(long long& column) {
    statement_.exchange(soci::into(column));
    return *this;
}

std::int64_t Call::run() {
    statement_.define_and_bind();
    rows_left_ = statement_.execute(true);
    return statement_.get_affected_rows();
}

bool Call::next() {
    if (started_) {
        rows_left_ = rows_left_ && statement_.fetch();
        return rows_left_;
    }
    started_ = true;
    statement_.define_and_bind();
    rows_left_ = statement_.execute(true);
    return rows_left_;
}

Session::Session(const Target& target) : dialect_(target.dialect), sql_(factory_of(target.dialect), target.connect) {
    if (dialect_ == Dialect::sqlite) {
        prepare_sqlite(sql_);
        return;
    }
    PGconn* connection = static_cast<soci::postgresql_session_backend*>(sql_.get_backend())->conn_;
    // libpq would write "already exists, skipping" to stderr, among what a person reads there.
    PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
}

Session::~Session() {
    for (auto& [name, statement] : prepared_) {
        try {
            statement.reset();
        } catch (...) {  // the connection may be gone
        }
    }
}

void Session::execute(const std::string& text) { sql_.once << text; }

soci::statement& Session::prepared(const Query& query) {
    std::unique_ptr<soci::statement>& statement = prepared_[query.name];
    if (!statement) {
        auto fresh = std::make_unique<soci::statement>(sql_);
        fresh->alloc();
        fresh->prepare(text_of(query));
        statement = std::move(fresh);
    }
    return *statement;
}

int Session::socket() const {
    if (dialect_ == Dialect::sqlite) return -1;
    auto& session = const_cast<soci::session&>(sql_);
    return PQsocket(static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_);
}

Bulk::Bulk(const Query& query, std::vector<const char*> columns) : query_(query), columns_(std::move(columns)) {}

void Bulk::row(std::vector<std::string> values) { rows_.push_back(std::move(values)); }

std::vector<std::string> Bulk::run(Session& session) {
    if (rows_.empty()) return {};
    return session.dialect() == Dialect::sqlite ? run_per_row(session) : run_as_arrays(session);
}

std::vector<std::string> Bulk::run_per_row(Session& session) {
    soci::statement& statement = session.prepared(query_);
    std::vector<std::string> slots(columns_.size());
    for (std::size_t i = 0; i < slots.size(); ++i) statement.exchange(soci::use(slots[i], columns_[i]));
    std::string returned;
    statement.exchange(soci::into(returned));
    statement.define_and_bind();
    std::vector<std::string> all;
    try {
        for (std::vector<std::string>& row : rows_) {
            for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = std::move(row[i]);
            for (bool more = statement.execute(true); more; more = statement.fetch()) all.push_back(returned);
        }
    } catch (...) {
        statement.bind_clean_up();
        throw;
    }
    statement.bind_clean_up();
    return all;
}

std::vector<std::string> Bulk::run_as_arrays(Session& session) {
    Call call = session.call(query_);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::string literal = "{";
        for (const std::vector<std::string>& row : rows_) append_element(literal, row[i]);
        call.with(columns_[i], literal + "}");
    }
    std::string returned;
    call.into(returned);
    std::vector<std::string> all;
    while (call.next()) all.push_back(returned);
    return all;
}

}  // namespace candour::store
