/// An audience, page by page: whole accounts at a time, so that a million contacts need no more memory than
/// two thousand, and planning can stop and go on between any two pages.
#pragma once
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "edge/store/circumstances.hpp"
#include "edge/store/session.hpp"
#include "edge/store/welcome_hours.hpp"
#include "flow/campaign/campaigns.hpp"

namespace candour::store {

/// The accounts at which somebody of an audience can be, as their ids in order; empty: at any.
using Scope = std::vector<std::string>;
/// Errors: not_found, naming accounts and contacts that do not exist.
Result<Scope> scope_of(Session& session, const core::Audience& audience);
std::string write_scope(const Scope& scope);
Scope read_scope(const std::string& text);
/// Whether a look is cheaper when what is known of people is read for everybody at once than account by
/// account.
bool looks_at_everybody(const Scope& scope);
/// How many contacts there are to look at.
std::int64_t contacts_in(Session& session, const Scope& scope);

/// Accounts from the one id to the other, both included, and whoever is at them.
struct Page {
    std::string from, to;  ///< empty: there is none
    std::vector<core::Candidate> everybody;
};
/// Where people are read from, and what is known of them: of everybody, or (nullptr) read with each page, of
/// its people alone.
struct PageSource {
    const flow::PlannedCampaign& campaign;
    const Scope& scope;
    const std::string& zone;
    const Circumstances* known = nullptr;
};
/// The page behind this account; "": the first.
Page read_page(Session& session, const PageSource& source, const std::string& after);
Page read_account(Session& session, const PageSource& source, const std::string& account);
/// Those of it whom the audience means, asked or left out.
std::vector<core::Chosen> choose_from(Page page, const core::Audience& audience, core::Chooser& chooser);

/// What is asked and when: looking ahead draws the sample that the campaign of that day will draw.
std::string seed_of(const flow::PlannedCampaign& campaign, const HoursRules& rules);

}  // namespace candour::store
