#include "reply/heading.hpp"

#include <algorithm>
#include <string>

#include "characters.hpp"
#include "mail_texts.hpp"
#include "phrase.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kLinesOfHeading = 16;
constexpr std::size_t kLongestLabel = 24;

const std::vector<Section>& words() {
    static const std::vector<Section> sections = sections_of(texts::headings_txt);
    return sections;
}

/// Marks around a line: emphasis, quotes, rules.
std::string_view bare(std::string_view line) {
    const auto is_mark = [](char c) {
        return is_blank(c) || c == '*' || c == '>' || c == '-' || c == '_' || c == '=';
    };
    while (!line.empty() && is_mark(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_mark(line.back())) line.remove_suffix(1);
    return line;
}

/// "from", "sent", "to" or "subject": which field the label of the line names; "" for none.
std::string_view field_of(std::string_view line) {
    line = bare(line);
    const std::size_t colon = std::min(line.find(':'), line.find("："));
    if (colon == std::string_view::npos || colon > kLongestLabel) return {};
    const std::string label = "|" + lower(squeezed(bare(line.substr(0, colon)))) + "|";
    for (const Section& section : words())
        if (section.heading != "announcements" && section.matches(label)) return section.heading;
    return {};
}

bool announces(std::string_view line) {
    const bool ruled =
        trimmed(line).starts_with("--") || trimmed(line).starts_with("__") || trimmed(line).starts_with("==");
    const std::string_view text = bare(line);
    if (text.empty() || text.size() > 60) return false;
    if (!ruled && !text.ends_with(':') && !trimmed(line).starts_with('*')) return false;
    const std::string plain = "|" + lower(squeezed(text)) + "|";
    const auto announcement =
        std::ranges::find(words(), std::string_view("announcements"), &Section::heading);
    return announcement != words().end() && announcement->matches(plain);
}

/// Two different fields, the first of them From or Date, within lines that belong together.
std::size_t fields_size(std::span<const std::string_view> lines) {
    const std::string_view first = field_of(lines[0]);
    if (first != "from" && first != "sent") return 0;
    std::size_t size = 1, others = 0, silent = 0;
    bool from = first == "from", sent = first == "sent";
    for (std::size_t i = 1; i < std::min(lines.size(), kLinesOfHeading); ++i) {
        const std::string_view field = field_of(lines[i]);
        if (field.empty()) {
            // A wrapped value, or Outlook's empty lines in between.
            if (++silent > 2) break;
            continue;
        }
        silent = 0;
        size = i + 1;
        ++others;
        from = from || field == "from";
        sent = sent || field == "sent";
    }
    return others >= 2 || (others == 1 && (from || sent)) ? size : 0;
}

bool is_rule(std::string_view line) {
    const std::string_view text = trimmed(line);
    const auto fits = [](char c) { return c == '_' || c == '-' || c == '='; };
    return text.size() >= 5 && std::ranges::all_of(text, fits);
}

}  // namespace

std::size_t heading_size(std::span<const std::string_view> lines) {
    if (lines.empty() || trimmed(lines[0]).empty()) return 0;
    std::size_t at = 0;
    const bool announced = announces(lines[0]), ruled = is_rule(lines[0]);
    if (announced || ruled) ++at;
    while (at > 0 && at < std::min<std::size_t>(lines.size(), 4) && trimmed(lines[at]).empty()) ++at;
    const std::size_t fields = at < lines.size() ? fields_size(lines.subspan(at)) : 0;
    if (fields > 0) return at + fields;
    return announced ? 1 : 0;
}

}  // namespace candour::mail
