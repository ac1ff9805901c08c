/// The text of the tree, as the rules look at it.
#pragma once
#include <compare>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace candour::layering {

struct Source {
    std::string path;  ///< relative to the root of the repository
    std::string text;
};

/// Our own sources below `root/folder`; what is generated, or installed by a package manager, is left out.
std::vector<Source> read_sources(const std::filesystem::path& root, std::string_view folder);

/// The same text with comments blanked; every other character keeps its line and column.
std::string without_comments(std::string_view text);
/// Without comments, and with the insides of string and character literals blanked too.
std::string code_only(std::string_view text);

std::vector<std::string> lines_of(std::string_view text);

struct Violation {
    std::string file;
    int line = 0;  ///< 0: the whole file
    std::string rule;
    friend auto operator<=>(const Violation&, const Violation&) = default;
};
using Violations = std::vector<Violation>;

/// One line each, as a compiler would say it: `file:line: rule`.
std::string to_text(const Violations& violations);

}  // namespace candour::layering
