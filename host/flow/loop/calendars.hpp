/// When people work, and by when something is owed in their time.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/relationship/calendar.hpp"
#include "flow/identity/audit.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// A day, or so many working days from now.
struct CivilDue {
    std::optional<std::chrono::year_month_day> day;
    std::chrono::days working{0};
};

class Calendars {
 public:
    virtual ~Calendars() = default;
    /// All of them, or the one of this id.
    virtual Task<Result<std::vector<core::Calendar>>> calendars(std::string id) = 0;
    /// New or changed; written into the audit log with it. What is owed already keeps its due instants.
    /// Errors: invalid when nobody knows the zone.
    virtual Task<Done> set_calendar(core::Calendar calendar, Doer doer, core::Instant now) = 0;
    /// In the calendar of the account, else of the teammate, else of the organisation; without one days pass
    /// as they are.
    virtual Task<Result<core::Instant>> due_for(std::string account, std::string owner, CivilDue due,
                                                core::Instant now, std::string house_zone) = 0;
};

}  // namespace candour::flow
