#include "edge/http/routes/themes.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "edge/http/routes/commanding.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/http/routes/statements.hpp"
#include "edge/json/theme_document.hpp"

namespace candour::http {
namespace {

constexpr const char* kThemeCommands[] = {"hear", "decide", "change", "tell", "undo"};
/// A whole theme fits into one command; a list that somebody typed does not get longer than this.
constexpr std::size_t kMostItems = 20'000;

Result<boost::json::array> list_field(const JsonBody& body, std::string_view field) {
    const boost::json::value value = boost::json::parse(body.part(field));
    if (!value.is_array())
        return Error{ErrorCode::invalid, std::string(field) + ": expected a list of items"};
    if (value.get_array().size() > kMostItems)
        return Error{ErrorCode::invalid, std::string(field) + ": expected at most " +
                                             std::to_string(kMostItems) + " items, found " +
                                             std::to_string(value.get_array().size())};
    return value.get_array();
}

/// ["LP-12", "itm_…"]
Result<std::vector<flow::ItemRef>> read_items(const JsonBody& body) {
    const Result<boost::json::array> list = list_field(body, "items");
    if (!list) return list.error();
    std::vector<flow::ItemRef> items;
    for (const boost::json::value& each : *list) {
        const Result<flow::ItemRef> ref =
            flow::ItemRef::parse(each.is_string() ? std::string_view(each.get_string()) : "");
        if (!ref) return ref.error();
        items.push_back(*ref);
    }
    if (items.empty()) return Error{ErrorCode::invalid, "items: expected at least one item, found none"};
    return items;
}

/// [{"item": "LP-12", "version": 5}, …]: as the caller saw them.
Result<std::vector<flow::Aim>> read_aims(const JsonBody& body) {
    const Result<boost::json::array> list = list_field(body, "items");
    if (!list) return list.error();
    std::vector<flow::Aim> aims;
    for (const boost::json::value& each : *list) {
        const auto* object = each.if_object();
        const auto* item = object == nullptr ? nullptr : object->if_contains("item");
        const auto* version = object == nullptr ? nullptr : object->if_contains("version");
        const Result<flow::ItemRef> ref = flow::ItemRef::parse(
            item != nullptr && item->is_string() ? std::string_view(item->get_string()) : "");
        if (!ref) return ref.error();
        if (version == nullptr || !version->is_int64() || version->get_int64() < 1 || object->size() != 2)
            return Error{ErrorCode::invalid,
                         "items: expected the version that was seen of each, such as {\"item\": \"LP-12\", "
                         "\"version\": 5}"};
        aims.push_back({*ref, static_cast<int>(version->get_int64())});
    }
    return aims;
}

/// If-Match may be left out: what is said to many is guarded by the version of each.
Result<flow::ThemeCommand> read_command(const Request& request, const flow::Caller& caller) {
    const Result<flow::ThemeRef> ref = flow::ThemeRef::parse(request.parameter("theme"));
    if (!ref) return ref.error();
    const Result<std::optional<std::int64_t>> version = if_match(request);
    if (!version) return version.error();
    flow::ThemeCommand command;
    command.theme = *ref;
    command.actor = caller.actor();
    command.seen_version = *version ? static_cast<int>(**version) : flow::kNotSeen;
    return command;
}

Response report_of(const Result<flow::ThemeReport>& report, const std::string& path) {
    if (!report) return Response::problem(report.error(), path);
    return with_version(Response::json(200, json::theme_report_document(*report)),
                        report->theme.theme.version);
}

}  // namespace

void ThemeRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/themes",
               identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }));
    router.add(Method::post, "/api/v1/themes", identity.required([this](Request r, flow::Caller c) {
        return open(std::move(r), std::move(c));
    }));
    router.add(Method::get, "/api/v1/themes/{theme}",
               identity.required([this](Request r, const flow::Caller&) { return show(std::move(r)); }));
    router.add(Method::get, "/api/v1/themes/{theme}/items",
               identity.required([this](Request r, const flow::Caller&) { return members(std::move(r)); }));
    router.add(Method::post, "/api/v1/themes/{theme}/add",
               identity.required(
                   [this](Request r, flow::Caller c) { return gather(std::move(r), std::move(c), true); }));
    router.add(Method::post, "/api/v1/themes/{theme}/remove",
               identity.required(
                   [this](Request r, flow::Caller c) { return gather(std::move(r), std::move(c), false); }));
    for (const char* name : kThemeCommands)
        router.add(
            Method::post, std::string("/api/v1/themes/{theme}/") + name,
            identity.required(
                [this, name](Request r, flow::Caller c) { return command(std::move(r), std::move(c), name); },
                scope_of_command(name)));
}

flow::Task<Response> ThemeRoutes::list(Request request) {
    const Result<ListQuery> query = ListQuery::read(request, {});
    if (!query) co_return Response::problem(query.error(), request.path);
    const Result<int> limit = query->limit(50, 500);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = query->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    auto reading = store_.themes(*place ? number_in((**place)[0]) : 0, *limit + 1, request.sees);
    Result<std::vector<flow::ThemeView>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > static_cast<std::size_t>(*limit);
    if (more) all->pop_back();
    boost::json::array themes;
    for (const flow::ThemeView& theme : *all) themes.push_back(json::theme_document(theme));
    boost::json::object page{{"themes", std::move(themes)}, {"next", nullptr}};
    if (more) page["next"] = query->cursor({std::to_string(all->back().number)});
    co_return Response::json(200, page);
}

flow::Task<Response> ThemeRoutes::open(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"title"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::string> title = body->text("title");
    if (!title) co_return Response::problem(title.error(), request.path);
    auto opening = themes_.open(std::move(*title), caller.actor());
    Result<flow::ThemeView> theme = co_await std::move(opening);
    if (!theme) co_return Response::problem(theme.error(), request.path);
    Response response = Response::json(201, json::theme_document(*theme));
    response.set("Location", "/api/v1/themes/TH-" + std::to_string(theme->number));
    co_return with_version(std::move(response), theme->theme.version);
}

flow::Task<Response> ThemeRoutes::show(Request request) {
    const Result<flow::ThemeRef> ref = flow::ThemeRef::parse(request.parameter("theme"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    auto finding = store_.theme(*ref, request.sees);
    Result<flow::ThemeView> theme = co_await std::move(finding);
    if (!theme) co_return Response::problem(theme.error(), request.path);
    co_return with_version(Response::json(200, json::theme_document(*theme)), theme->theme.version);
}

flow::Task<Response> ThemeRoutes::members(Request request) {
    const Result<flow::ThemeRef> ref = flow::ThemeRef::parse(request.parameter("theme"));
    if (!ref) co_return Response::problem(ref.error(), request.path);
    const Result<ListQuery> query = ListQuery::read(request, {});
    if (!query) co_return Response::problem(query.error(), request.path);
    const Result<int> limit = query->limit(100, 1'000);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = query->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    auto finding = store_.theme(*ref, request.sees);
    Result<flow::ThemeView> theme = co_await std::move(finding);
    if (!theme) co_return Response::problem(theme.error(), request.path);
    auto reading =
        store_.members(theme->theme.id, *place ? number_in((**place)[0]) : 0, *limit + 1, request.sees);
    Result<std::vector<flow::ThemeMember>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    const bool more = all->size() > static_cast<std::size_t>(*limit);
    if (more) all->pop_back();
    boost::json::array items;
    for (const flow::ThemeMember& member : *all) items.push_back(json::theme_member_document(member));
    boost::json::object page{{"items", std::move(items)}, {"next", nullptr}};
    if (more) page["next"] = query->cursor({std::to_string(all->back().number)});
    co_return Response::json(200, page);
}

flow::Task<Response> ThemeRoutes::gather(Request request, flow::Caller caller, bool joins) {
    Result<flow::ThemeCommand> command = read_command(request, caller);
    if (!command) co_return Response::problem(command.error(), request.path);
    const Result<JsonBody> body = JsonBody::read(request, {"items"});
    if (!body) co_return unreadable(body.error(), request);
    Result<std::vector<flow::ItemRef>> items = read_items(*body);
    if (!items) co_return Response::problem(items.error(), request.path);
    auto gathering = joins ? themes_.add(std::move(*command), std::move(*items))
                           : themes_.remove(std::move(*command), std::move(*items));
    Report report = co_await std::move(gathering);
    co_return report_of(report, request.path);
}

flow::Task<Response> ThemeRoutes::command(Request request, flow::Caller caller, std::string name) {
    Result<flow::ThemeCommand> command = read_command(request, caller);
    if (!command) co_return Response::problem(command.error(), request.path);
    Result<JsonBody> body =
        JsonBody::read(request, {"text", "mail", "will_change", "why", "trade_off", "decided_by", "by",
                                 "our_failure", "link", "failure", "items", "dry_run"});
    if (!body) co_return unreadable(body.error(), request);
    const Result<bool> dry_run = body->flag("dry_run", false);
    if (!dry_run) co_return Response::problem(dry_run.error(), request.path);
    command->dry_run = *dry_run;
    const bool mails = name == "hear" && !*dry_run && body->flag("mail", true).value_or(true);
    if (mails && !caller.scopes.allow(flow::Scope::send))
        co_return to_response(
            scope_missing(caller, flow::Scope::send, request));  // what was heard leaves by mail
    if (body->has("items")) {
        Result<std::vector<flow::Aim>> only = read_aims(*body);
        if (!only) co_return Response::problem(only.error(), request.path);
        command->only = std::move(*only);
    }
    auto giving = give(std::move(name), std::move(*command), std::move(*body));
    Report report = co_await std::move(giving);
    co_return report_of(report, request.path);
}

flow::Task<ThemeRoutes::Report> ThemeRoutes::give(std::string name, flow::ThemeCommand command,
                                                  JsonBody body) {
    const auto words = texts(body, {"text", "link"});
    if (!words) co_return words.error();
    const Result<bool> mail = body.flag("mail", true);
    if (!mail) co_return mail.error();
    flow::Task<Report> pending;
    if (name == "hear") {
        pending = themes_.hear(std::move(command), (*words)[0], *mail);
    } else if (name == "decide") {
        Result<core::Decision> decision = read_decision(body, policies_->zone);
        if (!decision) co_return decision.error();
        pending = themes_.decide(std::move(command), std::move(*decision));
    } else if (name == "change") {
        Result<core::FailureTexts> failure = read_failure(body);
        if (!failure) co_return failure.error();
        pending = themes_.change(std::move(command), (*words)[0], (*words)[1], std::move(*failure));
    } else {
        pending = name == "tell" ? themes_.tell(std::move(command)) : themes_.undo(std::move(command));
    }
    Report report = co_await std::move(pending);
    co_return report;
}

}  // namespace candour::http
