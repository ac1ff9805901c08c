#include "support/postgres.hpp"

#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace candour::support {
namespace {

using namespace std::chrono_literals;

/// The first value of the first row, or "error".
std::string ask(const std::string& url, const std::string& sql) {
    PGconn* const connection = PQconnectdb((url + "?connect_timeout=5").c_str());
    PGresult* const result = PQexec(connection, sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    std::string value = status == PGRES_COMMAND_OK ? "done" : "error";
    if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) value = PQgetvalue(result, 0, 0);
    PQclear(result);
    PQfinish(connection);
    return value;
}

TEST(PostgresOfTheTests, LendsADatabaseOfItsOwnToEachWhoAsks) {
    const std::string one = Postgres::fresh_database();
    const std::string other = Postgres::fresh_database();
    EXPECT_EQ(ask(one, "CREATE TABLE items (id int)"), "done");
    EXPECT_EQ(ask(one, "SELECT count(*) FROM items"), "0");
    EXPECT_EQ(ask(other, "SELECT count(*) FROM items"), "error");
}

TEST(PostgresOfTheTests, SpeaksUtf8InUtc) {
    const std::string url = Postgres::fresh_database();
    EXPECT_EQ(ask(url, "SHOW server_encoding"), "UTF8");
    EXPECT_EQ(ask(url, "SHOW timezone"), "UTC");
}

TEST(PostgresOfTheTests, CopiesAPreparedDatabaseAndPreparesItOnce) {
    int prepared = 0;
    const auto prepare = [&](const std::string& url) {
        ++prepared;
        EXPECT_EQ(ask(url, "CREATE TABLE kept (id int)"), "done");
    };
    const std::string one = Postgres::fresh_database("kept", prepare);
    const std::string other = Postgres::fresh_database("kept", prepare);
    EXPECT_EQ(prepared, 1);
    EXPECT_EQ(ask(one, "INSERT INTO kept VALUES (1)"), "done");
    EXPECT_EQ(ask(other, "SELECT count(*) FROM kept"), "0");
}

TEST(PostgresOfTheTests, KeepsItsDatabasesWhenItIsKilledAndStartedAgain) {
    const std::string url = Postgres::fresh_database();
    ASSERT_EQ(ask(url, "CREATE TABLE items AS SELECT 7 AS id"), "done");
    Postgres::server().kill();
    EXPECT_EQ(ask(url, "SELECT id FROM items"), "error");
    Postgres::server().start();
    EXPECT_EQ(ask(url, "SELECT id FROM items"), "7");
}

TEST(PostgresOfTheTests, StopsAndStartsAgainOnTheSameAddress) {
    const std::string url = Postgres::fresh_database();
    Postgres::server().stop();
    EXPECT_EQ(ask(url, "SELECT 1"), "error");
    Postgres::server().start();
    EXPECT_EQ(ask(url, "SELECT 1"), "1");
}

TEST(PostgresOfTheTests, AcceptsAndStaysSilentWhileItIsFrozen) {
    const std::string url = Postgres::fresh_database();
    PGconn* const open = PQconnectdb(url.c_str());
    ASSERT_EQ(PQstatus(open), CONNECTION_OK);
    Postgres::server().freeze();
    ASSERT_EQ(PQsendQuery(open, "SELECT 1"), 1);
    const auto answered = [open] { return PQconsumeInput(open) == 1 && PQisBusy(open) == 0; };
    EXPECT_FALSE(eventually(answered, 50ms));
    Postgres::server().thaw();
    EXPECT_TRUE(eventually(answered));
    PQfinish(open);
}

TEST(PostgresOfTheTests, IsThereForTheNextTestWhateverThisOneDoesToIt) {
    Postgres::server().freeze();
    const std::string after_freeze = Postgres::fresh_database();
    EXPECT_EQ(ask(after_freeze, "SELECT 1"), "1");
    Postgres::server().kill();
    EXPECT_EQ(ask(Postgres::fresh_database(), "SELECT 1"), "1");
}

TEST(PostgresServerAlone, IsDurableWhenABenchmarkAsksForIt) {
    const PostgresServer server({.durable = true});
    EXPECT_EQ(ask(server.url(), "SHOW fsync"), "on");
    EXPECT_EQ(ask(server.url(), "SHOW synchronous_commit"), "on");
}

/// The directory and the postmaster of a server whose test program was killed before it could clean up.
struct Left {
    std::filesystem::path directory;
    pid_t postmaster = 0;
};

Left killed_beside_its_server(bool frozen) {
    const TempDir notes;
    const pid_t child = fork();
    if (child == 0) {
        PostgresServer server({});
        const std::string directory = ask(server.url(), "SHOW data_directory");
        pid_t postmaster = 0;
        std::ifstream(std::filesystem::path(directory) / "postmaster.pid") >> postmaster;
        std::ofstream(notes / "where") << directory << "\n" << postmaster;
        if (frozen) server.freeze();
        ::kill(getpid(), SIGKILL);
    }
    waitpid(child, nullptr, 0);
    Left left;
    std::string directory;
    std::ifstream(notes / "where") >> directory >>
        left.postmaster;  // the server's own file may be gone already
    left.directory = directory;
    return left;
}

TEST(PostgresServerAlone, IsRemovedWhenItsTestProgramIsKilled) {
    for (const bool frozen : {false, true}) {
        const Left left = killed_beside_its_server(frozen);
        ASSERT_GT(left.postmaster, 0);
        EXPECT_TRUE(eventually([&] { return !alive(left.postmaster); })) << "frozen: " << frozen;
        EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(left.directory); }))
            << "frozen: " << frozen;
    }
}

}  // namespace
}  // namespace candour::support
