#include "moment.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

namespace candour::imports {
namespace {

using namespace std::chrono;

bool is_decimal(char c) {
    return c >= '0' && c <= '9';
}

/// What is left of a text that is read from its front.
class Scanner {
 public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    std::optional<int> number(std::size_t most_digits) {
        std::size_t digits = 0;
        while (digits < rest_.size() && digits < most_digits && is_decimal(rest_[digits])) ++digits;
        int value = 0;
        if (digits == 0 || std::from_chars(rest_.data(), rest_.data() + digits, value).ec != std::errc())
            return std::nullopt;
        length_ = digits;
        rest_.remove_prefix(digits);
        return value;
    }
    bool skip(std::string_view word) {
        if (rest_.size() < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i)
            if ((rest_[i] & ~0x20) != (word[i] & ~0x20)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    char any_of(std::string_view signs) {
        if (rest_.empty() || signs.find(rest_.front()) == std::string_view::npos) return 0;
        const char sign = rest_.front();
        rest_.remove_prefix(1);
        return sign;
    }
    void spaces() {
        while (any_of(" \t")) {
        }
    }
    std::size_t length() const { return length_; }  ///< digits of the last number
    bool done() const { return rest_.empty(); }

 private:
    std::string_view rest_;
    std::size_t length_ = 0;
};

std::optional<year_month_day> date_at(Scanner& text, DateOrder order) {
    std::array<int, 3> numbers{};
    std::array<std::size_t, 3> digits{};
    char sign = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::optional<int> number = text.number(4);
        if (!number) return std::nullopt;
        numbers[i] = *number;
        digits[i] = text.length();
        if (i == 2) break;
        const char found = text.any_of("-/.");
        if (found == 0 || (sign != 0 && found != sign)) return std::nullopt;
        sign = found;
    }
    if (digits[0] == 4)
        return year{numbers[0]} / month{static_cast<unsigned>(numbers[1])} /
               day{static_cast<unsigned>(numbers[2])};
    if (digits[2] != 4) return std::nullopt;
    if (sign == '.') order = DateOrder::day_first;
    if (order == DateOrder::unsaid && numbers[0] > 12) order = DateOrder::day_first;
    if (order == DateOrder::unsaid && numbers[1] > 12) order = DateOrder::month_first;
    if (order == DateOrder::unsaid) return std::nullopt;
    if (order == DateOrder::day_first) std::swap(numbers[0], numbers[1]);
    return year{numbers[2]} / month{static_cast<unsigned>(numbers[0])} /
           day{static_cast<unsigned>(numbers[1])};
}

/// Noon, when there is none.
std::optional<seconds> time_at(Scanner& text) {
    const std::optional<int> hour = text.number(2);
    if (!hour) return hours{12};
    if (!text.any_of(":")) return std::nullopt;
    const std::optional<int> minute = text.number(2);
    int second = 0, hour_of_day = *hour;
    if (minute && text.any_of(":")) second = text.number(2).value_or(99);
    if (text.any_of(".,")) (void)text.number(9);
    text.spaces();
    const bool before = text.skip("am"), after = !before && text.skip("pm");
    if ((before || after) && (hour_of_day < 1 || hour_of_day > 12)) return std::nullopt;
    if (before || after) hour_of_day = hour_of_day % 12 + (after ? 12 : 0);
    if (!minute || hour_of_day > 23 || *minute > 59 || second > 59) return std::nullopt;
    return hours{hour_of_day} + minutes{*minute} + seconds{second};
}

/// Z or ±hh:mm; empty: the text says nothing.
std::optional<std::string> offset_at(Scanner& text) {
    if (text.done()) return std::string();
    if (text.skip("utc") || text.skip("gmt") || text.skip("z")) {
        if (text.done()) return "Z";
    }
    const char sign = text.any_of("+-");
    const std::optional<int> hours = text.number(2);
    text.any_of(":");
    const std::optional<int> minutes = text.number(2);
    if (sign == 0 || !hours || *hours > 14 || minutes.value_or(0) > 59 || !text.done()) return std::nullopt;
    char offset[32];
    std::snprintf(offset, sizeof offset, "%c%02d:%02d", sign, *hours, minutes.value_or(0));
    return offset;
}

std::string wall_text(year_month_day on, seconds at) {
    const hh_mm_ss time(at);
    char text[80];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(on.year()),
                  static_cast<unsigned>(on.month()), static_cast<unsigned>(on.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

/// Seconds since 1970 with 9 or 10 digits, milliseconds with 12 or 13; what stands behind a point is cut off.
std::optional<sys_seconds> unix_time(std::string_view text) {
    text = text.substr(0, text.find('.'));
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
    if (text.size() == 12 || text.size() == 13)
        number /= 1000;
    else if (text.size() != 9 && text.size() != 10)
        return std::nullopt;
    return sys_seconds(seconds(number));
}

Error not_a_moment(std::string_view text, DateOrder order) {
    return Error{ErrorCode::invalid,
                 "date: expected one such as 2025-03-31 23:50:00, 31.03.2025, 3/31/2025 11:50 PM or "
                 "1743461400, found \"" +
                     std::string(text) + "\"" +
                     (order == DateOrder::unsaid
                          ? "; if day and month could be taken for each other, say which is first"
                          : "")};
}

}  // namespace

Result<Moment> read_moment(std::string_view text, DateOrder order) {
    if (const auto at = unix_time(text)) {
        const auto on = floor<days>(*at);
        return Moment{wall_text(on, *at - on) + "Z", {}};
    }
    Scanner scanner(text);
    const std::optional<year_month_day> on = date_at(scanner, order);
    if (!on || !on->ok()) return not_a_moment(text, order);
    scanner.any_of("T,");
    scanner.spaces();
    const std::optional<seconds> at = time_at(scanner);
    scanner.spaces();
    const std::optional<std::string> offset = at ? offset_at(scanner) : std::nullopt;
    if (!offset) return not_a_moment(text, order);
    if (offset->empty()) return Moment{{}, wall_text(*on, *at)};
    return Moment{wall_text(*on, *at) + *offset, {}};
}

}  // namespace candour::imports
