/// An audience from one place on, judged as if it had been gone through from its beginning.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "edge/store/campaign_pages.hpp"

namespace candour::store {

/// Somebody at an account; behind them a walk begins. Empty: at the beginning.
struct Whereabouts {
    std::string account, contact;
};

/// Within one look. Of an address one contact is asked, the first in the order of the accounts: a walk that
/// begins in the middle judges those accounts before it that share an address with one of its own, and no
/// others.
class AudienceWalk {
 public:
    AudienceWalk(Session& session, const flow::PlannedCampaign& campaign, const Scope& scope,
                 const HoursRules& rules, Whereabouts behind = {});
    AudienceWalk(const AudienceWalk&) = delete;
    AudienceWalk& operator=(const AudienceWalk&) = delete;

    /// Whole accounts, asked or left out. Of the first one also who stands before the beginning: what they
    /// are counts for their colleagues.
    struct Step {
        AccountRange accounts;
        std::vector<core::Chosen> people;
    };
    /// nullopt: there is nobody left.
    std::optional<Step> next();
    /// All that are left.
    void each(const std::function<void(const core::Chosen&)>& use);
    /// Reads at once what is known of people, and not with each step: for a long way, if it is cheaper.
    /// Returns whether it is.
    bool know_everybody();

 private:
    PageSource source() const { return {campaign_, scope_, zone_, known_ ? &*known_ : nullptr}; }
    bool in_scope(const std::string& account) const;
    Page next_page();
    void look_before(const AccountRange& accounts);
    std::vector<std::string> sharing_before(const AccountRange& accounts, const std::string& before);

    Session& session_;
    const flow::PlannedCampaign& campaign_;
    const Scope& scope_;
    std::string zone_;
    Whereabouts behind_;
    core::Chooser chooser_;
    std::optional<Circumstances> known_;
    std::set<std::string> judged_;  ///< accounts before the beginning
    std::string after_;             ///< the last account of the step before
    bool begun_ = false;
};

}  // namespace candour::store
