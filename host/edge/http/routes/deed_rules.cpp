#include "edge/http/routes/deed_rules.hpp"

namespace candour::http {
namespace deed_table {
namespace {

using enum Record;

constexpr Method kGet = Method::get, kPost = Method::post, kPut = Method::put, kPatch = Method::patch;

constexpr DeedRule kRules[] = {
    // Items, themes, promises: what happens to them is their chain
    {kPost, "/api/v1/items", ledger},
    {kPost, "/api/v1/items/{item}/heard-message", none},
    {kPost, "/api/v1/items/{item}/drafts", none},
    {kPost, "/api/v1/items/{item}/hear", ledger},
    {kPost, "/api/v1/items/{item}/decide", ledger},
    {kPost, "/api/v1/items/{item}/change", ledger},
    {kPost, "/api/v1/items/{item}/tell", ledger},
    {kPost, "/api/v1/items/{item}/cancel-tell", ledger},
    {kPost, "/api/v1/items/{item}/seen", ledger},
    {kPost, "/api/v1/items/{item}/dismiss", ledger},
    {kPost, "/api/v1/items/{item}/abandon", ledger},
    {kPost, "/api/v1/items/{item}/reopen", ledger},
    {kPost, "/api/v1/items/{item}/no-objection", ledger},
    {kPost, "/api/v1/items/{item}/objects", ledger},
    {kPost, "/api/v1/items/{item}/hand-over", ledger},
    {kPost, "/api/v1/items/{item}/merge", ledger},
    {kPost, "/api/v1/items/{item}/our-failure", ledger},
    {kPost, "/api/v1/items/{item}/note", ledger},
    {kPost, "/api/v1/themes", ledger},
    {kPost, "/api/v1/themes/{theme}/add", ledger},
    {kPost, "/api/v1/themes/{theme}/remove", ledger},
    {kPost, "/api/v1/themes/{theme}/hear", ledger},
    {kPost, "/api/v1/themes/{theme}/decide", ledger},
    {kPost, "/api/v1/themes/{theme}/change", ledger},
    {kPost, "/api/v1/themes/{theme}/tell", ledger},
    {kPost, "/api/v1/themes/{theme}/undo", ledger},
    {kPost, "/api/v1/commitments", ledger},
    {kPost, "/api/v1/commitments/{commitment}/keep", ledger},
    {kPost, "/api/v1/commitments/{commitment}/break", ledger},
    // Who cares for whom, and when people work
    {kPut, "/api/v1/calendars/{calendar}", inside, "calendar_set"},
    {kPut, "/api/v1/care/teammates/{teammate}", inside, "care_changed"},
    {kPut, "/api/v1/care/accounts/{account}", inside, "care_changed"},
    {kPost, "/api/v1/care/teammates/{teammate}/hand-over", inside, "accounts_handed_over"},
    // Customers
    {kPatch, "/api/v1/contacts/{contact}", inside, "contact_changed"},
    {kPost, "/api/v1/contacts/{contact}/merge", inside, "contact_merged"},
    {kPost, "/api/v1/contacts/{contact}/split", inside, "contact_split"},
    {kPost, "/api/v1/contacts/{contact}/erase", inside, "contact_erased"},
    {kPost, "/api/v1/imports/accounts", inside, "imported"},
    {kPost, "/api/v1/imports/contacts", inside, "imported"},
    {kPost, "/api/v1/imports/touchpoints", inside, "imported"},
    {kPost, "/api/v1/imports/answers", behind, "imported"},
    {kPost, "/api/v1/imports/acts", behind, "imported"},
    {kPost, "/api/v1/acts", behind, "act_recorded"},
    {kGet, "/api/v1/exports/{what}", behind, "exported"},
    {kPost, "/api/v1/signals/evaluate", none},
    // Asking
    {kPost, "/api/v1/surveys", behind, "survey_added"},
    {kPost, "/api/v1/surveys/{survey}/copy", behind, "survey_added"},
    {kPost, "/api/v1/surveys/{survey}/links", behind, "link_given_away"},
    {kPost, "/api/v1/links/{message}/revoke", behind, "link_revoked"},
    {kPost, "/api/v1/surveys/preview", none},
    {kPost, "/api/v1/surveys/test", row},
    {kPost, "/api/v1/campaigns", row},
    {kPost, "/api/v1/campaigns/explain", none},
    {kPost, "/api/v1/campaigns/preview", none},
    {kPost, "/api/v1/campaigns/pages", none},
    {kPost, "/api/v1/campaigns/test", row},
    {kPost, "/api/v1/campaigns/{campaign}/change", inside, "campaign_changed"},
    {kPost, "/api/v1/campaigns/{campaign}/pause", inside, "campaign_paused"},
    {kPost, "/api/v1/campaigns/{campaign}/resume", inside, "campaign_resumed"},
    {kPost, "/api/v1/campaigns/{campaign}/cancel", inside, "campaign_cancelled"},
    {kPost, "/api/v1/campaign-schedules", row},
    {kPost, "/api/v1/campaign-schedules/{schedule}/pause", behind, "schedule_paused"},
    {kPost, "/api/v1/campaign-schedules/{schedule}/resume", behind, "schedule_resumed"},
    {kPost, "/api/v1/campaign-schedules/{schedule}/end", behind, "schedule_ended"},
    // Mail
    {kPost, "/api/v1/mails/{mail}/assign", behind, "mail_assigned"},
    {kPost, "/api/v1/mails/{mail}/dismiss", row},
    {kPost, "/api/v1/mails/{mail}/retry", behind, "mail_read_again"},
    {kPost, "/api/v1/messages/{message}/bounce", behind, "bounce_recorded"},
    {kPost, "/api/v1/suppressions/{address}/lift", row},
    {kPost, "/api/v1/sending/reconcile", inside, "sending_reconciled"},
    {kPost, "/api/v1/dead-letters/{letter}/replay", behind, "dead_letter_replayed"},
    {kPost, "/api/v1/dead-letters/{letter}/discard", behind, "dead_letter_discarded"},
    // Ourselves
    {kPost, "/api/v1/sign-in", inside, "signed_in"},
    {kPost, "/api/v1/sign-in/forgotten", inside, "link_made"},
    {kPost, "/api/v1/sign-in/link", none},
    {kPost, "/api/v1/sign-in/link/use", inside, "password_chosen"},
    {kPost, "/api/v1/sign-out", row},
    {kPost, "/api/v1/me/password", inside, "password_changed"},
    {kPost, "/api/v1/users/{user}/devices/{device}/end", inside, "session_ended"},
    {kPost, "/api/v1/users/{user}/sign-out", inside, "sessions_ended"},
    {kPut, "/api/v1/teammates/{teammate}/notify", behind, "notices_chosen"},
    {kPost, "/api/v1/teammates", inside, "teammate_added"},
    {kPost, "/api/v1/teammates/{teammate}/deactivate", inside, "teammate_deactivated"},
    {kPut, "/api/v1/teammates/{teammate}/sight", inside, "sight_changed"},
    {kPost, "/api/v1/teammates/{teammate}/sight/add", inside, "sight_changed"},
    {kPost, "/api/v1/teammates/{teammate}/sight/remove", inside, "sight_changed"},
    {kPost, "/api/v1/users", inside, "user_added"},
    {kPost, "/api/v1/users/{user}/link", inside, "link_made"},
    {kPost, "/api/v1/users/{user}/role", inside, "role_changed"},
    {kPost, "/api/v1/users/{user}/disable", inside, "user_disabled"},
    {kPost, "/api/v1/tokens", inside, "token_created"},
    {kPost, "/api/v1/tokens/{token}/revoke", inside, "token_revoked"},
    // How the house is run
    {kPut, "/api/v1/rules", inside, "rules_set"},
    {kPost, "/api/v1/rules/test", none},
    {kPost, "/api/v1/first-steps/dismiss", inside, "guide_dismissed"},
    {kPost, "/api/v1/first-steps/show", inside, "guide_shown"},
    {kPut, "/api/v1/brand", inside, "brand_changed"},
    {kPost, "/api/v1/brand/preview", none},
    {kPost, "/api/v1/plugins", inside, "plugin_changed"},
    {kPost, "/api/v1/plugins/{plugin}/enable", inside, "plugin_enabled"},
    {kPost, "/api/v1/plugins/{plugin}/disable", inside, "plugin_disabled"},
    {kPost, "/api/v1/plugins/{plugin}/rollback", inside, "plugin_rolled_back"},
    {kPost, "/api/v1/plugins/{plugin}/grants", inside, "plugin_granted"},
    {kPut, "/api/v1/plugins/{plugin}/config", inside, "plugin_configured"},
    {kPost, "/api/v1/plugins/{plugin}/imports/{import}", behind, "imported"},
    {kPost, "/api/v1/webhooks", inside, "webhook_added"},
    {kPatch, "/api/v1/webhooks/{webhook}", inside, "webhook_changed"},
    {kPost, "/api/v1/webhooks/{webhook}/rotate", inside, "webhook_secret_rotated"},
    {kPost, "/api/v1/webhooks/{webhook}/enable", inside, "webhook_enabled"},
    {kPost, "/api/v1/webhooks/{webhook}/disable", inside, "webhook_disabled"},
    {kPost, "/api/v1/webhooks/{webhook}/remove", inside, "webhook_removed"},
    {kPost, "/api/v1/webhooks/{webhook}/test", behind, "webhook_tested"},
    {kPost, "/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay", inside, "webhook_replayed"},
};

}  // namespace
}  // namespace deed_table

const DeedRule* deed_rule(Method method, std::string_view pattern) {
    for (const DeedRule& rule : deed_table::kRules)
        if (rule.method == method && rule.pattern == pattern) return &rule;
    return nullptr;
}

std::span<const DeedRule> deed_rules() {
    return deed_table::kRules;
}

}  // namespace candour::http
