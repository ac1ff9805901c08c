#include "edge/http/routes/item_desk.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "crypto/digest.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/commanding.hpp"
#include "edge/http/routes/item_query.hpp"
#include "edge/http/routes/statements.hpp"
#include "edge/json/draft_document.hpp"
#include "edge/json/item_document.hpp"
#include "edge/json/letter_document.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr std::string_view kCountFilters[] = {"owner",  "account", "contact", "segment", "level",
                                              "source", "theme",   "overdue", "quiet",   "owes",
                                              "since",  "until",   "q"};
/// What somebody can be writing.
constexpr std::string_view kDraftSteps[] = {"hear",    "decide",  "change",       "tell",        "seen",
                                            "reopen",  "dismiss", "abandon",      "hand-over",   "merge",
                                            "objects", "theme",   "no-objection", "our-failure", "note"};
/// A browser says every 20 seconds that its writer is still at it; one that was closed is forgotten soon.
constexpr std::chrono::seconds kDraftLife{45};

bj::object counts_document(const flow::BoardCounts& counts) {
    bj::array columns, paces;
    for (const flow::ColumnCount& one : counts.columns)
        columns.push_back(bj::object{
            {"state", core::name_of(core::kStates, one.state)}, {"items", one.items}, {"more", one.more}});
    for (const core::Pace& one : counts.paces)
        paces.push_back(bj::object{
            {"state", core::name_of(core::kStates, one.state)},
            {"items", one.items},
            {"median_seconds", std::chrono::duration_cast<std::chrono::seconds>(one.median).count()}});
    return {{"counts", std::move(columns)}, {"pace", std::move(paces)}};
}

Result<flow::SpokenWords> spoken_words(const JsonBody& body, const Request& request) {
    const auto words = texts(body, {"contact", "words", "channel", "topic", "when"});
    if (!words) return words.error();
    const Result<bool> may_quote = body.flag("may_quote", false),
                       acknowledge = body.flag("acknowledge", false);
    if (!may_quote) return may_quote.error();
    if (!acknowledge) return acknowledge.error();
    const Result<std::optional<std::string>> key = idempotency_key(request);
    if (!key) return key.error();
    flow::SpokenWords said{(*words)[0],  (*words)[1], (*words)[2],  (*words)[3],
                           core::kNever, *may_quote,  *acknowledge, key->value_or("")};
    if (said.key.empty()) said.key = crypto::to_hex(crypto::random_bytes(16));
    if ((*words)[4].empty()) return said;
    const Result<core::Instant> when = json::from_rfc3339("when", (*words)[4]);
    if (!when) return when.error();
    said.at = *when;
    return said;
}

Result<std::string> draft_step(const JsonBody& body) {
    const Result<std::string> step = body.text("step");
    if (!step) return step.error();
    if (std::find(std::begin(kDraftSteps), std::end(kDraftSteps), *step) != std::end(kDraftSteps))
        return *step;
    return Error{ErrorCode::invalid,
                 "step: expected a command of items such as hear, decide or note, found \"" + *step + "\""};
}

}  // namespace

void ItemDeskRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/items/counts",
               identity.required([this](Request r, const flow::Caller&) { return counts(std::move(r)); }));
    router.add(Method::post, "/api/v1/items", identity.required([this](Request r, flow::Caller c) {
        return write_down(std::move(r), std::move(c));
    }));
    router.add(Method::get, "/api/v1/items/{item}/drafts",
               identity.required([this](Request r, const flow::Caller&) { return drafts(std::move(r)); }));
    router.add(Method::post, "/api/v1/items/{item}/drafts",
               identity.required(
                   [this](Request r, flow::Caller c) { return hold_draft(std::move(r), std::move(c)); }));
    router.add(Method::post, "/api/v1/items/{item}/heard-message",
               identity.required(
                   [this](Request r, flow::Caller c) { return heard_message(std::move(r), std::move(c)); },
                   flow::Scope::read));
}

flow::Task<Response> ItemDeskRoutes::counts(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, kCountFilters);
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::ItemQuery> query = read_item_query(*list, needs_.clock.now());
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    auto counting = needs_.board.counts(*query);
    const Result<flow::BoardCounts> counted = co_await std::move(counting);
    if (!counted) co_return Response::problem(counted.error(), request.path);
    co_return Response::json(200, counts_document(*counted));
}

flow::Task<Response> ItemDeskRoutes::write_down(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"contact", "words", "channel", "topic", "when", "may_quote", "acknowledge"});
    if (!body) co_return unreadable(body.error(), request);
    Result<flow::SpokenWords> said = spoken_words(*body, request);
    if (!said) co_return Response::problem(said.error(), request.path);
    if (said->acknowledge && !caller.scopes.allow(flow::Scope::send))
        co_return to_response(scope_missing(caller, flow::Scope::send, request));  // that leaves by mail
    auto writing = needs_.by_hand.write_down(std::move(*said), caller.actor());
    const Result<flow::Accepted> accepted = co_await std::move(writing);
    if (!accepted) co_return Response::problem(accepted.error(), request.path);
    auto finding = needs_.items.find(flow::ItemRef{accepted->item, 0});
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    Response response = Response::json(accepted->repeated ? 200 : 201, json::item_document(*view));
    response.set("Location", "/api/v1/items/LP-" + std::to_string(view->number));
    co_return with_version(std::move(response), view->item.version);
}

flow::Task<Result<flow::ItemView>> ItemDeskRoutes::item_of(const Request& request) {
    const Result<flow::ItemRef> ref = flow::ItemRef::parse(request.parameter("item"));
    if (!ref) co_return ref.error();
    auto finding = needs_.items.find(*ref);
    Result<flow::ItemView> view = co_await std::move(finding);
    co_return view;
}

flow::Task<Response> ItemDeskRoutes::drafts(Request request) {
    auto finding = item_of(request);
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    auto reading = needs_.drafts.open(view->item.id, needs_.clock.now());
    const Result<std::vector<flow::OpenDraft>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bj::object document{{"drafts", json::drafts_document(*all)}};
    co_return Response::json(200, document);
}

/// The writer also hears who else is at it.
flow::Task<Response> ItemDeskRoutes::hold_draft(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"step", "open"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> step = draft_step(*body);
    if (!step) co_return Response::problem(step.error(), request.path);
    const Result<bool> open = body->flag("open", true);
    if (!open) co_return Response::problem(open.error(), request.path);
    auto finding = item_of(request);
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    const core::Instant now = needs_.clock.now();
    flow::OpenDraft mine{view->item.id, caller.actor(), std::move(*step), caller.name, now, now + kDraftLife};
    auto keeping = *open ? needs_.drafts.hold(std::move(mine), now) : needs_.drafts.let_go(std::move(mine));
    const Done kept = co_await std::move(keeping);
    if (!kept) co_return Response::problem(kept.error(), request.path);
    auto reading = needs_.drafts.open(view->item.id, now);
    Result<std::vector<flow::OpenDraft>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    std::erase_if(*all, [&](const flow::OpenDraft& one) { return one.holder == caller.actor(); });
    const bj::object document{{"holder", caller.actor()}, {"drafts", json::drafts_document(*all)}};
    co_return Response::json(200, document);
}

flow::Task<Response> ItemDeskRoutes::heard_message(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"text"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> text = body->text("text");
    if (!text) co_return Response::problem(text.error(), request.path);
    auto finding = item_of(request);
    const Result<flow::ItemView> view = co_await std::move(finding);
    if (!view) co_return Response::problem(view.error(), request.path);
    // A program has a name for us, not for customers: the item's owner answers for what it writes.
    std::string by = caller.teammate.empty() ? view->owner_name : caller.name;
    auto composing = needs_.heard(view->item.id, std::move(*text), std::move(by));
    const Result<voice::Mail> mail = co_await std::move(composing);
    if (!mail) co_return Response::problem(mail.error(), request.path);
    co_return Response::json(200, json::letter_document(*view, mail->subject, mail->text, mail->html));
}

}  // namespace candour::http
