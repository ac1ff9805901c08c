#include "layering/layout.hpp"

#include <regex>
#include <set>

namespace candour::layering {
namespace {

namespace fs = std::filesystem;

/// Made by the two commands and ignored by git: builds, the database of host/run, packages of npm.
bool is_made(const std::string& name) {
    return name.starts_with("build") || name == "var" || name == "node_modules";
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    if (!fs::exists(folder)) return names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
    return names;
}

void check_numbers(const std::string& folder, const std::set<std::string>& names, Violations& found) {
    static const std::regex pattern(R"((\d{4})_[a-z0-9_]+\.sql)");
    int expected = 1;
    for (const std::string& name : names) {
        std::smatch match;
        if (!std::regex_match(name, match, pattern))
            found.push_back({folder + "/" + name, 0, "expected NNNN_name.sql"});
        else if (std::stoi(match[1]) != expected++)
            found.push_back({folder + "/" + name, 0, "expected number " + std::to_string(expected - 1)});
    }
}

}  // namespace

Violations untidy_top_level(const fs::path& root) {
    const std::set<std::string> folders{"host", "plugins", "sdk", "schemas", "tests"};
    std::set<std::string> agreed{"CMakeLists.txt", "README.md"};
    agreed.insert(folders.begin(), folders.end());
    const std::set<std::string> there = names_in(root);
    Violations found;
    for (const std::string& name : there)
        if (!agreed.contains(name) && !name.starts_with(".") && !is_made(name))
            found.push_back({name, 0, "is not one of the agreed top-level entries"});
    for (const std::string& name : agreed)
        if (!there.contains(name)) found.push_back({name, 0, "is missing"});
    for (const std::string& name : folders)
        if (there.contains(name) && !fs::exists(root / name / "README.md"))
            found.push_back({name + "/README.md", 0, "is missing"});
    return found;
}

Violations lonely_migrations(const fs::path& root) {
    const std::set<std::string> sqlite = names_in(root / "schemas/sqlite");
    const std::set<std::string> postgresql = names_in(root / "schemas/postgresql");
    Violations found;
    for (const std::string& name : sqlite)
        if (!postgresql.contains(name))
            found.push_back({"schemas/sqlite/" + name, 0, "has no twin for PostgreSQL"});
    for (const std::string& name : postgresql)
        if (!sqlite.contains(name))
            found.push_back({"schemas/postgresql/" + name, 0, "has no twin for SQLite"});
    check_numbers("schemas/sqlite", sqlite, found);
    check_numbers("schemas/postgresql", postgresql, found);
    return found;
}

}  // namespace candour::layering
