/// What every import reads the same way: columns by name, cells as values, each bad row with its reason.
#pragma once
#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/feedback/text.hpp"
#include "core/names.hpp"
#include "core/relationship/import.hpp"

namespace candour::core {

/// The cells of one row by column name; absent columns read as empty.
using Cells = std::map<std::string, std::string>;

struct Column {
    const char* name;
    bool required;
    std::size_t limit = kMaxLine;
};

std::string trimmed(std::string_view text);
/// ASCII only: segments, levels, addresses.
std::string lower(std::string text);
std::string cell(const Cells& cells, const char* column);

/// Enough to catch a name typed into the address column; the mail server has the last word.
Done check_address(const std::string& column, const std::string& address);
/// YYYY-MM-DD, a day that exists.
Result<std::chrono::year_month_day> date_of(const std::string& column, const std::string& text);
/// The same, or nothing at all.
Done check_date(const std::string& column, const std::string& text);
/// -1 when empty.
Result<std::int64_t> whole_amount(const Cells& cells, const char* column);
/// Yes when empty.
Result<bool> yes_or_no(const Cells& cells, const char* column, bool when_empty = true);

template <class Enum, std::size_t N>
Result<Enum> choice(const Cells& cells, const char* column, const NameTable<Enum, N>& table,
                    Enum when_empty) {
    const auto found = cells.find(column);
    if (found == cells.end() || found->second.empty()) return when_empty;
    if (const auto value = value_of(table, lower(found->second))) return *value;
    std::string all;
    for (const auto& [key, name] : table) all += std::string(all.empty() ? "" : ", ") + std::string(name);
    return Error{ErrorCode::invalid,
                 std::string(column) + ": expected one of " + all + "; found \"" + found->second + "\""};
}

Done check_header(const Table& table, const std::vector<Column>& columns);
Result<Cells> cells_of(const Table& table, const TableRow& row, const std::vector<Column>& columns);

/// `read` makes a row of its cells and line. Rows with the same key stand twice in the file; an empty key is
/// nobody's.
template <class Row, class Read, class KeyOf>
Result<Import<Row>> read_rows(const Table& table, const std::vector<Column>& columns, Read read,
                              KeyOf key_of) {
    if (Done header = check_header(table, columns); !header) return header.error();
    Import<Row> import;
    std::set<std::string> seen;
    for (const TableRow& row : table.rows) {
        const Result<Cells> cells = cells_of(table, row, columns);
        Result<Row> read_row = cells ? read(*cells, row.line) : Result<Row>(cells.error());
        if (!read_row) {
            import.problems.push_back({row.line, read_row.error().message});
            continue;
        }
        const std::string key = key_of(*read_row);
        if (!key.empty() && !seen.insert(key).second) {
            import.problems.push_back({row.line, "stands in this file more than once"});
            continue;
        }
        import.rows.push_back(std::move(*read_row));
    }
    return import;
}

}  // namespace candour::core
