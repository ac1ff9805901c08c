#include "edge/csv/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace candour;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

std::vector<std::string> cells(const core::Table& table, std::size_t row) {
    return table.rows.at(row).cells;
}

}  // namespace

TEST(CsvReader, NamesColumnsAndKeepsTheLineOfEveryRow) {
    const auto table = csv::read("ref,name\nA-1,Brass Otter\n\nA-2,Moonpenny\n");
    ASSERT_TRUE(table);
    EXPECT_THAT(table->header, ElementsAre("ref", "name"));
    ASSERT_EQ(table->rows.size(), 2U);
    EXPECT_THAT(cells(*table, 0), ElementsAre("A-1", "Brass Otter"));
    EXPECT_EQ(table->rows[0].line, 2);
    EXPECT_EQ(table->rows[1].line, 4);
}

TEST(CsvReader, KeepsCommasQuotesAndLineEndsOfAQuotedCell) {
    const auto table = csv::read("ref,name\nA-1,\"Otter, \"\"Brass\"\"\nand Sons\"\nA-2,Plain\n");
    ASSERT_TRUE(table);
    EXPECT_THAT(cells(*table, 0), ElementsAre("A-1", "Otter, \"Brass\"\nand Sons"));
    EXPECT_EQ(table->rows[1].line, 4) << "the quoted cell took a line of its own";
}

TEST(CsvReader, ReadsWhatASpreadsheetOnWindowsWrites) {
    const auto table = csv::read("\xEF\xBB\xBFref,name\r\nA-1,B\xC3\xA4r\r\nA-2,Otter");
    ASSERT_TRUE(table);
    EXPECT_THAT(table->header, ElementsAre("ref", "name"));
    EXPECT_THAT(cells(*table, 0), ElementsAre("A-1", "B\xC3\xA4r"));
    EXPECT_EQ(table->rows[1].line, 3);
    EXPECT_THAT(cells(*table, 1), ElementsAre("A-2", "Otter"));
}

TEST(CsvReader, ReadsLoneCarriageReturnsAsLineEnds) {
    const auto table = csv::read("ref,name\rA-1,Otter\rA-2,Moon\r");
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 2U);
    EXPECT_EQ(table->rows[1].line, 3);
}

TEST(CsvReader, KeepsEmptyCellsAndDropsEmptyRows) {
    const auto table = csv::read("ref,name,segment\nA-1,,\n,,\n");
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_THAT(cells(*table, 0), ElementsAre("A-1", "", ""));
}

TEST(CsvReader, TrimsSpacesOutsideOfQuotesAlone) {
    const auto table = csv::read("ref , name\n A-1 ,\" Otter \"\n");
    ASSERT_TRUE(table);
    EXPECT_THAT(table->header, ElementsAre("ref", "name"));
    EXPECT_THAT(cells(*table, 0), ElementsAre("A-1", " Otter "));
}

TEST(CsvReader, TakesALineOfAHundredMegabytesAsTheOneCellThatItIs) {
    const auto table = csv::read(std::string(100'000'000, 'x'));
    ASSERT_TRUE(table);
    EXPECT_EQ(table->header.size(), 1U);
    EXPECT_TRUE(table->rows.empty());
    EXPECT_FALSE(csv::read("ref\n\"" + std::string(100'000'000, 'x'))) << "its quote is never closed";
}

struct Refusal {
    const char* name;
    std::string_view text;
    const char* expected;
};

class CsvRefusal : public testing::TestWithParam<Refusal> {};

TEST_P(CsvRefusal, SaysTheLineAndWhatToDo) {
    const auto table = csv::read(GetParam().text);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, ErrorCode::invalid);
    EXPECT_THAT(table.error().message, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    , CsvRefusal,
    testing::Values(
        Refusal{"semicolons", "ref;name\nA-1;Otter\n",
                "line 1: expected columns separated by commas, found \";\""},
        Refusal{"tabs", "ref\tname\nA-1\tOtter\n", "found tabs"},
        Refusal{"latin_1", "ref,name\nA-1,B\xE4r\n", "line 2: expected UTF-8"},
        Refusal{"latin_1_after_a_quoted_line_end", "ref,name\nA-1,\"a\nb\"\nA-2,B\xE4r\n",
                "line 4: expected UTF-8"},
        Refusal{"utf_16", std::string_view("\xFF\xFEr\0e\0", 6), "found UTF-16"},
        Refusal{"nul", std::string_view("ref,name\nA\0,b\n", 14), "line 2: expected text, found a NUL"},
        Refusal{"quote_out_of_place", "ref,name\nA-1,Otter\nA-2,\"Ot\"ter\n", "line 3: expected a comma"},
        Refusal{"quote_never_closed", "ref,name\nA-1,\"Otter\nA-2,Moon\n", "line 2: a quote is opened"},
        Refusal{"empty", "", "line 1: expected a header"},
        Refusal{"only_a_mark", "\xEF\xBB\xBF", "line 1: expected a header"},
        Refusal{"column_twice", "ref,name,ref\n", "\"ref\" stands there twice"},
        Refusal{"column_without_name", "ref,,name\nA-1,x,Otter\n", "line 1: expected a name"}),
    [](const auto& refusal) { return std::string(refusal.param.name); });
