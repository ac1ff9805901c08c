#include "edge/store/campaigns.hpp"

#include "candour_queries.hpp"
#include "edge/store/campaign_rows.hpp"
#include "edge/store/opt_out.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using flow::Campaign;
using flow::Planned;

/// "account X-9, contact con_…": enough of them to mend the list.
Error nobody_called(const std::vector<std::string>& names) {
    constexpr std::size_t shown = 10;
    std::string all;
    for (std::size_t i = 0; i < names.size() && i < shown; ++i) all += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > shown) all += " and " + std::to_string(names.size() - shown) + " more";
    return Error{ErrorCode::not_found, "audience: there is no " + all};
}

Result<Planned> plan_in(Session& session, const flow::PlannedCampaign& campaign) {
    std::string id, ignored;
    {
        Call lock = session.call(sql::campaign::one_at_a_time);
        lock.into(ignored);
        lock.next();
    }
    if (!campaign.request.key.empty()) {
        Call call = session.call(sql::campaign::find_by_key);
        call.with("key", campaign.request.key).into(id);
        call.next();
    }
    if (!id.empty()) {
        Result<Campaign> first = read_campaign(session, CampaignId::trusted(id));
        if (!first) return first.error();
        return Planned{std::move(*first), true};
    }
    std::vector<core::Candidate> everybody = read_candidates(session, campaign.request.at, campaign.rest);
    const std::vector<std::string> unknown = core::unknown_names(campaign.request.audience, everybody);
    if (!unknown.empty()) return nobody_called(unknown);
    std::erase_if(everybody,
                  [&](const core::Candidate& one) { return !core::belongs(campaign.request.audience, one); });
    write_campaign(session, campaign, core::choose(std::move(everybody)));
    Result<Campaign> planned = read_campaign(session, campaign.id);
    if (!planned) return planned.error();
    return Planned{std::move(*planned), false};
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

Result<Planned> plan_and_take_back(Session& session, const flow::PlannedCampaign& campaign) {
    session.execute("SAVEPOINT dry_run");
    Result<Planned> planned = plan_in(session, campaign);
    session.execute("ROLLBACK TO SAVEPOINT dry_run");
    session.execute("RELEASE SAVEPOINT dry_run");
    return planned;
}

}  // namespace

flow::Task<Result<Planned>> Campaigns::plan(flow::PlannedCampaign campaign) {
    std::function<Result<Planned>(Session&)> work = [campaign = std::move(campaign)](Session& session) {
        return campaign.dry_run ? plan_and_take_back(session, campaign) : plan_in(session, campaign);
    };
    auto pending = database_.write<Planned>(std::move(work));
    Result<Planned> planned = co_await std::move(pending);
    co_return planned;
}

flow::Task<Result<std::vector<Campaign>>> Campaigns::list(std::string before, int limit) {
    return database_.read<std::vector<Campaign>>([before = std::move(before), limit](Session& session) {
        return Result<std::vector<Campaign>>(read_campaigns(session, {"", before}, limit));
    });
}

flow::Task<Result<Campaign>> Campaigns::find(CampaignId id) {
    return database_.read<Campaign>(
        [id = std::move(id)](Session& session) { return read_campaign(session, id); });
}

flow::Task<Result<Campaign>> Campaigns::cancel(CampaignId id, core::Instant now) {
    return database_.write<Campaign>([id = std::move(id), now](Session& session) {
        session.call(sql::campaign::cancel_campaign).with("now", now).with("id", id.text()).run();
        session.call(sql::campaign::cancel_invitations).with("campaign_id", id.text()).run();
        return read_campaign(session, id);
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
