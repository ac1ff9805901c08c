#include "app/demo/answers.hpp"

#include <boost/json.hpp>
#include <thread>

#include "app/cli/output.hpp"
#include "edge/http/form_guard.hpp"
#include "edge/http/forms.hpp"

namespace candour::app::demo {
namespace {

using cli::flag_at;
using cli::number_at;
using cli::text_at;

/// The value of an attribute inside one tag. Our own pages quote every value, and tokens need no unescaping.
std::string attribute(std::string_view tag, const std::string& name) {
    const std::string mark = " " + name + "=\"";
    const std::size_t from = tag.find(mark);
    if (from == std::string_view::npos) return "";
    const std::string_view rest = tag.substr(from + mark.size());
    return std::string(rest.substr(0, rest.find('"')));
}

/// The next tag of that name at or behind `at`, which moves past it; empty when there is none.
std::string_view next_tag(std::string_view html, const std::string& name, std::size_t& at) {
    const std::size_t from = html.find("<" + name + " ", at);
    if (from == std::string_view::npos) return {};
    const std::size_t end = std::min(html.find('>', from), html.size() - 1);
    at = end + 1;
    return html.substr(from, end + 1 - from);
}

std::vector<http::FormField> hidden_fields(std::string_view html) {
    std::vector<http::FormField> fields;
    std::size_t at = 0;
    for (std::string_view tag = next_tag(html, "input", at); !tag.empty(); tag = next_tag(html, "input", at))
        if (attribute(tag, "type") == "hidden")
            fields.push_back({attribute(tag, "name"), attribute(tag, "value")});
    return fields;
}

/// The link's own host name may not be known here; we reach it where we reached the API.
std::string target_of(const std::string& url) {
    const std::size_t scheme = url.find("://");
    const std::size_t path = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

http::ClientRequest browser_request(const Reader& reader) {
    http::ClientRequest request;
    request.headers = {{"Accept-Language", reader.language}};
    return request;
}

}  // namespace

Result<Reader> open_page(const cli::Api& api, const std::string& survey, const boost::json::value& contact,
                         const boost::json::value& answer) {
    const Result<boost::json::value> link = api.post(
        "/api/v1/surveys/" + survey + "/links", boost::json::object{{"contact", text_at(contact, "id")}});
    if (!link) return link.error();
    Reader reader{&answer,
                  text_at(contact, "name"),
                  text_at(contact, "language"),
                  target_of(text_at(*link, "url")),
                  {}};
    http::ClientRequest request = browser_request(reader);
    request.target = reader.action;
    const Result<http::ClientAnswer> page = api.send(request);
    if (!page) return page.error();
    if (!page->ok())
        return Error{ErrorCode::internal,
                     "the survey page of " + reader.name + " answered " + std::to_string(page->status)};
    std::size_t at = 0;
    const std::string action = attribute(next_tag(page->body, "form", at), "action");
    if (action.empty())
        return Error{ErrorCode::internal, "the survey page of " + reader.name + " has no form"};
    reader.action = target_of(action);
    reader.hidden = hidden_fields(page->body);
    return reader;
}

void take_a_moment() {
    constexpr std::chrono::milliseconds sure{200};
    std::this_thread::sleep_for(http::kHumanPause + sure);  // allowed: the host measures this pause
}

Done press(const cli::Api& api, const Reader& reader) {
    std::vector<http::FormField> fields = reader.hidden;
    fields.push_back({"a", std::to_string(number_at(*reader.answer, "score"))});
    fields.push_back({"why", text_at(*reader.answer, "why")});
    if (flag_at(*reader.answer, "contact_me")) fields.push_back({"contact", "1"});
    if (flag_at(*reader.answer, "may_quote")) fields.push_back({"quote", "1"});
    http::ClientRequest request = browser_request(reader);
    request.method = http::Method::post;
    request.target = reader.action;
    request.body = http::encode_form(http::Form(std::move(fields)));
    request.content_type = "application/x-www-form-urlencoded";
    const Result<http::ClientAnswer> page = api.send(request);
    if (!page) return page.error();
    if (page->ok()) return done();
    return Error{ErrorCode::internal,
                 "the answer of " + reader.name + " was refused with status " + std::to_string(page->status)};
}

}  // namespace candour::app::demo
