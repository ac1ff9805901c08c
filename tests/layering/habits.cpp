#include "layering/habits.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>

namespace candour::layering {
namespace {

constexpr std::size_t kLinesOfAFile = 400;
constexpr int kLinesOfAFunction = 60;

/// What clang-format puts at the left margin and what ends with a `}` there, without being a function.
bool opens_no_function(const std::string& line) {
    static const std::regex other(
        R"(^(namespace|class|struct|enum|union|extern|template\s*<[^>]*>\s*(class|struct)|(inline |static )*(constexpr|const) [^()]*=|typedef|using)\b)");
    return std::regex_search(line, other);
}

void long_functions(const Source& source, Violations& found) {
    const std::vector<std::string> lines = lines_of(code_only(source.text));
    int start = 0;
    for (int number = 1; number <= static_cast<int>(lines.size()); ++number) {
        const std::string& line = lines[static_cast<std::size_t>(number - 1)];
        if (line.empty() || std::isspace(static_cast<unsigned char>(line[0])) != 0 || line[0] == '#')
            continue;
        if (line[0] != '}') {
            start = opens_no_function(line) ? 0 : number;
            continue;
        }
        const int length = number - start + 1;
        if (line == "}" && start > 0 && length > kLinesOfAFunction)
            found.push_back(
                {source.path, start, "a function of " + std::to_string(length) + " lines; split it by 60"});
        start = 0;
    }
}

std::string lower_case(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
}

/// From a co_await to the end of its statement.
struct Awaiting {
    int line = 0;
    std::string text;
};

std::vector<Awaiting> awaiting_in(const std::string& code) {
    static const std::regex word(R"(\bco_await\b)");
    std::vector<Awaiting> found;
    for (std::sregex_iterator match(code.begin(), code.end(), word), end; match != end; ++match) {
        const auto at = static_cast<std::size_t>(match->position());
        const auto line = std::count(code.begin(), code.begin() + match->position(), '\n') + 1;
        found.push_back({static_cast<int>(line), code.substr(at, code.find(';', at) - at)});
    }
    return found;
}

}  // namespace

Violations too_long(const std::vector<Source>& sources) {
    Violations found;
    for (const Source& source : sources) {
        const std::size_t lines = lines_of(source.text).size();
        if (lines > kLinesOfAFile)
            found.push_back(
                {source.path, 0, "a file of " + std::to_string(lines) + " lines; split it by 400"});
        if (source.path.ends_with(".cpp") || source.path.ends_with(".hpp")) long_functions(source, found);
    }
    return found;
}

Violations empty_names(const std::vector<Source>& sources) {
    constexpr std::array<std::string_view, 8> empty{"util",   "utils", "helper",  "helpers",
                                                    "common", "misc",  "manager", "managers"};
    static const std::regex word("[a-z0-9]+", std::regex::icase);
    Violations found;
    for (const Source& source : sources)
        for (std::sregex_iterator match(source.path.begin(), source.path.end(), word), end; match != end;
             ++match)
            if (std::ranges::find(empty, lower_case(match->str())) != empty.end())
                found.push_back(
                    {source.path, 0, "the name `" + match->str() + "` says nothing; name the thing"});
    return found;
}

Violations risky_coroutines(const std::vector<Source>& sources) {
    static const std::regex freed_twice(
        R"(\[[^\]\n]*[&=\w][^\]\n]*\]\s*(\(|mutable|\{)|\b[A-Z]\w*\{|std::string[({]|std::vector<[^;]*[({])");
    static const std::regex second(R"(^co_await\b[^;{}]*\bco_await\b)");
    Violations found;
    for (const Source& source : sources) {
        for (const Awaiting& awaiting : awaiting_in(code_only(source.text))) {
            if (std::regex_search(awaiting.text, freed_twice))
                found.push_back(
                    {source.path, awaiting.line,
                     "a capturing lambda or a braced temporary inside co_await; name it beforehand"});
            if (std::regex_search(awaiting.text, second))
                found.push_back({source.path, awaiting.line, "two co_await in one statement"});
        }
    }
    return found;
}

Violations sleeps(const std::vector<Source>& sources) {
    static const std::regex call(R"(\b(sleep_for|sleep_until|usleep|nanosleep|sleep)\s*\()");
    static const std::regex reason(R"(//\s*allowed:\s*\w+)");
    Violations found;
    for (const Source& source : sources) {
        const std::vector<std::string> code = lines_of(code_only(source.text));
        const std::vector<std::string> text = lines_of(source.text);
        for (std::size_t line = 0; line < code.size(); ++line)
            if (std::regex_search(code[line], call) && !std::regex_search(text[line], reason))
                found.push_back({source.path, static_cast<int>(line + 1),
                                 "sleeping: wait for what can be observed, or say `// allowed: why`"});
    }
    return found;
}

}  // namespace candour::layering
