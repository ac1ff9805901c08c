/// A campaign as the API shows it.
#pragma once
#include <boost/json/fwd.hpp>

#include "flow/campaign/campaigns.hpp"

namespace candour::http {

/// As in a list. `now`: for its state and when it will have ended.
boost::json::object campaign_document(const flow::Campaign& campaign, core::Instant now);
/// With the names of those who were left out.
boost::json::object whole_document(const flow::Campaign& campaign, core::Instant now);

boost::json::array reminders_document(const core::Reminders& reminders);
/// Errors: invalid: no list of whole days. null is none.
Result<core::Reminders> reminders_of(const boost::json::value& document);

}  // namespace candour::http
