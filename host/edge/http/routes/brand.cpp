#include "edge/http/routes/brand.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "crypto/base64.hpp"
#include "edge/http/brand_look.hpp"
#include "edge/http/livery.hpp"
#include "edge/http/logo.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/json/time_value.hpp"
#include "voice/pages.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// A logo in Base64, and the rest of the body.
constexpr std::size_t kBrandBody = 256 * 1024;

bj::object brand_document(const flow::Brand& brand, const std::string& configured) {
    const bj::object look = brand_look(brand);
    bj::object document{{"name", brand.name},
                        {"configured_name", configured},
                        {"colour", look.at("colour")},
                        {"text_colour", look.at("text_colour")},
                        {"contrast", look.at("contrast")},
                        {"logo", nullptr},
                        {"version", brand.version},
                        {"changed_by", brand.changed_by},
                        {"changed_at", json::time_or_null(brand.changed_at)}};
    if (!brand.logo_type.empty())
        document["logo"] = bj::object{{"type", brand.logo_type},
                                      {"url", std::string(kLogoPath) + "?v=" + brand.logo_digest}};
    return document;
}

Response with_brand_version(Response response, std::int64_t version) {
    response.set("ETag", "\"" + std::to_string(version) + "\"");
    return response;
}

/// Left out: it stays; null: it goes; Base64: it comes.
Result<flow::Logo> read_wish(const JsonBody& body, flow::LogoWish& wish) {
    wish = flow::LogoWish::keep;
    if (!body.has("logo")) return flow::Logo{};
    wish = flow::LogoWish::take_away;
    if (body.part("logo") == "null") return flow::Logo{};
    wish = flow::LogoWish::replace;
    const Result<std::string> base64 = body.text("logo");
    if (!base64) return base64.error();
    std::string bytes = crypto::from_base64(*base64);
    if (bytes.empty()) return Error{ErrorCode::invalid, "logo: expected a picture in Base64, or null"};
    return read_logo(std::move(bytes));
}

Result<flow::Brand> read_brand(const JsonBody& body) {
    const Result<std::string> name = body.text("name"), colour = body.text("colour");
    if (!name) return name.error();
    if (!colour) return colour.error();
    if (Done sound = core::check_text("name", *name, core::kMaxLine); !sound) return sound.error();
    flow::Brand brand;
    brand.name = *name;
    brand.colour = *colour;
    return brand;
}

/// A page with everything that wears the colour.
std::string sample_page(const core::Policies& policies, const flow::Brand& brand, const std::string& language,
                        core::Instant now) {
    voice::LoopFacts facts;
    facts.organisation = brand.name.empty() ? policies.organisation : brand.name;
    facts.language = language.empty() ? policies.language : language;
    facts.state = "told";
    facts.awaiting_answer = true;
    facts.form_action = "/l/preview";
    facts.rounds.push_back({});
    facts.rounds.back().said = {"…", std::nullopt, std::chrono::floor<std::chrono::days>(now)};
    std::string html = voice::loop_page(facts);
    dress(html, brand);
    return html;
}

}  // namespace

void BrandRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/brand",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::put, "/api/v1/brand",
        identity.required([this](Request r, flow::Caller c) { return set(std::move(r), std::move(c)); },
                          flow::Scope::admin),
        {Audience::api, kBrandBody});
    router.add(Method::post, "/api/v1/brand/preview",
               identity.required([this](Request r, const flow::Caller&) { return preview(std::move(r)); },
                                 flow::Scope::read));
    router.add(
        Method::get, kLogoPath, [this](Request r) { return logo(std::move(r)); }, kAsset);
}

flow::Task<Response> BrandRoutes::show(Request) {
    const flow::Brand& brand = desk_.now();
    co_return with_brand_version(Response::json(200, brand_document(brand, desk_.configured_name())),
                                 brand.version);
}

flow::Task<Response> BrandRoutes::set(Request request, flow::Caller caller) {
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    const Result<JsonBody> body = JsonBody::read(request, {"name", "colour", "logo"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::Brand> fresh = read_brand(*body);
    if (!fresh) co_return Response::problem(fresh.error(), request.path);
    flow::LogoWish wish = flow::LogoWish::keep;
    Result<flow::Logo> picture = read_wish(*body, wish);
    if (!picture) co_return Response::problem(picture.error(), request.path);
    fresh->version = **version;
    auto setting = desk_.set(std::move(*fresh), wish, std::move(*picture), flow::Doer::of(caller));
    const Result<flow::Brand> brand = co_await std::move(setting);
    if (brand)
        co_return with_brand_version(Response::json(200, brand_document(*brand, desk_.configured_name())),
                                     brand->version);
    if (brand.error().code != ErrorCode::conflict) co_return Response::problem(brand.error(), request.path);
    auto catching = desk_.catch_up();
    const Done caught = co_await std::move(catching);
    if (!caught) co_return Response::problem(caught.error(), request.path);
    const flow::Brand& now = desk_.now();
    co_return to_response(
        stale_version(**version, now.version, brand_document(now, desk_.configured_name())));
}

flow::Task<Response> BrandRoutes::preview(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"name", "colour", "language"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::Brand> brand = read_brand(*body);
    if (!brand) co_return Response::problem(brand.error(), request.path);
    const Result<std::string> language = body->text("language");
    if (!language) co_return Response::problem(language.error(), request.path);
    if (!brand->colour.empty()) {
        const Result<core::Colour> colour = core::read_colour(brand->colour);
        if (!colour) co_return Response::problem(colour.error(), request.path);
        brand->colour = core::to_text(*colour);
        brand->text_colour = core::to_text(core::text_on(*colour));
    }
    bj::object document = brand_look(*brand);
    document["html"] = sample_page(*policies_, *brand, *language, clock_.now());
    co_return Response::json(200, document);
}

/// Its address names its digest. The policy is for whoever opens it as a page of its own.
flow::Task<Response> BrandRoutes::logo(Request request) {
    auto reading = desk_.logo();
    Result<flow::Logo> picture = co_await std::move(reading);
    if (!picture) co_return Response::problem(picture.error(), request.path);
    const bool named = request.query == "v=" + desk_.now().logo_digest;
    Response response = Response::text(200, std::move(picture->bytes));
    response.content_type = picture->type;
    response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.set("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
    co_return response;
}

}  // namespace candour::http
