#include "edge/store/audience_walk.hpp"

#include <algorithm>

#include "candour_queries.hpp"

namespace candour::store {

AudienceWalk::AudienceWalk(Session& session, const flow::PlannedCampaign& campaign, const Scope& scope,
                           const HoursRules& rules, Whereabouts behind)
    : session_(session),
      campaign_(campaign),
      scope_(scope),
      zone_(rules.zone),
      behind_(std::move(behind)),
      chooser_(campaign.request.audience.sample, seed_of(campaign, rules)),
      after_(behind_.account) {}

bool AudienceWalk::know_everybody() {
    if (!known_ && looks_at_everybody(scope_)) {
        known_.emplace(campaign_, zone_);
        known_->read(session_);
    }
    return known_.has_value();
}

std::optional<AudienceWalk::Step> AudienceWalk::next() {
    Page page = next_page();
    if (page.from.empty()) return std::nullopt;
    Step step{{page.from, page.to}, {}};
    if (!behind_.account.empty()) look_before(step.accounts);
    step.people = choose_from(std::move(page), campaign_.request.audience, chooser_);
    return step;
}

void AudienceWalk::each(const std::function<void(const core::Chosen&)>& use) {
    while (const std::optional<Step> step = next())
        for (const core::Chosen& one : step->people) use(one);
}

/// The account at which it begins comes by itself: its people are judged together, whoever of them was seen.
Page AudienceWalk::next_page() {
    const bool first = !begun_;
    begun_ = true;
    Page page = first && in_scope(behind_.account) ? read_account(session_, source(), behind_.account)
                                                   : read_page(session_, source(), after_);
    after_ = page.to;
    return page;
}

bool AudienceWalk::in_scope(const std::string& account) const {
    return !account.empty() && (scope_.empty() || std::binary_search(scope_.begin(), scope_.end(), account));
}

/// Who is asked there depends on accounts before it in turn, as far as addresses are shared.
void AudienceWalk::look_before(const AccountRange& accounts) {
    std::set<std::string> fresh;
    std::vector<AccountRange> open{accounts};
    while (!open.empty()) {
        const AccountRange here = std::move(open.back());
        open.pop_back();
        for (std::string& account : sharing_before(here, std::min(behind_.account, here.from)))
            if (in_scope(account) && judged_.insert(account).second) {
                open.push_back({account, account});
                fresh.insert(std::move(account));
            }
    }
    for (const std::string& account : fresh)
        choose_from(read_account(session_, source(), account), campaign_.request.audience, chooser_);
}

std::vector<std::string> AudienceWalk::sharing_before(const AccountRange& accounts,
                                                      const std::string& before) {
    std::vector<std::string> found;
    std::string account;
    Call call = session_.call(sql::audience::sharing_before);
    bind_accounts(call, &accounts);
    call.with("before", before).into(account);
    while (call.next()) found.push_back(account);
    return found;
}

}  // namespace candour::store
