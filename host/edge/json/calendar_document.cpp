#include "edge/json/calendar_document.hpp"

#include <boost/json.hpp>

#include <array>
#include <cstdio>
#include <optional>

namespace candour::json {
namespace {

namespace bj = boost::json;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
/// An interval for every hour of every day is more than anybody works.
constexpr std::size_t kMostShifts = 168;
constexpr std::size_t kMostHolidays = 2'000;

Error wrong(std::string_view field, const std::string& expected, std::string_view found) {
    return Error{ErrorCode::invalid, std::string(field) + ": expected " + expected + ", found \"" +
                                         std::string(found.substr(0, 40)) + "\""};
}

bool digits_like(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
    return true;
}

int number(std::string_view digits) {
    int value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

Result<minutes> time_of(std::string_view field, std::string_view text) {
    const bool shaped = digits_like(text, "dd:dd");
    const int hour = shaped ? number(text.substr(0, 2)) : 99, minute = shaped ? number(text.substr(3)) : 99;
    if (hour < 24 && minute < 60) return minutes{hour * 60 + minute};
    if (hour == 24 && minute == 0) return minutes{24 * 60};
    return wrong(field, "a time such as 09:00, up to 24:00", text);
}

std::string time_text(minutes time) {
    char text[16];
    const int in_day = static_cast<int>(time.count()) > 24 * 60 ? static_cast<int>(time.count()) % (24 * 60)
                                                                : static_cast<int>(time.count());
    std::snprintf(text, sizeof text, "%02d:%02d", in_day / 60, in_day % 60);
    return text;
}

std::string text_in(const bj::object& object, const char* field) {
    const bj::value* found = object.if_contains(field);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::optional<std::string> unknown_field(const bj::object& object,
                                         std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : object)
        if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end())
            return std::string(name);
    return std::nullopt;
}

Result<core::Shift> shift_of(const bj::value& value) {
    if (!value.is_object()) return wrong("weekly", "objects with day, from and to", "something else");
    const bj::object& object = value.get_object();
    if (const auto unknown = unknown_field(object, {"day", "from", "to"}))
        return wrong("weekly", "day, from and to", *unknown);
    const std::string day = text_in(object, "day");
    const auto place = std::find(kDays.begin(), kDays.end(), day);
    if (place == kDays.end()) return wrong("weekly.day", "mon, tue, wed, thu, fri, sat or sun", day);
    const Result<minutes> from = time_of("weekly.from", text_in(object, "from"));
    if (!from) return from.error();
    const Result<minutes> to = time_of("weekly.to", text_in(object, "to"));
    if (!to) return to.error();
    const auto iso = static_cast<unsigned>(place - kDays.begin()) + 1;
    return core::Shift{std::chrono::weekday(iso), *from, *to > *from ? *to : *to + minutes{24 * 60}};
}

Done read_lists(core::Calendar& calendar, const bj::array& week, const bj::array& holidays) {
    if (week.size() > kMostShifts)
        return wrong("weekly", "at most 168 intervals", std::to_string(week.size()));
    if (holidays.size() > kMostHolidays)
        return wrong("holidays", "at most 2000 dates", std::to_string(holidays.size()));
    for (const bj::value& each : week) {
        const Result<core::Shift> shift = shift_of(each);
        if (!shift) return shift.error();
        calendar.week.push_back(*shift);
    }
    for (const bj::value& each : holidays) {
        const Result<std::chrono::year_month_day> date =
            date_of("holidays", each.is_string() ? std::string_view(each.get_string()) : "");
        if (!date) return date.error();
        calendar.holidays.push_back(*date);
    }
    return core::check_calendar(calendar);
}

bj::array week_array(const core::Calendar& calendar) {
    bj::array week;
    for (const core::Shift& shift : calendar.week)
        week.push_back(bj::object{{"day", kDays[shift.day.iso_encoding() - 1]},
                                  {"from", time_text(shift.from)},
                                  {"to", time_text(shift.to)}});
    return week;
}

bj::array holiday_array(const core::Calendar& calendar) {
    bj::array holidays;
    for (const std::chrono::year_month_day& date : calendar.holidays)
        holidays.push_back(bj::value(date_text(date)));
    return holidays;
}

}  // namespace

bj::object calendar_document(const core::Calendar& calendar) {
    return {{"id", calendar.id},
            {"zone", calendar.zone},
            {"weekly", week_array(calendar)},
            {"holidays", holiday_array(calendar)}};
}

Result<core::Calendar> calendar_of(std::string id, const bj::value& document) {
    if (!document.is_object())
        return Error{ErrorCode::invalid, "calendar: expected a JSON object with zone, weekly and holidays"};
    const bj::object& object = document.get_object();
    if (const auto unknown = unknown_field(object, {"id", "zone", "weekly", "holidays"}))
        return wrong("calendar", "zone, weekly and holidays", *unknown);
    core::Calendar calendar;
    calendar.id = std::move(id);
    calendar.zone = text_in(object, "zone");
    if (calendar.zone.empty())
        return Error{ErrorCode::invalid, "zone: expected an IANA name such as Europe/Berlin, found nothing"};
    const bj::value* week = object.if_contains("weekly");
    const bj::value* holidays = object.if_contains("holidays");
    if (week == nullptr || !week->is_array() || week->get_array().empty())
        return Error{ErrorCode::invalid,
                     "weekly: expected at least one interval such as {\"day\": \"mon\", \"from\": \"09:00\", "
                     "\"to\": \"17:00\"}, found none"};
    if (holidays != nullptr && !holidays->is_array())
        return Error{ErrorCode::invalid, "holidays: expected a list of dates such as \"2027-01-01\""};
    if (Done read = read_lists(calendar, week->get_array(),
                               holidays == nullptr ? bj::array() : holidays->get_array());
        !read)
        return read.error();
    return calendar;
}

Result<core::Calendar> read_calendar(std::string id, std::string_view text) {
    boost::system::error_code bad;
    const bj::value document = bj::parse(text, bad);
    if (bad) return Error{ErrorCode::invalid, "calendar: is not JSON: " + bad.message()};
    return calendar_of(std::move(id), document);
}

std::string write_week(const core::Calendar& calendar) {
    return bj::serialize(week_array(calendar));
}
std::string write_holidays(const core::Calendar& calendar) {
    return bj::serialize(holiday_array(calendar));
}

Result<core::Calendar> stored_calendar(std::string id, std::string zone, std::string_view week,
                                       std::string_view holidays) {
    boost::system::error_code bad_week, bad_holidays;
    const bj::value weekly = bj::parse(week, bad_week), dates = bj::parse(holidays, bad_holidays);
    core::Calendar calendar{std::move(id), std::move(zone), {}, {}};
    const bool lists = !bad_week && !bad_holidays && weekly.is_array() && dates.is_array();
    if (!lists || !read_lists(calendar, weekly.get_array(), dates.get_array()))
        return Error{ErrorCode::corrupt,
                     "calendar " + calendar.id + ": expected lists of intervals and dates"};
    return calendar;
}

Result<std::chrono::year_month_day> date_of(std::string_view name, std::string_view text) {
    using namespace std::chrono;
    if (digits_like(text, "dddd-dd-dd")) {
        const year_month_day date{year(number(text.substr(0, 4))),
                                  month(static_cast<unsigned>(number(text.substr(5, 2)))),
                                  day(static_cast<unsigned>(number(text.substr(8))))};
        if (date.ok()) return date;
    }
    return wrong(name, "a date as YYYY-MM-DD", text);
}

std::string date_text(std::chrono::year_month_day date) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

}  // namespace candour::json
