#include "edge/store/campaign_explain.hpp"

#include <charconv>

#include "candour_queries.hpp"
#include "edge/store/campaign_pages.hpp"
#include "edge/store/one_look.hpp"

namespace candour::store {
namespace {

using flow::ContactStatus;
using flow::ExplainedContact;
using flow::ExplainPage;
using flow::ExplainQuery;

/// For a person. Codes of our own table have their sentence; what a server said stands as it said it.
std::string sentence_of(const ExplainedContact& one, const std::string& detail, bool paused) {
    if (one.status == ContactStatus::skipped)
        if (const auto left_out = core::value_of(core::kLeftOut, one.reason))
            return std::string(core::words_of(*left_out));
    if (one.status != ContactStatus::waiting) return one.status == ContactStatus::sent ? "" : detail;
    if (paused) return "the campaign is paused";
    if (one.reason == "deferred") return "it was tried and will be tried again: " + detail;
    return std::string(core::words_of(core::value_of(core::kWaits, one.reason).value_or(core::Waits::no)));
}

Result<bool> is_paused(Session& session, const CampaignId& id) {
    long long paused = 0;
    Call call = session.call(sql::explain::campaign);
    call.with("id", id.text()).into(paused);
    if (!call.next()) return Error{ErrorCode::not_found, "there is no campaign " + id.text()};
    return paused > 0;
}

class ExplainColumns {
 public:
    void read_from(Call& call) {
        for (std::string* column : {&contact_, &name_, &account_, &address_, &status_, &reason_})
            call.into(*column);
        call.into(not_before_).into(handed_over_).into(answered_).into(attempts_).into(detail_);
    }
    ExplainedContact contact(bool paused) const {
        ExplainedContact one;
        one.contact = ContactId::trusted(contact_);
        one.name = name_;
        one.account_name = account_;
        one.address = address_;
        one.status = core::value_of(flow::kContactStatuses, status_).value_or(ContactStatus::waiting);
        one.reason = paused && one.status == ContactStatus::waiting ? "paused" : reason_;
        if (one.status == ContactStatus::waiting && !paused) one.until = core::from_us(not_before_);
        one.sent_at = core::from_us(handed_over_);
        one.answered_at = core::from_us(answered_);
        one.why = sentence_of(one, detail_, paused);
        return one;
    }

 private:
    std::string contact_, name_, account_, address_, status_, reason_, detail_;
    long long not_before_ = 0, handed_over_ = 0, answered_ = 0, attempts_ = 0;
};

std::string status_text(const ExplainQuery& query) {
    return query.status ? std::string(core::name_of(flow::kContactStatuses, *query.status)) : std::string();
}

Result<ExplainPage> explain_in(Session& session, const CampaignId& id, const ExplainQuery& query) {
    const Result<bool> paused = is_paused(session, id);
    if (!paused) return paused.error();
    ExplainColumns columns;
    Call call = session.call(sql::explain::contacts);
    call.with("id", id.text())
        .with("after", query.after)
        .with("status", status_text(query))
        .with("reason", query.reason)
        .with("limit", query.limit + 1);
    columns.read_from(call);
    ExplainPage page;
    while (call.next()) {
        if (static_cast<int>(page.contacts.size()) == query.limit) {
            page.next = page.contacts.back().contact.text();
            break;
        }
        page.contacts.push_back(columns.contact(*paused));
    }
    return page;
}

struct Ahead {
    ContactStatus status = ContactStatus::waiting;
    std::string_view reason;
};

Ahead ahead_of(const core::Chosen& one, const core::Slot& slot) {
    if (one.left_out) return {ContactStatus::skipped, core::name_of(core::kLeftOut, *one.left_out)};
    return {ContactStatus::waiting, core::name_of(core::kWaits, slot.waits)};
}

ExplainedContact explained_ahead(const core::Chosen& one, const core::Slot& slot) {
    const Ahead ahead = ahead_of(one, slot);
    ExplainedContact explained;
    explained.contact = one.candidate.contact;
    explained.name = one.candidate.name;
    explained.account_name = one.candidate.account_name;
    explained.address = one.candidate.address;
    explained.status = ahead.status;
    explained.reason = ahead.reason;
    explained.until = slot.at;
    explained.why = sentence_of(explained, "", false);
    return explained;
}

/// Nothing is kept of what was not planned, so that a page counts from the beginning.
Result<std::size_t> place_in(const std::string& after) {
    std::size_t place = 0;
    const auto [end, bad] = std::from_chars(after.data(), after.data() + after.size(), place);
    if (after.empty() || (bad == std::errc() && end == after.data() + after.size())) return place;
    return Error{ErrorCode::invalid,
                 "after: expected the place where the page before ended, found \"" + after + "\""};
}

Result<ExplainPage> explain_ahead_in(Session& session, const flow::PlannedCampaign& campaign,
                                     const ExplainQuery& query, const HoursRules& rules) {
    const Result<std::size_t> from = place_in(query.after);
    if (!from) return from.error();
    const Result<Scope> scope = scope_of(session, campaign.request.audience);
    if (!scope) return scope.error();
    const flow::CampaignRequest& request = campaign.request;
    WelcomeHours hours(session, rules, request.at);
    if (looks_at_everybody(*scope)) hours.expect_everybody();
    ExplainPage page;
    std::size_t place = 0;
    each_chosen(session, campaign, *scope, rules, [&](const core::Chosen& one) {
        core::Slot slot;
        if (!one.left_out)
            slot = hours.place(one.candidate, core::due_at(request.at, request.over, campaign.id.text(),
                                                           one.candidate.contact.text()));
        const Ahead ahead = ahead_of(one, slot);
        const bool wanted = (!query.status || ahead.status == *query.status) &&
                            (query.reason.empty() || ahead.reason == query.reason);
        if (!wanted || place++ < *from) return;
        if (page.contacts.size() < static_cast<std::size_t>(query.limit))
            page.contacts.push_back(explained_ahead(one, slot));
        else
            page.next = std::to_string(*from + page.contacts.size());
    });
    return page;
}

}  // namespace

flow::Task<Result<ExplainPage>> CampaignExplain::explain(CampaignId id, ExplainQuery query) {
    return database_.read<ExplainPage>([id = std::move(id), query = std::move(query)](Session& session) {
        return explain_in(session, id, query);
    });
}

flow::Task<Result<ExplainPage>> CampaignExplain::explain_ahead(flow::PlannedCampaign campaign,
                                                               ExplainQuery query) {
    return database_.read<ExplainPage>(
        [campaign = std::move(campaign), query = std::move(query), rules = rules_](Session& session) {
            return in_one_look(session, [&] { return explain_ahead_in(session, campaign, query, rules); });
        });
}

}  // namespace candour::store
