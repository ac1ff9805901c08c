/// Every query of schemas/queries fits the tables that the migrations make, on both databases: prepared, not
/// run.
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "candour_queries.hpp"
#include "support/postgres.hpp"

namespace candour {
namespace {

namespace fs = std::filesystem;

/// What makes the tables: the record of migrations, then the migrations in their order.
std::vector<std::string> migrations(const std::string& dialect) {
    std::vector<std::string> texts{sql::migration::make_record.sqlite};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(fs::path(CANDOUR_SOURCE) / "schemas" / dialect))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& path : files) {
        std::ifstream file(path);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
}

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};

/// `:name` becomes `$1`, `$2`, … as SOCI does it for PostgreSQL; what stands in 'literals' and after `::`
/// stays.
std::string numbered(std::string_view text) {
    std::map<std::string, std::size_t, std::less<>> numbers;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (text[at] == '\'') {
            end = text.find('\'', end) + 1;
        } else if (text.substr(at, 2) == "::") {
            end = at + 2;
        } else if (text[at] == ':' && end < text.size() &&
                   std::isalpha(static_cast<unsigned char>(text[end])) != 0) {
            while (end < text.size() &&
                   (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
                ++end;
            const auto number =
                numbers.try_emplace(std::string(text.substr(at, end - at)), numbers.size() + 1).first;
            out += "$" + std::to_string(number->second);
            at = end;
            continue;
        }
        out += text.substr(at, end - at);
        at = end;
    }
    return out;
}

TEST(EveryQuery, FitsTheTablesOfSqlite) {
    sqlite3* opened = nullptr;
    ASSERT_EQ(sqlite3_open(":memory:", &opened), SQLITE_OK);
    const std::unique_ptr<sqlite3, Close> database(opened);
    for (const std::string& text : migrations("sqlite"))
        ASSERT_EQ(sqlite3_exec(opened, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(opened);
    for (const sql::Query* query : sql::kEvery) {
        sqlite3_stmt* statement = nullptr;
        const char* rest = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(opened, query->sqlite, -1, &statement, &rest), SQLITE_OK)
            << query->name << ": " << sqlite3_errmsg(opened);
        EXPECT_STREQ(rest, "") << query->name << ": one statement only, or the second is never run";
        sqlite3_finalize(statement);
    }
}

TEST(EveryQuery, FitsTheTablesOfPostgresql) {
    const std::unique_ptr<PGconn, Close> connection(PQconnectdb(support::Postgres::fresh_database().c_str()));
    for (const std::string& text : migrations("postgresql")) {
        const std::unique_ptr<PGresult, Close> result(PQexec(connection.get(), text.c_str()));
        ASSERT_EQ(PQresultStatus(result.get()), PGRES_COMMAND_OK) << PQerrorMessage(connection.get());
    }
    for (const sql::Query* query : sql::kEvery) {
        const std::string text = numbered(query->postgresql);
        const std::unique_ptr<PGresult, Close> result(
            PQprepare(connection.get(), "", text.c_str(), 0, nullptr));
        EXPECT_EQ(PQresultStatus(result.get()), PGRES_COMMAND_OK)
            << query->name << ": " << PQerrorMessage(connection.get()) << text;
    }
}

TEST(EveryQuery, IsNumberedAsSociDoes) {
    EXPECT_EQ(numbered("SELECT :b, ':a', :c::int, :b"), "SELECT $1, ':a', $2::int, $1");
}

}  // namespace
}  // namespace candour
