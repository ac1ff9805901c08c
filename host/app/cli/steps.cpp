#include "app/cli/steps.hpp"

#include <boost/json.hpp>
#include <sstream>

#include "app/cli/output.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

constexpr unsigned kStale = 412;

Result<std::int64_t> version_of(const Api& api, const Aim& aim) {
    if (aim.version) return *aim.version;
    const Result<boost::json::value> item = api.get(item_target(aim.item));
    if (!item) return item.error();
    return number_at(*item, "version");
}

/// Somebody was faster: which events they added, so that the caller can decide again.
Error stale(const Api& api, const Aim& aim, std::int64_t seen, const http::ClientAnswer& answer) {
    Error error{ErrorCode::conflict, http::error_of(answer).message};
    const Result<boost::json::value> item = api.get(item_target(aim.item));
    if (!item) return error;
    std::ostringstream text;
    text << text_at(*item, "alias") << " has changed since version " << seen << "; it is "
         << text_at(*item, "state") << " now (version " << number_at(*item, "version") << "). Meanwhile:";
    for (const boost::json::value& event : list_at(*item, "history")) {
        if (number_at(event, "n") <= seen) continue;
        const std::string actor = text_at(at(event, "actor"), "name"),
                          words = text_at(at(event, "content"), "text");
        text << "\n  " << when(at(event, "at")) << "  " << text_at(event, "event")
             << (actor.empty() ? "" : ", " + on_one_line(actor))
             << (words.empty() ? "" : ": " + on_one_line(words));
    }
    text << "\nNothing was done. Look again, then give the command once more.";
    error.message = text.str();
    return error;
}

}  // namespace

std::string item_target(const std::string& item, const std::string& below) {
    return "/api/v1/items/" + http::percent_encode(item) + (below.empty() ? "" : "/" + below);
}

Result<boost::json::value> give_step(const Api& api, const Aim& aim, const std::string& step,
                                     const boost::json::object& body) {
    const Result<std::int64_t> version = version_of(api, aim);
    if (!version) return version.error();
    http::ClientRequest request;
    request.method = http::Method::post;
    request.target = item_target(aim.item, step);
    request.body = boost::json::serialize(body);
    request.headers.push_back({"If-Match", "\"" + std::to_string(*version) + "\""});
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    if (answer->status == kStale) return stale(api, aim, *version, *answer);
    return value_of_answer(*answer);
}

}  // namespace candour::app::cli
