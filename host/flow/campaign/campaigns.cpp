#include "flow/campaign/campaigns.hpp"

#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"

namespace candour::flow {
namespace {

using namespace std::chrono_literals;

/// Longer plans belong into a calendar: by then people have moved on.
constexpr auto kFurthest = std::chrono::days{366};
/// Clocks differ a little, and "now" has passed when it arrives.
constexpr auto kJustPassed = 5min;
constexpr std::size_t kMaxKey = 200;

}  // namespace

Result<CampaignRequest> Campaigns::checked(CampaignRequest request) const {
    if (Done sound = core::check(request.audience); !sound) return sound.error();
    if (Done sound = core::check_text("key", request.key, kMaxKey); !sound) return sound.error();
    if (Done sound = core::check_text("about", request.about, kMaxKey); !sound) return sound.error();
    const core::Instant now = clock_.now();
    if (!core::happened(request.at)) request.at = now;
    if (request.at < now - kJustPassed)
        return Error{ErrorCode::invalid, "at: expected a time to come, found one that has passed"};
    if (request.at > now + kFurthest)
        return Error{ErrorCode::invalid, "at: expected a time within a year, found one beyond it"};
    request.at = std::max(request.at, now);
    const Result<std::string> about = voices_.asks_about(request.plugin);
    if (!about) return about.error();
    if (request.about.empty()) request.about = *about;
    return request;
}

Task<Result<Planned>> Campaigns::send(CampaignRequest request, bool dry_run) {
    Result<CampaignRequest> sound = checked(std::move(request));
    if (!sound) co_return sound.error();
    const core::Instant now = clock_.now();
    PlannedCampaign campaign{crypto::new_id<CampaignId>(now), std::move(*sound), now, rest_, dry_run};
    auto planning = store_.plan(std::move(campaign));
    Result<Planned> planned = co_await std::move(planning);
    co_return planned;
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
