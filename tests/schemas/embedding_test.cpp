/// .cmake/embed_queries.cmake: what stands in schemas/queries/*.sql reaches the database as it was meant.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "odd_queries.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour {
namespace {

TEST(EmbeddedQuery, IsNamedAfterItsFileAndItsStatement) {
    EXPECT_STREQ(sql::odd::dialects.name, "odd.dialects");
}

TEST(EmbeddedQuery, LosesItsCommentsAndKeepsItsLiterals) {
    const std::string expected =
        "SELECT id  \nFROM items\nWHERE note = 'it''s -- not a comment'\n  AND \"odd -- name\" = :value";
    EXPECT_EQ(sql::odd::apostrophe_in_a_comment.sqlite, expected);
    EXPECT_EQ(sql::odd::apostrophe_in_a_comment.postgresql, expected);
}

TEST(EmbeddedQuery, DiffersOnlyWhereADialectIsNamed) {
    EXPECT_STREQ(sql::odd::dialects.sqlite, "SELECT count(*),  julianday(:at) * 2  \nFROM items");
    EXPECT_STREQ(sql::odd::dialects.postgresql,
                 "SELECT count(*),   CAST(:at AS date) * 2 \nFROM items \nFOR UPDATE SKIP LOCKED");
}

TEST(EmbeddedQuery, KeepsBracketsSemicolonsAndBackslashes) {
    const std::string expected =
        "INSERT INTO notes (body, tags) VALUES (';[a];', '[1;2]');\n"
        "UPDATE notes SET body = 'a\\b\\;c\\', price = 7 - 2 / 1, cost = '${HOME} @x@'\nWHERE tags[1] = ']'";
    EXPECT_EQ(sql::odd::brackets_and_semicolons.sqlite, expected);
    EXPECT_EQ(sql::odd::brackets_and_semicolons.postgresql, expected);
}

TEST(EmbeddedQuery, MayHaveANameThatMeansNoInCMake) {
    EXPECT_STREQ(sql::odd::off.sqlite, "SELECT a.b\n\nFROM a");
}

support::Finished embed(const std::string& text) {
    const support::TempDir directory;
    const std::string file = directory / "bad.sql";
    std::ofstream(file) << text;
    return support::run_program({.program = "cmake",
                                 .arguments = {"-DOUT=" + file + ".hpp", "-DFILES=" + file, "-P",
                                               CANDOUR_SOURCE "/.cmake/embed_queries.cmake"}});
}

/// CMake breaks the lines of its messages where it likes.
std::string unwrapped(const std::string& message) {
    return std::regex_replace(message, std::regex("\\s+"), " ");
}

struct Bad {
    const char* text;
    const char* complaint;
};

TEST(EmbeddingQueries, StopsTheBuildAtWhatItDoesNotUnderstand) {
    const Bad cases[] = {
        {"SELECT 1;\n", "before the first statement"},
        {"-- name: a\n-- nothing\n-- name: b\nSELECT 1\n", "query a: expected a statement"},
        {"-- name: a\nSELECT 'x\n", "query a: a literal"},
        {"-- name: a\nSELECT 1 /* x\n", "query a: a comment is opened"},
        {"-- name: a\nSELECT 1 */\n", "closes nothing"},
        {"-- name: a\nSELECT /*+oracle 1 */\n", "found /*+oracle"},
        {"-- name: a\nSELECT /*+sqlite /*+postgresql 1 */ */\n", "not one in the other"},
        {"-- name: a\nSELECT /*+sqlite 1\n", "is not closed"},
    };
    for (const Bad& bad : cases) {
        const support::Finished result = embed(bad.text);
        EXPECT_NE(result.code, 0) << bad.text;
        const std::string said = unwrapped(result.errors);
        EXPECT_NE(said.find(bad.complaint), std::string::npos) << bad.text << said;
    }
}

TEST(EmbeddingQueries, AcceptsAFileWithoutFaults) {
    const support::Finished result = embed("-- name: a\nSELECT 1;\n");
    EXPECT_EQ(result.code, 0) << result.errors;
}

}  // namespace
}  // namespace candour
