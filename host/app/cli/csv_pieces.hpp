/// A long CSV file in pieces that are files themselves, so that its import can say how far it is.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::app::cli {

struct CsvPiece {
    std::string text;  ///< the header and some whole records
    int skipped = 0;   ///< lines of the file between the header and the first of them
};

/// Cuts behind whole records of `at_least` bytes together; a quoted cell may hold line ends. What is no CSV
/// comes back in one piece: its reader says best what is wrong.
std::vector<CsvPiece> csv_pieces(std::string_view file, std::size_t at_least);

}  // namespace candour::app::cli
