#include "app/first_config.hpp"

#include "crypto/digest.hpp"

namespace candour::app {
namespace {

constexpr std::size_t kFreshKeyBytes = 32;

/// As a TOML basic string.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

constexpr const char* kRest = R"(
[organisation]
name = "Our company"            # what customers know you by; signs pages and mails
# address_line = "Musterstraße 1, 12345 Musterstadt"   # at the foot of every mail
# privacy_url = "https://example.com/privacy"
zone = "UTC"                    # IANA; "by Friday" ends when Friday ends here
language = "en"                 # en, de, fr, es: for customers whose own language is not known
# default_owner = "you@example.com"                    # owns the items of accounts without an owner

[loop]
undo_seconds = 30               # so long a closing message can be taken back
escalate_days = 2               # an overdue step: first its owner hears of it, then the manager, then the sponsor
visibility_days = 7             # told and not seen: so long until the owner is asked for another way

# [team]
# group_minutes = 10            # what one of us should know within so many minutes is one mail; 0: each at once

# [asking]
# rest_days = 90                # whoever was asked is not asked again for so long
# per_account_per_day = 0       # so many people of one account are asked on one day; 0: no limit
# soft_bounces = 3              # an address from which so many mails came back as "not now"
# soft_days = 7                 # within so many days is not written to any more; "no such mailbox" counts at once

# What each segment of customers is promised. These are the defaults of one; the others are co_creator, opportunity,
# edge and unclassified.
# [segments.reliable]
# hear_days = 2
# decide_days = 10
# change_days = 45
# tell_days = 60
# minimum_evidence = "seen"     # or "confirmed": the customer must have said that it is resolved
# accept_recorded = true        # a conversation that a teammate wrote down counts as seen

# Teammates sign in with a password of their own (candour user --help), or by the organisation's identity provider:
# OpenID Connect, with the address <public_url>/api/v1/sign-in/oidc/callback to come back to.
# [sign_in.oidc]
# issuer = "https://login.example.com"
# client_id = "candour"
# secret_file = "oidc-secret"   # its first line
# label = "Company account"     # on the button
# groups_claim = "groups"       # whoever is in one of these groups may come in, with its role
# groups.admin = "candour-admins"
# groups.member = "support"

# [plugins]
# folder = "/usr/lib/candour/plugins"                  # without it: the plugins beside the program
# isolation = "sandbox"                                # of plugins that did not come with Candour; also worker, in_process
# trusted = ["com.acme.sms"]                           # those of them that may run in the host itself
# allow_degraded = false                               # true: run them although this kernel lacks a part of the sandbox
# packages = "packages"                                # where installed packages are unpacked
# trust = "trust.d"                                    # a folder of public keys (*.pub): whose packages are trusted
# unsigned = "worker-only"                             # packages of others; also refuse, allow
# secrets = "secrets"                                  # a folder with a file per secret that a plugin's configuration names
# private_hosts = ["chat.internal.example:443"]        # plugins reach public addresses only, and these

# What one caller may ask in a minute; 0: as often as they like. Readers on this machine itself are not counted, unless a
# proxy here speaks for others: then name it among the proxies of [server].
# [limits]
# token_per_minute = 6000
# address_per_minute = 12000
# pages_per_minute = 600

# Without a relay no mail leaves this host.
# [mail]
# relay = "smtp.example.com:587"
# tls = "required"              # off, opportunistic, required, on_connect
# auth = "plain"                # none, plain, login, xoauth2, oauthbearer
# user = "feedback@example.com"
# secret_file = "smtp-secret"   # its first line; or CANDOUR_SMTP_SECRET in the environment
# from = "feedback@example.com"
# from_name = "Our company"

# Answers and bounces that find their items by themselves: the mail server delivers a domain of its own to this host.
# [mail.intake]
# lmtp = "127.0.0.1:2424"       # or "unix:/run/candour/lmtp"
# address = "reply@feedback.example.com"
)";

}  // namespace

std::string first_config(const std::string& database) {
    return "# Candour. `candour config check` says what is wrong with it, all at once.\n\n"
           "database = " +
           quoted(database) +
           "\n\n"
           "[server]\n"
           "listen = \"127.0.0.1:8080\"\n"
           "# public_url = \"https://feedback.example.com\"       # what customers' links begin with; "
           "without it: the address above\n"
           "# hsts_days = 365              # so long browsers that came by TLS come by nothing else; 0: they "
           "are not told\n\n"
           "# TLS without a proxy: read again on SIGHUP, so that a renewed certificate needs no restart.\n"
           "# [server.tls]\n"
           "# certificate = \"/etc/letsencrypt/live/feedback.example.com/fullchain.pem\"\n"
           "# key = \"/etc/letsencrypt/live/feedback.example.com/privkey.pem\"\n\n"
           "[links]\n"
           "# Signs every link that customers get. To change it, add a new key at the end and leave the old "
           "one in front\n"
           "# for as long as its links should work (180 days).\n"
           "keys = [" +
           quoted(crypto::to_hex(crypto::random_bytes(kFreshKeyBytes))) + "]\n" + kRest;
}

}  // namespace candour::app
