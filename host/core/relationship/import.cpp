#include "core/relationship/import.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>

#include "core/feedback/text.hpp"

namespace candour::core {
namespace {

/// The cells of one row by column name; absent columns read as empty.
using Cells = std::map<std::string, std::string>;

struct Column {
    const char* name;
    bool required;
};

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

template <std::size_t N>
std::string listed(const std::array<Column, N>& columns) {
    std::string all;
    for (const Column& column : columns) all += std::string(all.empty() ? "" : ", ") + column.name + (column.required ? "*" : "");
    return all;
}

template <std::size_t N>
Done check_header(const Table& table, const std::array<Column, N>& columns) {
    for (const std::string& name : table.header)
        if (std::none_of(columns.begin(), columns.end(), [&](const Column& c) { return name == c.name; }))
            return Error{ErrorCode::invalid, "line 1: unknown column \"" + name + "\"; expected some of: " + listed(columns)};
    for (const Column& column : columns)
        if (column.required && std::find(table.header.begin(), table.header.end(), column.name) == table.header.end())
            return Error{ErrorCode::invalid, std::string("line 1: column \"") + column.name + "\" is missing; expected: " + listed(columns)};
    return done();
}

Result<Cells> cells_of(const Table& table, const TableRow& row) {
    if (row.cells.size() != table.header.size())
        return Error{ErrorCode::invalid, "expected " + std::to_string(table.header.size()) + " cells, found " + std::to_string(row.cells.size())};
    Cells cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (Done text = check_text(table.header[i], row.cells[i], kMaxLine); !text) return text.error();
        cells[table.header[i]] = trimmed(row.cells[i]);
    }
    return cells;
}

template <class Enum, std::size_t N>
Result<Enum> choice(const Cells& cells, const char* column, const NameTable<Enum, N>& table, Enum when_empty) {
    const auto found = cells.find(column);
    if (found == cells.end() || found->second.empty()) return when_empty;
    if (const auto value = value_of(table, lower(found->second))) return *value;
    std::string all;
    for (const auto& [key, name] : table) all += std::string(all.empty() ? "" : ", ") + std::string(name);
    return Error{ErrorCode::invalid, std::string(column) + ": expected one of " + all + "; found \"" + found->second + "\""};
}

std::string cell(const Cells& cells, const char* column) {
    const auto found = cells.find(column);
    return found == cells.end() ? std::string() : found->second;
}

/// Enough to catch a name typed into the address column; the mail server has the last word.
Done check_address(const std::string& column, const std::string& address) {
    if (address.empty()) return done();
    const std::size_t at = address.find('@');
    const bool shaped = at != std::string::npos && at > 0 && at + 1 < address.size() && address.find('@', at + 1) == std::string::npos &&
                        address.find_first_of(" \t\r\n<>,;\"") == std::string::npos;
    if (shaped) return done();
    return Error{ErrorCode::invalid, column + ": expected an e-mail address, found \"" + address + "\""};
}

Done check_date(const std::string& column, const std::string& text) {
    if (text.empty()) return done();
    int y = 0, m = 0, d = 0;
    const bool shaped = text.size() == 10 && text[0] != '-' && text[4] == '-' && text[7] == '-' &&
                        std::from_chars(text.data(), text.data() + 4, y).ptr == text.data() + 4 &&
                        std::from_chars(text.data() + 5, text.data() + 7, m).ptr == text.data() + 7 &&
                        std::from_chars(text.data() + 8, text.data() + 10, d).ptr == text.data() + 10;
    const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
    if (shaped && date.ok()) return done();
    return Error{ErrorCode::invalid, column + ": expected a date as YYYY-MM-DD, found \"" + text + "\""};
}

Result<std::int64_t> whole_amount(const Cells& cells, const char* column) {
    const std::string text = cell(cells, column);
    if (text.empty()) return std::int64_t{-1};
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc() && end == text.data() + text.size() && value >= 0) return value;
    return Error{ErrorCode::invalid, std::string(column) + ": expected a whole amount such as 120000, found \"" + text + "\""};
}

Result<AccountRow> account_of(const Cells& cells, int line) {
    AccountRow row;
    row.line = line;
    row.account.ref = cell(cells, "ref");
    row.account.name = cell(cells, "name");
    for (const char* column : {"ref", "name"})
        if (Done words = check_words(column, cell(cells, column), kMaxLine); !words) return words.error();
    const Result<Segment> segment = choice(cells, "segment", kSegments, Segment::unclassified);
    if (!segment) return segment.error();
    row.account.segment = *segment;
    row.owner_email = lower(cell(cells, "owner_email"));
    row.owner_name = cell(cells, "owner_name");
    if (Done address = check_address("owner_email", row.owner_email); !address) return address.error();
    row.account.renewal_on = cell(cells, "renewal_on");
    if (Done date = check_date("renewal_on", row.account.renewal_on); !date) return date.error();
    const Result<std::int64_t> revenue = whole_amount(cells, "annual_revenue");
    if (!revenue) return revenue.error();
    row.account.annual_revenue = *revenue;
    return row;
}

Result<bool> yes_or_no(const Cells& cells, const char* column) {
    const std::string text = lower(cell(cells, column));
    if (text.empty() || text == "yes" || text == "true" || text == "1") return true;
    if (text == "no" || text == "false" || text == "0") return false;
    return Error{ErrorCode::invalid, std::string(column) + ": expected yes or no, found \"" + text + "\""};
}

Result<ContactRow> contact_of(const Cells& cells, int line) {
    ContactRow row;
    row.line = line;
    row.account_ref = cell(cells, "account_ref");
    row.contact.name = cell(cells, "name");
    for (const char* column : {"account_ref", "name"})
        if (Done words = check_words(column, cell(cells, column), kMaxLine); !words) return words.error();
    row.contact.email = lower(cell(cells, "email"));
    if (Done address = check_address("email", row.contact.email); !address) return address.error();
    const Result<Level> level = choice(cells, "level", kLevels, Level::operational);
    if (!level) return level.error();
    row.contact.level = *level;
    row.contact.language = cell(cells, "language");
    row.contact.zone = cell(cells, "zone");
    const Result<bool> active = yes_or_no(cells, "active");
    if (!active) return active.error();
    row.contact.active = *active;
    return row;
}

template <class Row, std::size_t N, class Read, class KeyOf>
Result<Import<Row>> read_rows(const Table& table, const std::array<Column, N>& columns, Read read, KeyOf key_of) {
    if (Done header = check_header(table, columns); !header) return header.error();
    Import<Row> import;
    std::set<std::string> seen;
    for (const TableRow& row : table.rows) {
        const Result<Cells> cells = cells_of(table, row);
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

}  // namespace

Result<Import<AccountRow>> read_accounts(const Table& table) {
    static constexpr std::array<Column, 7> columns{{{"ref", true}, {"name", true}, {"segment", false}, {"owner_email", false},
                                                    {"owner_name", false}, {"renewal_on", false}, {"annual_revenue", false}}};
    return read_rows<AccountRow>(table, columns, account_of, [](const AccountRow& row) { return row.account.ref; });
}

Result<Import<ContactRow>> read_contacts(const Table& table) {
    static constexpr std::array<Column, 7> columns{{{"account_ref", true}, {"name", true}, {"email", false}, {"level", false},
                                                    {"language", false}, {"zone", false}, {"active", false}}};
    return read_rows<ContactRow>(table, columns, contact_of, [](const ContactRow& row) {
        return row.contact.email.empty() ? std::string() : row.account_ref + "\n" + row.contact.email;
    });
}

}  // namespace candour::core
