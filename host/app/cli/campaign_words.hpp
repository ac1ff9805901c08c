/// Asking for a campaign, and telling a person how it stands.
#pragma once
#include <boost/json/value.hpp>

#include <string>
#include <vector>

#include "app/cli/reach.hpp"

namespace candour::app::cli {

struct Asking {
    std::string plugin;
    std::vector<std::string> segments, levels, accounts, contacts;
    bool all = false;
    std::string at, key;
    bool dry_run = false;
};

/// POST /api/v1/campaigns.
Result<boost::json::value> ask_for_campaign(const Api& api, const Asking& asking);

/// The answer to that: who is asked, who is not and why.
void print_planned(const boost::json::value& planned);
/// One campaign with its progress and who was left out.
void print_campaign(const boost::json::value& campaign);
/// "planned", "sending", "sent" or "cancelled".
std::string state_of_campaign(const boost::json::value& campaign);

}  // namespace candour::app::cli
