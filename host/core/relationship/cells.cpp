#include "core/relationship/cells.hpp"

#include <charconv>

namespace candour::core {
namespace {

std::string listed(const std::vector<Column>& columns) {
    std::string all;
    for (const Column& column : columns)
        all += std::string(all.empty() ? "" : ", ") + column.name + (column.required ? "*" : "");
    return all;
}

const Column& column_of(const std::vector<Column>& columns, const std::string& name) {
    return *std::find_if(columns.begin(), columns.end(),
                         [&](const Column& column) { return name == column.name; });
}

}  // namespace

std::string trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

std::string cell(const Cells& cells, const char* column) {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string() : found->second;
}

Done check_address(const std::string& column, const std::string& address) {
    if (address.empty()) return done();
    const std::size_t at = address.find('@');
    const bool shaped = at != std::string::npos && at > 0 && at + 1 < address.size() &&
                        address.find('@', at + 1) == std::string::npos &&
                        address.find_first_of(" \t\r\n<>,;\"") == std::string::npos;
    if (shaped) return done();
    return Error{ErrorCode::invalid, column + ": expected an e-mail address, found \"" + address + "\""};
}

Result<std::chrono::year_month_day> date_of(const std::string& column, const std::string& text) {
    int y = 0, m = 0, d = 0;
    const bool shaped = text.size() == 10 && text[0] != '-' && text[4] == '-' && text[7] == '-' &&
                        std::from_chars(text.data(), text.data() + 4, y).ptr == text.data() + 4 &&
                        std::from_chars(text.data() + 5, text.data() + 7, m).ptr == text.data() + 7 &&
                        std::from_chars(text.data() + 8, text.data() + 10, d).ptr == text.data() + 10;
    const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)),
                                           std::chrono::day(static_cast<unsigned>(d))};
    if (shaped && date.ok()) return date;
    return Error{ErrorCode::invalid, column + ": expected a date as YYYY-MM-DD, found \"" + text + "\""};
}

Done check_date(const std::string& column, const std::string& text) {
    if (text.empty()) return done();
    const Result<std::chrono::year_month_day> date = date_of(column, text);
    return date ? done() : Done(date.error());
}

Result<std::int64_t> whole_amount(const Cells& cells, const char* column) {
    const std::string text = cell(cells, column);
    if (text.empty()) return std::int64_t{-1};
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc() && end == text.data() + text.size() && value >= 0) return value;
    return Error{ErrorCode::invalid,
                 std::string(column) + ": expected a whole amount such as 120000, found \"" + text + "\""};
}

Result<bool> yes_or_no(const Cells& cells, const char* column, bool when_empty) {
    const std::string text = lower(cell(cells, column));
    if (text.empty()) return when_empty;
    if (text == "yes" || text == "true" || text == "1") return true;
    if (text == "no" || text == "false" || text == "0") return false;
    return Error{ErrorCode::invalid, std::string(column) + ": expected yes or no, found \"" + text + "\""};
}

/// A file that is one endless line is a name, too.
constexpr std::size_t kShownOfAName = 80;

Done check_header(const Table& table, const std::vector<Column>& columns) {
    for (const std::string& name : table.header)
        if (std::none_of(columns.begin(), columns.end(), [&](const Column& c) { return name == c.name; }))
            return Error{ErrorCode::invalid, "line 1: unknown column \"" + name.substr(0, kShownOfAName) +
                                                 "\"; expected some of: " + listed(columns)};
    for (const Column& column : columns)
        if (column.required &&
            std::find(table.header.begin(), table.header.end(), column.name) == table.header.end())
            return Error{ErrorCode::invalid, std::string("line 1: column \"") + column.name +
                                                 "\" is missing; expected: " + listed(columns)};
    return done();
}

Result<Cells> cells_of(const Table& table, const TableRow& row, const std::vector<Column>& columns) {
    if (row.cells.size() != table.header.size())
        return Error{ErrorCode::invalid, "expected " + std::to_string(table.header.size()) +
                                             " cells, found " + std::to_string(row.cells.size())};
    Cells cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string& name = table.header[i];
        if (Done text = check_text(name, row.cells[i], column_of(columns, name).limit); !text)
            return text.error();
        cells[name] = trimmed(row.cells[i]);
    }
    return cells;
}

}  // namespace candour::core
