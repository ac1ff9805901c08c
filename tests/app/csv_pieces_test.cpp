#include "app/cli/csv_pieces.hpp"

#include <gtest/gtest.h>

using namespace candour::app::cli;

namespace {

std::vector<std::string> texts(const std::vector<CsvPiece>& pieces) {
    std::vector<std::string> all;
    for (const CsvPiece& piece : pieces) all.push_back(piece.text);
    return all;
}

}  // namespace

TEST(CsvPieces, AreFilesWithTheSameHeader) {
    const auto pieces = csv_pieces("a,b\n1,2\n3,4\n5,6\n", 8);
    EXPECT_EQ(texts(pieces), (std::vector<std::string>{"a,b\n1,2\n3,4\n", "a,b\n5,6\n"}));
    EXPECT_EQ(pieces[0].skipped, 0);
    EXPECT_EQ(pieces[1].skipped, 2);
}

TEST(CsvPieces, NeverCutARecordWhoseCellHoldsLineEnds) {
    const auto pieces = csv_pieces("a\n\"one\n\"\"two\"\"\nthree\"\nfour\n", 1);
    EXPECT_EQ(texts(pieces), (std::vector<std::string>{"a\n\"one\n\"\"two\"\"\nthree\"\n", "a\nfour\n"}));
    EXPECT_EQ(pieces[1].skipped, 3) << "the line numbers of the whole file";
}

TEST(CsvPieces, LeaveShortAndBrokenFilesToTheirReader) {
    EXPECT_EQ(texts(csv_pieces("", 10)), (std::vector<std::string>{""}));
    EXPECT_EQ(texts(csv_pieces("a,b", 10)), (std::vector<std::string>{"a,b"}));
    EXPECT_EQ(texts(csv_pieces("a\n\"never closed\n1\n2\n", 1)),
              (std::vector<std::string>{"a\n\"never closed\n1\n2\n"}));
    EXPECT_EQ(texts(csv_pieces("a\n1", 1)), (std::vector<std::string>{"a\n1"}));
}
