#include "app/cli/csv_pieces.hpp"

#include <algorithm>

namespace candour::app::cli {
namespace {

/// Behind the record that begins at `from`. A doubled quote closes and opens again, which comes to the same.
std::size_t end_of_record(std::string_view file, std::size_t from) {
    bool quoted = false;
    for (std::size_t at = from; at < file.size(); ++at) {
        if (file[at] == '"') quoted = !quoted;
        if (file[at] == '\n' && !quoted) return at + 1;
    }
    return file.size();
}

int lines_in(std::string_view text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

std::vector<CsvPiece> csv_pieces(std::string_view file, std::size_t at_least) {
    const std::size_t body = end_of_record(file, 0);
    const std::string_view header = file.substr(0, body);
    std::vector<CsvPiece> pieces;
    for (std::size_t from = body; from < file.size();) {
        std::size_t to = from;
        while (to < file.size() && to - from < at_least) to = end_of_record(file, to);
        pieces.push_back({std::string(header) + std::string(file.substr(from, to - from)),
                          lines_in(file.substr(body, from - body))});
        from = to;
    }
    if (pieces.empty()) pieces.push_back({std::string(file), 0});
    return pieces;
}

}  // namespace candour::app::cli
