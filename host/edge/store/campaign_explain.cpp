#include "edge/store/campaign_explain.hpp"

#include <algorithm>

#include "candour_queries.hpp"
#include "edge/store/audience_walk.hpp"
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

/// Of whom there may be few among a million: so many contacts are looked at for one page, which may then hold
/// fewer than it could, and the next one begins behind them.
constexpr int kLookedAtForAPage = 5'000;

/// The last contact to look at; empty: all there are.
std::string window_end(Session& session, const CampaignId& id, const ExplainQuery& query) {
    std::string last;
    if (!query.status && query.reason.empty()) return last;
    Call call = session.call(sql::explain::window_end);
    call.with("id", id.text()).with("after", query.after).with("window", kLookedAtForAPage).into(last);
    call.next();
    return last;
}

Result<ExplainPage> explain_in(Session& session, const CampaignId& id, const ExplainQuery& query) {
    const Result<bool> paused = is_paused(session, id);
    if (!paused) return paused.error();
    ExplainPage page;
    page.next = window_end(session, id, query);
    ExplainColumns columns;
    Call call = session.call(sql::explain::contacts);
    call.with("id", id.text())
        .with("after", query.after)
        .with("until", page.next)
        .with("status", status_text(query))
        .with("reason", query.reason)
        .with("limit", query.limit + 1);
    columns.read_from(call);
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

/// Nothing is kept of what was not planned: a page says after whom the next one begins.
std::string text_of(const core::Candidate& last) {
    return last.account.text() + "/" + last.contact.text();
}

Result<Whereabouts> whereabouts(const std::string& after) {
    if (after.empty()) return Whereabouts{};
    const std::size_t slash = std::min(after.find('/'), after.size());
    const auto account = AccountId::parse(after.substr(0, slash));
    const auto contact = ContactId::parse(after.substr(std::min(slash + 1, after.size())));
    if (account && contact) return Whereabouts{account->text(), contact->text()};
    return Error{ErrorCode::invalid, "cursor: expected the place where the page before ended, found \"" +
                                         after.substr(0, 80) + "\""};
}

/// A page is filled from one or two steps of an audience, unless hardly anybody is as it was asked for.
constexpr int kStepsApart = 3;

/// People as the campaign would find them, until a page is full.
class AheadPage {
 public:
    AheadPage(Session& session, const flow::PlannedCampaign& campaign, const ExplainQuery& query,
              const HoursRules& rules)
        : campaign_(campaign), query_(query), hours_(session, rules, campaign.request.at) {}

    ExplainPage read(AudienceWalk& walk, const Scope& scope, const Whereabouts& behind) {
        for (int steps = 0; !full_; ++steps) {
            if (steps == kStepsApart && walk.know_everybody()) {
                hours_.expect_everybody();
                expects_everybody_ = true;
            }
            const std::optional<AudienceWalk::Step> step = walk.next();
            if (!step) break;
            if (scope.empty() && !expects_everybody_) hours_.expect(step->accounts);
            for (const core::Chosen& one : step->people) look_at(one, behind);
        }
        return std::move(page_);
    }

 private:
    /// Whoever stands before the page still takes their place among their colleagues.
    void look_at(const core::Chosen& one, const Whereabouts& behind) {
        if (full_) return;
        const flow::CampaignRequest& request = campaign_.request;
        const core::Candidate& who = one.candidate;
        core::Slot slot;
        if (!one.left_out)
            slot = hours_.place(
                who, core::due_at(request.at, request.over, campaign_.id.text(), who.contact.text()));
        if (who.account.text() == behind.account && who.contact.text() <= behind.contact) return;
        const Ahead ahead = ahead_of(one, slot);
        if (query_.status && ahead.status != *query_.status) return;
        if (!query_.reason.empty() && ahead.reason != query_.reason) return;
        if (static_cast<int>(page_.contacts.size()) == query_.limit) {
            full_ = true;
            page_.next = last_;
            return;
        }
        page_.contacts.push_back(explained_ahead(one, slot));
        last_ = text_of(who);
    }

    const flow::PlannedCampaign& campaign_;
    const ExplainQuery& query_;
    WelcomeHours hours_;
    bool expects_everybody_ = false, full_ = false;
    std::string last_;
    ExplainPage page_;
};

Result<ExplainPage> explain_ahead_in(Session& session, const flow::PlannedCampaign& campaign,
                                     const ExplainQuery& query, const HoursRules& rules) {
    const Result<Whereabouts> behind = whereabouts(query.after);
    if (!behind) return behind.error();
    const Result<Scope> scope = scope_of(session, campaign.request.audience);
    if (!scope) return scope.error();
    AudienceWalk walk(session, campaign, *scope, rules, *behind);
    return AheadPage(session, campaign, query, rules).read(walk, *scope, *behind);
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
