/// A TOML file as a flat list: `section.key` with its value and the line it stands on. What the keys mean is
/// said in config.cpp; here is what may be wrong with any of them.
#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "app/config.hpp"

namespace candour::app {

/// A date, a fraction or a mixed list: TOML knows them, no key of ours wants them.
struct Unwanted {};

struct Setting {
    int line = 0;
    std::variant<std::string, std::int64_t, bool, std::vector<std::string>, Unwanted> value;
};

class Settings {
 public:
    explicit Settings(std::vector<ConfigProblem>& problems) : problems_(problems) {}

    /// Every problem of reading it becomes one of the problems; what could be read can then be asked for.
    void read(const std::filesystem::path& file);
    /// Sections and keys that are not in `known`, each with the nearest that is.
    void refuse_unknown(std::span<const std::string> known);

    /// These leave `into` alone when the key is missing, and when its value is of the wrong kind, which is a
    /// problem.
    void text(const std::string& key, std::string& into);
    void texts(const std::string& key, std::vector<std::string>& into);
    void number(const std::string& key, std::int64_t lowest, std::int64_t highest, std::int64_t& into);
    void flag(const std::string& key, bool& into);

    bool has(const std::string& key) const { return values_.contains(key); }
    /// `key: what`, with the line of the key, or of its section, or none.
    void problem(const std::string& key, const std::string& what);

 private:
    template <class T>
    const T* value(const std::string& key, const char* expected);
    int line_of(const std::string& key) const;

    std::vector<ConfigProblem>& problems_;
    std::map<std::string, Setting> values_;
    std::map<std::string, int> sections_;
};

}  // namespace candour::app
