/// Text as mail programs write it: letters folded in ASCII, lines, blanks. Everything takes bytes of any
/// kind.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace candour::mail {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// ASCII only: letters of other alphabets stay as they are.
std::string lower(std::string_view text);
std::string_view trimmed(std::string_view text);
/// Every run of white space, no-break spaces included, becomes one blank; none at the ends.
std::string squeezed(std::string_view text);

/// Nothing but white space, no-break spaces included.
bool is_blank_line(std::string_view line);

/// Ignoring the case of ASCII.
bool same(std::string_view a, std::string_view b);
bool begins(std::string_view text, std::string_view beginning);
bool has(std::string_view text, std::string_view part);
std::size_t find(std::string_view text, std::string_view part, std::size_t from = 0);

/// Without their ends; LF and CRLF. A text that ends in a line end has no empty line behind it.
std::vector<std::string_view> lines_of(std::string_view text);
/// At a character that is not part of UTF-8's continuation, at most `size` bytes.
std::string_view cut(std::string_view text, std::size_t size);

}  // namespace candour::mail
