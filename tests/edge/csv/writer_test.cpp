#include "edge/csv/writer.hpp"

#include <gtest/gtest.h>

#include "edge/csv/reader.hpp"

namespace candour::csv {
namespace {

std::string line_of(const std::vector<std::string>& cells) {
    std::string line;
    append_line(line, cells);
    return line;
}

TEST(CsvLine, QuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(line_of({"plain", "", "two words"}), "plain,,two words\r\n");
    EXPECT_EQ(line_of({"", "a,b", "say \"no\"", "one\r\ntwo", " padded"}),
              ",\"a,b\",\"say \"\"no\"\"\",\"one\r\ntwo\",\" padded\"\r\n");
    EXPECT_EQ(line_of({"a;b", "a\tb"}), "\"a;b\",\"a\tb\"\r\n") << "separators to some programs";
}

TEST(CsvLine, ComesBackAsItWas) {
    const std::vector<std::string> cells{"Ada, \"the\" first", "line\none", " spaces ", "ü–漢"};
    const Result<core::Table> table = read("a,b,c,d\r\n" + line_of(cells));
    ASSERT_TRUE(table) << table.error().message;
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_EQ(table->rows[0].cells, cells);
}

TEST(HarmlessText, BeginsWithAnApostropheWhereASpreadsheetWouldCalculate) {
    for (const char* formula :
         {"=1+1", "+49 30 1234", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\",\"y\")",
          " =1", "  +1", "\"=1", "'=1", "\" @x", "\xC2\xA0=1", "＝1+1", "＋1", "－1", "＠x"})
        EXPECT_EQ(harmless(formula), "'" + std::string(formula));
}

TEST(HarmlessText, StaysAsItIsOtherwise) {
    for (const char* text :
         {"", "It is slow - very.", "1=1", "a@b.example", "\"quoted\"", "'tis", "   ", "10 + 2"})
        EXPECT_EQ(harmless(text), text);
}

}  // namespace
}  // namespace candour::csv
