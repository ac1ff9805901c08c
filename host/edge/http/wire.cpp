#include "edge/http/wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "edge/http/encoding.hpp"
#include "edge/http/problem.hpp"

namespace candour::http {

namespace {

void append_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), end.ptr);
}

void append_two(std::string& out, int number) {
    out += static_cast<char>('0' + number / 10 % 10);
    out += static_cast<char>('0' + number % 10);
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    const std::size_t from = out.size();
    out += value;
    for (std::size_t i = from; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        if (byte < 0x20 || byte == 0x7F) out[i] = ' ';
    }
    out += "\r\n";
}

bool is_name(std::string_view name) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

/// Written by append_head itself, or by nobody.
bool is_framing(std::string_view name) {
    for (const std::string_view ours :
         {"Date", "Connection", "Content-Type", "Content-Length", "Transfer-Encoding"}) {
        if (name.size() == ours.size() && equal_ignoring_case(name, ours)) return true;
    }
    return false;
}

bool has_length(unsigned status) {
    return status >= 200 && status != 204 && status != 304;
}

}  // namespace

void append_head(std::string& out, const Response& response, const WireOptions& options) {
    out += "HTTP/1.1 ";
    append_number(out, response.status);
    out += ' ';
    out += reason_phrase(response.status);
    out += "\r\nDate: ";
    out += options.date;
    out += "\r\n";
    if (!response.content_type.empty()) append_line(out, "Content-Type", response.content_type);
    if (!options.transport_rule.empty())
        append_line(out, "Strict-Transport-Security", options.transport_rule);
    for (const Header& header : response.headers) {
        if (is_name(header.name) && !is_framing(header.name)) append_line(out, header.name, header.value);
    }
    if (has_length(response.status) && !options.endless) {
        out += "Content-Length: ";
        append_number(out, response.body.size());
        out += "\r\n";
    }
    if (options.chunked) out += "Transfer-Encoding: chunked\r\n";
    if (options.close) {
        out += "Connection: close\r\n";
    } else if (options.http10) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

void append_chunk_size(std::string& out, std::size_t size) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16);
    out.append(digits.data(), end.ptr);
    out += "\r\n";
}

std::string http_date(std::time_t at) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&at, &utc);
    std::string out(days.at(static_cast<std::size_t>(utc.tm_wday)));
    out += ", ";
    append_two(out, utc.tm_mday);
    out += ' ';
    out += months.at(static_cast<std::size_t>(utc.tm_mon));
    out += ' ';
    append_number(out, static_cast<std::size_t>(utc.tm_year + 1900));
    out += ' ';
    append_two(out, utc.tm_hour);
    out += ':';
    append_two(out, utc.tm_min);
    out += ':';
    append_two(out, utc.tm_sec);
    return out + " GMT";
}

}  // namespace candour::http
