#include "edge/csv/writer.hpp"

namespace candour::csv {
namespace {

/// Also in the width that Asian keyboards write: some spreadsheets read those as the plain ones.
bool begins_a_formula(std::string_view text) {
    for (const std::string_view sign : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
        if (text.starts_with(sign)) return true;
    return false;
}

/// A semicolon or a tab is a separator to some programs, spaces at an end are nothing to others.
bool needs_quotes(std::string_view cell) {
    return cell.find_first_of(",;\"\r\n\t") != std::string_view::npos || cell.starts_with(' ') ||
           cell.ends_with(' ');
}

}  // namespace

std::string harmless(std::string_view text) {
    constexpr std::string_view passed_over = " \"'\xC2\xA0";
    const std::size_t begin = text.find_first_not_of(passed_over);
    const bool formula =
        begins_a_formula(text) || (begin != std::string_view::npos && begins_a_formula(text.substr(begin)));
    return (formula ? "'" : "") + std::string(text);
}

void append_line(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        if (!needs_quotes(cells[i])) {
            out += cells[i];
            continue;
        }
        out += '"';
        for (const char c : cells[i]) {
            out += c;
            if (c == '"') out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

}  // namespace candour::csv
