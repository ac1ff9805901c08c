#include "edge/store/campaigns.hpp"

#include "candour_queries.hpp"
#include "core/delivery/message.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/json/time_text.hpp"
#include "edge/store/audience_walk.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/campaign_reminders.hpp"
#include "edge/store/campaign_rows.hpp"
#include "edge/store/one_look.hpp"
#include "edge/store/opt_out.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using flow::Campaign;
using flow::Planned;

/// Put off or taken back at a time; what comes in meanwhile waits no longer than that takes.
constexpr int kSettledAtOnce = 5'000;

void one_at_a_time(Session& session) {
    std::string ignored;
    Call lock = session.call(sql::campaign::one_at_a_time);
    lock.into(ignored);
    lock.next();
}

Result<Planned> begin_in(Session& session, const flow::PlannedCampaign& campaign) {
    std::string id;
    one_at_a_time(session);
    if (!campaign.request.key.empty()) {
        Call call = session.call(sql::campaign::find_by_key);
        call.with("key", campaign.request.key).into(id);
        call.next();
    }
    const bool repeated = !id.empty();
    if (!repeated) {
        const Result<Scope> scope = scope_of(session, campaign.request.audience);
        if (!scope) return scope.error();
        write_campaign(session, campaign, *scope);
        id = campaign.id.text();
    }
    Result<Campaign> found = read_campaign(session, CampaignId::trusted(id), campaign.now);
    if (!found) return found.error();
    return Planned{std::move(*found), repeated};
}

/// A campaign as planning needs it, and how far that is.
struct CampaignPlanning {
    flow::PlannedCampaign campaign;
    Scope scope;
    std::string last_account;
    bool ended = false;
};

Result<CampaignPlanning> read_planning(Session& session, const CampaignId& id, core::Instant now) {
    CampaignPlanning planning;
    flow::CampaignRequest& request = planning.campaign.request;
    std::string audience, reminders, scope;
    long long due = 0, over = 0, rest = 0, by_cadence = 0, looked = 0, planned = 0, cancelled = 0;
    Call call = session.call(sql::campaign::planning_state);
    call.with("id", id.text()).into(request.plugin).into(request.about).into(audience);
    call.into(due)
        .into(over)
        .into(rest)
        .into(by_cadence)
        .into(reminders)
        .into(scope)
        .into(planning.last_account);
    call.into(looked).into(planned).into(cancelled);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no campaign " + id.text()};
    Result<core::Audience> whom = json::read_audience(audience);
    if (!whom) return Error{ErrorCode::corrupt, "campaign " + id.text() + ": " + whom.error().message};
    request.audience = std::move(*whom);
    request.at = core::from_us(due);
    request.over = std::chrono::microseconds{over};
    request.reminders = core::read_reminders(reminders);
    request.by_cadence = by_cadence != 0;
    planning.campaign.id = id;
    planning.campaign.now = now;
    planning.campaign.rest = std::chrono::duration_cast<std::chrono::days>(std::chrono::microseconds{rest});
    planning.scope = read_scope(scope);
    planning.ended = planned > 0 || cancelled > 0;
    return planning;
}

void note_planned(Session& session, const CampaignId& id, const Page& page, core::Instant planned_at) {
    session.call(sql::campaign::note_planned)
        .with("last_account", page.to)
        .with("looked_at", static_cast<std::int64_t>(page.everybody.size()))
        .with("planned_at", planned_at)
        .with("id", id.text())
        .run();
}

Result<bool> plan_page_in(Session& session, const CampaignId& id, core::Instant now,
                          const HoursRules& rules) {
    one_at_a_time(session);
    Result<CampaignPlanning> planning = read_planning(session, id, now);
    if (!planning) return planning.error();
    const flow::PlannedCampaign& campaign = planning->campaign;
    Page page;
    if (!planning->ended)
        page = read_page(session, {campaign, planning->scope, rules.zone}, planning->last_account);
    const bool more = !page.from.empty();
    note_planned(session, id, page, more ? core::kNever : now);
    if (!more) return false;
    core::Chooser chooser(campaign.request.audience.sample, seed_of(campaign, rules));
    WelcomeHours hours(session, rules, campaign.request.at);
    if (planning->scope.empty()) hours.expect({page.from, page.to});
    write_page(session, campaign, choose_from(std::move(page), campaign.request.audience, chooser), hours);
    return true;
}

Result<Planned> look_ahead_in(Session& session, const flow::PlannedCampaign& campaign,
                              const HoursRules& rules) {
    const flow::CampaignRequest& request = campaign.request;
    const Result<Scope> scope = scope_of(session, request.audience);
    if (!scope) return scope.error();
    Campaign ahead;
    ahead.id = campaign.id;
    ahead.plugin = request.plugin;
    ahead.about = request.about;
    ahead.audience = request.audience;
    ahead.created_by = request.actor;
    ahead.created_at = campaign.now;
    ahead.planned_at = campaign.now;
    ahead.due_at = request.at;
    ahead.not_after = request.not_after;
    ahead.over = request.over;
    ahead.reminders = request.reminders;
    ahead.words = request.words;
    AudienceWalk walk(session, campaign, *scope, rules);
    walk.know_everybody();
    walk.each([&](const core::Chosen& one) {
        ++(one.left_out ? ahead.progress.left_out[*one.left_out] : ahead.progress.asked);
        if (one.left_out && ahead.left_out.size() < kShownLeftOut)
            ahead.left_out.push_back(
                {one.candidate.contact, one.candidate.name, one.candidate.account_name, *one.left_out});
    });
    ahead.progress.waiting = ahead.progress.asked;
    return Planned{std::move(ahead), false};
}

Done opt_out_in(Session& session, const MessageId& message, const std::string& way, ChangeTime when) {
    std::string contact;
    {
        Call call = session.call(sql::campaign::contact_of_message);
        call.with("message_id", message.text()).into(contact);
        call.next();
    }
    opt_out(session, {ContactId::trusted(contact), message, way}, when);
    return done();
}

/// What a campaign may still become.
struct CampaignStanding {
    std::string about, words;
    long long not_after = 0, paused_at = 0, cancelled_at = 0;
};

Result<CampaignStanding> campaign_standing(Session& session, const CampaignId& id) {
    CampaignStanding standing;
    Call call = session.call(sql::campaign::standing);
    call.with("id", id.text()).into(standing.about).into(standing.words);
    call.into(standing.not_after).into(standing.paused_at).into(standing.cancelled_at);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no campaign " + id.text()};
    return standing;
}

/// Errors: not_found, conflict.
Result<CampaignStanding> going_on(Session& session, const CampaignId& id) {
    Result<CampaignStanding> standing = campaign_standing(session, id);
    if (standing && standing->cancelled_at > 0)
        return Error{
            ErrorCode::conflict,
            "campaign " + id.text() + " was cancelled; expected one that is planned, sending or paused"};
    return standing;
}

Done change_in(Session& session, const CampaignId& id, const flow::CampaignChange& change) {
    const Result<CampaignStanding> before = going_on(session, id);
    if (!before) return before.error();
    session.call(sql::campaign::change_campaign)
        .with("about", change.about.value_or(before->about))
        .with("words", change.words ? json::write_own_words(*change.words) : before->words)
        .with("not_after", change.not_after.value_or(core::from_us(before->not_after)))
        .with("id", id.text())
        .run();
    if (change.about && *change.about != before->about)
        session.call(sql::campaign::change_about)
            .with("about", *change.about)
            .with("campaign_id", id.text())
            .run();
    return done();
}

/// As people call where it is.
std::string course_of(const CampaignStanding& standing) {
    return standing.cancelled_at > 0 ? "cancelled" : standing.paused_at > 0 ? "paused" : "sending";
}

/// What was so before is nothing more.
Done note_course(Session& session, const flow::AuditEntry& entry, core::Instant now) {
    if (entry.before != entry.after) write_down(session, entry, now);
    return done();
}

std::string asked_in_words(const CampaignStanding& standing) {
    const core::Instant not_after = core::from_us(standing.not_after);
    return "about: " + standing.about +
           "; not after: " + (core::happened(not_after) ? json::to_rfc3339(not_after) : "any time") +
           "; words: " + (standing.words.empty() ? "the plugin's" : standing.words);
}

Result<bool> settle_in(Session& session, const CampaignId& id, core::Instant now) {
    const Result<CampaignStanding> standing = campaign_standing(session, id);
    if (!standing) return standing.error();
    const bool stopped = standing->cancelled_at > 0 || standing->paused_at > 0;
    Call call = session.call(standing->cancelled_at > 0 ? sql::campaign::cancel_waiting
                             : stopped                  ? sql::campaign::hold_waiting
                                                        : sql::campaign::release_held);
    call.with("campaign_id", id.text()).with("limit", kSettledAtOnce);
    if (!stopped) call.with("now", now);
    return call.run() == kSettledAtOnce;
}

std::vector<CampaignId> ids_of(Session& session, const Query& query) {
    std::vector<CampaignId> ids;
    std::string id;
    Call call = session.call(query);
    call.into(id);
    while (call.next()) ids.push_back(CampaignId::trusted(id));
    return ids;
}

}  // namespace

flow::Task<Result<Planned>> Campaigns::begin(flow::PlannedCampaign campaign) {
    return database_.write<Planned>(
        [campaign = std::move(campaign)](Session& session) { return begin_in(session, campaign); });
}

flow::Task<Result<bool>> Campaigns::plan_page(CampaignId id, core::Instant now) {
    return database_.write<bool>([id = std::move(id), now, rules = rules()](Session& session) {
        return plan_page_in(session, id, now, rules);
    });
}

flow::Task<Result<Planned>> Campaigns::look_ahead(flow::PlannedCampaign campaign) {
    return database_.read<Planned>([campaign = std::move(campaign), rules = rules()](Session& session) {
        return in_one_look(session, [&] { return look_ahead_in(session, campaign, rules); });
    });
}

flow::Task<Result<std::vector<Campaign>>> Campaigns::list(std::string before, int limit) {
    return database_.read<std::vector<Campaign>>(
        [before = std::move(before), limit, now = clock_.now()](Session& session) {
            return Result<std::vector<Campaign>>(read_campaigns(session, {"", before}, limit, now));
        });
}

flow::Task<Result<Campaign>> Campaigns::find(CampaignId id) {
    return database_.read<Campaign>([id = std::move(id), now = clock_.now()](Session& session) {
        return read_campaign(session, id, now);
    });
}

flow::Task<Done> Campaigns::pause(CampaignId id, flow::Doer doer, core::Instant now) {
    return database_.write<Nothing>([id = std::move(id), doer = std::move(doer),
                                     now](Session& session) -> Done {
        const auto before = going_on(session, id);
        if (!before) return before.error();
        session.call(sql::campaign::pause_campaign).with("now", now).with("id", id.text()).run();
        return note_course(session, {doer, "campaign_paused", id.text(), course_of(*before), "paused"}, now);
    });
}

flow::Task<Done> Campaigns::resume(CampaignId id, flow::Doer doer, core::Instant now) {
    return database_.write<Nothing>(
        [id = std::move(id), doer = std::move(doer), now](Session& session) -> Done {
            const auto before = going_on(session, id);
            if (!before) return before.error();
            session.call(sql::campaign::resume_campaign).with("id", id.text()).run();
            return note_course(session, {doer, "campaign_resumed", id.text(), course_of(*before), "sending"},
                               now);
        });
}

flow::Task<Done> Campaigns::cancel(CampaignId id, flow::Doer doer, core::Instant now) {
    return database_.write<Nothing>(
        [id = std::move(id), doer = std::move(doer), now](Session& session) -> Done {
            const auto before = campaign_standing(session, id);
            if (!before) return before.error();
            session.call(sql::campaign::cancel_campaign).with("now", now).with("id", id.text()).run();
            return note_course(session,
                               {doer, "campaign_cancelled", id.text(), course_of(*before), "cancelled"}, now);
        });
}

flow::Task<Done> Campaigns::change(CampaignId id, flow::CampaignChange change, flow::Doer doer,
                                   core::Instant now) {
    return database_.write<Nothing>([id = std::move(id), change = std::move(change), doer = std::move(doer),
                                     now](Session& session) -> Done {
        const auto before = going_on(session, id);
        if (!before) return before.error();
        if (Done changed = change_in(session, id, change); !changed) return changed;
        const auto after = going_on(session, id);
        if (!after) return after.error();
        write_down(session,
                   {doer, "campaign_changed", id.text(), asked_in_words(*before), asked_in_words(*after)},
                   now);
        return done();
    });
}

flow::Task<Result<bool>> Campaigns::settle(CampaignId id, core::Instant now) {
    return database_.write<bool>(
        [id = std::move(id), now](Session& session) { return settle_in(session, id, now); });
}

flow::Task<Result<int>> Campaigns::remind(core::Instant now, int limit) {
    return database_.write<int>([now, limit, rules = rules()](Session& session) {
        return write_reminders(session, rules, now, limit);
    });
}

flow::Task<Result<flow::CampaignStore::Unfinished>> Campaigns::unfinished() {
    return database_.read<Unfinished>([](Session& session) {
        return Result<Unfinished>(Unfinished{ids_of(session, sql::campaign::campaigns_in_planning),
                                             ids_of(session, sql::campaign::campaigns_to_settle)});
    });
}

flow::Task<Result<flow::Reader>> Campaigns::reader(std::string name) {
    return database_.read<flow::Reader>([name = std::move(name)](Session& session) -> Result<flow::Reader> {
        flow::Reader reader;
        std::string id;
        Call call = session.call(sql::campaign::readers_named);
        call.with("name", name).into(id).into(reader.name).into(reader.account_name);
        call.into(reader.language).into(reader.zone).into(reader.address);
        if (!call.next()) return Error{ErrorCode::not_found, "contact: there is no " + name.substr(0, 80)};
        reader.contact = ContactId::trusted(id);
        return reader;
    });
}

flow::Task<Result<MessageId>> Campaigns::send_trial(std::string plugin, std::string address,
                                                    std::string document, core::Instant now) {
    return database_.write<MessageId>([=](Session& session) -> Result<MessageId> {
        std::string teammate;
        {
            Call call = session.call(sql::campaign::teammate_called);
            call.with("email", address).into(teammate);
            if (!call.next())
                return Error{ErrorCode::not_found,
                             "to: expected the address of a teammate, since tests go to our own "
                             "people only; found " +
                                 address.substr(0, 80)};
        }
        const MessageId message = crypto::new_id<MessageId>(now);
        session.call(sql::campaign::add_trial)
            .with("id", message.text())
            .with("plugin", plugin)
            .with("teammate_id", teammate)
            .with("document", document)
            .with("now", now)
            .with("expires_at", now + core::kLinkLifetime)
            .run();
        return message;
    });
}

flow::Task<Done> Campaigns::opt_out(MessageId message, std::string way, core::Instant now) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<Nothing>(
        [message = std::move(message), way = std::move(way), when](Session& session) {
            return opt_out_in(session, message, way, when);
        });
}

}  // namespace candour::store
