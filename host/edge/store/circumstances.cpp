#include "edge/store/circumstances.hpp"

#include "candour_queries.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// The longest of core::cadence_of.
constexpr std::chrono::days kLongestCadence{364};

std::uint64_t contact_key(const std::string& id) {
    return core::lot("contact", id);
}

std::uint64_t address_key(const std::string& address) {
    return core::lot("address", address);
}

/// How far back and ahead somebody may not have been asked.
struct RestWindow {
    core::Instant since, until;
};

void bind_rest(Call& call, const flow::PlannedCampaign& campaign, const RestWindow& rest) {
    call.with("campaign_id", campaign.id.text()).with("since", rest.since).with("until", rest.until);
}

}  // namespace

void Circumstances::Said::add(const Said& more) {
    suppressed |= more.suppressed;
    opted_out |= more.opted_out;
    light |= more.light;
    muted |= more.muted;
    taken |= more.taken;
}

void Circumstances::Answers::add(const Answers& more) {
    day = std::max(day, more.day);
    answered_at = std::max(answered_at, more.answered_at);
    if (std::pair(more.scored_at, more.seq) <= std::pair(scored_at, seq)) return;
    scored_at = more.scored_at;
    seq = more.seq;
    score = more.score;
}

void Circumstances::read_all(Session& session, const AccountRange* accounts) {
    read_marks(session, accounts);
    read_wishes(session, accounts);
    read_asked(session, accounts);
    if (campaign_.request.audience.last_answer.asked_for()) read_answers(session, accounts);
    said_.settle();
    asked_.settle();
    asked_lighter_.settle();
    answers_.settle();
}

void Circumstances::read_marks(Session& session, const AccountRange* accounts) {
    std::string contact, address;
    {
        Call call = ask_of(session, accounts, sql::audience::suppressed, sql::audience::suppressed_at);
        bind_accounts(call, accounts);
        call.into(address);
        while (call.next()) said_.add(address_key(address), {.suppressed = true});
    }
    {
        Call call = ask_of(session, accounts, sql::audience::opted_out, sql::audience::opted_out_at);
        bind_accounts(call, accounts);
        call.into(contact).into(address);
        while (call.next()) {
            said_.add(contact_key(contact), {.opted_out = true});
            if (!address.empty()) said_.add(address_key(address), {.opted_out = true});
        }
    }
    Call call = ask_of(session, accounts, sql::audience::taken, sql::audience::taken_at);
    bind_accounts(call, accounts);
    call.with("campaign_id", campaign_.id.text()).into(address);
    while (call.next()) said_.add(address_key(address), {.taken = true});
}

void Circumstances::read_wishes(Session& session, const AccountRange* accounts) {
    std::string contact, address, wish;
    Call call = ask_of(session, accounts, sql::audience::wishes, sql::audience::wishes_at);
    bind_accounts(call, accounts);
    call.with("plugin", campaign_.request.plugin).with("about", campaign_.request.about);
    call.into(contact).into(address).into(wish);
    while (call.next()) {
        const Said said{.light = wish == "light", .muted = wish == "mute"};
        said_.add(contact_key(contact), said);
        if (!address.empty()) said_.add(address_key(address), said);
    }
}

void Circumstances::read_asked(Session& session, const AccountRange* accounts) {
    const flow::CampaignRequest& request = campaign_.request;
    const std::chrono::days rest =
        request.by_cadence ? std::max(campaign_.rest, kLongestCadence) : campaign_.rest;
    std::string address;
    long long at = 0;
    {
        Call call = ask_of(session, accounts, sql::audience::asked, sql::audience::asked_at);
        bind_accounts(call, accounts);
        bind_rest(call, campaign_, {request.at - rest, request.at + rest});
        call.into(address).into(at);
        while (call.next()) asked_.add(address_key(address), {at});
    }
    Call call = ask_of(session, accounts, sql::audience::asked_who_want_it_lighter,
                       sql::audience::asked_who_want_it_lighter_at);
    bind_accounts(call, accounts);
    bind_rest(call, campaign_, {request.at - 2 * rest, request.at + 2 * rest});
    call.into(address).into(at);
    while (call.next()) asked_lighter_.add(address_key(address), {at});
}

void Circumstances::read_answers(Session& session, const AccountRange* accounts) {
    std::string contact;
    long long day = 0, at = 0, seq = 0, score = 0;
    {
        Call call = ask_of(session, accounts, sql::audience::scores, sql::audience::scores_at);
        bind_accounts(call, accounts);
        call.into(contact).into(day).into(at).into(seq).into(score);
        while (call.next()) answers_.add(contact_key(contact), {day, 0, at, seq, score});
    }
    Call call = ask_of(session, accounts, sql::audience::answered, sql::audience::answered_at);
    bind_accounts(call, accounts);
    call.into(contact).into(at);
    while (call.next()) answers_.add(contact_key(contact), {.answered_at = at});
}

/// Asked within the year is too soon for some segments and long ago for others.
void Circumstances::rest_by_cadence(core::Candidate& one) const {
    const std::chrono::days rest = std::max(campaign_.rest, core::cadence_of(one.segment));
    if (one.asked_at <= campaign_.request.at - rest) one.asked_at = core::kNever;
    if (one.asked_within_twice <= campaign_.request.at - 2 * rest) one.asked_within_twice = core::kNever;
}

void Circumstances::apply(core::Candidate& one) const {
    const std::uint64_t contact = contact_key(one.contact.text()), address = address_key(one.address);
    Said said;
    if (const Said* const of_them = said_.find(contact)) said.add(*of_them);
    if (const Said* const there = one.address.empty() ? nullptr : said_.find(address)) said.add(*there);
    one.suppressed = said.suppressed;
    one.opted_out = said.opted_out;
    one.light = said.light;
    one.muted = said.muted;
    one.taken = said.taken;
    if (const Latest* const asked = asked_.find(address)) one.asked_at = core::from_us(asked->at);
    const Latest* const lighter = one.light ? asked_lighter_.find(address) : nullptr;
    if (lighter != nullptr) one.asked_within_twice = core::from_us(lighter->at);
    if (campaign_.request.by_cadence) rest_by_cadence(one);
    const Answers* const answers = answers_.find(contact);
    if (answers == nullptr) return;
    one.answered_on = answers->day;
    if (answers->answered_at > 0)
        one.answered_on =
            std::max(one.answered_on, zone::civil_day(core::from_us(answers->answered_at), zone_));
    one.score = answers->score;
}

}  // namespace candour::store
