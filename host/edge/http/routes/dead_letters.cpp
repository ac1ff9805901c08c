#include "edge/http/routes/dead_letters.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_text.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::object document_of(const flow::DeadLetter& letter) {
    return {{"id", letter.id},
            {"plugin", letter.plugin},
            {"key", letter.key},
            {"received_at", json::to_rfc3339(letter.received_at)},
            {"dead_at", json::to_rfc3339(letter.dead_at)},
            {"attempts", letter.attempts},
            {"why", letter.why}};
}

}  // namespace

void DeadLetterRoutes::add_to(Router& router, Identity& identity) {
    const std::string one = "/api/v1/dead-letters/{letter}";
    router.add(Method::get, "/api/v1/dead-letters",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, one,
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::post, one + "/replay", identity.required([this](Request r, flow::Caller c) {
        return replay(std::move(r), std::move(c));
    }));
    router.add(Method::post, one + "/discard", identity.required([this](Request r, flow::Caller c) {
        return discard(std::move(r), std::move(c));
    }));
}

flow::Task<Response> DeadLetterRoutes::list(Request request) {
    const Result<ListQuery> fields = ListQuery::read(request, {"plugin"});
    if (!fields) co_return Response::problem(fields.error(), request.path);
    const Result<int> limit = fields->limit(50, 500);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = fields->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    flow::DeadLetterQuery query;
    query.plugin = fields->text("plugin");
    query.limit = *limit + 1;
    if (*place) query.before = number_in((**place)[0]);
    auto reading = store_.list(query);
    Result<std::vector<flow::DeadLetter>> letters = co_await std::move(reading);
    if (!letters) co_return Response::problem(letters.error(), request.path);
    const bool more = letters->size() > static_cast<std::size_t>(*limit);
    if (more) letters->pop_back();
    bj::array documents;
    for (const flow::DeadLetter& letter : *letters) documents.push_back(document_of(letter));
    bj::object page{{"dead_letters", std::move(documents)}, {"next", nullptr}};
    if (more) page["next"] = fields->cursor({std::to_string(letters->back().id)});
    co_return Response::json(200, page);
}

flow::Task<Response> DeadLetterRoutes::show(Request request) {
    const Result<std::int64_t> id = number_parameter(request, "letter");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto finding = store_.find(*id);
    const Result<flow::DeadLetter> letter = co_await std::move(finding);
    if (!letter) co_return Response::problem(letter.error(), request.path);
    bj::object document = document_of(*letter);
    boost::system::error_code ec;
    bj::value kept = bj::parse(letter->document, ec);
    document["request"] = ec ? bj::value(letter->document) : std::move(kept);
    co_return Response::json(200, document);
}

flow::Task<Response> DeadLetterRoutes::replay(Request request, flow::Caller caller) {
    const Result<std::int64_t> id = number_parameter(request, "letter");
    if (!id) co_return Response::problem(id.error(), request.path);
    auto replaying = letters_.replay(*id, caller.actor());
    const Result<std::string> outcome = co_await std::move(replaying);
    if (!outcome) co_return Response::problem(outcome.error(), request.path);
    const bj::object document{{"id", *id}, {"outcome", *outcome}};
    co_return Response::json(200, document);
}

flow::Task<Response> DeadLetterRoutes::discard(Request request, flow::Caller caller) {
    const Result<std::int64_t> id = number_parameter(request, "letter");
    if (!id) co_return Response::problem(id.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {"reason"});
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> reason = body->text("reason");
    if (!reason) co_return Response::problem(reason.error(), request.path);
    if (Done words = core::check_words("reason", *reason, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    auto discarding = letters_.discard(*id, *std::move(reason), caller.actor());
    const Done discarded = co_await std::move(discarding);
    if (!discarded) co_return Response::problem(discarded.error(), request.path);
    const bj::object document{{"id", *id}, {"outcome", "discarded"}};
    co_return Response::json(200, document);
}

}  // namespace candour::http
