/// What a plugin may ask of the world outside, and whom.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "candour/result.hpp"
#include "flow/plugin_state/egress.hpp"

namespace candour::plugin {

/// The document of egress.fetch. Errors: invalid, with the place.
Result<flow::EgressRequest> read_fetch(std::string_view request_json, std::string_view body);
std::string meta_json(const flow::EgressAnswer& answer);

/// Whether one of the grants names this place:
///     net:HOST[:PORT]         https; port 443 unless it is said
///     net:*.DOMAIN[:PORT]     every name below the domain
///     net:http://HOST[:PORT]  without TLS; port 80 unless it is said
///     net:config:KEY          where the URL leads that stands in the plugin's configuration under this key
/// Errors: denied.
Done may_reach(const flow::Egress& egress, const std::set<std::string>& grants, std::string_view config_json,
               const flow::EgressPlace& place);

}  // namespace candour::plugin
