#include "edge/store/campaign_rows.hpp"

#include <map>

#include "candour_queries.hpp"
#include "core/delivery/message.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"

namespace candour::store {
namespace {

std::string text(core::Instant at) {
    return std::to_string(core::to_us(at));
}

void read_counts(Session& session, const std::string& campaign, flow::CampaignProgress& progress) {
    long long settled = 0, read = 0;
    Call call = session.call(sql::campaign::progress);
    std::vector<std::pair<long long, std::int64_t*>> counts;
    for (std::int64_t* const count :
         {&progress.deferred, &progress.sent, &progress.bounced, &progress.undelivered, &progress.unknown,
          &progress.withheld, &progress.cancelled, &progress.answered, &progress.reminded})
        counts.emplace_back(0, count);
    call.with("campaign_id", campaign).into(read).into(settled);
    for (auto& [number, count] : counts) call.into(number);
    call.next();
    for (const auto& [number, count] : counts) *count = number;
    progress.asked = read;
    progress.waiting = progress.asked - settled;
}

void read_course(Session& session, const std::string& campaign, core::Instant now,
                 flow::CampaignProgress& progress) {
    long long lately = 0, provisional = 0, last_due = 0;
    Call call = session.call(sql::campaign::course);
    call.with("campaign_id", campaign).with("lately", now - core::kLately);
    call.into(lately).into(provisional).into(last_due);
    call.next();
    progress.sent_lately = lately;
    progress.provisional = provisional;
    progress.last_due = core::from_us(last_due);
}

void read_progress(Session& session, flow::Campaign& campaign, core::Instant now) {
    read_counts(session, campaign.id.text(), campaign.progress);
    read_course(session, campaign.id.text(), now, campaign.progress);
    std::string reason;
    long long contacts = 0;
    Call call = session.call(sql::campaign::left_out_counts);
    call.with("campaign_id", campaign.id.text()).into(reason).into(contacts);
    while (call.next())
        if (const auto known = core::value_of(core::kLeftOut, reason))
            campaign.progress.left_out[*known] = contacts;
}

void read_left_out(Session& session, flow::Campaign& campaign) {
    std::string contact, name, account, reason;
    Call call = session.call(sql::campaign::left_out);
    call.with("campaign_id", campaign.id.text()).with("limit", kShownLeftOut);
    call.into(contact).into(name).into(account).into(reason);
    while (call.next())
        campaign.left_out.push_back(
            {ContactId::trusted(contact), name, account,
             core::value_of(core::kLeftOut, reason).value_or(core::LeftOut::inactive)});
}

/// The columns of the query `campaigns`.
struct CampaignColumns {
    flow::Campaign one;
    std::string id, audience, reminders, words;
    long long created = 0, due = 0, cancelled = 0, not_after = 0, over = 0, paused = 0, planned = 0,
              looked = 0, to_look = 0;

    void read_from(Call& call) {
        call.into(id).into(one.plugin).into(one.about).into(audience).into(one.created_by);
        for (long long* column : {&created, &due, &cancelled, &not_after, &over}) call.into(*column);
        call.into(reminders).into(words).into(one.schedule);
        for (long long* column : {&paused, &planned, &looked, &to_look}) call.into(*column);
    }
    flow::Campaign campaign() const {
        flow::Campaign read = one;
        read.id = CampaignId::trusted(id);
        read.audience = json::read_audience(audience).value_or({});
        read.created_at = core::from_us(created);
        read.due_at = core::from_us(due);
        read.cancelled_at = core::from_us(cancelled);
        read.not_after = core::from_us(not_after);
        read.over = std::chrono::microseconds{over};
        read.reminders = core::read_reminders(reminders);
        read.words = json::read_own_words(words).value_or({});
        read.paused_at = core::from_us(paused);
        read.planned_at = core::from_us(planned);
        read.looked_at = looked;
        read.to_look_at = to_look;
        return read;
    }
};

}  // namespace

std::vector<flow::Campaign> read_campaigns(Session& session, const CampaignRange& range, int limit,
                                           core::Instant now) {
    std::vector<flow::Campaign> campaigns;
    {
        CampaignColumns columns;
        Call call = session.call(sql::campaign::campaigns);
        call.with("id", range.id).with("before", range.before).with("limit", limit);
        columns.read_from(call);
        while (call.next()) campaigns.push_back(columns.campaign());
    }
    for (flow::Campaign& one : campaigns) read_progress(session, one, now);
    return campaigns;
}

Result<flow::Campaign> read_campaign(Session& session, const CampaignId& id, core::Instant now) {
    std::vector<flow::Campaign> found = read_campaigns(session, {id.text(), ""}, 1, now);
    if (found.empty()) return Error{ErrorCode::not_found, "there is no campaign " + id.text()};
    read_left_out(session, found.front());
    return std::move(found.front());
}

void write_campaign(Session& session, const flow::PlannedCampaign& campaign, const Scope& scope) {
    const flow::CampaignRequest& request = campaign.request;
    session.call(sql::campaign::add_campaign)
        .with("id", campaign.id.text())
        .with("request_key", request.key)
        .with("plugin", request.plugin)
        .with("about", request.about)
        .with("audience", json::write_audience(request.audience))
        .with("created_by", request.actor)
        .with("created_at", campaign.now)
        .with("due_at", request.at)
        .with("not_after", request.not_after)
        .with("over_us", request.over.count())
        .with("rest_us", std::chrono::microseconds(campaign.rest).count())
        .with("by_cadence", request.by_cadence ? 1 : 0)
        .with("reminders", core::write_reminders(request.reminders))
        .with("words", json::write_own_words(request.words))
        .with("schedule_id", request.schedule)
        .with("scope", write_scope(scope))
        .with("to_look_at", contacts_in(session, scope))
        .run();
}

namespace {

/// How many of a page are asked, and how many are left out for which reason.
void note_chosen(Session& session, const std::string& campaign, const std::vector<core::Chosen>& chosen) {
    std::int64_t asked = 0;
    std::map<core::LeftOut, std::int64_t> left_out;
    for (const core::Chosen& one : chosen) ++(one.left_out ? left_out[*one.left_out] : asked);
    session.call(sql::campaign::note_asked).with("asked", asked).with("id", campaign).run();
    Bulk reasons(sql::campaign::note_left_out, {"campaign_id", "reason", "contacts"});
    for (const auto& [reason, contacts] : left_out)
        reasons.row({campaign, std::string(core::name_of(core::kLeftOut, reason)), std::to_string(contacts)});
    reasons.run(session);
}

}  // namespace

void write_page(Session& session, const flow::PlannedCampaign& campaign,
                const std::vector<core::Chosen>& chosen, WelcomeHours& hours) {
    const flow::CampaignRequest& request = campaign.request;
    const std::string& id = campaign.id.text();
    Bulk contacts(sql::campaign::add_contacts,
                  {"campaign_id", "contact_id", "message_id", "left_out", "waits", "remind_at"});
    Bulk messages(sql::campaign::add_invitations, {"id", "plugin", "about", "account_id", "contact_id",
                                                   "due_at", "expires_at", "campaign_id"});
    for (const core::Chosen& one : chosen) {
        const std::string& contact = one.candidate.contact.text();
        if (one.left_out) {
            contacts.row(
                {id, contact, "", std::string(core::name_of(core::kLeftOut, *one.left_out)), "", "0"});
            continue;
        }
        const MessageId message = crypto::new_id<MessageId>(campaign.now);
        const core::Slot slot =
            hours.place(one.candidate, core::due_at(request.at, request.over, id, contact));
        const core::Instant remind_at =
            request.reminders.empty() ? core::kNever : slot.at + request.reminders.front();
        contacts.row({id, contact, message.text(), "", std::string(core::name_of(core::kWaits, slot.waits)),
                      text(remind_at)});
        messages.row({message.text(), request.plugin, request.about, one.candidate.account.text(), contact,
                      text(slot.at), text(slot.at + core::kLinkLifetime), id});
    }
    contacts.run(session);
    messages.run(session);
    note_chosen(session, id, chosen);
}

}  // namespace candour::store
