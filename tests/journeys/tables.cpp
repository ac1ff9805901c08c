#include "journeys/tables.hpp"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace candour::journeys {
namespace {

constexpr const char* kBookmark = "journal_floor";
/// Who of several hosts looks after what: it changes as time passes.
constexpr const char* kDuties = "duties";
/// What waits to be said to ourselves is sorted a moment later; that it happened stands on the ledger.
constexpr const char* kNotices = "team_notices";
/// What metrics make of the facts follows a moment after them.
constexpr std::string_view kDerived = "metric_";
/// The same of answers.
constexpr std::string_view kPlaces = "answer_places", kSpans = "answer_spans";
constexpr std::string_view kSqlite = "sqlite:";

using Rows = std::vector<std::vector<std::string>>;

Rows ask_sqlite(const std::string& path, const std::string& sql) {
    sqlite3* opened = nullptr;
    const int open = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
    if (open != SQLITE_OK) throw std::runtime_error(path + " cannot be opened");
    sqlite3_busy_timeout(opened, 10'000);
    Rows rows;
    const auto take = [](void* into, int count, char** values, char**) {
        std::vector<std::string> row;
        for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "NULL" : values[i]);
        static_cast<Rows*>(into)->push_back(std::move(row));
        return 0;
    };
    if (sqlite3_exec(opened, sql.c_str(), take, &rows, nullptr) != SQLITE_OK)
        throw std::runtime_error(sql + ": " + sqlite3_errmsg(opened));
    return rows;
}

Rows ask_postgresql(const std::string& url, const std::string& sql) {
    const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(PQconnectdb(url.c_str()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection.get(), sql.c_str()),
                                                                PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
    Rows rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (int r = 0; r < PQntuples(result.get()); ++r)
        for (int c = 0; c < PQnfields(result.get()); ++c)
            rows[static_cast<std::size_t>(r)].emplace_back(PQgetvalue(result.get(), r, c));
    return rows;
}

Rows ask(const std::string& url, const std::string& sql) {
    return url.starts_with(kSqlite) ? ask_sqlite(url.substr(kSqlite.size()), sql) : ask_postgresql(url, sql);
}

}  // namespace

Tables read_tables(const std::string& url) {
    const char* const names =
        url.starts_with(kSqlite)
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
    Tables tables;
    for (const auto& name : ask(url, names)) {
        if (name[0] == kBookmark || name[0] == kDuties || name[0] == kNotices) continue;
        if (name[0].starts_with(kDerived) || name[0] == kPlaces || name[0] == kSpans) continue;
        std::vector<std::string>& rows = tables[name[0]];
        for (const auto& row : ask(url, "SELECT * FROM " + name[0])) {
            std::string line;
            for (const std::string& value : row) line += value + " | ";
            rows.push_back(std::move(line));
        }
        std::sort(rows.begin(), rows.end());
    }
    return tables;
}

std::string difference(const Tables& before, const Tables& after) {
    std::string said;
    for (const auto& [table, rows] : after) {
        const auto then = before.find(table);
        if (then != before.end() && then->second == rows) continue;
        said += table + ": ";
        for (const std::string& row : rows)
            if (then == before.end() || !std::binary_search(then->second.begin(), then->second.end(), row))
                said += "\n  now " + row.substr(0, 400);
        if (then != before.end())
            for (const std::string& row : then->second)
                if (!std::binary_search(rows.begin(), rows.end(), row))
                    said += "\n  was " + row.substr(0, 400);
        said += "\n";
    }
    return said;
}

void execute(const std::string& url, const std::string& sql) {
    ask(url, sql);
}

}  // namespace candour::journeys
