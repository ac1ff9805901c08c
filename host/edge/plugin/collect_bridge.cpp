#include "edge/plugin/collect_bridge.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "candour/border.hpp"
#include "edge/plugin/text.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

/// What a browser or an API client can make sense of; redirects are the host's business.
constexpr std::array<std::uint32_t, 14> kStatuses{200, 201, 202, 400, 403, 404, 405,
                                                  409, 410, 413, 415, 422, 429, 503};
constexpr std::array<std::string_view, 5> kTypes{
    "text/html; charset=utf-8", "text/html", "text/plain; charset=utf-8", "text/plain", "application/json"};

json::object to_object(const std::map<std::string, std::string>& fields, const json::storage_ptr& memory) {
    json::object object(memory);
    for (const auto& [name, value] : fields) object.emplace(name, value);
    return object;
}

json::object subject_of(const flow::Subject& subject, bool with_names, const json::storage_ptr& memory) {
    json::object object(memory);
    object.emplace("message", subject.message.text());
    object.emplace("about", subject.about);
    object.emplace("contact", subject.contact.text());
    object.emplace("account", subject.account.text());
    object.emplace("language", subject.language);
    object.emplace("answered", subject.answered);
    if (with_names) {
        object.emplace("contact_name", subject.contact_name);
        object.emplace("account_name", subject.account_name);
    }
    return object;
}

Error broken_response(const std::string& message) {
    return Error{ErrorCode::internal, "the plugin's response: " + message};
}

Done read_header(std::string_view name, const json::value& value, flow::Collected& into) {
    const json::string* text = value.if_string();
    if (!text) return broken_response("expected header values as texts");
    if (name == "content-type") {
        if (std::find(kTypes.begin(), kTypes.end(), std::string_view(text->data(), text->size())) ==
            kTypes.end())
            return broken_response("expected an HTML, plain text or JSON content type, found " +
                                   std::string(*text));
        into.content_type.assign(text->data(), text->size());
        return done();
    }
    if (name == "content-language") {
        const auto fits = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        };
        if (text->size() > 35 || !std::all_of(text->begin(), text->end(), fits))
            return broken_response("expected a language tag, found " + std::string(*text));
        into.language.assign(text->data(), text->size());
        return done();
    }
    return broken_response("header " + std::string(name) + " is not a plugin's to set");
}

}  // namespace

std::string request_document(const flow::CollectRequest& request, bool with_names) {
    unsigned char buffer[4 * 1024];
    json::monotonic_resource arena(buffer);
    const json::storage_ptr memory(&arena);
    json::object document(memory);
    document.reserve(20);
    document.emplace("method", request.method);
    document.emplace("params", to_object(request.params, memory));
    document.emplace("query", to_object(request.query, memory));
    document.emplace("form", to_object(request.form, memory));
    document.emplace("language", request.language);
    document.emplace("languages", json::value_from(request.languages, memory));
    document.emplace("organisation", request.organisation);
    document.emplace("form_action", request.form_action);
    document.emplace("form_fields", request.form_fields);
    document.emplace("loop_url", request.loop_url);
    document.emplace("hear_days", request.hear_days);
    document.emplace("key", request.key);
    document.emplace("answer_class", core::name_of(core::kAnswerClasses, request.answer_class));
    if (request.test) document.emplace("test", true);
    if (!request.subject.message.empty())
        document.emplace("subject", subject_of(request.subject, with_names, memory));
    return json::serialize(document);
}

Result<flow::Collected> read_response(std::uint32_t status, std::string_view headers_json,
                                      std::string_view body) {
    if (std::find(kStatuses.begin(), kStatuses.end(), status) == kStatuses.end())
        return broken_response("status " + std::to_string(status) + " is not a plugin's to send");
    flow::Collected collected;
    collected.status = static_cast<int>(status);
    if (!headers_json.empty()) {
        unsigned char buffer[1024];
        json::monotonic_resource arena(buffer);
        json::error_code ec;
        const json::value headers =
            json::parse(json::string_view(headers_json.data(), headers_json.size()), ec, &arena);
        if (ec || !headers.is_object()) return broken_response("expected headers as a JSON object");
        for (const auto& [name, value] : headers.get_object())
            if (const Done fits = read_header(name, value, collected); !fits) return fits.error();
    }
    if (!is_text(body)) return broken_response("expected a body of UTF-8 without NUL");
    collected.body = body;
    return collected;
}

CollectWork::CollectWork(const cdr_collector* role, void* self, flow::CollectRequest request, bool with_names)
    : role_(role), self_(self), request_(std::move(request)), with_names_(with_names) {}

void CollectWork::run(Job& job) {
    const std::string document = request_document(request_, with_names_);
    std::uint32_t status = 0;
    sdk::Buffer headers, body;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned =
        role_->handle_http(self_, &call, job.id, sdk::to_view(request_.route), sdk::to_view(document),
                           cdr_bytes{}, &status, headers.out(), body.out(), failure.out());
    if (returned != CDR_OK)
        direct_ = failure.take(returned);
    else if (status == 0)
        job.parked = true;
    else
        direct_ = read_response(status, headers.view(), body.view());
}

Result<flow::Collected> CollectWork::take() {
    if (late_) return *std::move(late_);
    return std::move(direct_);
}

}  // namespace candour::plugin
