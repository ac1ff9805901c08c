/// Every key that the configuration may have, but for those of the segments.
#pragma once
#include <string_view>

namespace candour::app {

inline constexpr std::string_view kConfigKeys[] = {
    "database",
    "test",
    "server.listen",
    "server.public_url",
    "server.max_connections",
    "server.proxies",
    "limits.token_per_minute",
    "limits.address_per_minute",
    "limits.pages_per_minute",
    "links.keys",
    "organisation.name",
    "organisation.zone",
    "organisation.address_line",
    "organisation.language",
    "organisation.privacy_url",
    "organisation.default_owner",
    "organisation.fiscal_start_month",
    "loop.undo_seconds",
    "loop.escalate_days",
    "loop.visibility_days",
    "team.group_minutes",
    "asking.rest_days",
    "plugins.folder",
    "plugins.isolation",
    "plugins.trusted",
    "plugins.allow_degraded",
    "plugins.packages",
    "plugins.trust",
    "plugins.unsigned",
    "plugins.secrets",
    "plugins.private_hosts",
    "mail.relay",
    "mail.tls",
    "mail.ca_file",
    "mail.auth",
    "mail.user",
    "mail.secret_file",
    "mail.from",
    "mail.from_name",
    "mail.helo",
    "mail.intake.lmtp",
    "mail.intake.address",
    "mail.sessions",
};

}  // namespace candour::app
