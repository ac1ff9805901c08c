#include "edge/http/routes/items.hpp"

#include <boost/json.hpp>

#include <charconv>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/json/item_document.hpp"
#include "edge/json/time_text.hpp"
#include "zone/civil.hpp"

namespace candour::http {
namespace {

constexpr const char* kCommands[] = {"hear", "decide", "change", "tell", "cancel-tell", "seen", "dismiss", "abandon", "reopen"};

Response with_version(Response response, int version) {
    response.set("ETag", "\"" + std::to_string(version) + "\"");
    return response;
}

Result<std::int64_t> number_field(const Form& query, std::string_view name, std::int64_t when_absent, std::int64_t most) {
    const std::string* text = query.find(name);
    if (text == nullptr || text->empty()) return when_absent;
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failure == std::errc() && end == text->data() + text->size() && value >= 1 && value <= most) return value;
    return Error{ErrorCode::invalid, std::string(name) + ": expected a whole number from 1 to " + std::to_string(most) + ", found \"" + *text + "\""};
}

Result<flow::ItemQuery> read_query(const Request& request) {
    const Result<Form> form = request.query_fields();
    if (!form) return form.error();
    flow::ItemQuery query;
    if (const std::string* state = form->find("state"); state != nullptr && !state->empty()) {
        query.state = core::value_of(core::kStates, *state);
        if (!query.state) return Error{ErrorCode::invalid, "state: expected raised, heard, decided, changed, told, visibly_closed, dismissed or abandoned, found \"" + *state + "\""};
    }
    query.owner = form->get("owner");
    query.account = form->get("account");
    const Result<std::int64_t> before = number_field(*form, "before", 0, std::numeric_limits<std::int64_t>::max());
    const Result<std::int64_t> limit = number_field(*form, "limit", 50, 500);
    if (!before) return before.error();
    if (!limit) return limit.error();
    query.before = *before;
    query.limit = static_cast<int>(*limit);
    return query;
}

/// The end of that day where the organisation lives: a promise for Friday is kept on Friday evening.
Result<core::Instant> end_of_day(std::string_view name, const std::string& text, const std::string& zone) {
    int y = 0, m = 0, d = 0, used = 0;
    const bool shaped = std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &y, &m, &d, &used) == 3 && used == 10 && text.size() == 10;
    const std::chrono::year_month_day date{std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
    if (!shaped || !date.ok()) return Error{ErrorCode::invalid, std::string(name) + ": expected a date as YYYY-MM-DD, found \"" + text + "\""};
    return zone::instant_of(date, std::chrono::hours(23) + std::chrono::minutes(59) + std::chrono::seconds(59), zone);
}

/// The texts of several fields at once; the first that is not a text is the error.
Result<std::vector<std::string>> texts(const JsonBody& body, std::initializer_list<std::string_view> fields) {
    std::vector<std::string> all;
    for (const std::string_view field : fields) {
        Result<std::string> text = body.text(field);
        if (!text) return text.error();
        all.push_back(std::move(*text));
    }
    return all;
}

Result<core::Decision> read_decision(const JsonBody& body, const std::string& zone) {
    if (!body.has("will_change")) return Error{ErrorCode::invalid, "will_change: expected true or false, found nothing"};
    const Result<bool> will_change = body.flag("will_change", true);
    if (!will_change) return will_change.error();
    const auto words = texts(body, {"text", "why", "trade_off", "decided_by", "by"});
    if (!words) return words.error();
    core::Decision decision{*will_change, (*words)[0], (*words)[1], (*words)[2], (*words)[3], core::kNever};
    if (!*will_change) return decision;
    const Result<core::Instant> by = end_of_day("by", (*words)[4], zone);
    if (!by) return by.error();
    decision.promised_by = *by;
    return decision;
}

}  // namespace

void ItemRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/items", identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/items/{item}", identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::get, "/api/v1/items/{item}/closing-message",
               identity.required([this](Request r, const flow::Caller&) { return closing_message(std::move(r)); }));
    for (const char* name : kCommands)
        router.add(Method::post, std::string("/api/v1/items/{item}/") + name,
                   identity.required([this, name](Request r, flow::Caller c) { return command(std::move(r), std::move(c), name); }));
}

flow::Task<Response> ItemRoutes::list(Request request) {
    const Result<flow::ItemQuery> query = read_query(request);
    if (!query) co_return Response::problem(query.error(), request.path);
    flow::ItemQuery one_more = *query;
    ++one_more.limit;
    auto reading = needs_.items.list(one_more);
    Result<std::vector<flow::ItemView>> views = co_await std::move(reading);
    if (!views) co_return Response::problem(views.error(), request.path);
    const bool more = views->size() > static_cast<std::size_t>(query->limit);
    if (more) views->pop_back();
    boost::json::array items;
    for (const flow::ItemView& view : *views) items.push_back(json::item_document(view));
    boost::json::object page{{"items", std::move(items)}, {"next", nullptr}};
    if (more) page["next"] = views->back().number;
    co_return Response::json(200, page);
}

flow::Task<Response> ItemRoutes::show(Request request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = needs_.items.find(*ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto reading = needs_.items.history(view->item.id);
    Result<std::vector<flow::HistoryEntry>> history = co_await std::move(reading);
    if (!history) co_return Response::problem(history.error(), request.path);
    auto asking = needs_.mailbook.of_item(view->item.id);
    Result<std::vector<flow::MessageRow>> messages = co_await std::move(asking);
    if (!messages) co_return Response::problem(messages.error(), request.path);
    auto looking = needs_.links.page_of(view->item.id);
    Result<MessageId> page = co_await std::move(looking);
    boost::json::object document = json::item_document(*view);
    document["page_url"] = page && !page->empty() ? boost::json::value(needs_.page_url(*page)) : boost::json::value(nullptr);
    document["history"] = json::history_document(*history);
    document["messages"] = json::messages_document(*messages);
    co_return with_version(Response::json(200, document), view->item.version);
}

flow::Task<Response> ItemRoutes::closing_message(Request request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = needs_.items.find(*ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto previewing = needs_.preview(view->item.id);
    Result<voice::Mail> mail = co_await std::move(previewing);
    if (!mail) co_return Response::problem(mail.error(), request.path);
    const boost::json::object document{{"to", view->contact_name}, {"language", view->contact_language}, {"subject", mail->subject}, {"text", mail->text}};
    co_return Response::json(200, document);
}

flow::Task<Response> ItemRoutes::command(Request request, flow::Caller caller, std::string name) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    Result<JsonBody> body = JsonBody::read(request, {"text", "mail", "will_change", "why", "trade_off", "decided_by", "by", "link", "in_person", "said",
                                                     "channel", "when", "contact", "reason", "note"});
    if (!body && body.error().code == ErrorCode::unsupported) co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    flow::Command command{*ref, caller.actor(), static_cast<int>(**version)};
    auto giving = give(std::move(name), std::move(command), std::move(*body));
    Item item = co_await std::move(giving);
    if (!item) {
        auto explaining = refused(*ref, **version, item.error(), request.path);
        Response response = co_await std::move(explaining);
        co_return response;
    }
    auto finding = needs_.items.find(flow::ItemRef{item->id, 0});
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    co_return with_version(Response::json(200, json::item_document(*view)), view->item.version);
}

/// A conflict is either a stale version (412, with the state as it is now) or a step that does not follow (409).
flow::Task<Response> ItemRoutes::refused(flow::ItemRef ref, std::int64_t seen, Error error, std::string path) {
    if (error.code != ErrorCode::conflict) co_return Response::problem(error, path);
    auto finding = needs_.items.find(ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view || view->item.version == seen) co_return Response::problem(error, path);
    Response response = to_response(stale_version(seen, view->item.version, json::item_document(*view)));
    co_return with_version(std::move(response), view->item.version);
}

flow::Task<ItemRoutes::Item> ItemRoutes::give(std::string name, flow::Command command, JsonBody body) {
    if (name == "tell" || name == "seen") {
        auto telling = name == "tell" ? tell(std::move(command), std::move(body)) : give_conversation(std::move(command), std::move(body), false);
        Item item = co_await std::move(telling);
        co_return item;
    }
    const auto words = texts(body, {"text", "link", "reason", "note"});
    if (!words) co_return words.error();
    const Result<bool> mail = body.flag("mail", true);
    if (!mail) co_return mail.error();
    const std::string& text = (*words)[0];
    const std::string& reason = (*words)[2];
    flow::Task<Item> pending;
    if (name == "hear") {
        pending = needs_.loop.hear(std::move(command), text, *mail);
    } else if (name == "decide") {
        const Result<core::Decision> decision = read_decision(body, needs_.policies->zone);
        if (!decision) co_return decision.error();
        pending = needs_.loop.decide(std::move(command), *decision);
    } else if (name == "change") {
        pending = needs_.loop.change(std::move(command), text, (*words)[1]);
    } else if (name == "cancel-tell") {
        pending = needs_.loop.cancel_tell(std::move(command));
    } else if (name == "abandon") {
        pending = needs_.loop.abandon(std::move(command), reason);
    } else if (name == "reopen") {
        pending = needs_.loop.reopen(std::move(command), reason);
    } else {
        const auto why = core::value_of(core::kDismissals, reason);
        if (!why) co_return Error{ErrorCode::invalid, "reason: expected thanked, spam, merged or not_feedback, found \"" + reason + "\""};
        pending = needs_.loop.dismiss(std::move(command), *why, (*words)[3]);
    }
    Item item = co_await std::move(pending);
    co_return item;
}

flow::Task<ItemRoutes::Item> ItemRoutes::tell(flow::Command command, JsonBody body) {
    if (!body.has("in_person")) {
        auto telling = needs_.loop.tell(std::move(command));
        Item item = co_await std::move(telling);
        co_return item;
    }
    Result<JsonBody> talk = body.object("in_person", {"said", "channel", "when", "contact"});
    if (!talk) co_return talk.error();
    auto telling = give_conversation(std::move(command), std::move(*talk), true);
    Item item = co_await std::move(telling);
    co_return item;
}

flow::Task<ItemRoutes::Item> ItemRoutes::give_conversation(flow::Command command, JsonBody body, bool telling) {
    const auto words = texts(body, {"contact", "channel", "said", "when"});
    if (!words) co_return words.error();
    auto finding = needs_.items.find(command.item);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return view.error();
    core::Conversation talk{(*words)[0], core::kNever, (*words)[1], (*words)[2]};
    if (talk.contact.empty()) talk.contact = view->item.contact.text();
    const Result<core::Instant> when = json::from_rfc3339("when", (*words)[3]);
    if (!when) co_return when.error();
    talk.at = *when;
    auto giving = telling ? needs_.loop.tell_in_person(std::move(command), std::move(talk))
                          : needs_.loop.record_conversation(std::move(command), std::move(talk));
    Item item = co_await std::move(giving);
    co_return item;
}

}  // namespace candour::http
