#include "edge/store/campaign_reminders.hpp"

#include <algorithm>

#include "candour_queries.hpp"
#include "core/campaign/pace.hpp"
#include "core/delivery/message.hpp"
#include "crypto/id_source.hpp"

namespace candour::store {
namespace {

/// A campaign that is paused is looked at again after this.
constexpr std::chrono::hours kPausedFor{1};

/// The columns of the query `due_reminders`.
struct ReminderRow {
    std::string campaign, contact, invitation, gaps, plugin, state, about, account, calendar, zone;
    long long reminded = 0, remind_at = 0, not_after = 0, cancelled = 0, paused = 0, handed_over = 0,
              last_reminder = 0, reminder_waits = 0, spoke = 0, gone = 0;

    void read_from(Call& call) {
        call.into(campaign)
            .into(contact)
            .into(invitation)
            .into(reminded)
            .into(remind_at)
            .into(gaps)
            .into(plugin);
        for (long long* column : {&not_after, &cancelled, &paused}) call.into(*column);
        call.into(state).into(about).into(account).into(calendar).into(zone);
        for (long long* column : {&handed_over, &last_reminder, &reminder_waits, &spoke, &gone})
            call.into(*column);
    }
};

bool still_on_its_way(const std::string& state) {
    return state == "queued" || state == "claimed" || state == "transmitting" || state == "unknown";
}

core::Invited invited(const ReminderRow& row) {
    core::Invited seen;
    seen.reminded = static_cast<int>(row.reminded);
    seen.handed_over_at = core::from_us(std::max(row.handed_over, row.last_reminder));
    seen.waits = still_on_its_way(row.state) || row.reminder_waits > 0;
    const bool failed = row.state != "handed_over" && !still_on_its_way(row.state);
    seen.spoke = failed || row.spoke > 0 || row.gone > 0 || row.cancelled > 0;
    return seen;
}

void add_reminder(Session& session, const ReminderRow& row, core::Instant now, core::Instant due) {
    session.call(sql::campaign::add_reminder)
        .with("id", crypto::new_id<MessageId>(now).text())
        .with("plugin", row.plugin)
        .with("about", row.about)
        .with("account_id", row.account)
        .with("contact_id", row.contact)
        .with("due_at", due)
        .with("expires_at", due + core::kLinkLifetime)
        .with("campaign_id", row.campaign)
        .with("reminder", row.reminded + 1)
        .with("reminds_of", row.invitation)
        .run();
}

/// false: another host looked at this contact first.
bool note(Session& session, const ReminderRow& row, std::int64_t reminders, core::Instant look_at) {
    return session.call(sql::campaign::note_reminder)
               .with("reminders", reminders)
               .with("remind_at", look_at)
               .with("campaign_id", row.campaign)
               .with("contact_id", row.contact)
               .with("before", row.reminded)
               .with("looked_at", row.remind_at)
               .run() == 1;
}

void look_at(Session& session, const ReminderRow& row, WelcomeHours& hours, core::Instant now) {
    if (row.paused > 0 && row.cancelled == 0) {
        note(session, row, row.reminded, now + kPausedFor);
        return;
    }
    const bool too_late = row.not_after > 0 && now > core::from_us(row.not_after);
    const core::NextReminder next =
        too_late ? core::NextReminder{}
                 : core::next_reminder(core::read_reminders(row.gaps), invited(row), now);
    const std::int64_t reminders = row.reminded + (next.now ? 1 : 0);
    if (note(session, row, reminders, next.look_at) && next.now)
        add_reminder(session, row, now, hours.welcome(row.calendar, row.zone, now).at);
}

}  // namespace

Result<int> write_reminders(Session& session, const HoursRules& rules, core::Instant now, int limit) {
    std::vector<ReminderRow> due;
    {
        ReminderRow row;
        Call call = session.call(sql::campaign::due_reminders);
        call.with("now", now).with("limit", limit);
        row.read_from(call);
        while (call.next()) due.push_back(row);
    }
    if (due.empty()) return 0;
    WelcomeHours hours(session, HoursRules{rules.zone, 0}, now);
    for (const ReminderRow& row : due) look_at(session, row, hours, now);
    return static_cast<int>(due.size());
}

}  // namespace candour::store
