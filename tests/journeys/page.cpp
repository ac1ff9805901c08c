#include "journeys/page.hpp"

#include <algorithm>
#include <stdexcept>

namespace candour::journeys {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f";

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

std::string name_at(std::string_view html, std::size_t& at) {
    const std::size_t from = at;
    while (at < html.size() && is_name(html[at])) ++at;
    std::string name(html.substr(from, at - from));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return name;
}

void skip_space(std::string_view html, std::size_t& at) {
    at = std::min(html.find_first_not_of(kSpace, at), html.size());
}

std::string value_at(std::string_view html, std::size_t& at) {
    const bool quoted = at < html.size() && (html[at] == '"' || html[at] == '\'');
    const std::size_t from = quoted ? at + 1 : at;
    const std::size_t to =
        std::min(quoted ? html.find(html[at], from) : html.find_first_of(" \t\r\n\f>", from), html.size());
    at = quoted ? std::min(to + 1, html.size()) : to;
    return decoded(html.substr(from, to - from));
}

/// `at` stands behind "<". An end tag keeps its slash in the name.
Tag tag_at(std::string_view html, std::size_t& at) {
    Tag tag;
    if (at < html.size() && html[at] == '/') tag.name = html[at++];
    tag.name += name_at(html, at);
    for (;;) {
        skip_space(html, at);
        if (at >= html.size() || html[at] == '>') break;
        const std::size_t before = at;
        const std::string name = name_at(html, at);
        skip_space(html, at);
        std::string value;
        if (at < html.size() && html[at] == '=') {
            skip_space(html, ++at);
            value = value_at(html, at);
        }
        if (!name.empty()) tag.attributes.push_back({name, value});
        if (at == before) ++at;
    }
    at = std::min(at + 1, html.size());
    tag.end = at;
    return tag;
}

void add_input(PageForm& form, const Tag& tag) {
    const std::string type = tag.get("type");
    if (type == "submit") return form.buttons.push_back({tag.get("name"), tag.get("value")});
    const bool chosen = (type != "radio" && type != "checkbox") || tag.has("checked");
    if (chosen && tag.has("name")) form.fields.push_back({tag.get("name"), tag.get("value")});
}

void put(std::vector<http::FormField>& fields, const http::FormField& field) {
    const auto same = [&](const http::FormField& each) { return each.name == field.name; };
    const auto at = std::find_if(fields.begin(), fields.end(), same);
    if (at == fields.end())
        fields.push_back(field);
    else
        at->value = field.value;
}

}  // namespace

std::string decoded(std::string_view html) {
    static const std::pair<std::string_view, std::string_view> kNames[] = {
        {"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"},   {"&quot;", "\""}, {"&#39;", "'"},
        {"&apos;", "'"}, {"&#x27;", "'"}, {"&#x2F;", "/"}, {"&#x60;", "`"},  {"&#x3D;", "="}};
    std::string out;
    for (std::size_t at = 0; at < html.size();) {
        std::size_t used = 0;
        for (const auto& [name, text] : kNames) {
            if (!html.substr(at).starts_with(name)) continue;
            out += text;
            used = name.size();
            break;
        }
        if (used == 0) out += html[at];
        at += std::max<std::size_t>(used, 1);
    }
    return out;
}

std::string Tag::get(std::string_view attribute) const {
    for (const http::FormField& each : attributes)
        if (each.name == attribute) return each.value;
    return {};
}

bool Tag::has(std::string_view attribute) const {
    return std::any_of(attributes.begin(), attributes.end(),
                       [&](const http::FormField& each) { return each.name == attribute; });
}

std::vector<Tag> Page::tags() const {
    std::vector<Tag> all;
    const std::string_view html = body;
    for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
        ++at;
        if (at < html.size() && (is_name(html[at]) || html[at] == '/')) all.push_back(tag_at(html, at));
    }
    return all;
}

std::vector<PageForm> Page::forms() const {
    std::vector<PageForm> forms;
    bool inside = false;
    for (const Tag& tag : tags()) {
        if (tag.name == "form") forms.push_back({tag.get("action"), {}, {}});
        if (tag.name == "form" || tag.name == "/form") inside = tag.name == "form";
        if (!inside) continue;
        PageForm& form = forms.back();
        if (tag.name == "input") add_input(form, tag);
        if (tag.name == "button") form.buttons.push_back({tag.get("name"), tag.get("value")});
        if (tag.name != "textarea") continue;
        std::string text = decoded(std::string_view(body).substr(tag.end, body.find('<', tag.end) - tag.end));
        if (text.starts_with('\n')) text.erase(0, 1);
        form.fields.push_back({tag.get("name"), std::move(text)});
    }
    return forms;
}

PageForm Page::form_with(std::string_view button, std::string_view value) const {
    for (PageForm& form : forms())
        for (const http::FormField& each : form.buttons)
            if (each.name == button && each.value == value) return std::move(form);
    throw std::runtime_error("no form with the button \"" + std::string(button) + "=" + std::string(value) +
                             "\" on the page (" + std::to_string(status) + "): " + words());
}

std::vector<std::string> Page::addresses() const {
    std::vector<std::string> all;
    for (const Tag& tag : tags())
        for (const char* attribute : {"href", "src", "action"})
            if (tag.has(attribute)) all.push_back(tag.get(attribute));
    return all;
}

std::string Page::words() const {
    const std::size_t start = body.find("</head>");
    std::string text;
    bool inside = false;
    for (std::size_t at = start == body.npos ? 0 : start; at < body.size(); ++at) {
        if (body[at] == '<') inside = true;
        if (!inside) text += body[at];
        if (body[at] == '>' && std::exchange(inside, false)) text += ' ';
    }
    std::string one_spaced;
    for (const char c : decoded(text)) {
        const bool space = kSpace.find(c) != kSpace.npos;
        if (!space) one_spaced += c;
        if (space && !one_spaced.empty() && one_spaced.back() != ' ') one_spaced += ' ';
    }
    return one_spaced;
}

bool Page::says(std::string_view text) const {
    return words().find(text) != std::string::npos;
}

Browser::Browser(std::string base, std::string user_agent)
    : base_(std::move(base)), user_agent_(std::move(user_agent)) {}

Page Browser::submit(const PageForm& form, const std::vector<http::FormField>& filled_in,
                     const http::FormField& button) const {
    std::vector<http::FormField> fields = form.fields;
    for (const http::FormField& field : filled_in) put(fields, field);
    if (!button.name.empty()) fields.push_back(button);
    return post(form.action, http::encode_form(http::Form(std::move(fields))));
}

Page Browser::post(const std::string& address, std::string body, std::string content_type) const {
    return send(http::Method::post, address, std::move(body), std::move(content_type));
}

Page Browser::send(http::Method method, const std::string& address, std::string body,
                   std::string content_type) const {
    const std::size_t host = address.find("://");
    const std::size_t path = host == address.npos ? 0 : address.find('/', host + 3);
    const Result<http::Client> client =
        http::Client::at(host == address.npos ? base_ : address.substr(0, path));
    if (!client) throw std::runtime_error(client.error().message);
    http::ClientRequest request;
    request.method = method;
    request.target = path == address.npos ? "/" : address.substr(path);
    request.body = std::move(body);
    request.content_type = std::move(content_type);
    request.headers = {{"Accept", "text/html,application/xhtml+xml"}, {"User-Agent", user_agent_}};
    Result<http::ClientAnswer> answer = client->send(request);
    if (!answer) throw std::runtime_error(answer.error().message);
    return {answer->status, std::move(answer->headers), std::move(answer->body)};
}

}  // namespace candour::journeys
