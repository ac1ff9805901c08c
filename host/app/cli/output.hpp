/// What stands on the terminal: aligned tables, texts that cannot play tricks on it, instants a person can
/// read.
#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::app::cli {

bool is_terminal();
/// Of the terminal; wide enough for a table when there is none.
std::size_t terminal_width();

/// Words of customers may hold escape sequences and direction marks; here they are only characters. Line ends
/// stay.
std::string printable(std::string_view text);
/// The same on one line.
std::string on_one_line(std::string_view text);
/// At most so many characters; what is cut off shows as an ellipsis.
std::string cut(std::string_view text, std::size_t width);
/// Each line of the text behind `margin`, wrapped at the terminal's width.
std::string indented(std::string_view text, std::string_view margin);
/// `2026-11-21 20:18`; "" for null.
std::string when(const boost::json::value& rfc3339);

/// Columns as wide as their content; the last one is cut where the terminal ends.
class Table {
 public:
    explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}
    void row(std::vector<std::string> cells);
    bool empty() const { return rows_.empty(); }
    void print() const;

 private:
    std::vector<std::string> header_;
    std::vector<std::vector<std::string>> rows_;
};

/// Indented on a terminal, on one line for a pipe.
void print_json(const boost::json::value& value);

// Reading documents whose shape is known; what is missing or null reads as empty.
std::string text_at(const boost::json::value& object, std::string_view key);
std::int64_t number_at(const boost::json::value& object, std::string_view key);
bool flag_at(const boost::json::value& object, std::string_view key);
/// A null value when there is none.
const boost::json::value& at(const boost::json::value& object, std::string_view key);
/// An empty list when there is none.
const boost::json::array& list_at(const boost::json::value& object, std::string_view key);
/// The texts of a list: "kv, mail".
std::string joined(const boost::json::array& texts);

/// As it is; - is standard input. Errors: not_found when it cannot be read.
Result<std::string> read_file(const std::string& name);

/// A literal text, @FILE, or - for standard input. A text that begins with @ is written @@.
/// Errors: not_found when the file cannot be read; invalid when it is not UTF-8.
Result<std::string> read_text(const std::string& argument);

}  // namespace candour::app::cli
