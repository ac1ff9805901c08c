#include "edge/http/routes/users.hpp"

#include <boost/json.hpp>

#include "core/feedback/text.hpp"
#include "core/relationship/cells.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/routes/listing.hpp"
#include "edge/json/time_value.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

constexpr int kUsualAudit = 100, kLongestAudit = 500;

const char* user_standing(const flow::User& user) {
    if (core::happened(user.deactivated_at)) return "left";
    if (core::happened(user.disabled_at)) return "disabled";
    return user.may_come_in() ? "active" : "no_password";
}

bj::object user_document(const flow::User& user) {
    return {{"id", user.teammate.id.text()},
            {"email", user.teammate.email},
            {"name", user.teammate.name},
            {"role", core::name_of(flow::kRoles, user.role)},
            {"sees", core::name_of(flow::kSees, user.sees)},
            {"standing", user_standing(user)},
            {"locked_until", json::time_or_null(user.locked_until)},
            {"last_seen_at", json::time_or_null(user.last_seen_at)},
            {"sessions", user.sessions}};
}

bj::object device_document(const flow::Device& device, const flow::Caller& caller) {
    return {{"id", device.id.text()},
            {"here", device.id.text() == caller.token.text()},
            {"way", device.way},
            {"address", device.address},
            {"program", device.program},
            {"created_at", json::time_or_null(device.created_at)},
            {"last_used_at", json::time_or_null(device.last_used_at)},
            {"expires_at", json::time_or_null(device.expires_at)}};
}

bj::object audit_document(const flow::AuditRow& row) {
    const flow::AuditEntry& entry = row.entry;
    return {{"seq", row.seq},
            {"at", json::time_or_null(row.at)},
            {"actor", entry.doer.id},
            {"actor_name", entry.doer.name},
            {"address", entry.doer.address},
            {"act", entry.act},
            {"subject", entry.subject},
            {"before", entry.before},
            {"after", entry.after}};
}

Result<flow::NewUser> read_user(const JsonBody& body) {
    const Result<std::string> email = body.text("email"), name = body.text("name"), role = body.text("role");
    for (const Result<std::string>* text : {&email, &name, &role})
        if (!*text) return text->error();
    flow::NewUser user{core::lower(*email), *name, flow::Role::member};
    if (user.email.find('@') == std::string::npos || user.email.size() > core::kMaxLine)
        return Error{ErrorCode::invalid, "email: expected an address such as ines@example.com, found \"" +
                                             core::shortened(*email, 80) + "\""};
    if (Done sound = core::check_text("name", *name, core::kMaxLine); !sound) return sound.error();
    const Result<flow::Role> wanted = flow::read_role(role->empty() ? "member" : *role);
    if (!wanted) return wanted.error();
    user.role = *wanted;
    return user;
}

}  // namespace

void UserRoutes::add_to(Router& router, Identity& identity) {
    const auto calling = [this](flow::Task<Response> (UserRoutes::*handler)(Request, flow::Caller)) {
        return [this, handler](Request r, flow::Caller c) {
            return (this->*handler)(std::move(r), std::move(c));
        };
    };
    const auto admin = flow::Scope::admin;
    const auto post = Method::post;
    router.add(
        Method::get, "/api/v1/users",
        identity.required([this](Request r, const flow::Caller&) { return list(std::move(r)); }, admin));
    router.add(
        Method::get, "/api/v1/audit",
        identity.required([this](Request r, const flow::Caller&) { return audit(std::move(r)); }, admin));
    router.add(post, "/api/v1/users", identity.required_each_time(calling(&UserRoutes::add), admin));
    router.add(post, "/api/v1/users/{user}/link",
               identity.required_each_time(calling(&UserRoutes::make_link), admin));
    router.add(post, "/api/v1/users/{user}/role", identity.required(calling(&UserRoutes::set_role), admin));
    router.add(post, "/api/v1/users/{user}/disable", identity.required(calling(&UserRoutes::disable), admin));
    const auto own = flow::Scope::read;
    router.add(Method::get, "/api/v1/users/{user}/devices",
               identity.required(calling(&UserRoutes::devices), own));
    router.add(post, "/api/v1/users/{user}/devices/{device}/end",
               identity.required(calling(&UserRoutes::end_session), own));
    router.add(post, "/api/v1/users/{user}/sign-out",
               identity.required(calling(&UserRoutes::end_sessions), own));
}

flow::Task<Response> UserRoutes::list(Request request) {
    auto reading = needs_.users.users(needs_.clock.now());
    const Result<std::vector<flow::User>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::User& user : *all) rows.push_back(user_document(user));
    const bj::object document{{"users", std::move(rows)}};
    co_return Response::json(200, document);
}

/// By mail the link is nobody's to see but theirs; else it is shown to who asked for it, once.
flow::Task<Response> UserRoutes::with_link(flow::User user, bool by_mail, flow::Caller caller,
                                           unsigned status) {
    const auto purpose = user.password.empty() ? flow::EntrancePurpose::invite : flow::EntrancePurpose::reset;
    auto adding = needs_.users.add_entrance(purpose, user.teammate.id, by_mail, flow::Doer::of(caller),
                                            needs_.clock.now());
    const Result<MessageId> link = co_await std::move(adding);
    if (!link) co_return Response::problem(link.error());
    bj::object document{{"user", user_document(user)}, {"link", nullptr}};
    if (!by_mail)
        document["link"] =
            needs_.public_url + "/sign-in#link=" + needs_.links.issue(crypto::LinkPurpose::entrance, *link);
    co_return Response::json(status, document);
}

flow::Task<Response> UserRoutes::add(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"email", "name", "role", "mail"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<flow::NewUser> fresh = read_user(*body);
    const Result<bool> by_mail = body->flag("mail", true);
    if (!fresh) co_return Response::problem(fresh.error(), request.path);
    if (!by_mail) co_return Response::problem(by_mail.error(), request.path);
    auto adding = needs_.users.add_user(*fresh, flow::Doer::of(caller), needs_.clock.now());
    Result<flow::User> user = co_await std::move(adding);
    if (!user) co_return Response::problem(user.error(), request.path);
    auto linking = with_link(std::move(*user), *by_mail, std::move(caller), 201);
    Response response = co_await std::move(linking);
    co_return response;
}

flow::Task<Response> UserRoutes::make_link(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"mail"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<bool> by_mail = body->flag("mail", true);
    if (!by_mail) co_return Response::problem(by_mail.error(), request.path);
    auto finding = named(std::string(request.parameter("user")), caller);
    Result<flow::User> user = co_await std::move(finding);
    if (!user) co_return Response::problem(user.error(), request.path);
    if (core::happened(user->deactivated_at) || core::happened(user->disabled_at)) {
        const Error shut{ErrorCode::conflict,
                         user->teammate.email + " may not sign in; invite them anew first"};
        co_return Response::problem(shut, request.path);
    }
    auto linking = with_link(std::move(*user), *by_mail, std::move(caller), 200);
    Response response = co_await std::move(linking);
    co_return response;
}

flow::Task<Response> UserRoutes::set_role(Request request, flow::Caller caller) {
    const Result<JsonBody> body = JsonBody::read(request, {"role"});
    if (!body) co_return Response::problem(body.error(), request.path);
    const Result<std::string> text = body->text("role");
    if (!text) co_return Response::problem(text.error(), request.path);
    const Result<flow::Role> role = flow::read_role(*text);
    if (!role) co_return Response::problem(role.error(), request.path);
    auto setting = needs_.users.set_role(std::string(request.parameter("user")), *role,
                                         flow::Doer::of(caller), needs_.clock.now());
    const Result<flow::User> user = co_await std::move(setting);
    if (!user) co_return Response::problem(user.error(), request.path);
    co_return Response::json(200, user_document(*user));
}

flow::Task<Response> UserRoutes::disable(Request request, flow::Caller caller) {
    auto disabling = needs_.users.disable(std::string(request.parameter("user")), flow::Doer::of(caller),
                                          needs_.clock.now());
    const Result<flow::User> user = co_await std::move(disabling);
    if (!user) co_return Response::problem(user.error(), request.path);
    co_return Response::json(200, user_document(*user));
}

flow::Task<Result<flow::User>> UserRoutes::named(std::string key, flow::Caller caller) {
    const bool own = key == "me" || key == caller.teammate.text();
    if (own && caller.teammate.empty())
        co_return Error{ErrorCode::not_found, "this token belongs to a program, not to one of us"};
    if (!own && !caller.scopes.allow(flow::Scope::admin))
        co_return Error{ErrorCode::denied,
                        "only an administrator looks after the sign-in of others; `me` is you"};
    auto finding = needs_.users.user(own ? caller.teammate.text() : std::move(key));
    Result<flow::User> user = co_await std::move(finding);
    co_return user;
}

flow::Task<Response> UserRoutes::devices(Request request, flow::Caller caller) {
    auto finding = named(std::string(request.parameter("user")), caller);
    const Result<flow::User> user = co_await std::move(finding);
    if (!user) co_return Response::problem(user.error(), request.path);
    auto reading = needs_.users.devices(user->teammate.id, needs_.clock.now());
    const Result<std::vector<flow::Device>> all = co_await std::move(reading);
    if (!all) co_return Response::problem(all.error(), request.path);
    bj::array rows;
    for (const flow::Device& device : *all) rows.push_back(device_document(device, caller));
    const bj::object document{{"devices", std::move(rows)}};
    co_return Response::json(200, document);
}

flow::Task<Response> UserRoutes::end_session(Request request, flow::Caller caller) {
    const auto id = flow::SessionId::parse(request.parameter("device"));
    if (!id)
        co_return Response::problem(Error{ErrorCode::invalid, "device: expected an id such as ses_…"},
                                    request.path);
    auto finding = named(std::string(request.parameter("user")), caller);
    const Result<flow::User> user = co_await std::move(finding);
    if (!user) co_return Response::problem(user.error(), request.path);
    auto ending =
        needs_.users.end_session(user->teammate.id, *id, flow::Doer::of(caller), needs_.clock.now());
    const Done ended = co_await std::move(ending);
    co_return ended ? Response::empty() : Response::problem(ended.error(), request.path);
}

flow::Task<Response> UserRoutes::end_sessions(Request request, flow::Caller caller) {
    auto finding = named(std::string(request.parameter("user")), caller);
    const Result<flow::User> user = co_await std::move(finding);
    if (!user) co_return Response::problem(user.error(), request.path);
    auto ending = needs_.users.end_sessions(user->teammate.id, flow::Doer::of(caller), needs_.clock.now());
    const Result<std::int64_t> ended = co_await std::move(ending);
    if (!ended) co_return Response::problem(ended.error(), request.path);
    const bj::object document{{"ended", *ended}};
    co_return Response::json(200, document);
}

flow::Task<Response> UserRoutes::audit(Request request) {
    const Result<ListQuery> list = ListQuery::read(request, {"actor", "act"});
    if (!list) co_return Response::problem(list.error(), request.path);
    const Result<int> limit = list->limit(kUsualAudit, kLongestAudit);
    if (!limit) co_return Response::problem(limit.error(), request.path);
    const auto place = list->place(1);
    if (!place) co_return Response::problem(place.error(), request.path);
    flow::AuditQuery query{list->text("actor"), list->text("act"), 0, *limit + 1};
    if (*place) query.before = number_in((**place)[0]);
    auto reading = needs_.audit.page(std::move(query));
    const Result<std::vector<flow::AuditRow>> rows = co_await std::move(reading);
    if (!rows) co_return Response::problem(rows.error(), request.path);
    const std::size_t shown = std::min(rows->size(), static_cast<std::size_t>(*limit));
    bj::array entries;
    for (std::size_t i = 0; i < shown; ++i) entries.push_back(audit_document((*rows)[i]));
    bj::object document{{"entries", std::move(entries)}, {"next", nullptr}};
    if (rows->size() > shown) document["next"] = list->cursor({std::to_string((*rows)[shown - 1].seq)});
    co_return Response::json(200, document);
}

}  // namespace candour::http
