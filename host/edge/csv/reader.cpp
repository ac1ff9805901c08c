#include "edge/csv/reader.hpp"

#include <csv.h>

#include <algorithm>
#include <set>

#include "core/feedback/text.hpp"

namespace candour::csv {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Error at_line(int line, const std::string& what) {
    return Error{ErrorCode::invalid, "line " + std::to_string(line) + ": " + what};
}

/// The next line with its end: LF, CR LF, or the lone CR of very old spreadsheets.
std::string_view take_line(std::string_view& text) {
    std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos)
        end = text.size();
    else
        end += text.substr(end, 2) == "\r\n" ? 2 : 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    return line;
}

Done check_line(int number, std::string_view line) {
    if (!core::code_points(line))
        return at_line(number, "expected UTF-8, found bytes that are not; save the file as \"CSV UTF-8\"");
    if (line.find('\0') != std::string_view::npos)
        return at_line(number, "expected text, found a NUL character; is this a CSV file?");
    return done();
}

/// Rows as libcsv finds them. It knows no lines, so it is fed one at a time.
class Parser {
 public:
    Parser() { csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI); }
    ~Parser() { csv_free(&parser_); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    Done feed(int number, std::string_view line) {
        if (!in_row_ && line.find_first_not_of(" \t\r\n") == std::string_view::npos) return done();
        if (!in_row_) row_.line = number;
        in_row_ = true;
        const std::size_t taken = csv_parse(&parser_, line.data(), line.size(), take_cell, take_row, this);
        if (taken == line.size()) return done();
        return at_line(number,
                       "expected a comma or the end of the line after a quoted cell, found a quote out of "
                       "place; a quote inside a quoted cell is written twice");
    }

    Result<std::vector<core::TableRow>> finish() {
        const int opened = row_.line;
        if (csv_fini(&parser_, take_cell, take_row, this) == 0) return std::move(rows_);
        return at_line(opened, "a quote is opened in this row and never closed");
    }

 private:
    static void take_cell(void* bytes, std::size_t size, void* self) {
        static_cast<Parser*>(self)->row_.cells.emplace_back(static_cast<const char*>(bytes), size);
    }
    static void take_row(int, void* self) {
        auto* parser = static_cast<Parser*>(self);
        core::TableRow row = std::exchange(parser->row_, {});
        parser->in_row_ = false;
        const bool blank =
            std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
        if (!blank) parser->rows_.push_back(std::move(row));
    }

    csv_parser parser_{};
    core::TableRow row_;
    bool in_row_ = false;
    std::vector<core::TableRow> rows_;
};

/// Spreadsheets in countries with a decimal comma separate by semicolons; read as commas that is one huge
/// column.
Done check_separator(const core::TableRow& header) {
    if (header.cells.size() != 1) return done();
    for (const char* const separator : {";", "\t", "|"}) {
        if (header.cells.front().find(separator) == std::string::npos) continue;
        const std::string name = *separator == '\t' ? "tabs" : "\"" + std::string(separator) + "\"";
        return at_line(header.line, "expected columns separated by commas, found " + name +
                                        "; export the file with the comma as its separator");
    }
    return done();
}

Done check_names(const core::TableRow& header) {
    std::set<std::string> seen;
    for (const std::string& name : header.cells) {
        if (name.empty()) return at_line(header.line, "expected a name for every column, found one without");
        if (!seen.insert(name).second)
            return at_line(header.line, "the column \"" + name + "\" stands there twice");
    }
    return done();
}

Result<std::vector<core::TableRow>> rows_of(std::string_view text) {
    Parser parser;
    for (int number = 1; !text.empty(); ++number) {
        const std::string_view line = take_line(text);
        if (Done sound = check_line(number, line); !sound) return sound.error();
        if (Done fed = parser.feed(number, line); !fed) return fed.error();
    }
    return parser.finish();
}

}  // namespace

Result<core::Table> read(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return at_line(1, "expected UTF-8, found UTF-16; save the file as \"CSV UTF-8\"");
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    Result<std::vector<core::TableRow>> rows = rows_of(text);
    if (!rows) return rows.error();
    if (rows->empty()) return at_line(1, "expected a header that names the columns, found an empty file");
    const core::TableRow header = std::move(rows->front());
    rows->erase(rows->begin());
    if (Done separator = check_separator(header); !separator) return separator.error();
    if (Done names = check_names(header); !names) return names.error();
    return core::Table{header.cells, std::move(*rows)};
}

}  // namespace candour::csv
