#include "edge/http/routes/team.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/routes/statements.hpp"
#include "zone/civil.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::object document_of(const flow::TeamChoices& one) {
    bj::object kinds;
    for (const auto& [kind, choice] : one.kinds)
        kinds[std::string(core::name_of(core::kNoticeKinds, kind))] =
            std::string(core::name_of(core::kNoticeChoices, choice));
    const bool digest = one.digest_hour != flow::kNoDigest;
    return {{"teammate", one.teammate.id.text()},
            {"email", one.teammate.email},
            {"name", one.teammate.name},
            {"kinds", std::move(kinds)},
            {"digest_hour", digest ? bj::value(one.digest_hour) : bj::value(nullptr)},
            {"digest_zone", one.digest_zone},
            {"unreachable", one.unreachable}};
}

template <class Enum, std::size_t N>
std::string names_of(const core::NameTable<Enum, N>& table) {
    std::string all;
    for (const auto& [key, name] : table) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

Error unknown(const std::string& field, const std::string& expected, std::string_view found) {
    return Error{ErrorCode::invalid,
                 field + ": expected one of " + expected + "; found \"" + std::string(found) + "\""};
}

Done read_kinds(const JsonBody& body, flow::NewTeamChoices& chosen) {
    if (!body.has("kinds")) return done();
    const Result<bj::object> kinds = body.object("kinds");
    if (!kinds) return kinds.error();
    for (const auto& [key, value] : *kinds) {
        const std::string name(key);
        const auto kind = core::value_of(core::kNoticeKinds, name);
        if (!kind) return unknown("kinds", names_of(core::kNoticeKinds), name);
        const std::string text = value.is_string() ? std::string(value.get_string()) : bj::serialize(value);
        const auto choice = core::value_of(core::kNoticeChoices, text);
        if (!choice) return unknown("kinds." + name, names_of(core::kNoticeChoices), text);
        chosen.kinds[*kind] = *choice;
    }
    return done();
}

Done read_digest(const JsonBody& body, flow::NewTeamChoices& chosen) {
    const Result<std::optional<std::int64_t>> hour = body.number("digest_hour");
    if (!hour) return hour.error();
    if (*hour && (**hour < 0 || **hour > 23))
        return Error{ErrorCode::invalid,
                     "digest_hour: expected an hour from 0 to 23, or null for no digest; found " +
                         std::to_string(**hour)};
    if (body.has("digest_hour")) chosen.digest_hour = *hour ? static_cast<int>(**hour) : flow::kNoDigest;
    const Result<std::string> zone = body.text("digest_zone");
    if (!zone) return zone.error();
    if (!zone->empty() && !zone::known_zone(*zone))
        return Error{ErrorCode::invalid,
                     "digest_zone: expected an IANA name such as Europe/Berlin, found \"" + *zone + "\""};
    if (body.has("digest_zone")) chosen.digest_zone = *zone;
    return done();
}

Result<flow::NewTeamChoices> read_choices(const JsonBody& body) {
    flow::NewTeamChoices chosen;
    if (Done kinds = read_kinds(body, chosen); !kinds) return kinds.error();
    if (Done digest = read_digest(body, chosen); !digest) return digest.error();
    const Result<bool> again = body.flag("write_again", false);
    if (!again) return again.error();
    chosen.write_again = *again;
    return chosen;
}

}  // namespace

void TeamRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/teammates/{teammate}/notify",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::put, "/api/v1/teammates/{teammate}/notify",
        identity.required([this](Request r, flow::Caller c) { return choose(std::move(r), std::move(c)); }));
}

flow::Task<Response> TeamRoutes::show(Request request) {
    auto reading = choices_.choices(std::string(request.parameter("teammate")));
    const Result<flow::TeamChoices> one = co_await std::move(reading);
    if (!one) co_return Response::problem(one.error(), request.path);
    co_return Response::json(200, document_of(*one));
}

flow::Task<Response> TeamRoutes::choose(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"kinds", "digest_hour", "digest_zone", "write_again"});
    if (!body) co_return unreadable(body.error(), request);
    Result<flow::NewTeamChoices> chosen = read_choices(*body);
    if (!chosen) co_return Response::problem(chosen.error(), request.path);
    auto reading = choices_.choices(std::string(request.parameter("teammate")));
    const Result<flow::TeamChoices> known = co_await std::move(reading);
    if (!known) co_return Response::problem(known.error(), request.path);
    const bool own = known->teammate.id == caller.teammate;
    if (!own && !caller.scopes.allow(flow::Scope::admin))
        co_return to_response(scope_missing(caller, flow::Scope::admin, request));
    auto choosing = choices_.choose(known->teammate.id.text(), std::move(*chosen));
    const Result<flow::TeamChoices> one = co_await std::move(choosing);
    if (!one) co_return Response::problem(one.error(), request.path);
    co_return Response::json(200, document_of(*one));
}

}  // namespace candour::http
