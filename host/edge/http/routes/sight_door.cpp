#include "edge/http/routes/sight_door.hpp"

#include <boost/json.hpp>

#include "edge/http/problem.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;
using Where = Mention::Where;

/// Nothing: the body is none that a handler could read, and it says so.
std::optional<bj::object> body_object(const Request& request) {
    boost::system::error_code bad;
    bj::value value = bj::parse(request.body, bad);
    if (bad || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

/// What the request calls it; empty: it does not.
std::string named_by(const Request& request, const Mention& mention) {
    if (mention.where == Where::path) return std::string(request.parameter(mention.name));
    if (mention.where == Where::query) {
        const Result<Form> fields = request.query_fields();
        return fields ? std::string(fields->get(mention.name)) : std::string();
    }
    const std::optional<bj::object> body = body_object(request);
    const bj::value* found = body ? body->if_contains(mention.name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

void call_by_id(Request& request, const Mention& mention, const std::string& id) {
    if (mention.where == Where::path)
        for (PathParameter& parameter : request.parameters)
            if (parameter.name == mention.name) parameter.value = id;
    if (mention.where != Where::body) return;
    std::optional<bj::object> body = body_object(request);
    (*body)[mention.name] = id;
    request.body = bj::serialize(*body);
}

}  // namespace

Response beyond_sight(const Request& request, std::string detail) {
    return to_response({403,
                        "beyond_sight",
                        "You see your own accounts only",
                        std::move(detail),
                        request.path,
                        bj::object{},
                        {}});
}

flow::Task<std::optional<Response>> SightDoor::refuse(Request& request, const flow::Sight& sight) const {
    const SightRule* rule = sight_rule(request.method, request.pattern);
    const Shows shows = rule == nullptr ? Shows::whole : rule->shows;
    if (shows == Shows::house) co_return std::nullopt;
    if (shows == Shows::whole || sights_ == nullptr)
        co_return beyond_sight(request,
                               "this is about all customers at once, or about how the house is run, and your "
                               "sight is limited to your own accounts; an administrator can change that: "
                               "candour teammate set --sees all");
    for (const Mention& mention : rule->mentions) {
        auto looking = look(request, sight, mention);
        std::optional<Response> refused = co_await std::move(looking);
        if (refused) co_return refused;
    }
    co_return std::nullopt;
}

flow::Task<std::optional<Response>> SightDoor::look(Request& request, const flow::Sight& sight,
                                                    const Mention& mention) const {
    std::string name = named_by(request, mention);
    if (name.empty()) co_return std::nullopt;
    auto asking = sights_->within(sight, mention.thing, std::move(name));
    const Result<std::string> id = co_await std::move(asking);
    if (!id) co_return Response::problem(id.error(), request.path);
    call_by_id(request, mention, *id);
    co_return std::nullopt;
}

}  // namespace candour::http
