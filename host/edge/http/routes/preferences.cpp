#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/customer_pages.hpp"
#include "voice/catalogue.hpp"

namespace candour::http {
namespace {

constexpr const char* kPreferring = "preferences";
/// As many as the page shows.
constexpr std::size_t kMostQuestions = 12;
constexpr std::size_t kLongestKey = 400;
constexpr std::string_view kOneClick = "List-Unsubscribe=One-Click";

/// RFC 8058: the mail program posts exactly this, as a form or as one part of a multipart form.
bool one_click(const Request& request) {
    if (has_content_type(request, "multipart/form-data"))
        return request.body.find("name=\"List-Unsubscribe\"") != std::string::npos &&
               request.body.find("One-Click") != std::string::npos;
    return has_content_type(request, "application/x-www-form-urlencoded") && request.body == kOneClick;
}

std::string key_of(const flow::AskedQuestion& one) {
    return one.plugin + "/" + one.about;
}

/// What brings these preferences back, as the page's own form would post it.
std::vector<std::pair<std::string, std::string>> fields_of(const flow::Preferences& before,
                                                           const std::string& language) {
    std::vector<std::pair<std::string, std::string>> fields{
        {"how", std::string(core::name_of(flow::kHowOften, before.how))}, {"language", language}};
    for (std::size_t i = 0; i < before.questions.size(); ++i) {
        const std::string n = std::to_string(i);
        fields.emplace_back("k" + n, key_of(before.questions[i]));
        if (!before.questions[i].muted) fields.emplace_back("a" + n, "1");
    }
    return fields;
}

void show_preferences(voice::StopFacts& facts, const flow::Preferences& preferences) {
    facts.how = core::name_of(flow::kHowOften, preferences.how);
    for (const flow::AskedQuestion& one : preferences.questions)
        facts.questions.push_back({key_of(one), one.label, one.muted});
    facts.person_name = preferences.person_name;
    facts.person_email = preferences.person_email;
}

bool is_our_language(const std::string& language) {
    return voice::catalogue(language).language() == language;
}

Result<flow::NewPreferences> preferences_in(const Form& form) {
    flow::NewPreferences wishes;
    const std::string how(form.get("how"));
    const auto known = core::value_of(flow::kHowOften, how);
    if (!known)
        return Error{ErrorCode::invalid,
                     "how: expected as_asked, light or never, found \"" + how.substr(0, 40) + "\""};
    wishes.how = *known;
    if (const std::string language(form.get("language")); is_our_language(language))
        wishes.language = language;
    for (std::size_t i = 0; i < kMostQuestions; ++i) {
        const std::string n = std::to_string(i), key(form.get("k" + n));
        const std::size_t slash = key.find('/');
        if (slash == std::string::npos || key.size() > kLongestKey) continue;
        wishes.questions.push_back(
            {key.substr(0, slash), key.substr(slash + 1), "", form.find("a" + n) == nullptr});
    }
    return wishes;
}

}  // namespace

void PreferencePages::add_to(Router& router) {
    router.add(
        Method::get, "/u/{token}", [this](Request r) { return show(std::move(r)); }, kCustomerPage);
    router.add(
        Method::post, "/u/{token}", [this](Request r) { return press(std::move(r)); }, kCustomerPage);
}

voice::StopFacts PreferencePages::facts_of(const Request& request, const flow::Link& link) const {
    voice::StopFacts facts;
    facts.organisation = needs_.policies->organisation;
    facts.language = language_of(request, link.subject.language);
    facts.privacy_url = needs_.policies->privacy_url;
    facts.form_action = request.path;
    facts.form_fields =
        needs_.guard.form_fields(kPreferring, link.subject.message.text(), needs_.clock.now());
    return facts;
}

/// `before`: what was in force until this press.
flow::Task<Response> PreferencePages::ask(Request request, flow::Link link,
                                          std::optional<flow::Preferences> before) {
    auto reading = preferences_.preferences(link.subject.message);
    const Result<flow::Preferences> now = co_await std::move(reading);
    if (!now) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    const std::string spoken_before = language_of(request, before ? before->language : link.subject.language);
    if (is_our_language(now->language)) link.subject.language = now->language;
    voice::StopFacts facts = facts_of(request, link);
    show_preferences(facts, *now);
    facts.saved = before.has_value();
    if (before) facts.undo = fields_of(*before, voice::catalogue(spoken_before).language());
    co_return Response::html(200, voice::stop_page(facts));
}

flow::Task<Response> PreferencePages::show(Request request) {
    auto opening =
        flow::open_preferences(needs_.links, needs_.tokens, std::string(request.parameter("token")));
    Result<std::optional<flow::Link>> link = co_await std::move(opening);
    if (!link) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    if (!*link) co_return dead_link(needs_, request, flow::LinkState::unknown);
    auto asking = ask(std::move(request), std::move(**link), std::nullopt);
    Response page = co_await std::move(asking);
    co_return page;
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
            needs_.guard.read_press(*form, kPreferring, (*link)->subject.message.text(), needs_.clock.now());
        if (!press) co_return notice(needs_, request, 400, voice::Notice::bad_request, press.error().message);
        // A machine that presses buttons does not speak for anybody: the page asks again.
        if (press->answer_class == core::AnswerClass::likely_bot) {
            auto asking = ask(std::move(request), std::move(**link), std::nullopt);
            Response page = co_await std::move(asking);
            co_return page;
        }
        if (form->find("how") != nullptr) {
            auto saving = save(std::move(request), std::move(**link), *form);
            Response page = co_await std::move(saving);
            co_return page;
        }
        way = "page";
    }
    auto stopping = stop(std::move(request), std::move(**link), std::move(way));
    Response response = co_await std::move(stopping);
    co_return response;
}

flow::Task<Response> PreferencePages::stop(Request request, flow::Link link, std::string way) {
    auto reading = preferences_.preferences(link.subject.message);
    const Result<flow::Preferences> before = co_await std::move(reading);
    auto writing = campaigns_.opt_out(link.subject.message, std::move(way), needs_.clock.now());
    const Done written = co_await std::move(writing);
    if (!written || !before) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    voice::StopFacts facts = facts_of(request, link);
    show_preferences(facts, *before);
    // Pressed again, there is nothing left to take back to.
    if (before->how != flow::HowOften::never)
        facts.undo = fields_of(*before, voice::catalogue(facts.language).language());
    co_return Response::html(200, voice::stopped_page(facts));
}

flow::Task<Response> PreferencePages::save(Request request, flow::Link link, Form form) {
    Result<flow::NewPreferences> wishes = preferences_in(form);
    if (!wishes) co_return notice(needs_, request, 400, voice::Notice::bad_request, wishes.error().message);
    auto writing = preferences_.prefer(link.subject.message, std::move(*wishes), needs_.clock.now());
    Result<flow::Preferences> before = co_await std::move(writing);
    if (!before) co_return notice(needs_, request, 503, voice::Notice::unavailable);
    auto asking = ask(std::move(request), std::move(link), std::move(*before));
    Response page = co_await std::move(asking);
    co_return page;
}

}  // namespace candour::http
