#include "phrase.hpp"

#include <algorithm>

#include "characters.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kGap = 80;

bool rest_occurs(std::string_view text, const std::vector<std::string>& pieces) {
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        const std::size_t at = text.find(pieces[i]);
        if (at == std::string_view::npos || at > kGap) return false;
        text.remove_prefix(at + pieces[i].size());
    }
    return true;
}

}  // namespace

Phrase::Phrase(std::string_view pattern) {
    for (std::size_t gap = pattern.find(".."); gap != std::string_view::npos; gap = pattern.find("..")) {
        pieces_.emplace_back(pattern.substr(0, gap));
        pattern.remove_prefix(gap + 2);
    }
    pieces_.emplace_back(pattern);
}

bool Phrase::occurs_in(std::string_view text) const {
    for (std::size_t at = text.find(pieces_[0]); at != std::string_view::npos;
         at = text.find(pieces_[0], at + 1))
        if (rest_occurs(text.substr(at + pieces_[0].size()), pieces_)) return true;
    return false;
}

bool Section::matches(std::string_view text) const {
    return std::ranges::any_of(phrases, [text](const Phrase& phrase) { return phrase.occurs_in(text); });
}

std::vector<Section> sections_of(std::string_view file) {
    std::vector<Section> sections;
    for (const std::string_view line : lines_of(file)) {
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[')
            sections.push_back({std::string(line.substr(1, line.find(']') - 1)), {}});
        else if (!sections.empty())
            sections.back().phrases.emplace_back(line);
    }
    return sections;
}

const Section& section_in(const std::vector<Section>& sections, std::string_view heading) {
    static const Section none;
    const auto found = std::ranges::find(sections, heading, &Section::heading);
    return found == sections.end() ? none : *found;
}

}  // namespace candour::mail
