#include "edge/http/routes/suppressions.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/relationship/cells.hpp"
#include "edge/http/routes/body.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

bj::value mail_or_null(std::int64_t mail) {
    return mail == 0 ? bj::value(nullptr) : bj::value(mail);
}

bj::value message_or_null(const MessageId& message) {
    return message.empty() ? bj::value(nullptr) : bj::value(message.text());
}

bj::object suppression_document(const flow::Suppression& one) {
    return {{"address", one.address},
            {"cause", core::name_of(core::kSuppressionCauses, one.cause)},
            {"reason", one.reason},
            {"status", one.status},
            {"message", message_or_null(one.message)},
            {"mail", mail_or_null(one.mail)},
            {"at", json::time_or_null(one.at)},
            {"name", one.who},
            {"account", one.account_name}};
}

bj::object story_document(const flow::AddressStory& story) {
    bj::array bounces, lifts;
    for (const flow::BounceRow& row : story.bounces)
        bounces.push_back(bj::object{{"kind", core::name_of(core::kBounceKinds, row.kind)},
                                     {"status", row.status},
                                     {"detail", row.detail},
                                     {"message", message_or_null(row.message)},
                                     {"mail", mail_or_null(row.mail)},
                                     {"at", json::time_or_null(row.at)}});
    for (const flow::SuppressionLift& row : story.lifts)
        lifts.push_back(bj::object{{"cause", core::name_of(core::kSuppressionCauses, row.cause)},
                                   {"reason", row.reason},
                                   {"suppressed_at", json::time_or_null(row.suppressed_at)},
                                   {"by", row.by},
                                   {"note", row.note},
                                   {"at", json::time_or_null(row.at)}});
    return {{"address", story.address},
            {"suppression",
             story.suppression ? bj::value(suppression_document(*story.suppression)) : bj::value(nullptr)},
            {"bounces", std::move(bounces)},
            {"lifts", std::move(lifts)}};
}

Result<flow::SuppressionQuery> suppression_query(const ListQuery& list) {
    flow::SuppressionQuery query;
    if (const std::string cause = list.text("cause"); !cause.empty()) {
        query.cause = core::value_of(core::kSuppressionCauses, cause);
        if (!query.cause)
            return Error{ErrorCode::invalid,
                         "cause: expected hard, soft or complaint, found \"" + cause + "\""};
    }
    const Result<int> limit = list.limit(50, 500);
    if (!limit) return limit.error();
    const auto place = list.place(2);
    if (!place) return place.error();
    query.words = core::lower(list.text("q"));
    query.limit = *limit;
    if (*place) {
        query.before = core::from_us(number_in((**place)[0]));
        query.address = (**place)[1];
    }
    return query;
}

std::string address_in(const Request& request) {
    return core::lower(std::string(request.parameter("address")));
}

Response story_response(const Result<flow::AddressStory>& story, const std::string& path) {
    if (!story) return Response::problem(story.error(), path);
    return Response::json(200, story_document(*story));
}

}  // namespace

void SuppressionRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/suppressions",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::get, "/api/v1/suppressions/{address}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(
        Method::post, "/api/v1/suppressions/{address}/lift",
        identity.required([this](Request r, flow::Caller c) { return lift(std::move(r), std::move(c)); }));
}

flow::Task<Response> SuppressionRoutes::list(Request request) {
    const Result<ListQuery> fields = ListQuery::read(request, {"cause", "q"});
    if (!fields) co_return Response::problem(fields.error(), request.path);
    const Result<flow::SuppressionQuery> query = suppression_query(*fields);
    if (!query) co_return Response::problem(query.error(), request.path);
    flow::SuppressionQuery one_more = *query;
    ++one_more.limit;
    auto reading = store_.list(one_more);
    Result<std::vector<flow::Suppression>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > static_cast<std::size_t>(query->limit);
    if (more) all->pop_back();
    bj::array rows;
    for (const flow::Suppression& one : *all) rows.push_back(suppression_document(one));
    bj::object document{{"suppressions", std::move(rows)}, {"next", nullptr}};
    if (more)
        document["next"] = fields->cursor({std::to_string(core::to_us(all->back().at)), all->back().address});
    co_return Response::json(200, document);
}

flow::Task<Response> SuppressionRoutes::show(Request request) {
    auto reading = store_.story(address_in(request));
    const Result<flow::AddressStory> story = co_await std::move(reading);
    co_return story_response(story, request.path);
}

flow::Task<Response> SuppressionRoutes::lift(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"note"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> note = body->text("note");
    if (!note) co_return Response::problem(note.error(), request.path);
    if (Done words = core::check_text("note", *note, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    flow::LiftRequest wish{address_in(request), caller.actor(), *note};
    auto lifting = store_.lift(std::move(wish), clock_.now());
    const Result<flow::AddressStory> story = co_await std::move(lifting);
    co_return story_response(story, request.path);
}

}  // namespace candour::http
