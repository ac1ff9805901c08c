#include "app/demo/browser.hpp"

#include <thread>

#include "edge/http/form_guard.hpp"

namespace candour::app::demo {
namespace {

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

/// From its opening tag on, the first form that has the button.
std::string_view form_with(std::string_view html, const std::string& button) {
    const std::string mark = "value=\"" + button + "\"";
    for (std::size_t from = html.find("<form "); from != std::string_view::npos;
         from = html.find("<form ", from + 1)) {
        const std::string_view form = html.substr(from, html.find("</form>", from) - from);
        if (button.empty() || form.find(mark) != std::string_view::npos) return form;
    }
    return {};
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

http::ClientRequest browser_request(const OpenPage& page) {
    http::ClientRequest request;
    request.headers = {{"Accept-Language", page.language}};
    return request;
}

Error refused(const OpenPage& page, const std::string& what) {
    return Error{ErrorCode::internal, "the page of " + page.name + " " + what};
}

}  // namespace

Result<OpenPage> open_page(const cli::Api& api, const std::string& url, OpenPage reader,
                           const std::string& button) {
    http::ClientRequest request = browser_request(reader);
    request.target = target_of(url);
    const Result<http::ClientAnswer> page = api.send(request);
    if (!page) return page.error();
    if (!page->ok()) return refused(reader, "answered " + std::to_string(page->status));
    const std::string_view form = form_with(page->body, button);
    std::size_t at = 0;
    const std::string action = attribute(next_tag(form, "form", at), "action");
    if (action.empty())
        return Error{ErrorCode::not_found,
                     "the page of " + reader.name +
                         (button.empty() ? " has no form" : " has no button \"" + button + "\"")};
    reader.action = target_of(action);
    reader.hidden = hidden_fields(form);
    return reader;
}

void take_a_moment() {
    constexpr std::chrono::milliseconds sure{200};
    std::this_thread::sleep_for(http::kHumanPause + sure);  // allowed: the host measures this pause
}

Done press(const cli::Api& api, const OpenPage& page, std::vector<http::FormField> filled_in) {
    std::vector<http::FormField> fields = page.hidden;
    fields.insert(fields.end(), std::make_move_iterator(filled_in.begin()),
                  std::make_move_iterator(filled_in.end()));
    http::ClientRequest request = browser_request(page);
    request.method = http::Method::post;
    request.target = page.action;
    request.body = http::encode_form(http::Form(std::move(fields)));
    request.content_type = "application/x-www-form-urlencoded";
    const Result<http::ClientAnswer> answer = api.send(request);
    if (!answer) return answer.error();
    if (answer->ok()) return done();
    return refused(page, "refused the button with status " + std::to_string(answer->status));
}

}  // namespace candour::app::demo
