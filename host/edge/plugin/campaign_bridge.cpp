#include "edge/plugin/campaign_bridge.hpp"

#include <boost/json.hpp>

#include "candour/border.hpp"
#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/text.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {

namespace json = boost::json;

namespace {

/// Fifty blocks of eight thousand characters of four bytes, escaped; nobody sends such a mail.
constexpr std::size_t kMaxMessage = 2 * 1024 * 1024;

Error broken_message(const std::string& what) {
    return Error{ErrorCode::internal, "the plugin's message: " + what};
}

}  // namespace

std::string facts_document(const flow::WordsRequest& request, bool with_names) {
    json::object facts{{"organisation", json::object{{"name", request.organisation}}},
                       {"about", request.about}};
    facts["contact"] = with_names ? json::object{{"name", request.contact_name}} : json::object{};
    facts["account"] = with_names ? json::object{{"name", request.account_name}} : json::object{};
    return json::serialize(facts);
}

Done check_message(std::string_view document) {
    static const JsonSchema schema(schemas::json::message_schema_json);
    if (document.size() > kMaxMessage) return broken_message("expected at most 2 MiB, found more");
    if (!is_text(document)) return broken_message("expected UTF-8 without NUL");
    json::error_code ec;
    const json::value value = json::parse(json::string_view(document.data(), document.size()), ec);
    if (ec) return broken_message("expected JSON, found: " + ec.message());
    std::string problems;
    for (const std::string& problem : schema.problems(value))
        problems += (problems.empty() ? "" : "; ") + problem;
    return problems.empty() ? done() : Done(broken_message(problems));
}

void ComposeWork::run(Job& job) {
    const std::string facts = facts_document(request_, with_names_);
    sdk::Buffer document;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned =
        role_->compose(self_, &call, sdk::to_view(request_.kind), sdk::to_view(request_.language),
                       sdk::to_view(facts), document.out(), failure.out());
    if (returned != CDR_OK) {
        document_ = failure.take(returned);
        return;
    }
    const Done fits = check_message(document.view());
    document_ = fits ? Result<std::string>(document.text()) : Result<std::string>(fits.error());
}

}  // namespace candour::plugin
