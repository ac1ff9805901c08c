/// Rows of a CSV text, as spreadsheets and survey tools write it: quoted cells may hold separators, quotes
/// written twice and line ends. A quote out of place is a letter.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::imports {

using Cells = std::vector<std::string>;

/// Hands over each whole row, empty lines left out, until `take` says false. Returns how many bytes those
/// rows took: what is behind them is no whole row yet. With `last` the rest is a row too. Errors: invalid
/// when a quote is opened and never closed before the end of the file.
Result<std::size_t> each_row(std::string_view text, char separator, bool last,
                             const std::function<bool(Cells&)>& take);

/// The one of , ; tab | that stands most often outside quotes in the first line.
char separator_of(std::string_view beginning);

}  // namespace candour::imports
