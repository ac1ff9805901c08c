#include "csv_rows.hpp"

#include <csv.h>

#include <algorithm>
#include <array>

namespace candour::imports {
namespace {

/// A line with its end: LF, CR LF, or the lone CR of very old spreadsheets. npos: its end is not there yet.
std::size_t end_of_line(std::string_view text, std::size_t from) {
    const std::size_t end = text.find_first_of("\r\n", from);
    if (end == std::string_view::npos || text[end] == '\n')
        return end == std::string_view::npos ? end : end + 1;
    if (end + 1 == text.size()) return std::string_view::npos;
    return end + (text[end + 1] == '\n' ? 2 : 1);
}

/// libcsv knows no places in the text, so it is fed line by line.
class Parser {
 public:
    explicit Parser(char separator) {
        csv_init(&parser_, 0);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator));
    }
    ~Parser() { csv_free(&parser_); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    void feed(std::string_view line) {
        if (!in_row_ && line.find_first_not_of("\r\n") == std::string_view::npos) return;
        in_row_ = true;
        csv_parse(&parser_, line.data(), line.size(), take_cell, take_row, this);
    }
    /// A line end closes the last row, but not a quote. False: one is open.
    bool finish() {
        if (in_row_) csv_parse(&parser_, "\n", 1, take_cell, take_row, this);
        return !in_row_;
    }
    bool in_row() const { return in_row_; }
    Cells& cells() { return cells_; }
    bool blank() const {
        return std::ranges::all_of(cells_, [](const std::string& cell) { return cell.empty(); });
    }

 private:
    static void take_cell(void* bytes, std::size_t size, void* self) {
        static_cast<Parser*>(self)->cells_.emplace_back(static_cast<const char*>(bytes), size);
    }
    static void take_row(int, void* self) { static_cast<Parser*>(self)->in_row_ = false; }

    csv_parser parser_{};
    Cells cells_;
    bool in_row_ = false;
};

}  // namespace

Result<std::size_t> each_row(std::string_view text, char separator, bool last,
                             const std::function<bool(Cells&)>& take) {
    Parser parser(separator);
    std::size_t consumed = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = end_of_line(text, at);
        const bool whole = end != std::string_view::npos;
        if (!whole && !last) break;
        end = whole ? end : text.size();
        parser.feed(text.substr(at, end - at));
        if (end == text.size() && last && !parser.finish())
            return Error{ErrorCode::invalid, "a quote is opened and never closed"};
        at = end;
        if (parser.in_row()) continue;
        consumed = at;
        const bool more = parser.blank() || take(parser.cells());
        parser.cells().clear();
        if (!more) break;
    }
    return consumed;
}

char separator_of(std::string_view beginning) {
    constexpr std::string_view known = ",;\t|";
    std::array<std::size_t, known.size()> seen{};
    bool quoted = false;
    for (const char c : beginning.substr(0, beginning.find('\n'))) {
        if (c == '"') quoted = !quoted;
        const std::size_t which = known.find(c);
        if (!quoted && which != std::string_view::npos) ++seen[which];
    }
    return known[static_cast<std::size_t>(std::ranges::max_element(seen) - seen.begin())];
}

}  // namespace candour::imports
