#include "edge/http/routes/campaign_trial.hpp"

#include <boost/json.hpp>

#include "edge/http/brand_look.hpp"
#include "edge/http/livery.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/json/own_words_text.hpp"
#include "flow/campaign/what_is_asked.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

/// What the routes are told.
struct Trial {
    std::string plugin, about, survey, contact, to, language;
    int reminder = 0;
    core::OwnWords words;
};

Result<Trial> read_trial(const JsonBody& body) {
    Trial trial;
    constexpr std::pair<const char*, std::string Trial::*> texts[] = {
        {"plugin", &Trial::plugin},   {"about", &Trial::about}, {"survey", &Trial::survey},
        {"contact", &Trial::contact}, {"to", &Trial::to},       {"language", &Trial::language}};
    for (const auto& [name, text] : texts) {
        Result<std::string> said = body.text(name);
        if (!said) return said.error();
        trial.*text = std::move(*said);
    }
    const Result<std::optional<std::int64_t>> reminder = body.number("reminder");
    if (!reminder) return reminder.error();
    if (reminder->value_or(0) < 0 || reminder->value_or(0) > static_cast<std::int64_t>(core::kMaxReminders))
        return Error{ErrorCode::invalid, "reminder: expected 0 (the invitation) to 5"};
    trial.reminder = static_cast<int>(reminder->value_or(0));
    Result<core::OwnWords> words = json::own_words_of(bj::parse(body.part("words")));
    if (!words) return words.error();
    if (Done sound = core::check(*words, core::kMaxReminders); !sound) return sound.error();
    trial.words = std::move(*words);
    return trial;
}

/// With `about` as a campaign would keep it.
flow::Task<Result<Trial>> trial_of(const JsonBody& body, flow::Voices& voices) {
    Result<Trial> trial = read_trial(body);
    if (!trial) co_return trial.error();
    flow::WhatIsAsked wanted{trial->plugin, trial->about, trial->survey};
    auto settling = flow::settle_what_is_asked(voices, std::move(wanted));
    Result<std::string> about = co_await std::move(settling);
    if (!about) co_return about.error();
    trial->about = std::move(*about);
    co_return trial;
}

/// The plugin's document with our own words in it, and marked, so that nobody takes it for the real one.
Result<std::string> marked(const std::string& document, const Trial& trial, const core::Policies& policies) {
    boost::system::error_code bad;
    bj::value value = bj::parse(document, bad);
    if (bad || !value.is_object())
        return Error{ErrorCode::internal, "the plugin's message: expected a JSON object"};
    bj::object& mail = value.get_object();
    const auto own = core::words_for(trial.words, trial.reminder, trial.language, policies.language);
    const core::Names names{"", "", policies.organisation};
    const bj::value* subject = mail.if_contains("subject");
    std::string line =
        subject != nullptr && subject->is_string() ? std::string(subject->get_string()) : std::string();
    if (own && !own->subject.empty()) line = core::filled(own->subject, names);
    mail["subject"] = "[Test] " + line;
    bj::value* blocks = mail.if_contains("blocks");
    if (own && !own->text.empty() && blocks != nullptr && blocks->is_array())
        blocks->get_array().insert(blocks->get_array().begin(),
                                   bj::object{{"type", "text"}, {"text", core::filled(own->text, names)}});
    return bj::serialize(value);
}

/// The plugin's pages in the organisation's colour and with its logo.
Result<bj::object> dressed_pages(const std::string& reply, const flow::Brand& brand) {
    boost::system::error_code bad;
    bj::value said = bj::parse(reply, bad);
    bj::value* pages = !bad && said.is_object() ? said.get_object().if_contains("pages") : nullptr;
    if (pages == nullptr || !pages->is_array())
        return Error{ErrorCode::internal, "the plugin's pages: expected {\"pages\": […]}"};
    bj::array shown;
    for (const bj::value& page : pages->get_array()) {
        if (!page.is_object() || !page.get_object().contains("name") || !page.at("html").is_string())
            return Error{ErrorCode::internal, "a page of the plugin: expected {\"name\", \"html\"}"};
        std::string html(page.at("html").get_string());
        dress(html, brand);
        shown.push_back(bj::object{{"name", page.at("name")}, {"html", html}});
    }
    return bj::object{{"pages", std::move(shown)}, {"brand", brand_look(brand)}};
}

}  // namespace

void CampaignTrialRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::post, "/api/v1/campaigns/preview",
               identity.required([this](Request r, const flow::Caller&) { return preview(std::move(r)); },
                                 flow::Scope::read));
    router.add(Method::post, "/api/v1/campaigns/pages",
               identity.required([this](Request r, const flow::Caller&) { return pages(std::move(r)); },
                                 flow::Scope::read));
    router.add(Method::post, "/api/v1/campaigns/test",
               identity.required([this](Request r, const flow::Caller&) { return test(std::move(r)); },
                                 flow::Scope::send));
}

flow::Task<Response> CampaignTrialRoutes::preview(Request request) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"plugin", "about", "survey", "contact", "reminder", "words"});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto reading = trial_of(*body, needs_.voices);
    const Result<Trial> trial = co_await std::move(reading);
    if (!trial) co_return Response::problem(trial.error(), request.path);
    auto finding = needs_.store.reader(trial->contact);
    const Result<flow::Reader> reader = co_await std::move(finding);
    if (!reader) co_return Response::problem(reader.error(), request.path);
    flow::DueMessage message;
    message.kind = core::MessageKind::invitation;
    message.plugin = trial->plugin;
    message.about = trial->about;
    message.contact = reader->contact;
    message.contact_name = reader->name;
    message.account_name = reader->account_name;
    message.language = reader->language;
    message.zone = reader->zone;
    message.address = reader->address;
    message.reminder = trial->reminder;
    message.words = json::write_own_words(trial->words);
    message.id = MessageId(IdBytes{});
    message.invitation = message.id;
    auto composing = needs_.preview(std::move(message));
    const Result<voice::Mail> mail = co_await std::move(composing);
    if (!mail) co_return Response::problem(mail.error(), request.path);
    const bj::object document{
        {"contact", reader->contact.text()},
        {"to", reader->address},
        {"language", reader->language.empty() ? needs_.policies->language : reader->language},
        {"subject", mail->subject},
        {"text", mail->text},
        {"html", mail->html}};
    co_return Response::json(200, document);
}

flow::Task<Response> CampaignTrialRoutes::pages(Request request) {
    const Result<JsonBody> body = JsonBody::read(request, {"plugin", "about", "survey", "language"});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto reading = trial_of(*body, needs_.voices);
    const Result<Trial> trial = co_await std::move(reading);
    if (!trial) co_return Response::problem(trial.error(), request.path);
    const core::Policies& policies = *needs_.policies;
    const bj::object wanted{{"about", trial->about},
                            {"language", trial->language.empty() ? policies.language : trial->language},
                            {"organisation", policies.organisation},
                            {"hear_days", policies.of(core::Segment::reliable).hear.count()}};
    auto asking = needs_.collectors.event(trial->plugin, "campaign.pages", bj::serialize(wanted));
    const Result<std::string> reply = co_await std::move(asking);
    if (!reply) co_return Response::problem(reply.error(), request.path);
    const Result<bj::object> document = dressed_pages(*reply, needs_.brand.now());
    if (!document) co_return Response::problem(document.error(), request.path);
    co_return Response::json(200, *document);
}

flow::Task<Response> CampaignTrialRoutes::test(Request request) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"plugin", "about", "survey", "to", "language", "reminder", "words"});
    if (!body) co_return Response::problem(body.error(), request.path);
    auto reading = trial_of(*body, needs_.voices);
    const Result<Trial> trial = co_await std::move(reading);
    if (!trial) co_return Response::problem(trial.error(), request.path);
    flow::WordsRequest wanted;
    wanted.plugin = trial->plugin;
    wanted.kind = trial->reminder > 0 ? "reminder" : "invitation";
    wanted.language = trial->language.empty() ? needs_.policies->language : trial->language;
    wanted.about = trial->about;
    wanted.organisation = needs_.policies->organisation;
    auto asking = needs_.voices.compose(std::move(wanted));
    const Result<std::string> words = co_await std::move(asking);
    if (!words) co_return Response::problem(words.error(), request.path);
    const Result<std::string> document = marked(*words, *trial, *needs_.policies);
    if (!document) co_return Response::problem(document.error(), request.path);
    auto sending = needs_.store.send_trial(trial->plugin, trial->to, *document, needs_.clock.now());
    const Result<MessageId> message = co_await std::move(sending);
    if (!message) co_return Response::problem(message.error(), request.path);
    const bj::object answer{{"message", message->text()}, {"to", trial->to}};
    co_return Response::json(202, answer);
}

}  // namespace candour::http
