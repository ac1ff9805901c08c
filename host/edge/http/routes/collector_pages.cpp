#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include "core/feedback/signs.hpp"
#include "edge/http/answer_form.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/customer_pages.hpp"
#include "log/log.hpp"
#include "operator_pages_html.hpp"

namespace candour::http {
namespace {

constexpr const char* kAnswering = "answer";
/// 8,000 characters of four bytes, every byte percent-escaped, and the rest of the form. A plugin may ask for
/// less.
constexpr RouteOptions kCollectorPage{Audience::customer, 128 * 1024};

std::vector<std::string> languages_of(const Request& request) {
    return accepted_languages(request.header("Accept-Language"));
}

std::map<std::string, std::string> as_map(const Form& form) {
    std::map<std::string, std::string> fields;
    for (const FormField& field : form.fields()) fields.try_emplace(field.name, field.value);
    return fields;
}

/// The same bytes for everybody, for a day; what is in them says nothing about anybody.
flow::Task<Response> gesture_script() {
    Response response = Response::text(200, std::string(pages::gesture_js));
    response.content_type = "text/javascript; charset=utf-8";
    response.set("Cache-Control", "public, max-age=86400");
    co_return response;
}

std::vector<core::Opening> openings_of(const std::vector<flow::LinkFetch>& fetches) {
    std::vector<core::Opening> openings;
    for (const flow::LinkFetch& fetch : fetches)
        openings.push_back({fetch.at, fetch.score, fetch.method == "POST", fetch.trap});
    return openings;
}

Response page_of(flow::Collected reply) {
    Response response = Response::html(static_cast<unsigned>(reply.status), std::move(reply.body));
    response.content_type = reply.content_type;
    if (!reply.language.empty()) response.set("Content-Language", reply.language);
    return response;
}

}  // namespace

void CollectorPages::add_to(Router& router) {
    router.add(
        Method::get, kGesturePath, [](const Request&) { return gesture_script(); }, kAsset);
    router.add(
        Method::get, "/s/{token}", [this](Request r) { return personal(std::move(r), false); },
        kCollectorPage);
    router.add(
        Method::post, "/s/{token}", [this](Request r) { return personal(std::move(r), true); },
        kCollectorPage);
    router.add(
        Method::get, "/t/{token}", [this](Request r) { return trial(std::move(r), false); }, kCollectorPage);
    router.add(
        Method::post, "/t/{token}", [this](Request r) { return trial(std::move(r), true); }, kCollectorPage);
    router.add(
        Method::get, "/c/{plugin}/{rest*}", [this](Request r) { return open(std::move(r), false); },
        kCollectorPage);
    router.add(
        Method::post, "/c/{plugin}/{rest*}", [this](Request r) { return open(std::move(r), true); },
        kCollectorPage);
}

/// What a personal link leads to; else the page that says why it leads nowhere.
flow::Task<CollectorPages::Led> CollectorPages::led_by(const Request& request, crypto::LinkPurpose purpose) {
    std::string token(request.parameter("token"));
    auto opening = flow::open_link(needs_.links, needs_.tokens, purpose, token, needs_.clock.now());
    Result<flow::OpenedLink> opened = co_await std::move(opening);
    if (!opened) co_return Led{{}, notice(needs_, request, 503, voice::Notice::unavailable)};
    if (opened->state != flow::LinkState::works) co_return Led{{}, dead_link(needs_, request, opened->state)};
    const Result<flow::CollectorRoute> route = routes_.personal_route(opened->link.plugin);
    if (!route) co_return Led{{}, notice(needs_, request, 503, voice::Notice::unavailable)};
    if (request.body.size() > route->max_body)
        co_return Led{{}, notice(needs_, request, 413, voice::Notice::too_large)};
    Led led;
    led.collect.plugin = opened->link.plugin;
    led.collect.route = route->route;
    led.collect.subject = std::move(opened->link.subject);
    led.collect.organisation = needs_.policies->organisation;
    led.collect.form_action = request.path;
    co_return led;
}

flow::Task<Response> CollectorPages::personal(Request request, bool posted) {
    auto leading = led_by(request, crypto::LinkPurpose::survey);
    Led led = co_await std::move(leading);
    if (led.nowhere) co_return *std::move(led.nowhere);
    flow::CollectRequest collect = std::move(led.collect);
    collect.language = language_of(request, collect.subject.language);
    if (collect.subject.language.empty()) collect.languages = languages_of(request);
    std::string subject = collect.subject.message.text();
    auto answering = posted ? submit(std::move(request), std::move(collect), std::move(subject))
                            : view(std::move(request), std::move(collect), std::move(subject));
    Response response = co_await std::move(answering);
    co_return response;
}

flow::Task<Response> CollectorPages::open(Request request, bool posted) {
    const std::string plugin(request.parameter("plugin"));
    const Result<flow::CollectorRoute> route =
        routes_.route(plugin, posted ? "POST" : "GET", "/" + std::string(request.parameter("rest")));
    if (!route && route.error().code == ErrorCode::unsupported)
        co_return to_page(plain_problem(405, route.error().message));
    if (!route) co_return notice(needs_, request, 404, voice::Notice::unknown_link);
    if (request.body.size() > route->max_body)
        co_return notice(needs_, request, 413, voice::Notice::too_large);
    flow::CollectRequest collect;
    collect.plugin = plugin;
    collect.route = route->route;
    collect.params = route->params;
    collect.language = language_of(request, {});
    collect.languages = languages_of(request);
    collect.organisation = needs_.policies->organisation;
    collect.form_action = request.path;
    std::string subject = request.path;
    auto answering = posted ? submit(std::move(request), std::move(collect), std::move(subject))
                            : view(std::move(request), std::move(collect), std::move(subject));
    Response response = co_await std::move(answering);
    co_return response;
}

/// A link of its own purpose, which no other page takes; and a path on which nothing is journaled and what
/// the plugin would keep is dropped: a test cannot become an answer.
flow::Task<Response> CollectorPages::trial(Request request, bool posted) {
    auto leading = led_by(request, crypto::LinkPurpose::survey_test);
    Led led = co_await std::move(leading);
    if (led.nowhere) co_return *std::move(led.nowhere);
    led.collect.test = true;
    led.collect.method = posted ? "POST" : "GET";
    led.collect.language = language_of(request, {});
    led.collect.languages = languages_of(request);
    auto trying = try_out(std::move(request), std::move(led.collect));
    Response response = co_await std::move(trying);
    co_return response;
}

flow::Task<Response> CollectorPages::try_out(Request request, flow::CollectRequest collect) {
    const bool posted = collect.method == "POST";
    const std::string subject = collect.subject.message.text();
    const core::Instant now = needs_.clock.now();
    const Result<Form> fields = posted ? request.form() : request.query_fields();
    if (!fields) co_return notice(needs_, request, 400, voice::Notice::bad_request, fields.error().message);
    if (posted) {
        const Result<FormPress> press = needs_.guard.read_press(*fields, kAnswering, subject, now);
        if (!press) co_return notice(needs_, request, 400, voice::Notice::bad_request, press.error().message);
        collect.key = press->idempotency_key;
    }
    (posted ? collect.form : collect.query) = as_map(*fields);
    collect.form_fields = answer_fields(needs_.guard, kAnswering, subject, now, request.path, true);
    auto trying = intake_.view(std::move(collect));
    Result<flow::Collected> reply = co_await std::move(trying);
    if (!reply && reply.error().code == ErrorCode::not_found)
        co_return notice(needs_, request, 404, voice::Notice::unknown_link);
    if (!reply) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    co_return page_of(std::move(*reply));
}

flow::Task<Response> CollectorPages::view(Request request, flow::CollectRequest collect,
                                          std::string subject) {
    const Result<Form> query = request.query_fields();
    if (!query) co_return notice(needs_, request, 400, voice::Notice::bad_request, query.error().message);
    const core::Instant now = needs_.clock.now();
    const bool personal = !collect.subject.message.empty();
    if (personal) {
        auto noting = note(fetch_of(request, collect.subject.message, *query, now));
        co_await std::move(noting);
    }
    collect.method = "GET";
    collect.query = as_map(*query);
    collect.form_fields = answer_fields(needs_.guard, kAnswering, subject, now, request.path, personal);
    auto viewing = intake_.view(std::move(collect));
    Result<flow::Collected> reply = co_await std::move(viewing);
    if (!reply && reply.error().code == ErrorCode::not_found)
        co_return notice(needs_, request, 404, voice::Notice::unknown_link);
    if (!reply) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    co_return page_of(std::move(*reply));
}

flow::Task<Response> CollectorPages::submit(Request request, flow::CollectRequest collect,
                                            std::string subject) {
    if (!has_content_type(request, "application/x-www-form-urlencoded"))
        co_return to_page(
            wrong_media_type(request.header("Content-Type"), "application/x-www-form-urlencoded"));
    const Result<Form> form = request.form();
    if (!form) co_return notice(needs_, request, 400, voice::Notice::bad_request, form.error().message);
    const Result<FormPress> press = needs_.guard.read_press(*form, kAnswering, subject, needs_.clock.now());
    if (!press) co_return notice(needs_, request, 400, voice::Notice::bad_request, press.error().message);
    const core::Instant now = needs_.clock.now();
    const bool personal = !collect.subject.message.empty();
    collect.method = "POST";
    collect.form = as_map(*form);
    collect.key = press->idempotency_key;
    collect.answer_class = pressed_by(*press, *form);
    // A page that came back with an error is posted again under a nonce of its own.
    collect.form_fields = answer_fields(needs_.guard, kAnswering, subject, now, request.path, personal);
    if (personal) {
        flow::LinkFetch fetch = fetch_of(request, collect.subject.message, *form, now);
        auto looking = look_for_machines(collect, press->issued_at, fetch.score);
        co_await std::move(looking);
        auto noting = note(std::move(fetch));
        co_await std::move(noting);
    }
    auto answering = answer(std::move(request), std::move(collect));
    Response response = co_await std::move(answering);
    co_return response;
}

/// What the link went through around the page and the press. When the notes cannot be read, they accuse
/// nobody.
flow::Task<void> CollectorPages::look_for_machines(flow::CollectRequest& collect, core::Instant page_at,
                                                   int score) {
    const core::Instant now = needs_.clock.now();
    auto reading = fetches_.between(collect.subject.message, page_at - core::kBurst, now);
    const Result<std::vector<flow::LinkFetch>> fetches = co_await std::move(reading);
    if (!fetches)
        log::warn("links: the notes of {} cannot be read: {}", collect.subject.message.text(),
                  fetches.error().message);
    const std::vector<core::Opening> openings = openings_of(fetches.value_or({}));
    collect.many_scores = core::tried_many_scores(openings, page_at, now, score);
    if (core::fell_into_trap(openings, page_at)) collect.answer_class = core::AnswerClass::likely_bot;
}

/// Nobody waits for the note, and no page fails because of it.
flow::Task<void> CollectorPages::note(flow::LinkFetch fetch) {
    const flow::Executor executor = co_await boost::asio::this_coro::executor;
    auto writing = fetches_.append(std::move(fetch));
    boost::asio::co_spawn(executor, std::move(writing),
                          [](const std::exception_ptr& failure, const Done& written) {
                              if (failure || !written)
                                  log::warn("links: a fetch was not noted: {}",
                                            failure ? "an exception" : written.error().message);
                          });
}

flow::Task<Response> CollectorPages::answer(Request request, flow::CollectRequest collect) {
    auto submitting = intake_.submit(std::move(collect));
    Result<flow::Submitted> submitted = co_await std::move(submitting);
    if (!submitted && submitted.error().code == ErrorCode::not_found)
        co_return notice(needs_, request, 404, voice::Notice::unknown_link);
    const bool kept_nothing = !submitted && (submitted.error().code == ErrorCode::unavailable ||
                                             submitted.error().code == ErrorCode::exhausted);
    if (kept_nothing) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (!submitted)
        co_return notice(needs_, request, 422, voice::Notice::bad_request, submitted.error().message);
    if (!submitted->settled) co_return notice(needs_, request, 202, voice::Notice::received);
    co_return page_of(std::move(submitted->reply));
}

}  // namespace candour::http
