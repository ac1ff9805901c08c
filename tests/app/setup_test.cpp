#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/program.hpp"
#include "app/sqlite_file.hpp"
#include "crypto/digest.hpp"

using namespace candour;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

namespace {

namespace fs = std::filesystem;

constexpr fs::perms kOwnerAlone = fs::perms::owner_read | fs::perms::owner_write;

}  // namespace

TEST(Init, WritesAConfigurationThatItsOwnerAloneCanRead) {
    const app::Program program;
    const support::Finished finished = program.run({"init", "--dir", "a/new/folder"});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    const fs::path file = program.folder / "a/new/folder/candour.toml";
    EXPECT_EQ(fs::status(file).permissions(), kOwnerAlone);
    EXPECT_EQ(program.run({"--config", file.string(), "config", "check"}).code, 0);
}

TEST(Init, NeverWritesOverAConfiguration) {
    const app::Program program;
    program.run({"init", "--dir", "."});
    const std::string before = program.file("candour.toml");
    const support::Finished again = program.run({"init", "--dir", "."});
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.errors, HasSubstr("is there already"));
    EXPECT_EQ(program.file("candour.toml"), before);
}

TEST(Init, RefusesADatabaseItDoesNotKnow) {
    const app::Program program;
    EXPECT_EQ(program.run({"init", "--dir", ".", "--database", "mysql://x"}).code, 2);
    EXPECT_FALSE(fs::exists(program.folder / "candour.toml"));
}

TEST(Migrate, BringsTheDatabaseUpToDateAndThenChangesNothing) {
    const app::Program program;
    program.run({"init", "--dir", "var"});
    const support::Finished first = program.run({"migrate"});
    EXPECT_EQ(first.code, 0) << first.errors;
    EXPECT_THAT(first.output, HasSubstr("Applied migration 1 spine"));
    const support::Finished second = program.run({"migrate"});
    EXPECT_EQ(second.code, 0);
    EXPECT_THAT(second.output, HasSubstr("up to date"));
}

TEST(Migrate, IsAskedForWhereTheDatabaseIsMissing) {
    const app::Program program;
    program.run({"init", "--dir", "var"});
    const support::Finished finished = program.run({"ledger", "verify"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("candour migrate"));
    EXPECT_FALSE(fs::exists(program.folder / "var/candour.db")) << "looking must not make a database";
}

TEST(ConfigCheck, PrintsEveryProblemWithItsLine) {
    const app::Program program;
    std::ofstream(program.folder / "candour.toml") << "[server]\nlisten = \"here\"\nport = 1\n";
    const support::Finished finished = program.run({"config", "check"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("candour.toml:2: server.listen: expected"));
    EXPECT_THAT(finished.errors, HasSubstr("candour.toml:3: server.port: there is no such key"));
    EXPECT_THAT(finished.errors, HasSubstr("4 things are wrong"));
}

TEST(TokenCreate, ShowsTheSecretOnceAndKeepsOnlyItsDigest) {
    const app::Program program;
    program.set_up();
    const support::Finished made = program.run({"token", "create", "--name", "laptop", "--json"});
    ASSERT_EQ(made.code, 0) << made.errors;
    const std::string secret(boost::json::parse(made.output).at("token").as_string());
    EXPECT_THAT(secret, MatchesRegex("cdr_[0-9a-z]{32}"));
    app::SqliteFile database(program.folder / "var/candour.db");
    EXPECT_EQ(database.text("SELECT hash FROM api_tokens WHERE name = 'laptop'"),
              crypto::to_hex(crypto::sha256(secret)));
    EXPECT_EQ(database.text("SELECT teammate_id FROM api_tokens"), "");
}

TEST(TokenCreate, SavesTheSecretWhereOnlyItsOwnerReadsItAndPrintsNothingOfIt) {
    const app::Program program;
    program.set_up();
    const support::Finished made = program.run({"token", "create", "--name", "first", "--save"});
    ASSERT_EQ(made.code, 0) << made.errors;
    std::string secret = program.file("var/token");
    EXPECT_THAT(secret, MatchesRegex("cdr_[0-9a-z]{32}\n"));
    secret.pop_back();
    EXPECT_THAT(made.output + made.errors, Not(HasSubstr(secret)));
    EXPECT_EQ(fs::status(program.folder / "var/token").permissions(), kOwnerAlone);
    program.run({"token", "create", "--name", "second", "--save"});
    EXPECT_NE(program.file("var/token"), secret + "\n");
}

TEST(TokenCreate, MakesTheTeammateItBelongsToOnce) {
    const app::Program program;
    program.set_up();
    for (const char* name : {"laptop", "phone"}) {
        const support::Finished made = program.run({"token", "create", "--name", name, "--teammate",
                                                    "Priya@Example.com", "--teammate-name", "Priya Raman"});
        ASSERT_EQ(made.code, 0) << made.errors;
    }
    app::SqliteFile database(program.folder / "var/candour.db");
    EXPECT_EQ(database.text("SELECT count(*) || ' ' || max(email) || ' ' || max(name) FROM teammates"),
              "1 priya@example.com Priya Raman");
    EXPECT_EQ(database.text("SELECT count(*) FROM api_tokens t JOIN teammates m ON m.id = t.teammate_id"),
              "2");
}
