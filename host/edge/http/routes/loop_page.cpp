#include "core/feedback/text.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/customer_pages.hpp"
#include "edge/telling/loop_facts.hpp"

namespace candour::http {
namespace {

constexpr const char* kClosing = "loop";
/// What the page's text field takes.
constexpr std::size_t kMaxMore = 4'000;

voice::Press as_voice(flow::Press press) {
    switch (press) {
        case flow::Press::seen:
            return voice::Press::seen;
        case flow::Press::confirmed:
            return voice::Press::confirmed;
        case flow::Press::not_yet:
            return voice::Press::not_yet;
        case flow::Press::correct:
            break;
    }
    return voice::Press::correct;
}

}  // namespace

void LoopPage::add_to(Router& router) {
    router.add(
        Method::get, "/l/{token}", [this](Request r) { return show(std::move(r)); }, kCustomerPage);
    router.add(
        Method::post, "/l/{token}", [this](Request r) { return press(std::move(r)); }, kCustomerPage);
}

flow::Task<Result<voice::LoopFacts>> LoopPage::facts_of(flow::Link link, std::string token) {
    const std::string url = page_url_(link.subject.message);
    auto showing = pages_.show(std::move(link));
    Result<flow::LoopPageFacts> facts = co_await std::move(showing);
    if (!facts) co_return facts.error();
    voice::LoopFacts page = telling::loop_facts(facts->item, facts->history, *needs_.policies, url);
    page.form_action = "/l/" + token;
    page.form_fields =
        needs_.guard.form_fields(kClosing, facts->link.subject.message.text(), needs_.clock.now());
    co_return page;
}

flow::Task<Response> LoopPage::show(Request request) {
    std::string token(request.parameter("token"));
    auto opening =
        flow::open_link(needs_.links, needs_.tokens, crypto::LinkPurpose::loop, token, needs_.clock.now());
    Result<flow::OpenedLink> opened = co_await std::move(opening);
    if (!opened) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (opened->state != flow::LinkState::works) co_return dead_link(needs_, request, opened->state);
    auto gathering = facts_of(std::move(opened->link), std::move(token));
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts && facts.error().code == ErrorCode::not_found)
        co_return dead_link(needs_, request, flow::LinkState::unknown);
    if (!facts) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    Response response = Response::html(200, voice::loop_page(*facts));
    response.set("Content-Language", facts->language);
    co_return response;
}

flow::Task<Response> LoopPage::press(Request request) {
    std::string token(request.parameter("token"));
    auto opening =
        flow::open_link(needs_.links, needs_.tokens, crypto::LinkPurpose::loop, token, needs_.clock.now());
    Result<flow::OpenedLink> opened = co_await std::move(opening);
    if (!opened) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (opened->state != flow::LinkState::works) co_return dead_link(needs_, request, opened->state);
    if (!has_content_type(request, "application/x-www-form-urlencoded"))
        co_return to_page(
            wrong_media_type(request.header("Content-Type"), "application/x-www-form-urlencoded"));
    const Result<Form> form = request.form();
    if (!form) co_return notice(needs_, request, 400, voice::Notice::bad_request, form.error().message);
    const Result<FormPress> guard =
        needs_.guard.read_press(*form, kClosing, opened->link.subject.message.text(), needs_.clock.now());
    if (!guard) co_return notice(needs_, request, 400, voice::Notice::bad_request, guard.error().message);
    const auto which = core::value_of(flow::kPresses, form->get("press"));
    if (!which) co_return notice(needs_, request, 400, voice::Notice::bad_request);
    std::string text(form->get("more"));
    if (Done words = core::check_text("more", text, kMaxMore);
        !words && core::code_points(text).value_or(0) <= kMaxMore)
        co_return notice(needs_, request, 422, voice::Notice::bad_request, words.error().message);
    // A machine's press proves nothing; a person is asked for one more.
    if (guard->answer_class == core::AnswerClass::likely_bot) co_return press_again(request, *form, token);
    auto pressing =
        pressed(std::move(request), std::move(opened->link), *which, std::move(text), std::move(token));
    Response response = co_await std::move(pressing);
    co_return response;
}

Response LoopPage::press_again(const Request& request, const Form& form, const std::string& token) const {
    voice::PressAgain facts;
    facts.organisation = needs_.policies->organisation;
    facts.language = language_of(request, {});
    facts.form_action = "/l/" + token;
    const std::optional<MessageId> message = needs_.tokens.read(crypto::LinkPurpose::loop, token);
    facts.form_fields = needs_.guard.form_fields(kClosing, message->text(), needs_.clock.now());
    facts.carried = {{"press", std::string(form.get("press"))}, {"more", std::string(form.get("more"))}};
    facts.privacy_url = needs_.policies->privacy_url;
    return Response::html(200, voice::press_again_page(facts));
}

flow::Task<Response> LoopPage::page_again(Request request, flow::Link link, std::string token,
                                          unsigned status, std::string typed) {
    auto gathering = facts_of(std::move(link), std::move(token));
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    facts->late = status == 409;
    if (!facts->late)
        facts->fault = core::code_points(typed).value_or(0) > kMaxMore ? voice::FormFault::too_long
                                                                       : voice::FormFault::no_words;
    facts->typed = std::move(typed);
    Response response = Response::html(status, voice::loop_page(*facts));
    response.set("Content-Language", facts->language);
    co_return response;
}

flow::Task<Response> LoopPage::pressed(Request request, flow::Link link, flow::Press press, std::string text,
                                       std::string token) {
    const bool too_long = core::code_points(text).value_or(0) > kMaxMore;
    if (too_long) {
        auto again = page_again(std::move(request), std::move(link), std::move(token), 422, std::move(text));
        Response response = co_await std::move(again);
        co_return response;
    }
    auto pressing = pages_.press(link, press, text);
    Result<core::Item> item = co_await std::move(pressing);
    const bool unfit = !item && item.error().code == ErrorCode::invalid;
    if (unfit || (!item && item.error().code == ErrorCode::conflict)) {
        // Without its words, pressed twice, or overtaken: the page as it is now says it best.
        auto again = page_again(std::move(request), std::move(link), std::move(token), unfit ? 422 : 409,
                                unfit ? std::move(text) : std::string());
        Response response = co_await std::move(again);
        co_return response;
    }
    if (!item) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    auto gathering = facts_of(std::move(link), std::move(token));
    Result<voice::LoopFacts> facts = co_await std::move(gathering);
    if (!facts) co_return notice(needs_, request, 202, voice::Notice::received);
    co_return Response::html(200, voice::pressed_page(as_voice(press), *facts));
}

}  // namespace candour::http
