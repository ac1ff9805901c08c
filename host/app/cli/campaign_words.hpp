/// Asking for a campaign, and telling a person how it stands.
#pragma once
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <vector>

#include "app/cli/reach.hpp"

namespace candour::app::cli {

struct Asking {
    std::string plugin;
    std::string survey;  ///< that a plugin with many of them sends
    std::vector<std::string> segments, levels, accounts, contacts, roles, tags, classes, shares;
    std::string answered_before, answered_after;
    bool never_answered = false;
    int per_account = 0, per_level = 0;
    bool all = false;
    std::string at, key;
    bool dry_run = false;
    std::string not_after, over, words;
    std::vector<int> reminders;
};

/// The fields of POST /api/v1/campaigns. Errors: invalid (--share).
Result<boost::json::object> campaign_body(const Asking& asking);
/// POST /api/v1/campaigns.
Result<boost::json::value> ask_for_campaign(const Api& api, const Asking& asking);

/// The answer to that: who is asked, who is not and why.
void print_planned(const boost::json::value& planned);
/// One campaign with its progress and who was left out.
void print_campaign(const boost::json::value& campaign);
/// "planning", "planned", "sending", "paused", "sent" or "cancelled".
std::string state_of_campaign(const boost::json::value& campaign);

}  // namespace candour::app::cli
