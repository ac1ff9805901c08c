#include "edge/store/campaign_rows.hpp"

#include "candour_queries.hpp"
#include "core/delivery/message.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/audience_text.hpp"

namespace candour::store {
namespace {

std::string text(core::Instant at) {
    return std::to_string(core::to_us(at));
}

/// Which of the counters a message in this state belongs to.
std::int64_t flow::CampaignProgress::*counter_of(core::MessageState state) {
    using core::MessageState;
    switch (state) {
        case MessageState::queued:
        case MessageState::claimed:
        case MessageState::transmitting:
        case MessageState::unknown:
            return &flow::CampaignProgress::waiting;
        case MessageState::rejected:
        case MessageState::bounced:
            return &flow::CampaignProgress::bounced;
        case MessageState::given_up:
            return &flow::CampaignProgress::undelivered;
        case MessageState::suppressed:
            return &flow::CampaignProgress::withheld;
        case MessageState::cancelled:
            return &flow::CampaignProgress::cancelled;
        case MessageState::link:
        case MessageState::handed_over:
            break;
    }
    return nullptr;
}

void read_progress(Session& session, flow::Campaign& campaign) {
    flow::CampaignProgress& progress = campaign.progress;
    std::string state, reason;
    long long messages = 0, sent = 0, answered = 0, provisional = 0;
    {
        Call call = session.call(sql::campaign::progress);
        call.with("campaign_id", campaign.id.text())
            .into(state)
            .into(messages)
            .into(sent)
            .into(answered)
            .into(provisional);
        while (call.next()) {
            progress.asked += messages;
            progress.sent += sent;
            progress.answered += answered;
            progress.provisional += provisional;
            const auto known = core::value_of(core::kMessageStates, state);
            if (const auto counter = known ? counter_of(*known) : nullptr) progress.*counter += messages;
        }
    }
    Call call = session.call(sql::campaign::left_out_counts);
    call.with("campaign_id", campaign.id.text()).into(reason).into(messages);
    while (call.next())
        if (const auto known = core::value_of(core::kLeftOut, reason)) progress.left_out[*known] = messages;
}

void read_left_out(Session& session, flow::Campaign& campaign) {
    std::string contact, name, account, reason;
    Call call = session.call(sql::campaign::left_out);
    call.with("campaign_id", campaign.id.text()).into(contact).into(name).into(account).into(reason);
    while (call.next())
        campaign.left_out.push_back(
            {ContactId::trusted(contact), name, account,
             core::value_of(core::kLeftOut, reason).value_or(core::LeftOut::inactive)});
}

}  // namespace

std::vector<flow::Campaign> read_campaigns(Session& session, const CampaignRange& range, int limit) {
    std::vector<flow::Campaign> campaigns;
    {
        flow::Campaign one;
        std::string key, audience;
        long long created = 0, due = 0, cancelled = 0;
        Call call = session.call(sql::campaign::campaigns);
        call.with("id", range.id).with("before", range.before).with("limit", limit);
        call.into(key)
            .into(one.plugin)
            .into(one.about)
            .into(audience)
            .into(one.created_by)
            .into(created)
            .into(due)
            .into(cancelled);
        while (call.next()) {
            one.id = CampaignId::trusted(key);
            one.audience = json::read_audience(audience).value_or({});
            one.created_at = core::from_us(created);
            one.due_at = core::from_us(due);
            one.cancelled_at = core::from_us(cancelled);
            campaigns.push_back(one);
        }
    }
    for (flow::Campaign& one : campaigns) read_progress(session, one);
    return campaigns;
}

Result<flow::Campaign> read_campaign(Session& session, const CampaignId& id) {
    std::vector<flow::Campaign> found = read_campaigns(session, {id.text(), ""}, 1);
    if (found.empty()) return Error{ErrorCode::not_found, "there is no campaign " + id.text()};
    read_left_out(session, found.front());
    return std::move(found.front());
}

std::vector<core::Candidate> read_candidates(Session& session, core::Instant at, std::chrono::days rest) {
    std::vector<core::Candidate> everybody;
    core::Candidate one;
    std::string contact, account, segment, level;
    long long active = 0, suppressed = 0, opted_out = 0, asked = 0;
    Call call = session.call(sql::campaign::candidates);
    call.with("rested_since", at - rest).with("rested_until", at + rest);
    call.into(contact).into(account).into(one.account_ref).into(segment).into(level).into(one.address);
    call.into(active).into(suppressed).into(opted_out).into(asked);
    while (call.next()) {
        one.contact = ContactId::trusted(contact);
        one.account = AccountId::trusted(account);
        one.segment = core::value_of(core::kSegments, segment).value_or(core::Segment::unclassified);
        one.level = core::value_of(core::kLevels, level).value_or(core::Level::operational);
        one.active = active != 0;
        one.suppressed = suppressed != 0;
        one.opted_out = opted_out != 0;
        one.asked_at = core::from_us(asked);
        everybody.push_back(one);
    }
    return everybody;
}

void write_campaign(Session& session, const flow::PlannedCampaign& campaign,
                    const std::vector<core::Chosen>& chosen) {
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
        .run();
    Bulk contacts(sql::campaign::add_contacts, {"campaign_id", "contact_id", "message_id", "left_out"});
    Bulk messages(sql::campaign::add_invitations,
                  {"id", "plugin", "about", "account_id", "contact_id", "due_at", "expires_at"});
    for (const core::Chosen& one : chosen) {
        const MessageId message = one.left_out ? MessageId() : crypto::new_id<MessageId>(campaign.now);
        const std::string reason =
            one.left_out ? std::string(core::name_of(core::kLeftOut, *one.left_out)) : std::string();
        contacts.row({campaign.id.text(), one.candidate.contact.text(), message.text(), reason});
        if (one.left_out) continue;
        messages.row({message.text(), request.plugin, request.about, one.candidate.account.text(),
                      one.candidate.contact.text(), text(request.at),
                      text(request.at + core::kLinkLifetime)});
    }
    contacts.run(session);
    messages.run(session);
}

}  // namespace candour::store
