#include "edge/plugin/signal_bridge.hpp"

#include <boost/json.hpp>
#include <set>

#include "candour/border.hpp"
#include "core/metrics/calendar.hpp"
#include "edge/json/members.hpp"
#include "edge/plugin/data_bridge.hpp"
#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/text.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {

namespace json = boost::json;
using candour::json::text_at;

namespace {

constexpr std::size_t kMaxFindings = 1024 * 1024;  // bytes

Error broken_findings(const std::string& what) {
    return Error{ErrorCode::internal, "the plugin's findings: " + what};
}

flow::Finding finding_of(const json::object& from) {
    flow::Finding finding;
    finding.key = text_at(from, "key");
    finding.severity = *core::value_of(flow::kSeverities, text_at(from, "severity"));
    finding.title = text_at(from, "title");
    finding.detail = text_at(from, "detail");
    finding.contact = text_at(from, "contact");
    finding.evidence = json::serialize(from.at("evidence"));
    return finding;
}

}  // namespace

std::string snapshot_document(const flow::AccountSnapshot& snapshot) {
    json::object views;
    for (const auto& [name, page] : snapshot.views) {
        json::array columns(page.columns.begin(), page.columns.end());
        views[name] = json::object{{"columns", std::move(columns)}, {"rows", view_rows(page)}};
    }
    json::object account{{"id", snapshot.account}, {"segment", snapshot.segment}};
    account["annual_revenue"] =
        snapshot.annual_revenue < 0 ? json::value(nullptr) : json::value(snapshot.annual_revenue);
    return json::serialize(json::object{{"account", std::move(account)},
                                        {"as_of", core::date_text(snapshot.as_of)},
                                        {"views", std::move(views)}});
}

Result<std::vector<flow::Finding>> read_findings(std::string_view text) {
    static const JsonSchema schema(schemas::json::findings_schema_json);
    if (text.size() > kMaxFindings) return broken_findings("expected at most 1 MiB, found more");
    if (!is_text(text)) return broken_findings("expected UTF-8 without NUL");
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec) return broken_findings("expected JSON, found: " + ec.message());
    std::string problems;
    for (const std::string& problem : schema.problems(document))
        problems += (problems.empty() ? "" : "; ") + problem;
    if (!problems.empty()) return broken_findings(problems);
    std::vector<flow::Finding> findings;
    std::set<std::string> keys;
    for (const json::value& each : document.as_object().at("findings").as_array()) {
        findings.push_back(finding_of(each.as_object()));
        if (!keys.insert(findings.back().key).second)
            return broken_findings("expected each key once, found \"" + findings.back().key + "\" twice");
    }
    return findings;
}

void SignalWork::run(Job& job) {
    sdk::Buffer document;
    sdk::Failure failure;
    const cdr_call call = job.call();
    const cdr_status returned = role_->evaluate(self_, &call, sdk::to_view(signal_), sdk::to_view(snapshot_),
                                                document.out(), failure.out());
    if (returned != CDR_OK)
        findings_ = failure.take(returned);
    else
        findings_ = read_findings(document.view());
}

}  // namespace candour::plugin
