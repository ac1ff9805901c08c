#include "app/cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/feedback/text.hpp"

namespace candour::app::cli {
namespace {

/// Where no terminal says otherwise.
constexpr std::size_t kUsualWidth = 160;

std::size_t width_of(std::string_view text) {
    return core::code_points(text).value_or(text.size());
}

std::size_t character_size(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) ++size;
    return size;
}

/// C1 controls (U+0080–9F), the marks that turn the direction of text, and line separators.
bool is_hidden(std::string_view character) {
    if (character.size() == 1) return static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7F;
    if (character.size() == 2)
        return character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0;
    if (character.size() != 3 || character[0] != '\xE2') return false;
    const auto second = static_cast<unsigned char>(character[1]),
               third = static_cast<unsigned char>(character[2]);
    return (second == 0x80 && ((third >= 0xA8 && third <= 0xAE) || third == 0x8E || third == 0x8F)) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

void pretty(const boost::json::value& value, std::string& out, const std::string& margin) {
    const std::string inner = margin + "  ";
    const auto separate = [&](bool first) { out += (first ? "\n" : ",\n") + inner; };
    if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
        out += '{';
        for (auto it = object->begin(); it != object->end(); ++it) {
            separate(it == object->begin());
            out += boost::json::serialize(boost::json::string(it->key())) + ": ";
            pretty(it->value(), out, inner);
        }
        out += "\n" + margin + "}";
    } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
        out += '[';
        for (auto it = array->begin(); it != array->end(); ++it) {
            separate(it == array->begin());
            pretty(*it, out, inner);
        }
        out += "\n" + margin + "]";
    } else {
        out += boost::json::serialize(value);
    }
}

}  // namespace

bool is_terminal() {
    return isatty(STDOUT_FILENO) == 1;
}

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
    return kUsualWidth;
}

std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view character = text.substr(0, character_size(text));
        if (character != "\r")
            out += character != "\n" && is_hidden(character) ? std::string_view(" ") : character;
        text.remove_prefix(character.size());
    }
    return out;
}

std::string cut(std::string_view text, std::size_t width) {
    if (width_of(text) <= width) return std::string(text);
    std::string out;
    for (std::size_t taken = 1; taken < width; ++taken) {
        const std::size_t size = character_size(text);
        out += text.substr(0, size);
        text.remove_prefix(size);
    }
    return out + "…";
}

std::string on_one_line(std::string_view text) {
    std::istringstream words(printable(text));
    std::string out;
    for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string indented(std::string_view text, std::string_view margin) {
    const std::size_t width =
        std::max<std::size_t>(40, std::min<std::size_t>(terminal_width(), 100)) - margin.size();
    std::istringstream lines(printable(text));
    std::string out;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string row;
        for (std::string word; words >> word;) {
            if (!row.empty() && width_of(row) + 1 + width_of(word) > width) {
                out += std::string(margin) + row + "\n";
                row.clear();
            }
            row += (row.empty() ? "" : " ") + word;
        }
        out += row.empty() ? "\n" : std::string(margin) + row + "\n";
    }
    return out;
}

std::string when(const boost::json::value& rfc3339) {
    if (!rfc3339.is_string()) return "";
    std::string text(rfc3339.get_string());
    if (text.size() < 16) return text;
    text[10] = ' ';
    return text.substr(0, 16);
}

void Table::row(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = on_one_line(cell);
    rows_.push_back(std::move(cells));
}

void Table::print() const {
    std::vector<std::size_t> widths(header_.size());
    const auto measure = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
    };
    measure(header_);
    for (const auto& row : rows_) measure(row);
    const auto print_row = [&](const std::vector<std::string>& cells, bool bold) {
        std::string line;
        std::size_t column = 0;
        for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
            line += cells[i] + std::string(widths[i] - width_of(cells[i]) + 2, ' ');
            column += widths[i] + 2;
        }
        const std::size_t left = terminal_width() > column + 12 ? terminal_width() - column : 12;
        line += cut(cells.back(), left);
        while (line.ends_with(' ')) line.pop_back();
        std::cout << (bold ? "\x1b[1m" + line + "\x1b[0m" : line) << "\n";
    };
    print_row(header_, is_terminal() && std::getenv("NO_COLOR") == nullptr);
    for (const auto& row : rows_) print_row(row, false);
}

void print_json(const boost::json::value& value) {
    std::string out;
    if (is_terminal())
        pretty(value, out, "");
    else
        out = boost::json::serialize(value);
    std::cout << out << "\n";
}

const boost::json::value& at(const boost::json::value& object, std::string_view key) {
    static const boost::json::value none;
    const auto* members = object.if_object();
    const auto* found = members == nullptr ? nullptr : members->if_contains(key);
    return found == nullptr ? none : *found;
}

std::string text_at(const boost::json::value& object, std::string_view key) {
    const auto* text = at(object, key).if_string();
    return text == nullptr ? std::string() : std::string(*text);
}

std::int64_t number_at(const boost::json::value& object, std::string_view key) {
    const auto& value = at(object, key);
    return value.is_int64()    ? value.get_int64()
           : value.is_uint64() ? static_cast<std::int64_t>(value.get_uint64())
                               : 0;
}

bool flag_at(const boost::json::value& object, std::string_view key) {
    const auto* flag = at(object, key).if_bool();
    return flag != nullptr && *flag;
}

std::string joined(const boost::json::array& texts) {
    std::string all;
    for (const boost::json::value& text : texts)
        if (text.is_string()) all += (all.empty() ? "" : ", ") + std::string(text.get_string());
    return all;
}

const boost::json::array& list_at(const boost::json::value& object, std::string_view key) {
    static const boost::json::array none;
    const auto* list = at(object, key).if_array();
    return list == nullptr ? none : *list;
}

Result<std::string> read_file(const std::string& name) {
    std::ostringstream content;
    if (name == "-") {
        content << std::cin.rdbuf();
    } else {
        std::ifstream file(name, std::ios::binary);
        if (!file)
            return Error{ErrorCode::not_found, name + ": expected a file that can be read, found none"};
        content << file.rdbuf();
    }
    return content.str();
}

Result<std::string> read_text(const std::string& argument) {
    if (argument.starts_with("@@")) return argument.substr(1);
    const bool named = argument.starts_with('@');
    if (!named && argument != "-") return argument;
    const std::string name = named ? argument.substr(1) : argument;
    Result<std::string> content = read_file(name);
    if (!content) return content;
    if (!core::code_points(*content))
        return Error{ErrorCode::invalid, name + ": expected UTF-8 text, found bytes that are not"};
    while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();
    return content;
}

}  // namespace candour::app::cli
