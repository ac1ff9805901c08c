#include "core/campaign/pace.hpp"

#include <algorithm>
#include <cmath>

#include "core/campaign/sample.hpp"

namespace candour::core {
using namespace std::chrono_literals;

Done check(const Reminders& reminders) {
    if (reminders.size() > kMaxReminders)
        return Error{ErrorCode::invalid,
                     "reminders: expected at most 5, found " + std::to_string(reminders.size())};
    for (const std::chrono::days gap : reminders)
        if (gap < kSoonestReminder || gap > kLatestReminder)
            return Error{ErrorCode::invalid,
                         "reminders: expected 1 to 60 days after the mail before, found " +
                             std::to_string(gap.count())};
    return done();
}

std::string write_reminders(const Reminders& reminders) {
    std::string text;
    for (const std::chrono::days gap : reminders)
        text += (text.empty() ? "" : ",") + std::to_string(gap.count());
    return text;
}

Reminders read_reminders(std::string_view text) {
    Reminders reminders;
    int days = 0;
    for (const char c : text) {
        if (c != ',') {
            days = days * 10 + (c - '0');
            continue;
        }
        reminders.emplace_back(days);
        days = 0;
    }
    if (!text.empty()) reminders.emplace_back(days);
    return reminders;
}

Instant due_at(Instant from, std::chrono::microseconds over, std::string_view campaign,
               std::string_view contact) {
    if (over <= 0us) return from;
    const double part = std::ldexp(static_cast<double>(lot(campaign, contact) >> 11U), -53);
    return from +
           std::chrono::microseconds(static_cast<std::int64_t>(part * static_cast<double>(over.count())));
}

std::chrono::days cadence_of(Segment segment) {
    const bool twice = segment == Segment::co_creator || segment == Segment::opportunity;
    return std::chrono::days{twice ? 182 : 364};
}

NextReminder next_reminder(const Reminders& reminders, const Invited& invited, Instant now) {
    const auto reminded = static_cast<std::size_t>(invited.reminded);
    if (invited.spoke || reminded >= reminders.size()) return {};
    if (invited.waits || !happened(invited.handed_over_at)) return {false, now + reminders[reminded]};
    const Instant due = invited.handed_over_at + reminders[reminded];
    if (due > now) return {false, due};
    const bool last = reminded + 1 == reminders.size();
    return {true, last ? kNever : now + reminders[reminded + 1]};
}

Outlook outlook(const Flow& flow, Instant now) {
    Outlook seen;
    seen.per_minute = static_cast<double>(flow.sent_lately) / static_cast<double>(kLately.count());
    if (flow.waiting == 0) return seen;
    const Instant last = std::max(flow.last_due, now);
    if (flow.last_due > now) seen.ends_at = last;
    if (seen.per_minute <= 0) return seen;
    const double minutes = static_cast<double>(flow.waiting) / seen.per_minute;
    const auto needed = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::duration<double, std::ratio<60>>(minutes));
    seen.ends_at = std::max(last, now + needed);
    return seen;
}

}  // namespace candour::core
