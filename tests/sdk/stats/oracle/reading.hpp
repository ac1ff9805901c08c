/// Cases are JSON, and figures are not: what is read from a case's inputs, and written as its outputs.
/// What does not fit throws; the wall around each case makes a failure of it.
#pragma once
#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "candour/stats/calendar.hpp"
#include "candour/stats/figure.hpp"
#include "candour/stats/level.hpp"

namespace candour::oracle {

namespace json = boost::json;
using stats::Day;

/// The value of a result; the library's own words when it refused.
template <class T>
T take(Result<T> result) {
    if (!result) throw std::invalid_argument(result.error().message);
    return *std::move(result);
}
inline void check(const Done& result) {
    static_cast<void>(take(result));
}

inline double number(const json::value& value) {
    return value.to_number<double>();
}
inline double number(const json::object& in, std::string_view name) {
    return number(in.at(name));
}
inline std::int64_t integer(const json::object& in, std::string_view name) {
    return in.at(name).to_number<std::int64_t>();
}
inline std::string text(const json::value& value) {
    return std::string(value.as_string());
}
inline std::string text(const json::object& in, std::string_view name) {
    return text(in.at(name));
}

/// Absent and null are the same.
inline const json::value* given(const json::object& in, std::string_view name) {
    const json::value* value = in.if_contains(name);
    return value != nullptr && !value->is_null() ? value : nullptr;
}
inline std::optional<double> optional_number(const json::object& in, std::string_view name) {
    const json::value* value = given(in, name);
    return value == nullptr ? std::nullopt : std::optional(number(*value));
}
inline double number_or(const json::object& in, std::string_view name, double otherwise) {
    return optional_number(in, name).value_or(otherwise);
}
inline bool flag_or(const json::object& in, std::string_view name, bool otherwise) {
    const json::value* value = given(in, name);
    return value == nullptr ? otherwise : value->as_bool();
}
inline std::string text_or(const json::object& in, std::string_view name, std::string_view otherwise) {
    const json::value* value = given(in, name);
    return value == nullptr ? std::string(otherwise) : text(*value);
}
/// The elements of an array, none when it is not there.
inline const json::array& list(const json::object& in, std::string_view name) {
    static const json::array none;
    const json::value* value = given(in, name);
    return value == nullptr ? none : value->as_array();
}
inline double confidence(const json::object& in) {
    return number_or(in, "confidence", stats::kConfidence);
}

inline std::vector<double> numbers(const json::value& value) {
    std::vector<double> found;
    for (const json::value& one : value.as_array()) found.push_back(number(one));
    return found;
}
inline std::vector<std::string> texts(const json::value& value) {
    std::vector<std::string> found;
    for (const json::value& one : value.as_array()) found.push_back(text(one));
    return found;
}

/// "operational", and "o" for short.
inline stats::Level level(std::string_view name) {
    for (const stats::Level one : stats::kLevels)
        if (name.size() == 1 && stats::to_text(one).front() == name.front()) return one;
    return take(stats::level_of(name));
}

inline int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    if (text.size() < from + count)
        throw std::invalid_argument("expected a date, found \"" + std::string(text) + "\"");
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9')
            throw std::invalid_argument("expected a date, found \"" + std::string(text) + "\"");
        value = 10 * value + (c - '0');
    }
    return value;
}

/// 2025-06-30
inline Day day(std::string_view text) {
    using namespace std::chrono;
    const year_month_day found{year(digits(text, 0, 4)), month(static_cast<unsigned>(digits(text, 5, 2))),
                               std::chrono::day(static_cast<unsigned>(digits(text, 8, 2)))};
    if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !found.ok())
        throw std::invalid_argument("expected a date such as 2025-06-30, found \"" + std::string(text) +
                                    "\"");
    return sys_days(found);
}
inline Day day(const json::value& value) {
    return day(std::string_view(value.as_string()));
}
inline std::optional<Day> optional_day(const json::object& in, std::string_view name) {
    const json::value* value = given(in, name);
    return value == nullptr ? std::nullopt : std::optional(day(*value));
}
inline std::string text_of(Day day) {
    const std::chrono::year_month_day date(day);
    const auto two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) +
           "-" + two(static_cast<unsigned>(date.day()));
}

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Z, or an offset such as +02:00.
inline std::chrono::minutes offset(std::string_view text) {
    if (text == "Z" || text == "z") return std::chrono::minutes(0);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':')
        throw std::invalid_argument("expected Z or an offset such as +02:00, found \"" + std::string(text) +
                                    "\"");
    const std::chrono::minutes amount(60 * digits(text, 1, 2) + digits(text, 4, 2));
    return text[0] == '-' ? -amount : amount;
}

/// 2025-03-31T23:30:00+00:00, seconds with or without a fraction.
inline Instant instant(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 20 || text[13] != ':' || text[16] != ':')
        throw std::invalid_argument("expected an instant such as 2025-03-31T23:30:00Z, found \"" +
                                    std::string(text) + "\"");
    Instant found = day(text.substr(0, 10)) + hours(digits(text, 11, 2)) + minutes(digits(text, 14, 2)) +
                    seconds(digits(text, 17, 2));
    std::size_t at = 19;
    if (text[at] == '.') {
        int unit = 1'000'000;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
            found += microseconds((text[at] - '0') * (unit /= 10));
    }
    return found - offset(text.substr(at));
}

inline json::value json_of(const std::optional<double>& value) {
    if (!value) return nullptr;
    return *value;
}
inline json::value json_of(const std::optional<int>& value) {
    if (!value) return nullptr;
    return *value;
}
inline json::value json_of(const std::optional<bool>& value) {
    if (!value) return nullptr;
    return *value;
}
inline json::value json_of(const std::optional<std::size_t>& value) {
    if (!value) return nullptr;
    return static_cast<std::int64_t>(*value);
}
inline json::value json_of(const std::optional<stats::Reason>& reason) {
    if (!reason) return nullptr;
    return json::string(stats::to_text(*reason));
}
inline json::value json_of(const stats::Interval& interval) {
    return json::array{interval.low, interval.high};
}
inline json::value json_of(const std::optional<stats::Interval>& interval) {
    if (!interval) return nullptr;
    return json_of(*interval);
}
/// Any list whose elements have a text or are numbers.
template <class Values>
json::array array_of(const Values& values) {
    json::array found;
    for (const auto& value : values) {
        if constexpr (requires { to_text(value); })
            found.emplace_back(json::string(to_text(value)));
        else
            found.emplace_back(json::value_from(value));
    }
    return found;
}

}  // namespace candour::oracle
