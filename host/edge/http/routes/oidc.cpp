#include "edge/http/routes/oidc.hpp"

#include <boost/json.hpp>

#include "crypto/digest.hpp"
#include "edge/http/problem.hpp"
#include "log/log.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// The cookie of the trip: Lax, because the provider sends the browser back from another site.
constexpr const char* kTripCookie = "candour-trip";
constexpr const char* kTripPath = "/api/v1/sign-in/oidc";
constexpr std::chrono::seconds kLongestTrip{600};
constexpr std::size_t kTripBytes = 32;
constexpr std::size_t kHexOfTrip = 2 * kTripBytes;

std::string chance() {
    return crypto::to_hex(crypto::random_bytes(kTripBytes));
}

/// Which sentence the sign-in page shows.
const char* trouble_of(ErrorCode code) {
    return code == ErrorCode::denied ? "refused" : "unreachable";
}

}  // namespace

void OidcRoutes::add_to(Router& router) {
    router.add(Method::get, "/api/v1/sign-in", [this](Request r) { return offers(std::move(r)); });
    router.add(Method::get, "/api/v1/sign-in/oidc", [this](Request r) { return leave(std::move(r)); });
    router.add(Method::get, "/api/v1/sign-in/oidc/callback",
               [this](Request r) { return come_back(std::move(r)); });
}

flow::Task<Response> OidcRoutes::offers(Request) {
    const OidcSettings& settings = needs_.provider.settings();
    bj::object document{{"password", true}, {"oidc", nullptr}};
    if (!settings.issuer.empty()) document["oidc"] = settings.label;
    co_return Response::json(200, document);
}

std::string OidcRoutes::trip_line(const std::string& value, std::chrono::seconds lifetime) const {
    return std::string(kTripCookie) + "=" + value + "; Path=" + kTripPath +
           "; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lifetime.count()) +
           (needs_.tls ? "; Secure" : "");
}

std::string OidcRoutes::packed(const OidcTrip& trip) const {
    const std::string all = trip.state + trip.nonce + trip.verifier;
    return all + crypto::to_hex(crypto::hmac_sha256(needs_.key, "trip" + all));
}

std::optional<OidcTrip> OidcRoutes::trip_of(const Request& request) const {
    const std::string_view cookies = request.header("Cookie");
    const std::string name = std::string(kTripCookie) + "=";
    const std::size_t at = cookies.find(name);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view value = cookies.substr(at + name.size(), 4 * kHexOfTrip);
    if (value.size() != 4 * kHexOfTrip) return std::nullopt;
    const auto part = [&](std::size_t n) { return std::string(value.substr(n * kHexOfTrip, kHexOfTrip)); };
    const OidcTrip trip{part(0), part(1), part(2)};
    if (!crypto::equal_in_constant_time(packed(trip), value)) return std::nullopt;
    return trip;
}

flow::Task<Response> OidcRoutes::leave(Request request) {
    const auto wait = by_address_.refuse(needs_.cookie.address_of(request), std::chrono::steady_clock::now());
    if (wait) co_return to_response(too_many_requests(*wait, "your address"));
    if (needs_.provider.settings().issuer.empty()) {
        const Error none{ErrorCode::not_found, "no identity provider is configured ([sign_in.oidc])"};
        co_return Response::problem(none, request.path);
    }
    const OidcTrip trip{chance(), chance(), chance()};
    auto asking = needs_.provider.way_there(trip);
    const Result<std::string> way = co_await std::move(asking);
    if (!way) {
        log::warn("sign-in: {}", way.error().message);
        co_return Response::redirect("/sign-in?trouble=unreachable");
    }
    Response response = Response::redirect(*way);
    response.set("Set-Cookie", trip_line(packed(trip), kLongestTrip));
    co_return response;
}

flow::Task<Result<flow::SignedIn>> OidcRoutes::who_came(Request request) {
    const std::optional<OidcTrip> trip = trip_of(request);
    const Result<Form> query = request.query_fields();
    if (!query) co_return query.error();
    if (!trip || !crypto::equal_in_constant_time(query->get("state"), trip->state))
        co_return Error{ErrorCode::denied, "this browser has not set out to sign in, or took too long"};
    if (query->get("code").empty())
        co_return Error{ErrorCode::denied, "the identity provider says: " + std::string(query->get("error"))};
    auto redeeming = needs_.provider.redeem(std::string(query->get("code")), *trip);
    const Result<IdClaims> claims = co_await std::move(redeeming);
    if (!claims) co_return claims.error();
    flow::Identified who{needs_.provider.settings().issuer, claims->subject, claims->email, claims->name,
                         needs_.provider.role_of(*claims)};
    flow::Visitor visitor{needs_.cookie.address_of(request), std::string(request.header("User-Agent")), {}};
    auto signing = needs_.sign_in.by_provider(std::move(who), std::move(visitor));
    Result<flow::SignedIn> opened = co_await std::move(signing);
    co_return opened;
}

flow::Task<Response> OidcRoutes::come_back(Request request) {
    auto looking = who_came(request);
    const Result<flow::SignedIn> opened = co_await std::move(looking);
    if (!opened) {
        log::warn("sign-in: {}", opened.error().message);
        Response back =
            Response::redirect(std::string("/sign-in?trouble=") + trouble_of(opened.error().code));
        back.set("Set-Cookie", trip_line("", std::chrono::seconds(0)));
        co_return back;
    }
    Response inside = Response::redirect("/today");
    needs_.cookie.give(inside, request, opened->secret, flow::kSessionLongest);
    inside.headers.push_back({"Set-Cookie", trip_line("", std::chrono::seconds(0))});
    co_return inside;
}

}  // namespace candour::http
