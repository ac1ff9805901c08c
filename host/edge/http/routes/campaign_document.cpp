#include "edge/http/routes/campaign_document.hpp"

#include <boost/json.hpp>

#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::object progress_document(const flow::CampaignProgress& progress) {
    bj::object left_out;
    std::int64_t all = 0;
    for (const auto& [reason, contacts] : progress.left_out) {
        left_out[core::name_of(core::kLeftOut, reason)] = contacts;
        all += contacts;
    }
    return {{"asked", progress.asked},
            {"waiting", progress.waiting},
            {"deferred", progress.deferred},
            {"sent", progress.sent},
            {"bounced", progress.bounced},
            {"undelivered", progress.undelivered},
            {"unknown", progress.unknown},
            {"withheld", progress.withheld},
            {"cancelled", progress.cancelled},
            {"answered", progress.answered},
            {"provisional", progress.provisional},
            {"reminded", progress.reminded},
            {"left_out", all},
            {"left_out_by_reason", std::move(left_out)}};
}

/// null once everybody was looked at.
bj::value planning_document(const flow::Campaign& campaign) {
    if (core::happened(campaign.planned_at)) return nullptr;
    return bj::object{{"looked_at", campaign.looked_at}, {"of", campaign.to_look_at}};
}

bj::value seconds_or_null(std::chrono::microseconds time) {
    if (time.count() == 0) return nullptr;
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

/// What a person calls it: planning, planned, sending, paused, cancelled, sent.
std::string_view state_of(const flow::Campaign& campaign, core::Instant now) {
    if (core::happened(campaign.cancelled_at)) return "cancelled";
    if (core::happened(campaign.paused_at)) return "paused";
    if (!core::happened(campaign.planned_at)) return "planning";
    if (campaign.progress.waiting == 0) return "sent";
    return campaign.due_at > now && campaign.progress.sent == 0 ? "planned" : "sending";
}

bj::object outlook_document(const flow::Campaign& campaign, core::Instant now) {
    const flow::CampaignProgress& progress = campaign.progress;
    core::Outlook seen = core::outlook({progress.waiting, progress.sent_lately, progress.last_due}, now);
    if (core::happened(campaign.paused_at) || core::happened(campaign.cancelled_at)) seen.ends_at.reset();
    return {{"per_minute", seen.per_minute},
            {"ends_at", json::time_or_null(seen.ends_at.value_or(core::kNever))}};
}

}  // namespace

bj::array reminders_document(const core::Reminders& reminders) {
    bj::array days;
    for (const std::chrono::days gap : reminders) days.push_back(gap.count());
    return days;
}

bj::object campaign_document(const flow::Campaign& campaign, core::Instant now) {
    return {{"id", campaign.id.text()},
            {"plugin", campaign.plugin},
            {"about", campaign.about},
            {"audience", json::audience_document(campaign.audience)},
            {"created_by", campaign.created_by},
            {"created_at", json::to_rfc3339(campaign.created_at)},
            {"at", json::to_rfc3339(campaign.due_at)},
            {"not_after", json::time_or_null(campaign.not_after)},
            {"over_seconds", seconds_or_null(campaign.over)},
            {"reminders", reminders_document(campaign.reminders)},
            {"words", json::own_words_document(campaign.words)},
            {"schedule", campaign.schedule.empty() ? bj::value(nullptr) : bj::value(campaign.schedule)},
            {"state", state_of(campaign, now)},
            {"paused_at", json::time_or_null(campaign.paused_at)},
            {"cancelled_at", json::time_or_null(campaign.cancelled_at)},
            {"planning", planning_document(campaign)},
            {"progress", progress_document(campaign.progress)},
            {"outlook", outlook_document(campaign, now)}};
}

bj::object whole_document(const flow::Campaign& campaign, core::Instant now) {
    bj::object document = campaign_document(campaign, now);
    bj::array people;
    for (const flow::LeftOutContact& one : campaign.left_out)
        people.push_back(bj::object{{"contact", one.contact.text()},
                                    {"name", one.name},
                                    {"account", one.account_name},
                                    {"reason", core::name_of(core::kLeftOut, one.reason)}});
    document["left_out"] = std::move(people);
    return document;
}

Result<core::Reminders> reminders_of(const bj::value& document) {
    core::Reminders reminders;
    if (document.is_null()) return reminders;
    const bj::array* days = document.if_array();
    if (days == nullptr)
        return Error{ErrorCode::invalid, "reminders: expected days after the mail before, such as [7, 14]"};
    for (const bj::value& gap : *days) {
        const std::int64_t* number = gap.if_int64();
        if (number == nullptr || *number < 0 || *number > 1'000)
            return Error{ErrorCode::invalid, "reminders: expected whole days, such as [7, 14]"};
        reminders.emplace_back(*number);
    }
    return reminders;
}

}  // namespace candour::http
