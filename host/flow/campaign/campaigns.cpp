#include "flow/campaign/campaigns.hpp"

#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"
#include "flow/campaign/what_is_asked.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// Longer plans belong into a calendar: by then people have moved on.
constexpr auto kFurthest = std::chrono::days{366};
/// Clocks differ a little, and "now" has passed when it arrives.
constexpr auto kJustPassed = 5min;
constexpr std::size_t kMaxKey = 200;

/// What is planned or settled before the caller gets an answer; the rest goes on behind it.
constexpr int kPagesAtOnce = 10;

/// Everything but what is asked, which the plugin knows.
Done check_asking(CampaignRequest& request, core::Instant now) {
    if (Done sound = core::check(request.audience); !sound) return sound.error();
    if (Done sound = core::check_text("key", request.key, kMaxKey); !sound) return sound.error();
    if (Done sound = core::check_text("about", request.about, kMaxKey); !sound) return sound.error();
    if (Done sound = core::check_text("survey", request.survey, kMaxKey); !sound) return sound.error();
    if (!core::happened(request.at)) request.at = now;
    if (request.at < now - kJustPassed)
        return Error{ErrorCode::invalid, "at: expected a time to come, found one that has passed"};
    if (request.at > now + kFurthest)
        return Error{ErrorCode::invalid, "at: expected a time within a year, found one beyond it"};
    request.at = std::max(request.at, now);
    return done();
}

Done check_course(const CampaignRequest& request) {
    if (core::happened(request.not_after) && request.not_after <= request.at)
        return Error{ErrorCode::invalid,
                     "not_after: expected a time after the first mail, found one before it"};
    if (request.over < 0s || request.over > core::kLongestSpread)
        return Error{ErrorCode::invalid, "over: expected at most 90 days"};
    if (core::happened(request.not_after) && request.at + request.over > request.not_after)
        return Error{ErrorCode::invalid,
                     "over: expected the last mail to leave before not_after, found that it would not"};
    if (Done sound = core::check(request.reminders); !sound) return sound;
    return core::check(request.words, request.reminders.size());
}

}  // namespace

Task<Result<CampaignRequest>> Campaigns::checked(CampaignRequest request) const {
    if (Done sound = check_asking(request, clock_.now()); !sound) co_return sound.error();
    if (Done sound = check_course(request); !sound) co_return sound.error();
    WhatIsAsked wanted{request.plugin, request.about, request.survey};
    auto settling = settle_what_is_asked(voices_, std::move(wanted));
    Result<std::string> about = co_await std::move(settling);
    if (!about) co_return about.error();
    request.about = std::move(*about);
    co_return request;
}

Task<Result<PlannedCampaign>> Campaigns::prepared(CampaignRequest request) const {
    auto checking = checked(std::move(request));
    Result<CampaignRequest> sound = co_await std::move(checking);
    if (!sound) co_return sound.error();
    const core::Instant now = clock_.now();
    co_return PlannedCampaign{crypto::new_id<CampaignId>(now), std::move(*sound), now, rest_};
}

Task<Result<Planned>> Campaigns::send(CampaignRequest request, bool dry_run) {
    const core::Instant now = clock_.now();
    auto preparing = prepared(std::move(request));
    Result<PlannedCampaign> campaign = co_await std::move(preparing);
    if (!campaign) co_return campaign.error();
    if (dry_run) {
        auto looking = store_.look_ahead(std::move(*campaign));
        Result<Planned> ahead = co_await std::move(looking);
        co_return ahead;
    }
    auto beginning = store_.begin(std::move(*campaign));
    Result<Planned> planned = co_await std::move(beginning);
    if (!planned || planned->repeated) co_return planned;
    for (int page = 0; page < kPagesAtOnce; ++page) {
        auto planning = store_.plan_page(planned->campaign.id, now);
        const Result<bool> more = co_await std::move(planning);
        if (!more) co_return more.error();
        if (!*more) break;
    }
    auto finding = store_.find(planned->campaign.id);
    Result<Campaign> campaign_now = co_await std::move(finding);
    if (!campaign_now) co_return campaign_now.error();
    co_return Planned{std::move(*campaign_now), false};
}

Task<Result<Campaign>> Campaigns::settled(CampaignId id, Task<Done> step) {
    const Done stepped = co_await std::move(step);
    if (!stepped) co_return stepped.error();
    for (int page = 0; page < kPagesAtOnce; ++page) {
        auto settling = store_.settle(id, clock_.now());
        const Result<bool> more = co_await std::move(settling);
        if (!more) co_return more.error();
        if (!*more) break;
    }
    auto finding = store_.find(std::move(id));
    Result<Campaign> campaign = co_await std::move(finding);
    co_return campaign;
}

Task<Result<Campaign>> Campaigns::pause(CampaignId id, Doer doer) {
    return settled(id, store_.pause(id, std::move(doer), clock_.now()));
}

Task<Result<Campaign>> Campaigns::resume(CampaignId id, Doer doer) {
    return settled(id, store_.resume(id, std::move(doer), clock_.now()));
}

Task<Result<Campaign>> Campaigns::cancel(CampaignId id, Doer doer) {
    return settled(id, store_.cancel(id, std::move(doer), clock_.now()));
}

Task<Result<Campaign>> Campaigns::change(CampaignId id, CampaignChange change, Doer doer) {
    if (change.about)
        if (Done sound = core::check_text("about", *change.about, kMaxKey); !sound) co_return sound.error();
    auto finding = store_.find(id);
    const Result<Campaign> before = co_await std::move(finding);
    if (!before) co_return before.error();
    if (change.about) {
        auto checking = check_other_question(voices_, before->plugin, *change.about);
        const Done there = co_await std::move(checking);
        if (!there) co_return there.error();
    }
    if (change.words)
        if (Done sound = core::check(*change.words, before->reminders.size()); !sound)
            co_return sound.error();
    auto changing = store_.change(id, std::move(change), std::move(doer), clock_.now());
    auto settling = settled(id, std::move(changing));
    Result<Campaign> after = co_await std::move(settling);
    co_return after;
}

Task<Result<std::optional<Link>>> open_preferences(LinkStore& links, const crypto::LinkTokens& tokens,
                                                   std::string token) {
    std::optional<Link> opened;
    const std::optional<MessageId> message = tokens.read(crypto::LinkPurpose::preferences, token);
    if (!message) co_return opened;
    auto finding = links.find(*message);
    Result<Link> link = co_await std::move(finding);
    if (!link && link.error().code == ErrorCode::not_found) co_return opened;
    if (!link) co_return link.error();
    if (link->kind == core::MessageKind::invitation) opened = std::move(*link);
    co_return opened;
}

}  // namespace candour::flow
