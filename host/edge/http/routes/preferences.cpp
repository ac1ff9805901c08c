#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/customer_pages.hpp"

namespace candour::http {
namespace {

constexpr const char* kPurpose = "preferences";
constexpr std::string_view kOneClick = "List-Unsubscribe=One-Click";

/// RFC 8058: the mail program posts exactly this, as a form or as one part of a multipart form.
bool one_click(const Request& request) {
    if (has_content_type(request, "multipart/form-data"))
        return request.body.find("name=\"List-Unsubscribe\"") != std::string::npos &&
               request.body.find("One-Click") != std::string::npos;
    return has_content_type(request, "application/x-www-form-urlencoded") && request.body == kOneClick;
}

voice::StopFacts facts_of(const PageNeeds& needs, const std::string& language) {
    voice::StopFacts facts;
    facts.organisation = needs.policies->organisation;
    facts.language = language;
    facts.privacy_url = needs.policies->privacy_url;
    return facts;
}

}  // namespace

void PreferencePages::add_to(Router& router) {
    router.add(
        Method::get, "/u/{token}", [this](Request r) { return show(std::move(r)); }, kCustomerPage);
    router.add(
        Method::post, "/u/{token}", [this](Request r) { return press(std::move(r)); }, kCustomerPage);
}

Response PreferencePages::ask(const Request& request, const flow::Link& link) const {
    voice::StopFacts facts = facts_of(needs_, language_of(request, link.subject.language));
    facts.form_action = request.path;
    facts.form_fields = needs_.guard.form_fields(kPurpose, link.subject.message.text(), needs_.clock.now());
    return Response::html(200, voice::stop_page(facts));
}

flow::Task<Response> PreferencePages::show(Request request) {
    auto opening =
        flow::open_preferences(needs_.links, needs_.tokens, std::string(request.parameter("token")));
    Result<std::optional<flow::Link>> link = co_await std::move(opening);
    if (!link) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (!*link) co_return dead_link(needs_, request, flow::LinkState::unknown);
    co_return ask(request, **link);
}

flow::Task<Response> PreferencePages::press(Request request) {
    auto opening =
        flow::open_preferences(needs_.links, needs_.tokens, std::string(request.parameter("token")));
    Result<std::optional<flow::Link>> link = co_await std::move(opening);
    if (!link) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (!*link) co_return dead_link(needs_, request, flow::LinkState::unknown);
    std::string way = "one_click";
    if (!one_click(request)) {
        if (!has_content_type(request, "application/x-www-form-urlencoded"))
            co_return to_page(
                wrong_media_type(request.header("Content-Type"), "application/x-www-form-urlencoded"));
        const Result<Form> form = request.form();
        if (!form) co_return notice(needs_, request, 400, voice::Notice::bad_request, form.error().message);
        const Result<FormPress> press =
            needs_.guard.read_press(*form, kPurpose, (*link)->subject.message.text(), needs_.clock.now());
        if (!press) co_return notice(needs_, request, 400, voice::Notice::bad_request, press.error().message);
        // A machine that presses buttons does not speak for anybody: the page asks again.
        if (press->answer_class == core::AnswerClass::likely_bot) co_return ask(request, **link);
        way = "page";
    }
    auto stopping = stop(std::move(request), std::move(**link), std::move(way));
    Response response = co_await std::move(stopping);
    co_return response;
}

flow::Task<Response> PreferencePages::stop(Request request, flow::Link link, std::string way) {
    auto writing = campaigns_.opt_out(link.subject.message, std::move(way), needs_.clock.now());
    const Done written = co_await std::move(writing);
    if (!written) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    co_return Response::html(
        200, voice::stopped_page(facts_of(needs_, language_of(request, link.subject.language))));
}

}  // namespace candour::http
