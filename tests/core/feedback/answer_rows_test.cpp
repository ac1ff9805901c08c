#include "core/feedback/answer_rows.hpp"

#include <gtest/gtest.h>

#include "core/feedback/text.hpp"

namespace candour::core {
namespace {

using Row = std::vector<std::string>;

const Row kColumns{"contact",  "date",     "account_ref", "score", "comment",
                   "declared", "language", "may_quote",   "key"};

Table table(const std::vector<Row>& rows, Row header = kColumns) {
    Table made{std::move(header), {}};
    int line = 1;
    for (const Row& row : rows) made.rows.push_back({++line, row});
    return made;
}

/// The reason why this one row is refused; empty when it is taken.
std::string problem(const Row& row) {
    const auto import = read_answers(table({row}));
    if (!import) return "header: " + import.error().message;
    return import->problems.empty() ? "" : import->problems.front().reason;
}

TEST(AnswerImport, ReadsEveryColumn) {
    const auto import = read_answers(table({{" Ada@Otter.Example ", "2024-02-29", "A-1", "9",
                                             " You called back. ", "4", "en-GB", "yes", "old-17"}}));
    ASSERT_TRUE(import) << import.error().message;
    ASSERT_EQ(import->rows.size(), 1U);
    const AnswerRow& row = import->rows.front();
    EXPECT_EQ(row.line, 2);
    EXPECT_EQ(row.email, "ada@otter.example");
    EXPECT_EQ(row.account_ref, "A-1");
    EXPECT_EQ(row.on, std::chrono::year(2024) / 2 / 29);
    EXPECT_EQ(row.score, 9);
    EXPECT_EQ(row.comment, "You called back.");
    EXPECT_EQ(row.declared, 4);
    EXPECT_EQ(row.language, "en-GB");
    EXPECT_TRUE(row.may_quote);
    EXPECT_EQ(row.key, "old-17");
}

TEST(AnswerImport, TakesAScoreAloneOrAStanceAlone) {
    const auto import = read_answers(
        table({{"ada@otter.example", "2025-01-01", "0", ""}, {"ada@otter.example", "2025-01-02", "", "0"}},
              {"contact", "date", "score", "declared"}));
    ASSERT_TRUE(import);
    ASSERT_EQ(import->rows.size(), 2U) << import->problems.front().reason;
    EXPECT_EQ(import->rows[0].score, 0) << "a zero is an answer";
    EXPECT_FALSE(import->rows[0].declared);
    EXPECT_FALSE(import->rows[1].score);
    EXPECT_EQ(import->rows[1].declared, 0);
    EXPECT_FALSE(import->rows[0].may_quote) << "nobody is quoted who was not asked";
}

TEST(AnswerImport, NeedsSomethingThatWasSaid) {
    EXPECT_NE(problem({"ada@otter.example", "2025-01-01", "", "", "", "", "", "", ""}).find("found neither"),
              std::string::npos);
    EXPECT_NE(problem({"ada@otter.example", "2025-01-01", "", "", "Fine.", "4", "", "", ""}).find("comment"),
              std::string::npos)
        << "a comment explains a score";
}

TEST(AnswerImport, NamesTheCellThatIsWrong) {
    EXPECT_EQ(problem({"", "2025-01-01", "", "9", "", "", "", "", ""}).rfind("contact", 0), 0U);
    EXPECT_EQ(problem({"Ada Lovett", "2025-01-01", "", "9", "", "", "", "", ""}).rfind("contact", 0), 0U);
    for (const char* date : {"", "2025-02-29", "31.12.2025", "2025-1-1", "2025-01-01T10:00:00Z"})
        EXPECT_EQ(problem({"ada@otter.example", date, "", "9", "", "", "", "", ""}).rfind("date", 0), 0U)
            << date;
    for (const char* score : {"11", "-1", "7.5", "nine", "07"})
        EXPECT_EQ(
            problem({"ada@otter.example", "2025-01-01", "", score, "", "", "", "", ""}).rfind("score", 0), 0U)
            << score;
    for (const char* stance : {"6", "-1", "10", "yes"})
        EXPECT_EQ(problem({"ada@otter.example", "2025-01-01", "", "9", "", stance, "", "", ""})
                      .rfind("declared", 0),
                  0U)
            << stance;
    EXPECT_EQ(problem({"ada@otter.example", "2025-01-01", "", "9", "", "", "", "perhaps", ""})
                  .rfind("may_quote", 0),
              0U);
}

TEST(AnswerImport, TakesWordsUpToTheLengthOfALongMail) {
    EXPECT_EQ(
        problem({"ada@otter.example", "2025-01-01", "", "9", std::string(kMaxText, 'x'), "", "", "", ""}),
        "");
    EXPECT_EQ(
        problem({"ada@otter.example", "2025-01-01", "", "9", std::string(kMaxText + 1, 'x'), "", "", "", ""})
            .rfind("comment", 0),
        0U);
    EXPECT_EQ(problem({"ada@otter.example", "2025-01-01", "", "9", "bytes \xff", "", "", "", ""})
                  .rfind("comment", 0),
              0U);
    EXPECT_EQ(problem({"ada@otter.example", "2025-01-01", "", "9", "", "", "", "", std::string(181, 'k')})
                  .rfind("key", 0),
              0U);
}

TEST(AnswerImport, RefusesTheSameKeyTwiceInAFile) {
    const Row row{"ada@otter.example", "2025-01-01", "", "9", "", "", "", "", "old-17"};
    const auto import = read_answers(table({row, row}));
    ASSERT_TRUE(import);
    EXPECT_EQ(import->rows.size(), 1U);
    EXPECT_EQ(import->problems, (std::vector<RowProblem>{{3, "stands in this file more than once"}}));
}

TEST(AnswerImport, RefusesAHeaderWithATypo) {
    const auto import = read_answers(table({}, {"contact", "date", "scor"}));
    ASSERT_FALSE(import);
    EXPECT_NE(import.error().message.find("\"scor\""), std::string::npos) << import.error().message;
    EXPECT_FALSE(read_answers(table({}, {"contact", "score"}))) << "without a date no answer has a place";
}

}  // namespace
}  // namespace candour::core
