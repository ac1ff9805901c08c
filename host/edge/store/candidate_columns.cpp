#include "edge/store/candidate_columns.hpp"

#include <algorithm>

#include "zone/civil.hpp"

namespace candour::store {

void CandidateColumns::bind(Call& call, const CandidateRange& range) {
    const flow::CampaignRequest& request = range.request;
    call.with("campaign_id", range.campaign.text())
        .with("rested_since", request.at - range.rest)
        .with("rested_until", request.at + range.rest)
        .with("rested_twice_since", request.at - 2 * range.rest)
        .with("rested_twice_until", request.at + 2 * range.rest)
        .with("plugin", request.plugin)
        .with("about", request.about)
        .with("answers", request.audience.last_answer.asked_for() ? 1 : 0)
        .with("from_account", range.from_account)
        .with("to_account", range.to_account);
}

void CandidateColumns::read_from(Call& call) {
    for (std::string* column : {&contact_, &account_, &account_ref_, &segment_, &level_, &address_})
        call.into(*column);
    call.into(active_).into(account_name_).into(name_);
    for (long long* column :
         {&suppressed_, &opted_out_, &asked_, &asked_within_twice_, &muted_, &day_, &answered_, &score_})
        call.into(*column);
    for (std::string* column : {&roles_, &tags_, &zone_, &calendar_}) call.into(*column);
    call.into(taken_);
}

core::Candidate CandidateColumns::candidate(const std::string& zone) const {
    core::Candidate one;
    one.contact = ContactId::trusted(contact_);
    one.account = AccountId::trusted(account_);
    one.account_ref = account_ref_;
    one.segment = core::value_of(core::kSegments, segment_).value_or(core::Segment::unclassified);
    one.level = core::value_of(core::kLevels, level_).value_or(core::Level::operational);
    one.address = address_;
    one.active = active_ != 0;
    one.suppressed = suppressed_ != 0;
    one.opted_out = opted_out_ != 0;
    one.asked_at = core::from_us(asked_);
    one.light = asked_within_twice_ >= 0;
    if (one.light) one.asked_within_twice = core::from_us(asked_within_twice_);
    one.muted = muted_ != 0;
    one.roles = roles_;
    one.tags = tags_;
    one.zone = zone_;
    one.calendar = calendar_;
    one.answered_on = day_;
    if (answered_ > 0)
        one.answered_on = std::max(one.answered_on, zone::civil_day(core::from_us(answered_), zone));
    one.score = score_;
    one.taken = taken_ != 0;
    one.name = name_;
    one.account_name = account_name_;
    return one;
}

}  // namespace candour::store
