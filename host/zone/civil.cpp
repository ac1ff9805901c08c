#include "zone/civil.hpp"

#include <date/tz.h>

namespace candour::zone {
namespace {

/// The library reads zone files on first use and throws for a name it does not have; the exception stops
/// here.
Result<const date::time_zone*> find(std::string_view name) {
    try {
        return date::locate_zone(name);
    } catch (const std::exception&) {
        return Error{ErrorCode::not_found,
                     "time zone \"" + std::string(name) +
                         "\": expected an IANA name such as Europe/Berlin that this system knows"};
    }
}

using LocalTime = date::local_time<std::chrono::microseconds>;

Result<LocalTime> local_time(core::Instant at, std::string_view name) {
    const Result<const date::time_zone*> zone = find(name);
    if (!zone) return zone.error();
    return (*zone)->to_local(at);
}

}  // namespace

bool known_zone(std::string_view iana_zone) {
    return static_cast<bool>(find(iana_zone));
}

Result<std::chrono::year_month_day> civil_date(core::Instant at, std::string_view iana_zone) {
    const Result<LocalTime> local = local_time(at, iana_zone);
    if (!local) return local.error();
    const std::chrono::days since_epoch = std::chrono::floor<std::chrono::days>(local->time_since_epoch());
    return std::chrono::year_month_day{std::chrono::sys_days{since_epoch}};
}

std::int64_t civil_day(core::Instant at, std::string_view iana_zone) {
    const Result<LocalTime> local =
        iana_zone == "UTC" ? LocalTime{at.time_since_epoch()} : local_time(at, iana_zone);
    const auto since_epoch = local ? local->time_since_epoch() : at.time_since_epoch();
    return std::chrono::floor<std::chrono::days>(since_epoch).count();
}

Result<TimeOfDay> time_of_day(core::Instant at, std::string_view iana_zone) {
    const Result<LocalTime> local = local_time(at, iana_zone);
    if (!local) return local.error();
    const auto since_epoch = local->time_since_epoch();
    return std::chrono::floor<TimeOfDay>(since_epoch - std::chrono::floor<std::chrono::days>(since_epoch));
}

Result<core::Instant> instant_of(std::chrono::year_month_day on, TimeOfDay at, std::string_view iana_zone) {
    if (!on.ok())
        return Error{ErrorCode::invalid,
                     "civil date: expected a day of the calendar, found one that does not exist"};
    if (at < TimeOfDay::zero() || at >= std::chrono::days{1})
        return Error{ErrorCode::invalid, "time of day: expected 0 to 86399 seconds after midnight, found " +
                                             std::to_string(at.count())};
    const Result<const date::time_zone*> zone = find(iana_zone);
    if (!zone) return zone.error();
    const date::local_seconds wall{std::chrono::sys_days{on}.time_since_epoch() + at};
    return core::Instant{(*zone)->to_sys(wall, date::choose::earliest)};
}

}  // namespace candour::zone
