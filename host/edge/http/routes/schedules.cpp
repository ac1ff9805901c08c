#include "edge/http/routes/schedules.hpp"

#include <boost/json.hpp>

#include "crypto/digest.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/calendar_feed.hpp"
#include "edge/http/routes/campaign_document.hpp"
#include "edge/json/audience_text.hpp"
#include "edge/json/own_words_text.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kComingsShown = 10;
/// A missed wave is made up for within three days, unless somebody says otherwise.
constexpr std::int64_t kUsuallyLate = std::int64_t{3} * 24 * 3600;
constexpr std::int64_t kLongestTime = std::int64_t{90} * 24 * 3600;

std::string wall_text(std::chrono::seconds at) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at).count();
    const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

Result<std::chrono::seconds> wall_time_of(const std::string& text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -100; };
    if (text.size() == 5 && text[2] == ':') {
        const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
        if (hour >= 0 && hour < 24 && minute >= 0 && minute < 60)
            return std::chrono::seconds(hour * 3600 + minute * 60);
    }
    return Error{ErrorCode::invalid,
                 "at: expected a time of the day such as 09:00, found \"" + text.substr(0, 20) + "\""};
}

Result<std::int64_t> seconds_of(const JsonBody& body, std::string_view field, std::int64_t otherwise) {
    const Result<std::optional<std::int64_t>> seconds = body.number(field);
    if (!seconds) return seconds.error();
    const std::int64_t value = seconds->value_or(otherwise);
    if (value < 0 || value > kLongestTime)
        return Error{ErrorCode::invalid, std::string(field) + ": expected 0 to 7776000 (90 days)"};
    return value;
}

Done read_rule_fields(const JsonBody& body, const std::string& house_zone, flow::ScheduleRule& rule) {
    const Result<std::string> text = body.text("rule");
    const Result<std::string> at = body.text("at");
    const Result<std::string> zone = body.text("zone");
    if (!text) return text.error();
    if (!at) return at.error();
    if (!zone) return zone.error();
    const Result<std::chrono::seconds> time = wall_time_of(*at);
    if (!time) return time.error();
    rule.rule = *text;
    rule.at = *time;
    rule.zone = zone->empty() ? house_zone : *zone;
    return done();
}

Done read_asking(const JsonBody& body, flow::CampaignRequest& asking) {
    const Result<std::string> plugin = body.text("plugin");
    const Result<std::string> about = body.text("about");
    const Result<std::string> survey = body.text("survey");
    const Result<bj::object> audience = body.object("audience");
    const Result<bool> by_cadence = body.flag("by_cadence", false);
    const Result<std::int64_t> over = seconds_of(body, "over_seconds", 0);
    if (!plugin) return plugin.error();
    if (!about) return about.error();
    if (!survey) return survey.error();
    if (!audience) return audience.error();
    if (!by_cadence) return by_cadence.error();
    if (!over) return over.error();
    Result<core::Audience> whom = json::audience_of(*audience);
    const Result<core::Reminders> reminders = reminders_of(bj::parse(body.part("reminders")));
    Result<core::OwnWords> words = json::own_words_of(bj::parse(body.part("words")));
    if (!whom) return whom.error();
    if (!reminders) return reminders.error();
    if (!words) return words.error();
    asking.plugin = *plugin;
    asking.about = *about;
    asking.survey = *survey;
    asking.audience = std::move(*whom);
    asking.by_cadence = *by_cadence;
    asking.over = std::chrono::seconds(*over);
    asking.reminders = *reminders;
    asking.words = std::move(*words);
    return done();
}

Result<flow::ScheduleRequest> schedule_request_of(const JsonBody& body, const std::string& house_zone) {
    flow::ScheduleRequest request;
    if (Done read = read_asking(body, request.asking); !read) return read.error();
    if (Done read = read_rule_fields(body, house_zone, request.rule); !read) return read.error();
    const Result<std::int64_t> late = seconds_of(body, "not_after_seconds", kUsuallyLate);
    if (!late) return late.error();
    request.late = std::chrono::seconds(*late);
    return request;
}

bj::array instants(const std::vector<core::Instant>& comings) {
    bj::array list;
    for (const core::Instant at : comings) list.push_back(bj::value(json::to_rfc3339(at)));
    return list;
}

std::string_view schedule_state(const flow::Schedule& schedule) {
    if (core::happened(schedule.ended_at) ||
        !(core::happened(schedule.next_at) || core::happened(schedule.paused_at)))
        return "ended";
    return core::happened(schedule.paused_at) ? "paused" : "running";
}

bj::object schedule_document(const flow::Schedule& schedule, const std::vector<core::Instant>& comings) {
    const flow::CampaignRequest& asking = schedule.request.asking;
    const auto seconds = [](std::chrono::microseconds time) {
        return std::chrono::duration_cast<std::chrono::seconds>(time).count();
    };
    return {{"id", schedule.id.text()},
            {"plugin", asking.plugin},
            {"about", asking.about},
            {"audience", json::audience_document(asking.audience)},
            {"rule", schedule.request.rule.rule},
            {"at", wall_text(schedule.request.rule.at)},
            {"zone", schedule.request.rule.zone},
            {"not_after_seconds", seconds(schedule.request.late)},
            {"over_seconds", seconds(asking.over)},
            {"reminders", reminders_document(asking.reminders)},
            {"words", json::own_words_document(asking.words)},
            {"by_cadence", asking.by_cadence},
            {"state", schedule_state(schedule)},
            {"created_by", schedule.created_by},
            {"created_at", json::to_rfc3339(schedule.created_at)},
            {"paused_at", json::time_or_null(schedule.paused_at)},
            {"ended_at", json::time_or_null(schedule.ended_at)},
            {"waves", schedule.waves},
            {"missed", schedule.missed},
            {"last_campaign",
             schedule.last_campaign.empty() ? bj::value(nullptr) : bj::value(schedule.last_campaign)},
            {"next", instants(comings)}};
}

/// With the times at which it comes round next: none while it is paused.
Result<bj::object> with_comings(const flow::Schedules& schedules, const flow::Schedule& schedule) {
    if (core::happened(schedule.paused_at)) return schedule_document(schedule, {});
    const auto comings = schedules.comings(schedule, kComingsShown);
    if (!comings) return comings.error();
    return schedule_document(schedule, *comings);
}

Result<ScheduleId> schedule_named(const Request& request) {
    const auto id = ScheduleId::parse(request.parameter("schedule"));
    if (!id) return Error{ErrorCode::invalid, "schedule: expected an id such as sch_…"};
    return *id;
}

Response schedule_answer(unsigned status, const flow::Schedules& schedules, const flow::Schedule& schedule,
                         const Request& request) {
    const Result<bj::object> document = with_comings(schedules, schedule);
    if (!document) return Response::problem(document.error(), request.path);
    return Response::json(status, *document);
}

}  // namespace

void ScheduleRoutes::add_to(Router& router, Identity& identity) {
    router.add(
        Method::post, "/api/v1/campaign-schedules",
        identity.required([this](Request r, flow::Caller c) { return add(std::move(r), std::move(c)); },
                          flow::Scope::send));
    router.add(Method::get, "/api/v1/campaign-schedules",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/campaign-schedules/{schedule}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    constexpr std::pair<const char*, Step> steps[] = {
        {"/api/v1/campaign-schedules/{schedule}/pause", &flow::Schedules::pause},
        {"/api/v1/campaign-schedules/{schedule}/resume", &flow::Schedules::resume},
        {"/api/v1/campaign-schedules/{schedule}/end", &flow::Schedules::end}};
    for (const auto& [path, which] : steps)
        router.add(Method::post, path,
                   identity.required([this, which = which](Request r, const flow::Caller&) {
                       return step(std::move(r), which);
                   }));
    router.add(Method::get, "/calendar/{token}/campaigns.ics",
               [this](Request request) { return calendar(std::move(request)); });
}

flow::Task<Response> ScheduleRoutes::add(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(
        request, {"plugin", "about", "survey", "audience", "rule", "at", "zone", "not_after_seconds",
                  "over_seconds", "reminders", "words", "by_cadence", "dry_run"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    Result<flow::ScheduleRequest> asked = schedule_request_of(*body, needs_.zone);
    if (!asked) co_return Response::problem(asked.error(), request.path);
    asked->asking.actor = caller.actor();
    if (*dry_run) {
        auto drafting = needs_.schedules.draft(std::move(*asked));
        const Result<flow::Schedule> draft = co_await std::move(drafting);
        if (!draft) co_return Response::problem(draft.error(), request.path);
        co_return schedule_answer(200, needs_.schedules, *draft, request);
    }
    auto adding = needs_.schedules.add(std::move(*asked));
    const Result<flow::Schedule> added = co_await std::move(adding);
    if (!added) co_return Response::problem(added.error(), request.path);
    co_return schedule_answer(201, needs_.schedules, *added, request);
}

flow::Task<Response> ScheduleRoutes::list(Request request) {
    auto reading = needs_.store.list();
    const Result<std::vector<flow::Schedule>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::Schedule& schedule : *all) {
        Result<bj::object> document = with_comings(needs_.schedules, schedule);
        if (!document) co_return Response::problem(document.error(), request.path);
        rows.push_back(std::move(*document));
    }
    const bj::object document{{"schedules", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> ScheduleRoutes::show(Request request) {
    const Result<ScheduleId> id = schedule_named(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    auto finding = needs_.store.find(*id);
    const Result<flow::Schedule> schedule = co_await std::move(finding);
    if (!schedule) co_return Response::problem(schedule.error(), request.path);
    co_return schedule_answer(200, needs_.schedules, *schedule, request);
}

flow::Task<Response> ScheduleRoutes::step(Request request, Step which) {
    const Result<ScheduleId> id = schedule_named(request);
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto stepping = (needs_.schedules.*which)(*id);
    const Result<flow::Schedule> schedule = co_await std::move(stepping);
    if (!schedule) co_return Response::problem(schedule.error(), request.path);
    co_return schedule_answer(200, needs_.schedules, *schedule, request);
}

/// Calendar programs send no headers: the token stands in the address. Such an address gets around, so that
/// only a token that may read and nothing else opens it.
flow::Task<Response> ScheduleRoutes::calendar(Request request) {
    const Error nobody{ErrorCode::not_found,
                       "there is no such calendar; the address holds a token that may only read"};
    auto finding = needs_.tokens.find(crypto::to_hex(crypto::sha256(request.parameter("token"))));
    const Result<flow::Caller> caller = co_await std::move(finding);
    if (!caller) co_return Response::problem(nobody, request.path);
    const bool expired = core::happened(caller->expires_at) && caller->expires_at <= needs_.clock.now();
    const bool only_reads =
        caller->scopes.allow(flow::Scope::read) && !caller->scopes.allow(flow::Scope::write) &&
        !caller->scopes.allow(flow::Scope::send) && !caller->scopes.allow(flow::Scope::admin);
    if (expired || !only_reads) co_return Response::problem(nobody, request.path);
    auto reading = needs_.store.list();
    const Result<std::vector<flow::Schedule>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    std::vector<CalendarEntry> entries;
    for (const flow::Schedule& schedule : *all) {
        if (schedule_state(schedule) != "running") continue;
        const auto comings = needs_.schedules.comings(schedule, kComingsShown);
        for (const core::Instant at : comings ? *comings : std::vector<core::Instant>())
            entries.push_back(
                {schedule.id.text(), at, schedule.request.asking.plugin + ", " + schedule.request.rule.rule});
    }
    co_return calendar_response(entries, needs_.clock.now());
}

}  // namespace candour::http
