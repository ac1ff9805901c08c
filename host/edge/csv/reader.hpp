/// A CSV file as a table, as spreadsheets write it: RFC 4180, with or without a byte order mark, LF or CR LF.
///
///     file   := header row*               empty lines are left out
///     row    := cell ("," cell)* end      cells may be quoted; a quoted cell may hold commas, quotes and
///     line ends
#pragma once
#include <string_view>

#include "candour/result.hpp"
#include "core/relationship/import.hpp"

namespace candour::csv {

/// Every row carries the line it begins on. Cells lose the spaces around them unless they are quoted.
/// Errors: invalid, naming the line: not UTF-8, a NUL, a quote out of place or never closed, another
/// separator than the comma, a column that is named twice or not at all, a file without a header.
Result<core::Table> read(std::string_view text);

}  // namespace candour::csv
