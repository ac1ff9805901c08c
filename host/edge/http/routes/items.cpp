#include "edge/http/routes/items.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/commanding.hpp"
#include "edge/http/routes/item_query.hpp"
#include "edge/http/routes/statements.hpp"
#include "edge/json/item_document.hpp"
#include "edge/json/letter_document.hpp"
#include "edge/json/time_text.hpp"
#include "zone/civil.hpp"

namespace candour::http {
namespace {

constexpr const char* kItemCommands[] = {"hear",    "decide",    "change",  "tell",        "cancel-tell",
                                         "seen",    "dismiss",   "abandon", "reopen",      "no-objection",
                                         "objects", "hand-over", "merge",   "our-failure", "note"};

/// What leaves towards the customer at once; the words of other steps can still be corrected before they are
/// told.
}  // namespace

void ItemRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/items",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/items/{item}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::get, "/api/v1/items/{item}/closing-message",
        identity.required([this](Request r, const flow::Caller&) { return closing_message(std::move(r)); }));
    router.add(Method::get, "/api/v1/items/{item}/proposals",
               identity.required([this](Request r, const flow::Caller&) { return proposals(std::move(r)); }));
    for (const char* name : kItemCommands)
        router.add(
            Method::post, std::string("/api/v1/items/{item}/") + name,
            identity.required(
                [this, name](Request r, flow::Caller c) { return command(std::move(r), std::move(c), name); },
                scope_of_command(name)));
}

flow::Task<Response> ItemRoutes::list(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, kItemFilters);
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::ItemQuery> query = read_item_query(*list, needs_.clock.now());
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    auto reading = needs_.items.list(*query);
    Result<flow::ItemPage> found = co_await std::move(reading);
    if (!found) co_return Response::problem(found.error(), request.path);
    boost::json::array items;
    for (const flow::ItemView& view : found->items) items.push_back(json::item_document(view));
    boost::json::object page{{"items", std::move(items)}, {"next", nullptr}};
    if (found->next)
        page["next"] = list->cursor({std::to_string(found->next->key), std::to_string(found->next->number)});
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
    document["page_url"] =
        page && !page->empty() ? boost::json::value(needs_.page_url(*page)) : boost::json::value(nullptr);
    document["history"] = json::history_document(*history);
    document["messages"] = json::messages_document(*messages);
    auto proposing = needs_.many.proposals(view->item.id, request.sees);
    Result<std::vector<flow::Proposal>> proposed = co_await std::move(proposing);
    document["proposals"] = json::proposals_document(proposed.value_or({}));
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
    co_return Response::json(200, json::letter_document(*view, mail->subject, mail->text, mail->html));
}

flow::Task<Response> ItemRoutes::command(Request request, flow::Caller caller, std::string name) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) co_return to_response(bad_request(version.error().message));
    if (!*version) co_return to_response(version_required());
    Result<JsonBody> body = JsonBody::read(
        request, {"text",   "mail",      "will_change", "why",     "trade_off", "decided_by", "by",
                  "link",   "in_person", "at_once",     "said",    "channel",   "when",       "contact",
                  "reason", "note",      "our_failure", "failure", "to",        "into",       "ours"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    if (name == "hear" && body->flag("mail", true).value_or(true) && !caller.scopes.allow(flow::Scope::send))
        co_return to_response(
            scope_missing(caller, flow::Scope::send, request));  // what was heard leaves by mail
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

/// A conflict is either a stale version (412, with the state as it is now) or a step that does not follow
/// (409).
flow::Task<Response> ItemRoutes::refused(flow::ItemRef ref, std::int64_t seen, Error error,
                                         std::string path) {
    if (error.code != ErrorCode::conflict) co_return Response::problem(error, path);
    auto finding = needs_.items.find(ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view || core::as_seen(view->item, static_cast<int>(seen))) co_return Response::problem(error, path);
    Response response = to_response(stale_version(seen, view->item.version, json::item_document(*view)));
    co_return with_version(std::move(response), view->item.version);
}

flow::Task<ItemRoutes::Item> ItemRoutes::give(std::string name, flow::Command command, JsonBody body) {
    if (name == "tell" || name == "seen") {
        auto telling = name == "tell" ? tell(std::move(command), std::move(body))
                                      : give_conversation(std::move(command), std::move(body), false);
        Item item = co_await std::move(telling);
        co_return item;
    }
    if (name == "hand-over" || name == "merge" || name == "our-failure") {
        auto belonging = belong(std::move(name), std::move(command), std::move(body));
        Item item = co_await std::move(belonging);
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
        Result<core::FailureTexts> failure = read_failure(body);
        if (!failure) co_return failure.error();
        pending = needs_.loop.change(std::move(command), text, (*words)[1], std::move(*failure));
    } else if (name == "note") {
        pending = needs_.loop.note(std::move(command), text);
    } else if (name == "cancel-tell") {
        pending = needs_.loop.cancel_tell(std::move(command));
    } else if (name == "abandon") {
        pending = needs_.loop.abandon(std::move(command), reason);
    } else if (name == "reopen") {
        pending = needs_.loop.reopen(std::move(command), reason);
    } else if (name == "no-objection") {
        pending = needs_.loop.no_objection(std::move(command));
    } else if (name == "objects") {
        pending = needs_.loop.objected(std::move(command), (*words)[3]);
    } else {
        const auto why = core::value_of(core::kDismissals, reason);
        if (!why)
            co_return Error{
                ErrorCode::invalid,
                "reason: expected thanked, spam, merged or not_feedback, found \"" + reason + "\""};
        pending = needs_.loop.dismiss(std::move(command), *why, (*words)[3]);
    }
    Item item = co_await std::move(pending);
    co_return item;
}

flow::Task<ItemRoutes::Item> ItemRoutes::belong(std::string name, flow::Command command, JsonBody body) {
    const auto words = texts(body, {"to", "into", "note"});
    if (!words) co_return words.error();
    const Result<bool> ours = body.flag("ours", true);
    if (!ours) co_return ours.error();
    flow::Task<Item> pending;
    if (name == "merge") {
        const Result<flow::ItemRef> into = flow::ItemRef::parse((*words)[1]);
        if (!into) co_return Error{ErrorCode::invalid, "into: " + into.error().message};
        pending =
            needs_.belonging.merge({command.item, command.seen_version}, *into, command.actor, (*words)[2]);
    } else if (name == "hand-over") {
        auto finding = needs_.care.teammate((*words)[0]);
        Result<core::Teammate> teammate = co_await std::move(finding);
        if (!teammate) co_return Error{ErrorCode::invalid, "to: " + teammate.error().message};
        pending = needs_.loop.hand_on(std::move(command), teammate->id.text(), (*words)[2]);
    } else {
        pending = needs_.loop.mark_failure(std::move(command), *ours, (*words)[2]);
    }
    Item item = co_await std::move(pending);
    co_return item;
}

flow::Task<Response> ItemRoutes::proposals(Request request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = needs_.items.find(*ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto reading = needs_.many.proposals(view->item.id, request.sees);
    Result<std::vector<flow::Proposal>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const boost::json::object document{{"proposals", json::proposals_document(*all)}};
    co_return Response::json(200, document);
}

flow::Task<ItemRoutes::Item> ItemRoutes::tell(flow::Command command, JsonBody body) {
    if (!body.has("in_person")) {
        const Result<bool> at_once = body.flag("at_once", false);
        if (!at_once) co_return at_once.error();
        auto telling = needs_.loop.tell(std::move(command), *at_once);
        Item item = co_await std::move(telling);
        co_return item;
    }
    Result<JsonBody> talk = body.object("in_person", {"said", "channel", "when", "contact"});
    if (!talk) co_return talk.error();
    auto telling = give_conversation(std::move(command), std::move(*talk), true);
    Item item = co_await std::move(telling);
    co_return item;
}

flow::Task<ItemRoutes::Item> ItemRoutes::give_conversation(flow::Command command, JsonBody body,
                                                           bool telling) {
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
