#include "edge/http/routes/sight_rules.hpp"

namespace candour::http {
namespace sight_table {
namespace {

using flow::Thing;
using enum Shows;
using Where = Mention::Where;

constexpr Method kGet = Method::get, kPost = Method::post, kPut = Method::put, kPatch = Method::patch;

constexpr Mention kAccount[] = {{Where::path, "account", Thing::account}};
constexpr Mention kContact[] = {{Where::path, "contact", Thing::contact}};
constexpr Mention kBothContacts[] = {{Where::path, "contact", Thing::contact},
                                     {Where::body, "into", Thing::contact}};
constexpr Mention kContactInBody[] = {{Where::body, "contact", Thing::contact}};
constexpr Mention kItem[] = {{Where::path, "item", Thing::item}};
constexpr Mention kBothItems[] = {{Where::path, "item", Thing::item}, {Where::body, "into", Thing::item}};
constexpr Mention kItemAndContact[] = {{Where::path, "item", Thing::item},
                                       {Where::body, "contact", Thing::contact}};
constexpr Mention kCommitment[] = {{Where::path, "commitment", Thing::commitment}};
constexpr Mention kPromised[] = {{Where::body, "account", Thing::account},
                                 {Where::body, "contact", Thing::contact}};
constexpr Mention kTheme[] = {{Where::path, "theme", Thing::theme}};
constexpr Mention kFigured[] = {{Where::query, "account", Thing::account}};

constexpr SightRule kRules[] = {
    // Items, and what is done about them
    {kGet, "/api/v1/items", own},
    {kPost, "/api/v1/items", own, kContactInBody},
    {kGet, "/api/v1/items/counts", own},
    {kGet, "/api/v1/items/{item}", own, kItem},
    {kGet, "/api/v1/items/{item}/closing-message", own, kItem},
    {kPost, "/api/v1/items/{item}/heard-message", own, kItem},
    {kGet, "/api/v1/items/{item}/drafts", own, kItem},
    {kPost, "/api/v1/items/{item}/drafts", own, kItem},
    {kGet, "/api/v1/items/{item}/proposals", own, kItem},
    {kGet, "/api/v1/items/{item}/rules", own, kItem},
    {kPost, "/api/v1/items/{item}/hear", own, kItem},
    {kPost, "/api/v1/items/{item}/decide", own, kItem},
    {kPost, "/api/v1/items/{item}/change", own, kItem},
    {kPost, "/api/v1/items/{item}/tell", own, kItem},
    {kPost, "/api/v1/items/{item}/cancel-tell", own, kItem},
    {kPost, "/api/v1/items/{item}/seen", own, kItemAndContact},
    {kPost, "/api/v1/items/{item}/dismiss", own, kItem},
    {kPost, "/api/v1/items/{item}/abandon", own, kItem},
    {kPost, "/api/v1/items/{item}/reopen", own, kItem},
    {kPost, "/api/v1/items/{item}/no-objection", own, kItem},
    {kPost, "/api/v1/items/{item}/objects", own, kItem},
    {kPost, "/api/v1/items/{item}/hand-over", own, kItem},
    {kPost, "/api/v1/items/{item}/merge", own, kBothItems},
    {kPost, "/api/v1/items/{item}/our-failure", own, kItem},
    {kPost, "/api/v1/items/{item}/note", own, kItem},
    {kGet, "/api/v1/events", own},
    // One decision for many: read as far as it is theirs, taken by whoever sees all of it
    {kGet, "/api/v1/themes", own},
    {kGet, "/api/v1/themes/{theme}", own, kTheme},
    {kGet, "/api/v1/themes/{theme}/items", own, kTheme},
    {kPost, "/api/v1/themes", whole},
    {kPost, "/api/v1/themes/{theme}/add", whole},
    {kPost, "/api/v1/themes/{theme}/remove", whole},
    {kPost, "/api/v1/themes/{theme}/hear", whole},
    {kPost, "/api/v1/themes/{theme}/decide", whole},
    {kPost, "/api/v1/themes/{theme}/change", whole},
    {kPost, "/api/v1/themes/{theme}/tell", whole},
    {kPost, "/api/v1/themes/{theme}/undo", whole},
    // Promises, and who cares for whom
    {kGet, "/api/v1/commitments", own},
    {kPost, "/api/v1/commitments", own, kPromised},
    {kGet, "/api/v1/commitments/{commitment}", own, kCommitment},
    {kPost, "/api/v1/commitments/{commitment}/keep", own, kCommitment},
    {kPost, "/api/v1/commitments/{commitment}/break", own, kCommitment},
    {kGet, "/api/v1/care", own},
    {kPut, "/api/v1/care/teammates/{teammate}", whole},
    {kPut, "/api/v1/care/accounts/{account}", whole},
    {kPost, "/api/v1/care/teammates/{teammate}/hand-over", whole},
    {kGet, "/api/v1/calendars", house},
    {kGet, "/api/v1/calendars/{calendar}", house},
    {kPut, "/api/v1/calendars/{calendar}", whole},
    // Customers
    {kGet, "/api/v1/accounts", own},
    {kGet, "/api/v1/accounts/{account}", own, kAccount},
    {kGet, "/api/v1/accounts/{account}/threads", own, kAccount},
    {kGet, "/api/v1/accounts/{account}/touchpoints", own, kAccount},
    {kGet, "/api/v1/answers", own},
    {kGet, "/api/v1/contacts", own},
    {kGet, "/api/v1/contacts/{contact}", own, kContact},
    {kPatch, "/api/v1/contacts/{contact}", own, kContact},
    {kPost, "/api/v1/contacts/{contact}/merge", own, kBothContacts},
    {kPost, "/api/v1/contacts/{contact}/split", own, kContact},
    {kPost, "/api/v1/contacts/{contact}/erase", whole},
    {kPost, "/api/v1/acts", whole},
    {kPost, "/api/v1/imports/accounts", whole},
    {kPost, "/api/v1/imports/contacts", whole},
    {kPost, "/api/v1/imports/answers", whole},
    {kPost, "/api/v1/imports/acts", whole},
    {kPost, "/api/v1/imports/touchpoints", whole},
    {kGet, "/api/v1/exports/{what}", own},
    // Figures and signals
    {kGet, "/api/v1/metrics", own},
    {kGet, "/api/v1/metrics/{metric}", own, kFigured},
    {kGet, "/api/v1/signals", own},
    {kGet, "/api/v1/signals/findings", own},
    {kPost, "/api/v1/signals/evaluate", whole},
    // Asking
    {kGet, "/api/v1/surveys", house},
    {kPost, "/api/v1/surveys", house},
    {kGet, "/api/v1/surveys/{survey}", house},
    {kPost, "/api/v1/surveys/{survey}/copy", house},
    {kGet, "/api/v1/surveys/{survey}/qr", house},
    {kPost, "/api/v1/surveys/{survey}/links", own, kContactInBody},
    {kPost, "/api/v1/surveys/preview", house},
    {kPost, "/api/v1/surveys/test", house},
    {kGet, "/api/v1/ready-surveys", house},
    {kGet, "/api/v1/ready-surveys/{survey}", house},
    {kGet, "/api/v1/campaigns", whole},
    {kPost, "/api/v1/campaigns", whole},
    {kGet, "/api/v1/campaigns/{campaign}", whole},
    {kGet, "/api/v1/campaigns/{campaign}/contacts", whole},
    {kPost, "/api/v1/campaigns/explain", whole},
    {kPost, "/api/v1/campaigns/preview", whole},
    {kPost, "/api/v1/campaigns/pages", house},
    {kPost, "/api/v1/campaigns/test", whole},
    {kPost, "/api/v1/campaigns/{campaign}/change", whole},
    {kPost, "/api/v1/campaigns/{campaign}/pause", whole},
    {kPost, "/api/v1/campaigns/{campaign}/resume", whole},
    {kPost, "/api/v1/campaigns/{campaign}/cancel", whole},
    {kGet, "/api/v1/campaign-schedules", whole},
    {kPost, "/api/v1/campaign-schedules", whole},
    {kGet, "/api/v1/campaign-schedules/{schedule}", whole},
    {kPost, "/api/v1/campaign-schedules/{schedule}/pause", whole},
    {kPost, "/api/v1/campaign-schedules/{schedule}/resume", whole},
    {kPost, "/api/v1/campaign-schedules/{schedule}/end", whole},
    {kPost, "/api/v1/links/{message}/revoke", whole},
    // Mail of everybody
    {kGet, "/api/v1/mails", whole},
    {kGet, "/api/v1/mails/{mail}", whole},
    {kGet, "/api/v1/mails/{mail}/raw", whole},
    {kPost, "/api/v1/mails/{mail}/assign", whole},
    {kPost, "/api/v1/mails/{mail}/dismiss", whole},
    {kPost, "/api/v1/mails/{mail}/retry", whole},
    {kPost, "/api/v1/messages/{message}/bounce", whole},
    {kGet, "/api/v1/suppressions", whole},
    {kGet, "/api/v1/suppressions/{address}", whole},
    {kPost, "/api/v1/suppressions/{address}/lift", whole},
    {kGet, "/api/v1/sending", whole},
    {kPost, "/api/v1/sending/reconcile", whole},
    {kGet, "/api/v1/dead-letters", whole},
    {kGet, "/api/v1/dead-letters/{letter}", whole},
    {kPost, "/api/v1/dead-letters/{letter}/replay", whole},
    {kPost, "/api/v1/dead-letters/{letter}/discard", whole},
    // Ourselves
    {kGet, "/api/v1/me", house},
    {kPost, "/api/v1/me/password", house},
    {kPost, "/api/v1/sign-out", house},
    {kGet, "/api/v1/users/{user}/devices", house},
    {kPost, "/api/v1/users/{user}/devices/{device}/end", house},
    {kPost, "/api/v1/users/{user}/sign-out", house},
    {kGet, "/api/v1/teammates", own},
    {kGet, "/api/v1/teammates/{teammate}/notify", house},
    {kPut, "/api/v1/teammates/{teammate}/notify", house},
    {kGet, "/api/v1/settings", house},
    {kGet, "/api/v1/first-steps", house},
    {kGet, "/api/v1/brand", house},
    // How the house is run: for whoever runs it
    {kPost, "/api/v1/teammates", whole},
    {kPost, "/api/v1/teammates/{teammate}/deactivate", whole},
    {kGet, "/api/v1/teammates/{teammate}/sight", whole},
    {kPut, "/api/v1/teammates/{teammate}/sight", whole},
    {kPost, "/api/v1/teammates/{teammate}/sight/add", whole},
    {kPost, "/api/v1/teammates/{teammate}/sight/remove", whole},
    {kGet, "/api/v1/users", whole},
    {kPost, "/api/v1/users", whole},
    {kPost, "/api/v1/users/{user}/link", whole},
    {kPost, "/api/v1/users/{user}/role", whole},
    {kPost, "/api/v1/users/{user}/disable", whole},
    {kGet, "/api/v1/tokens", whole},
    {kPost, "/api/v1/tokens", whole},
    {kPost, "/api/v1/tokens/{token}/revoke", whole},
    {kGet, "/api/v1/audit", whole},
    {kGet, "/api/v1/rules", whole},
    {kPut, "/api/v1/rules", whole},
    {kPost, "/api/v1/rules/test", whole},
    {kPost, "/api/v1/first-steps/dismiss", whole},
    {kPost, "/api/v1/first-steps/show", whole},
    {kPut, "/api/v1/brand", whole},
    {kPost, "/api/v1/brand/preview", whole},
    {kGet, "/api/v1/plugins", whole},
    {kPost, "/api/v1/plugins", whole},
    {kGet, "/api/v1/plugins/{plugin}", whole},
    {kPost, "/api/v1/plugins/{plugin}/enable", whole},
    {kPost, "/api/v1/plugins/{plugin}/disable", whole},
    {kPost, "/api/v1/plugins/{plugin}/rollback", whole},
    {kPost, "/api/v1/plugins/{plugin}/grants", whole},
    {kGet, "/api/v1/plugins/{plugin}/config", whole},
    {kPut, "/api/v1/plugins/{plugin}/config", whole},
    {kPost, "/api/v1/plugins/{plugin}/imports/{import}", whole},
    {kGet, "/api/v1/webhooks", whole},
    {kPost, "/api/v1/webhooks", whole},
    {kPatch, "/api/v1/webhooks/{webhook}", whole},
    {kPost, "/api/v1/webhooks/{webhook}/rotate", whole},
    {kPost, "/api/v1/webhooks/{webhook}/enable", whole},
    {kPost, "/api/v1/webhooks/{webhook}/disable", whole},
    {kPost, "/api/v1/webhooks/{webhook}/remove", whole},
    {kPost, "/api/v1/webhooks/{webhook}/test", whole},
    {kGet, "/api/v1/webhooks/{webhook}/deliveries", whole},
    {kPost, "/api/v1/webhooks/{webhook}/deliveries/{delivery}/replay", whole},
};

}  // namespace
}  // namespace sight_table

const SightRule* sight_rule(Method method, std::string_view pattern) {
    const Method asked = method == Method::head ? Method::get : method;
    for (const SightRule& rule : sight_table::kRules)
        if (rule.method == asked && rule.pattern == pattern) return &rule;
    return nullptr;
}

std::span<const SightRule> sight_rules() {
    return sight_table::kRules;
}

}  // namespace candour::http
