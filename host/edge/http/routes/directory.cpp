#include "edge/http/routes/directory.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/relationship/cells.hpp"
#include "core/relationship/tags.hpp"
#include "edge/csv/reader.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/import_file.hpp"
#include "edge/json/people_document.hpp"
#include "edge/json/time_value.hpp"
#include "zone/civil.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kUsualPeople = 500, kMostPeople = 1'000;
/// A year of a company's calendar.
constexpr RouteOptions kTouchpointFile{Audience::api, 32 * 1024 * 1024};

bj::object teammate_document(const flow::TeammateView& one) {
    return {{"id", one.teammate.id.text()}, {"email", one.teammate.email},
            {"name", one.teammate.name},    {"deactivated_at", json::time_or_null(one.deactivated_at)},
            {"open_items", one.open_items}, {"unreachable", one.unreachable}};
}

Result<flow::NameQuery> read_names(const ListQuery& list) {
    const Result<int> limit = list.limit(kUsualPeople, kMostPeople);
    if (!limit) return limit.error();
    const auto place = list.place(2);
    if (!place) return place.error();
    flow::NameQuery query{core::lower(list.text("q")), list.text("account"), {}, *limit};
    if (*place) query.after = {(**place)[0], (**place)[1]};
    return query;
}

template <class Row, class Document, class Place>
Response page_response(const ListQuery& list, const char* name, const flow::NamePage<Row>& page,
                       Document document, Place place) {
    bj::array rows;
    for (const Row& row : page.rows) rows.push_back(document(row));
    bj::object body{{name, std::move(rows)}, {"next", nullptr}};
    if (page.more) body["next"] = list.cursor(place(page.rows.back()));
    return Response::json(200, body);
}

Response person_response(const Result<flow::PersonView>& person, const std::string& path) {
    if (!person) return Response::problem(person.error(), path);
    return Response::json(200, json::person_document(*person));
}

Result<std::vector<core::ContactRole>> read_roles(const std::string& part) {
    const bj::value list = bj::parse(part);
    const Error wrong{
        ErrorCode::invalid,
        "roles: expected a list of some of champion, budget_holder, influencer, sponsor, user, found " +
            part};
    if (!list.is_array()) return wrong;
    std::vector<core::ContactRole> roles;
    for (const bj::value& each : list.get_array()) {
        const auto role = each.is_string()
                              ? core::value_of(core::kContactRoles, std::string_view(each.get_string()))
                              : std::nullopt;
        if (!role) return wrong;
        if (std::find(roles.begin(), roles.end(), *role) == roles.end()) roles.push_back(*role);
    }
    return roles;
}

Result<std::vector<std::string>> read_tags(const std::string& part) {
    const bj::value list = bj::parse(part);
    const Error wrong{ErrorCode::invalid, "tags: expected a list of words, found " + part};
    if (!list.is_array()) return wrong;
    std::vector<std::string> tags;
    for (const bj::value& each : list.get_array()) {
        if (!each.is_string()) return wrong;
        tags.emplace_back(each.get_string());
    }
    return core::clean_tags(tags);
}

bool is_language(const std::string& text) {
    return text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
           });
}

Result<flow::PersonChange> read_change(const JsonBody& body) {
    flow::PersonChange change;
    const Result<std::string> level = body.text("level"), language = body.text("language"),
                              zone = body.text("zone");
    for (const Result<std::string>* text : {&level, &language, &zone})
        if (!*text) return text->error();
    if (body.has("roles")) {
        Result<std::vector<core::ContactRole>> roles = read_roles(body.part("roles"));
        if (!roles) return roles.error();
        change.roles = std::move(*roles);
    }
    if (body.has("tags")) {
        Result<std::vector<std::string>> tags = read_tags(body.part("tags"));
        if (!tags) return tags.error();
        change.tags = std::move(*tags);
    }
    if (body.has("level")) {
        change.level = core::value_of(core::kLevels, *level);
        if (!change.level)
            return Error{ErrorCode::invalid,
                         "level: expected operational, managerial or executive, found \"" + *level + "\""};
    }
    if (body.has("language") && !is_language(*language))
        return Error{ErrorCode::invalid,
                     "language: expected a tag such as de or pt-BR, found \"" + *language + "\""};
    if (body.has("zone") && !zone->empty() && !zone::known_zone(*zone))
        return Error{ErrorCode::invalid,
                     "zone: expected an IANA time zone such as Europe/Berlin, found \"" + *zone + "\""};
    if (body.has("language")) change.language = *language;
    if (body.has("zone")) change.zone = *zone;
    const Result<bool> active = body.flag("active", true);
    if (!active) return active.error();
    if (body.has("active")) change.active = *active;
    return change;
}

}  // namespace

void DirectoryRoutes::add_to(Router& router, Identity& identity) {
    const auto add = [&](Method method, const char* path,
                         flow::Task<Response> (DirectoryRoutes::*handler)(Request)) {
        router.add(method, path, identity.required([this, handler](Request r, const flow::Caller&) {
            return (this->*handler)(std::move(r));
        }));
    };
    const auto noted = [&](Method method, const char* path,
                           flow::Task<Response> (DirectoryRoutes::*handler)(Request, flow::Caller),
                           std::optional<flow::Scope> scope = {}, RouteOptions options = {}) {
        const auto call = [this, handler](Request r, flow::Caller c) {
            return (this->*handler)(std::move(r), std::move(c));
        };
        router.add(method, path, identity.required(call, scope), options);
    };
    add(Method::get, "/api/v1/accounts", &DirectoryRoutes::accounts);
    add(Method::get, "/api/v1/contacts", &DirectoryRoutes::contacts);
    add(Method::get, "/api/v1/contacts/{contact}", &DirectoryRoutes::person);
    noted(Method::patch, "/api/v1/contacts/{contact}", &DirectoryRoutes::change);
    noted(Method::post, "/api/v1/contacts/{contact}/merge", &DirectoryRoutes::merge);
    noted(Method::post, "/api/v1/contacts/{contact}/split", &DirectoryRoutes::split);
    noted(Method::post, "/api/v1/contacts/{contact}/erase", &DirectoryRoutes::erase, flow::Scope::admin);
    add(Method::get, "/api/v1/teammates", &DirectoryRoutes::teammates);
    noted(Method::post, "/api/v1/teammates", &DirectoryRoutes::add_teammate, flow::Scope::admin);
    noted(Method::post, "/api/v1/teammates/{teammate}/deactivate", &DirectoryRoutes::deactivate,
          flow::Scope::admin);
    noted(Method::post, "/api/v1/imports/touchpoints", &DirectoryRoutes::import_touchpoints, {},
          kTouchpointFile);
}

flow::Task<Response> DirectoryRoutes::accounts(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"q"});
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::NameQuery> query = read_names(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    auto reading = directory_.accounts_by_name(*query);
    const Result<flow::NamePage<core::Account>> page = co_await std::move(reading);
    if (!page) co_return Response::problem(page.error(), request.path);
    co_return page_response(*list, "accounts", *page, json::account_document, [](const core::Account& last) {
        return std::vector{last.name, last.id.text()};
    });
}

flow::Task<Response> DirectoryRoutes::contacts(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"q", "account"});
    if (!list) co_return Response::problem(list.error(), request.path);
    Result<flow::NameQuery> query = read_names(*list);
    if (!query) co_return Response::problem(query.error(), request.path);
    query->sees = request.sees;
    auto reading = directory_.contacts_by_name(*query);
    const Result<flow::NamePage<flow::PersonView>> page = co_await std::move(reading);
    if (!page) co_return Response::problem(page.error(), request.path);
    const auto place = [](const flow::PersonView& last) {
        return std::vector{last.contact.name, last.contact.id.text()};
    };
    co_return page_response(*list, "contacts", *page, json::person_document, place);
}

flow::Task<Response> DirectoryRoutes::person(Request request) {
    auto reading = directory_.person(std::string(request.parameter("contact")));
    const Result<flow::PersonView> person = co_await std::move(reading);
    co_return person_response(person, request.path);
}

flow::Task<Response> DirectoryRoutes::change(Request request, flow::Caller caller) {
    const Result<JsonBody> body =
        JsonBody::read(request, {"roles", "tags", "level", "language", "zone", "active"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<flow::PersonChange> change = read_change(*body);
    if (!change) co_return Response::problem(change.error(), request.path);
    auto changing = directory_.change(std::string(request.parameter("contact")), std::move(*change),
                                      flow::Doer::of(caller), clock_.now());
    const Result<flow::PersonView> person = co_await std::move(changing);
    co_return person_response(person, request.path);
}

flow::Task<Response> DirectoryRoutes::merge(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"into"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> into = body->text("into");
    if (into && into->empty())
        into = Error{ErrorCode::invalid, "into: expected the contact who stays, found nothing"};
    if (!into) co_return Response::problem(into.error(), request.path);
    auto merging = directory_.merge(std::string(request.parameter("contact")), std::move(*into),
                                    flow::Doer::of(caller), clock_.now());
    const Result<flow::PersonView> person = co_await std::move(merging);
    co_return person_response(person, request.path);
}

flow::Task<Response> DirectoryRoutes::split(Request request, flow::Caller caller) {
    auto splitting =
        directory_.split(std::string(request.parameter("contact")), flow::Doer::of(caller), clock_.now());
    const Result<flow::PersonView> person = co_await std::move(splitting);
    co_return person_response(person, request.path);
}

flow::Task<Response> DirectoryRoutes::erase(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"dry_run"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    auto erasing = directory_.erase(std::string(request.parameter("contact")), flow::Doer::of(caller),
                                    clock_.now(), *dry_run);
    const Result<flow::Erasure> erased = co_await std::move(erasing);
    if (!erased) co_return Response::problem(erased.error(), request.path);
    const bj::object document{{"items", erased->items},       {"contents", erased->contents},
                              {"answers", erased->answers},   {"messages", erased->messages},
                              {"requests", erased->requests}, {"mails", erased->mails},
                              {"dry_run", erased->dry_run}};
    co_return Response::json(200, document);
}

flow::Task<Response> DirectoryRoutes::teammates(Request request) {
    auto reading = directory_.teammates(request.sees);
    const Result<std::vector<flow::TeammateView>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::TeammateView& one : *all) rows.push_back(teammate_document(one));
    const bj::object document{{"teammates", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> DirectoryRoutes::add_teammate(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"email", "name"});
    if (!body && body.error().code == ErrorCode::unsupported)
        co_return to_response(wrong_media_type(request.header("Content-Type"), "application/json"));
    if (!body) co_return Response::problem(body.error(), request.path);
    Result<std::string> email = body->text("email"), name = body->text("name");
    for (const Result<std::string>* text : {&email, &name})
        if (!*text) co_return Response::problem(text->error(), request.path);
    if (email->find('@') == std::string::npos || email->size() > core::kMaxLine)
        co_return Response::problem(
            Error{ErrorCode::invalid, "email: expected an e-mail address, found \"" + *email + "\""},
            request.path);
    if (Done words = core::check_text("name", *name, core::kMaxLine); !words)
        co_return Response::problem(words.error(), request.path);
    auto adding =
        directory_.add_teammate(core::lower(*email), std::move(*name), flow::Doer::of(caller), clock_.now());
    const Result<flow::TeammateView> one = co_await std::move(adding);
    if (!one) co_return Response::problem(one.error(), request.path);
    co_return Response::json(200, teammate_document(*one));
}

flow::Task<Response> DirectoryRoutes::deactivate(Request request, flow::Caller caller) {
    auto deactivating = directory_.deactivate_teammate(std::string(request.parameter("teammate")),
                                                       flow::Doer::of(caller), clock_.now());
    const Result<flow::TeammateView> one = co_await std::move(deactivating);
    if (!one) co_return Response::problem(one.error(), request.path);
    co_return Response::json(200, teammate_document(*one));
}

flow::Task<Response> DirectoryRoutes::import_touchpoints(Request request, flow::Caller caller) {
    if (!has_content_type(request, "text/csv"))
        co_return to_response(wrong_media_type(request.header("Content-Type"), "text/csv"));
    const Result<bool> dry_run = wish_of(request, "dry_run");
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    const Result<core::Table> table = csv::read(request.body);
    if (!table) co_return Response::problem(table.error(), request.path);
    Result<core::Import<core::TouchpointRow>> rows = core::read_touchpoints(*table);
    if (!rows) co_return Response::problem(rows.error(), request.path);
    auto importing =
        directory_.import_touchpoints(std::move(rows->rows), flow::Doer::of(caller), clock_.now(), *dry_run);
    Result<flow::ImportReport> report = co_await std::move(importing);
    if (!report) co_return Response::problem(report.error(), request.path);
    add_problems(*report, std::move(rows->problems));
    co_return Response::json(200, report_document(*report));
}

}  // namespace candour::http
