/// A calendar as people write it: {"zone": "Europe/Berlin", "weekly": [{"day": "mon", "from": "09:00", "to":
/// "17:00"}, …], "holidays": ["2027-01-01", …]}. An interval whose end is not after its beginning ends on the
/// next morning; 24:00 is midnight.
#pragma once
#include <boost/json/object.hpp>

#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "core/relationship/calendar.hpp"

namespace candour::json {

boost::json::object calendar_document(const core::Calendar& calendar);
/// Errors: invalid, naming the field. What core::check_calendar asks for is checked as well; the zone is not.
Result<core::Calendar> calendar_of(std::string id, const boost::json::value& document);
Result<core::Calendar> read_calendar(std::string id, std::string_view text);

/// The two lists as one text each.
std::string write_week(const core::Calendar& calendar);
std::string write_holidays(const core::Calendar& calendar);
/// Of what `write_week` and `write_holidays` wrote. Errors: corrupt.
Result<core::Calendar> stored_calendar(std::string id, std::string zone, std::string_view week,
                                       std::string_view holidays);

/// Errors: invalid, showing the form.
Result<std::chrono::year_month_day> date_of(std::string_view name, std::string_view text);
std::string date_text(std::chrono::year_month_day date);

}  // namespace candour::json
