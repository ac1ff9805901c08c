#include "app/settings.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/nearest.hpp"

namespace candour::app {
namespace {

int line_of_node(const toml::node& node) {
    return static_cast<int>(node.source().begin.line);
}

Setting list_of(const toml::array& array) {
    std::vector<std::string> texts;
    for (const toml::node& each : array) {
        const auto text = each.value<std::string>();
        if (!each.is_string() || !text) return {line_of_node(array), Unwanted{}};
        texts.push_back(*text);
    }
    return {line_of_node(array), texts};
}

Setting setting_of(const toml::node& node) {
    const int line = line_of_node(node);
    if (const auto* text = node.as_string()) return {line, text->get()};
    if (const auto* number = node.as_integer()) return {line, number->get()};
    if (const auto* flag = node.as_boolean()) return {line, flag->get()};
    if (const auto* array = node.as_array()) return list_of(*array);
    return {line, Unwanted{}};
}

void flatten(const toml::table& table, const std::string& prefix, std::map<std::string, Setting>& values,
             std::map<std::string, int>& sections) {
    for (const auto& [key, node] : table) {
        const std::string path = prefix + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            sections[path] = line_of_node(node);
            flatten(*inner, path + ".", values, sections);
        } else {
            values[path] = setting_of(node);
            values[path].line = static_cast<int>(key.source().begin.line);
        }
    }
}

bool contains(std::span<const std::string> names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

std::vector<std::string> sections_of(std::span<const std::string> keys) {
    std::vector<std::string> sections;
    for (const std::string& key : keys)
        for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1))
            sections.push_back(key.substr(0, dot));
    return sections;
}

/// A typing mistake, or the right key in the wrong section.
std::string did_you_mean(const std::string& path, std::span<const std::string> names) {
    std::string close = nearest(path, names);
    const std::string ending = "." + path.substr(path.rfind('.') + 1);
    const auto same =
        std::ranges::find_if(names, [&](const std::string& name) { return name.ends_with(ending); });
    if (close.empty() && same != names.end()) close = *same;
    return close.empty() ? "" : "; did you mean " + close + "?";
}

}  // namespace

void Settings::read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        problems_.push_back({0, "expected a configuration at " + file.string() +
                                    ", found none that can be read; candour init --dir DIR makes one"});
        return;
    }
    std::ostringstream content;
    content << stream.rdbuf();
    try {
        const toml::table table = toml::parse(content.str(), file.string());
        flatten(table, "", values_, sections_);
    } catch (const toml::parse_error& failure) {
        problems_.push_back({static_cast<int>(failure.source().begin.line),
                             "this is not TOML: " + std::string(failure.description())});
    }
}

void Settings::refuse_unknown(std::span<const std::string> known) {
    const std::vector<std::string> sections = sections_of(known);
    std::vector<std::string> unknown;  // what stands in an unknown section is not refused once more
    const auto is_inside_unknown = [&unknown](const std::string& path) {
        return std::ranges::any_of(unknown,
                                   [&](const std::string& name) { return path.starts_with(name + "."); });
    };
    for (const auto& [path, line] : sections_) {
        if (contains(sections, path) || is_inside_unknown(path)) continue;
        unknown.push_back(path);
        problem(path, "there is no such section" + did_you_mean(path, sections));
    }
    for (const auto& [path, setting] : values_) {
        if (contains(known, path) || is_inside_unknown(path)) continue;
        if (contains(sections, path))
            problem(path, "expected a section [" + path + "], found a value");
        else
            problem(path, "there is no such key" + did_you_mean(path, known));
    }
}

int Settings::line_of(const std::string& key) const {
    if (const auto found = values_.find(key); found != values_.end()) return found->second.line;
    for (std::string section = key;;) {
        if (const auto found = sections_.find(section); found != sections_.end()) return found->second;
        const std::size_t dot = section.rfind('.');
        if (dot == std::string::npos) return 0;
        section.resize(dot);
    }
}

void Settings::problem(const std::string& key, const std::string& what) {
    problems_.push_back({line_of(key), key + ": " + what});
}

template <class T>
const T* Settings::value(const std::string& key, const char* expected) {
    const auto found = values_.find(key);
    if (found == values_.end()) return nullptr;
    const T* value = std::get_if<T>(&found->second.value);
    if (value == nullptr) problem(key, std::string("expected ") + expected + ", found something else");
    return value;
}

void Settings::text(const std::string& key, std::string& into) {
    if (const auto* found = value<std::string>(key, "a text in quotes")) into = *found;
}

void Settings::texts(const std::string& key, std::vector<std::string>& into) {
    if (const auto* found = value<std::vector<std::string>>(key, "a list of texts such as [\"…\"]"))
        into = *found;
}

void Settings::number(const std::string& key, std::int64_t lowest, std::int64_t highest, std::int64_t& into) {
    const auto* found = value<std::int64_t>(key, "a whole number");
    if (found == nullptr) return;
    if (*found >= lowest && *found <= highest)
        into = *found;
    else
        problem(key, "expected a number from " + std::to_string(lowest) + " to " + std::to_string(highest) +
                         ", found " + std::to_string(*found));
}

void Settings::flag(const std::string& key, bool& into) {
    if (const auto* found = value<bool>(key, "true or false")) into = *found;
}

}  // namespace candour::app
