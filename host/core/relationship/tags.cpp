#include "core/relationship/tags.hpp"

#include <algorithm>

#include "core/relationship/cells.hpp"

namespace candour::core {
namespace {

constexpr std::size_t kMaxTag = 40;

bool is_sound(const std::string& tag) {
    const auto breaks = [](char c) {
        return c == ',' || c == ';' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    };
    return !tag.empty() && tag.size() <= kMaxTag && std::none_of(tag.begin(), tag.end(), breaks);
}

}  // namespace

Result<std::vector<std::string>> clean_tags(const std::vector<std::string>& tags) {
    std::vector<std::string> clean;
    for (const std::string& tag : tags) {
        clean.push_back(lower(trimmed(tag)));
        if (!is_sound(clean.back()))
            return Error{ErrorCode::invalid,
                         "tags: expected words of 1 to 40 bytes without comma or semicolon, found \"" +
                             tag.substr(0, 2 * kMaxTag) + "\""};
    }
    std::sort(clean.begin(), clean.end());
    clean.erase(std::unique(clean.begin(), clean.end()), clean.end());
    if (clean.size() > kMaxTags)
        return Error{ErrorCode::invalid, "tags: expected at most " + std::to_string(kMaxTags) + ", found " +
                                             std::to_string(clean.size())};
    return clean;
}

std::vector<std::string> split_tags(std::string_view text) {
    std::vector<std::string> tags;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        std::string tag = trimmed(text.substr(0, end));
        if (!tag.empty()) tags.push_back(std::move(tag));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tags;
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ",") + word;
    return all;
}

bool holds_one_of(std::string_view list, const std::vector<std::string>& wanted) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) return true;
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

}  // namespace candour::core
