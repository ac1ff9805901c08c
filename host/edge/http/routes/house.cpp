#include "edge/http/routes/house.hpp"

#include <boost/json.hpp>

#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// What `candour init` writes: as long as it stands there, nobody has named the organisation.
constexpr std::string_view kUnnamed = "Our company";

bj::array promises_document(const core::Policies& policies) {
    bj::array rows;
    for (const auto& [segment, name] : core::kSegments) {
        const core::SegmentPolicy& policy = policies.of(segment);
        rows.push_back(bj::object{
            {"segment", name},
            {"hear_days", policy.hear.count()},
            {"decide_days", policy.decide.count()},
            {"change_days", policy.change.count()},
            {"tell_days", policy.tell.count()},
            {"minimum_evidence", policy.evidence.minimum == core::Strength::confirmed ? "confirmed" : "seen"},
            {"accept_recorded", policy.evidence.accept_recorded}});
    }
    return rows;
}

bj::object senders_document(const flow::HouseSettings& settings) {
    bj::array dns;
    for (const flow::DnsRecord& record : settings.dns)
        dns.push_back(bj::object{{"purpose", record.purpose},
                                 {"type", record.type},
                                 {"name", record.name},
                                 {"value", record.value}});
    return {{"from", settings.mail_from},
            {"from_name", settings.mail_from_name},
            {"relay", settings.relay},
            {"answers_to", settings.intake},
            {"dns", std::move(dns)}};
}

bj::object house_document(const flow::HouseSettings& settings, const core::Policies& policies) {
    return {
        {"organisation", bj::object{{"name", policies.organisation},
                                    {"address_line", policies.address_line},
                                    {"privacy_url", policies.privacy_url},
                                    {"zone", policies.zone},
                                    {"default_owner", policies.default_owner},
                                    {"fiscal_start_month", policies.fiscal_start_month}}},
        {"server", bj::object{{"public_url", policies.public_url}, {"tls", settings.tls}}},
        {"languages", bj::object{{"usual", policies.language}, {"all", bj::value_from(settings.languages)}}},
        {"asking", bj::object{{"rest_days", settings.rest.count()},
                              {"per_account_per_day", settings.per_account_per_day}}},
        {"loop", bj::object{{"undo_seconds", policies.undo.count()},
                            {"escalate_days", policies.patience.escalate.count()},
                            {"visibility_days", policies.patience.visibility.count()}}},
        {"team", bj::object{{"group_minutes", policies.group.count()}}},
        {"promises", promises_document(policies)},
        {"senders", senders_document(settings)},
        {"sign_in", settings.sign_in}};
}

}  // namespace

void HouseRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/settings",
               identity.required([this](const Request&, const flow::Caller&) { return settings(); }));
    router.add(Method::get, "/api/v1/first-steps", identity.required([this](Request r, const flow::Caller&) {
        return first_steps(std::move(r));
    }));
    for (const char* path : {"/api/v1/first-steps/dismiss", "/api/v1/first-steps/show"})
        router.add(Method::post, path,
                   identity.required(
                       [this](Request r, flow::Caller c) { return dismiss(std::move(r), std::move(c)); },
                       flow::Scope::admin));
}

flow::Task<Response> HouseRoutes::settings() {
    co_return Response::json(200, house_document(needs_.settings, *needs_.policies));
}

flow::Task<Response> HouseRoutes::first_steps(Request request) {
    auto reading = needs_.first_steps.contents();
    const Result<flow::HouseContents> there = co_await std::move(reading);
    if (!there) co_return Response::problem(there.error(), request.path);
    const bool named = !needs_.brand.now().name.empty() || needs_.brand.configured_name() != kUnnamed;
    const bool sends = !needs_.settings.mail_from.empty() && !needs_.settings.relay.empty();
    const std::pair<const char*, bool> steps[] = {
        {"organisation", named},   {"sender", sends},         {"teammates", there->teammates},
        {"people", there->people}, {"survey", there->survey}, {"campaign", there->campaign},
        {"closed", there->closed}};
    bj::array rows;
    for (const auto& [name, is_done] : steps) rows.push_back(bj::object{{"step", name}, {"done", is_done}});
    const bj::object document{{"dismissed_at", json::time_or_null(there->dismissed_at)},
                              {"steps", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> HouseRoutes::dismiss(Request request, flow::Caller caller) {
    const bool dismissed = request.path.ends_with("/dismiss");
    auto dismissing = needs_.first_steps.dismiss(dismissed, flow::Doer::of(caller), needs_.clock.now());
    const Done done_so = co_await std::move(dismissing);
    co_return done_so ? Response::empty() : Response::problem(done_so.error(), request.path);
}

}  // namespace candour::http
