/// Lines of a CSV file as RFC 4180 has them: commas, CR LF, quotes where a cell needs them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::csv {

/// What comes before the first line, so that Excel takes the file for UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end, perhaps
/// behind spaces or quotes) gets an apostrophe in front: then it is only a text. Anything else stays as it
/// is.
std::string harmless(std::string_view text);

/// The cells as they are, ended by CR LF. Texts of others go through `harmless` first; numbers need not.
void append_line(std::string& out, const std::vector<std::string>& cells);

}  // namespace candour::csv
