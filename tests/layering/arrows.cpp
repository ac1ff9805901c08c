#include "layering/arrows.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <regex>

#include "layering/house.hpp"

namespace candour::layering {
namespace {

struct Include {
    int line = 0;
    std::string target;
};

std::vector<Include> includes_of(const Source& source) {
    static const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
    std::vector<Include> found;
    int line = 0;
    for (const std::string& text : lines_of(without_comments(source.text))) {
        ++line;
        std::smatch match;
        if (std::regex_search(text, match, include)) found.push_back({line, match[1]});
    }
    return found;
}

bool is_cpp(const Source& source) {
    return !source.path.ends_with(".sql") && !source.path.ends_with(".cmake") &&
           !source.path.ends_with(".txt");
}

std::string parent(const std::string& path) {
    return std::filesystem::path(path).parent_path();
}

/// Where a file belongs: a row of the table, and below plugins/ the one plugin.
std::string module_of(const std::string& path) {
    const Folder* folder = folder_of(path);
    if (folder == nullptr) return {};
    if (folder->path != "plugins") return std::string(folder->path);
    return path.substr(0, path.find('/', std::string("plugins/").size()));
}

class Tree final {
 public:
    explicit Tree(const std::vector<Source>& sources) : generated_(generated_headers(sources)) {
        for (const Source& source : sources) files_.insert(source.path);
    }

    /// The file of ours that an include in `from` means; empty when it is none of ours.
    std::string resolve(const std::string& from, const std::string& target) const {
        const std::string plugin = from.starts_with("plugins/") ? module_of(from) : std::string("plugins");
        for (const std::string& folder :
             {parent(from), std::string("host"), std::string("sdk/include"), std::string("sdk"), plugin,
              std::string("sdk/testing"), std::string("schemas/include")}) {
            const std::string path = (std::filesystem::path(folder) / target).lexically_normal();
            if (files_.contains(path)) return path;
        }
        const auto made = generated_.find(target);
        return made == generated_.end() ? "" : made->second + "/" + target;
    }

 private:
    std::set<std::string> files_;
    Generated generated_;
};

bool may_use(const Folder& folder, std::string_view library, const std::string& file) {
    const auto& allowed = folder.libraries;
    if (library.empty() || std::ranges::find(allowed, "*") != allowed.end()) return true;
    if (std::ranges::find(allowed, library) != allowed.end()) return true;
    const std::string name = std::filesystem::path(file).filename();
    const auto fits = [&](std::string_view rule) {
        const std::size_t colon = rule.find(':');
        return rule.substr(0, colon) == library && name.starts_with(rule.substr(colon + 1));
    };
    return std::ranges::any_of(folder.only_in, fits);
}

bool may_include(const Folder& from, const std::string& file, const std::string& target) {
    if (module_of(file) == module_of(target)) return true;
    if (std::ranges::find(from.own, "*") != from.own.end()) return true;
    const Folder* to = folder_of(target);
    return to != nullptr && std::ranges::find(from.own, to->path) != from.own.end();
}

void check_include(const Tree& tree, const Source& source, const Include& include, Violations& found) {
    const Folder& folder = *folder_of(source.path);
    const std::string name(folder.path);
    const std::string target = tree.resolve(source.path, include.target);
    if (!target.empty()) {
        if (!may_include(folder, source.path, target))
            found.push_back({source.path, include.line,
                             module_of(source.path) + " may not include " + module_of(target) + " (" +
                                 include.target + ")"});
        return;
    }
    const auto library = library_of(include.target);
    if (!library)
        found.push_back(
            {source.path, include.line, include.target + " is neither a file of ours nor in the table"});
    else if (!may_use(folder, *library, source.path))
        found.push_back({source.path, include.line,
                         name + " may not use " + std::string(*library) + " (" + include.target + ")"});
}

bool stands_in(const std::string& line, std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string::npos; at = line.find(word, at + 1)) {
        const char before = at == 0 ? ' ' : line[at - 1];
        if (std::isalnum(static_cast<unsigned char>(before)) == 0 && before != '_' && before != ':')
            return true;
    }
    return false;
}

void check_words(const Source& source, Violations& found) {
    const Folder& folder = *folder_of(source.path);
    int number = 0;
    for (const std::string& line : lines_of(code_only(source.text))) {
        ++number;
        for (const Library& library : libraries()) {
            if (may_use(folder, library.name, source.path)) continue;
            for (const std::string_view word : library.words)
                if (stands_in(line, word))
                    found.push_back({source.path, number,
                                     std::string(folder.path) + " may not use " + std::string(library.name) +
                                         " (" + std::string(word) + ")"});
        }
    }
}

}  // namespace

Generated generated_headers(const std::vector<Source>& sources) {
    static const std::regex output(R"(OUTPUT\s+([A-Za-z0-9_]+\.hpp))");
    Generated headers;
    for (const Source& source : sources) {
        if (!source.path.ends_with("CMakeLists.txt")) continue;
        for (std::sregex_iterator match(source.text.begin(), source.text.end(), output), end; match != end;
             ++match)
            headers[(*match)[1]] = parent(source.path);
    }
    return headers;
}

Violations forbidden_includes(const std::vector<Source>& sources) {
    const Tree tree(sources);
    Violations found;
    for (const Source& source : sources) {
        if (!is_cpp(source)) continue;
        if (folder_of(source.path) == nullptr) {
            found.push_back({source.path, 0, "is in no folder of the table"});
            continue;
        }
        for (const Include& include : includes_of(source)) check_include(tree, source, include, found);
        check_words(source, found);
    }
    return found;
}

Arrows arrows_of(const std::vector<Source>& sources) {
    const Tree tree(sources);
    Arrows arrows;
    for (const Source& source : sources) {
        if (!is_cpp(source)) continue;
        for (const Include& include : includes_of(source)) {
            const std::string from = module_of(source.path);
            const std::string to = module_of(tree.resolve(source.path, include.target));
            if (!to.empty() && from != to) arrows.emplace(from, to);
        }
    }
    return arrows;
}

Arrows arrows_of_the_table() {
    Arrows arrows;
    for (const Folder& folder : folders())
        for (const std::string_view target : folder.own)
            if (target != "*") arrows.emplace(folder.path, target);
    return arrows;
}

std::vector<std::string> cycle_in(const Arrows& arrows) {
    std::set<std::string> done;
    std::vector<std::string> path;
    std::function<bool(const std::string&)> closes = [&](const std::string& folder) {
        const auto seen = std::ranges::find(path, folder);
        if (seen != path.end()) {
            path.erase(path.begin(), seen);
            path.push_back(folder);
            return true;
        }
        if (!done.insert(folder).second) return false;
        path.push_back(folder);
        for (auto arrow = arrows.lower_bound({folder, ""}); arrow != arrows.end() && arrow->first == folder;
             ++arrow)
            if (closes(arrow->second)) return true;
        path.pop_back();
        return false;
    };
    for (const auto& arrow : arrows)
        if (closes(arrow.first)) return path;
    return {};
}

}  // namespace candour::layering
