#include "edge/store/failure.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <string>

namespace candour::store {
namespace {

constexpr int kSqliteBusy = 5, kSqliteLocked = 6, kSqliteReadOnly = 8, kSqliteIo = 10, kSqliteFull = 13,
              kSqliteCannotOpen = 14, kSqliteConstraint = 19;

std::string line_of(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Error of_sqlite(const soci::sqlite3_soci_error& failure) {
    const std::string text = line_of(failure.get_error_message());
    switch (failure.result()) {
        case kSqliteBusy:
        case kSqliteLocked:
            return {ErrorCode::unavailable, "the database is busy: " + text};
        case kSqliteReadOnly:
        case kSqliteIo:
        case kSqliteFull:
        case kSqliteCannotOpen:
            return {ErrorCode::unavailable, "the database cannot be used: " + text};
        case kSqliteConstraint: {
            const bool refused_by_trigger = text.find("UNIQUE") == std::string::npos &&
                                            text.find("FOREIGN") == std::string::npos &&
                                            text.find("NOT NULL") == std::string::npos;
            return {refused_by_trigger ? ErrorCode::denied : ErrorCode::conflict, text};
        }
        default:
            return {ErrorCode::internal, "SQLite " + std::to_string(failure.result()) + ": " + text};
    }
}

bool connection_state(const std::string& state) {
    return state.starts_with("08") || state.starts_with("57") || state == "25006" || state == "53300";
}

Error of_postgresql(const soci::postgresql_soci_error& failure) {
    const std::string state = failure.sqlstate();
    const std::string text = line_of(failure.get_error_message());
    if (state == "23505") return {ErrorCode::conflict, text};
    if (state == "23001") return {ErrorCode::denied, text};
    // Two transactions met: the loser may simply try again.
    if (state == "40001" || state == "40P01" || state == "55P03") return {ErrorCode::unavailable, text};
    // These quote the value that they could not read.
    if (state.starts_with("22"))
        return {ErrorCode::internal, "PostgreSQL " + state + ": a value is not what its column holds"};
    if (connection_state(state)) return {ErrorCode::unavailable, "the database went away: " + text};
    return {ErrorCode::internal, "PostgreSQL " + state + ": " + text};
}

}  // namespace

Error error_of(const std::exception& failure) {
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&failure))
        return of_sqlite(*sqlite);
    if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&failure))
        return of_postgresql(*postgresql);
    if (const auto* other = dynamic_cast<const soci::soci_error*>(&failure))
        return {ErrorCode::unavailable,
                "the database cannot be reached: " + line_of(other->get_error_message())};
    return {ErrorCode::internal, failure.what()};
}

bool lost_connection(const std::exception& failure) {
    if (dynamic_cast<const soci::sqlite3_soci_error*>(&failure) != nullptr) return false;
    if (const auto* postgresql = dynamic_cast<const soci::postgresql_soci_error*>(&failure))
        return connection_state(postgresql->sqlstate()) ||
               std::string(postgresql->sqlstate()).find_first_not_of(' ') == std::string::npos;
    return dynamic_cast<const soci::soci_error*>(&failure) != nullptr;
}

}  // namespace candour::store
