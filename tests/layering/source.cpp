#include "layering/source.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

namespace candour::layering {
namespace {

namespace fs = std::filesystem;

bool is_source(const fs::path& path) {
    static const std::set<std::string> endings{".cpp", ".hpp", ".c", ".h", ".sql", ".cmake"};
    return endings.contains(path.extension()) || path.filename() == "CMakeLists.txt";
}

/// Finds where literals and comments begin and end, and blanks what it was asked to blank.
class Blanker final {
 public:
    Blanker(std::string_view text, bool literals) : text_(text), blank_literals_(literals) {}

    std::string run() {
        while (at_ < text_.size()) step();
        return std::move(text_);
    }

 private:
    bool starts(std::string_view what) const { return std::string_view(text_).substr(at_).starts_with(what); }
    bool after_word() const {
        return at_ > 0 &&
               (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
    }

    void step() {
        if (starts("//")) return blank_to(std::min(text_.find('\n', at_), text_.size()));
        if (starts("/*")) return blank_to(end_of("*/", at_ + 2));
        if (starts("R\"")) return raw_literal();
        if (text_[at_] == '"' || (text_[at_] == '\'' && !after_word())) return literal(text_[at_]);
        ++at_;
    }
    void raw_literal() {
        const std::size_t open = text_.find('(', at_);
        if (open == std::string::npos) return void(at_ = text_.size());
        const std::string close = ")" + text_.substr(at_ + 2, open - at_ - 2) + "\"";
        leave(open + 1, end_of(close, open), close.size());
    }
    void literal(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
            end += text_[end] == '\\' ? 2 : 1;
        leave(at_ + 1, std::min(end + 1, text_.size()), 1);
    }
    std::size_t end_of(std::string_view close, std::size_t from) const {
        const std::size_t found = text_.find(close, from);
        return found == std::string::npos ? text_.size() : found + close.size();
    }
    void leave(std::size_t inside, std::size_t end, std::size_t closing) {
        at_ = inside;
        if (blank_literals_) blank_to(end - std::min(closing, end - inside));
        at_ = end;
    }
    void blank_to(std::size_t end) {
        for (; at_ < end; ++at_)
            if (text_[at_] != '\n') text_[at_] = ' ';
    }

    std::string text_;
    bool blank_literals_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Source> read_sources(const fs::path& root, std::string_view folder) {
    std::vector<Source> sources;
    if (!fs::exists(root / folder)) return sources;
    for (auto entry = fs::recursive_directory_iterator(root / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
        if (entry->is_directory() && entry->path().filename() == "node_modules")
            entry.disable_recursion_pending();
        if (!entry->is_regular_file() || !is_source(entry->path())) continue;
        std::ifstream file(entry->path(), std::ios::binary);
        sources.push_back({fs::relative(entry->path(), root), {std::istreambuf_iterator<char>(file), {}}});
    }
    const auto by_path = [](const Source& left, const Source& right) { return left.path < right.path; };
    std::sort(sources.begin(), sources.end(), by_path);
    return sources;
}

std::string without_comments(std::string_view text) {
    return Blanker(text, false).run();
}
std::string code_only(std::string_view text) {
    return Blanker(text, true).run();
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    std::istringstream stream{std::string(text)};
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

std::string to_text(const Violations& violations) {
    std::string text;
    for (const Violation& violation : violations) {
        text += violation.file + (violation.line > 0 ? ":" + std::to_string(violation.line) : "") + ": ";
        text += violation.rule + "\n";
    }
    return text;
}

}  // namespace candour::layering
