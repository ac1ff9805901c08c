#include "edge/json/time_text.hpp"

#include <cstdio>

namespace candour::json {
namespace {

/// sscanf takes signs and blanks for digits; this does not. `d` in the shape stands for a digit.
bool shaped(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
    return true;
}

}  // namespace

std::string to_rfc3339(core::Instant at) {
    using namespace std::chrono;
    const auto day = floor<std::chrono::days>(at);
    const year_month_day date{day};
    const auto micros = (at - day).count();
    char text[40];
    const int size =
        std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                      static_cast<int>(micros / 3'600'000'000), static_cast<int>(micros / 60'000'000 % 60),
                      static_cast<int>(micros / 1'000'000 % 60));
    std::string out(text, static_cast<std::size_t>(size));
    if (micros % 1'000'000 != 0) {
        std::snprintf(text, sizeof text, ".%06d", static_cast<int>(micros % 1'000'000));
        out += text;
    }
    return out + "Z";
}

Result<core::Instant> from_rfc3339(std::string_view name, std::string_view text) {
    using namespace std::chrono;
    const Error bad{ErrorCode::invalid, std::string(name) +
                                            ": expected a time such as 2026-03-31T14:05:00Z, found \"" +
                                            std::string(text.substr(0, 40)) + "\""};
    const std::string copy(text);
    if (!shaped(text.substr(0, 19), "dddd-dd-ddTdd:dd:dd")) return bad;
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0, used = 0;
    if (std::sscanf(copy.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &y, &mo, &d, &h, &mi, &s, &used) != 6 ||
        used != 19)
        return bad;
    const year_month_day date{year(y), month(static_cast<unsigned>(mo)), day(static_cast<unsigned>(d))};
    if (!date.ok() || h > 23 || mi > 59 || s > 59) return bad;
    std::size_t at = 19;
    std::int64_t fraction = 0, scale = 100'000;
    if (at < copy.size() && copy[at] == '.') {
        for (++at; at < copy.size() && copy[at] >= '0' && copy[at] <= '9'; ++at, scale /= 10)
            fraction += (copy[at] - '0') * scale;
        if (at == 20) return bad;
    }
    minutes offset{0};
    const std::string zone = copy.substr(at);
    int zh = 0, zm = 0;
    char sign = '+';
    if (zone != "Z") {
        if (!shaped(zone, "+dd:dd") && !shaped(zone, "-dd:dd")) return bad;
        if (std::sscanf(zone.c_str(), "%c%2d:%2d", &sign, &zh, &zm) != 3 || zh > 23 || zm > 59) return bad;
        offset = hours(zh) + minutes(zm);
        if (sign == '-') offset = -offset;
    }
    return sys_days(date) + hours(h) + minutes(mi) + seconds(s) + microseconds(fraction) - offset;
}

}  // namespace candour::json
