#include "app/cli/campaign_explain.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/campaign_audience.hpp"
#include "app/cli/campaign_course.hpp"
#include "app/cli/output.hpp"
#include "app/cli/pages.hpp"
#include "edge/csv/writer.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

using boost::json::value;

struct ExplainOptions {
    std::string campaign, status, reason;
    Asking asking;
    bool csv = false;
    std::size_t most = 0;
};

std::string moment_of(const value& one) {
    if (const std::string sent = when(at(one, "sent_at")); !sent.empty()) return sent;
    return when(at(one, "until"));
}

void print_explained_csv(const boost::json::array& contacts) {
    std::string text;
    csv::append_line(text, {"contact", "name", "account", "email", "status", "reason", "why", "until",
                            "sent_at", "answered_at"});
    for (const value& one : contacts) {
        std::vector<std::string> cells;
        for (const char* name : {"contact", "name", "account", "email", "status", "reason", "why", "until",
                                 "sent_at", "answered_at"})
            cells.push_back(csv::harmless(text_at(one, name)));
        csv::append_line(text, cells);
    }
    std::cout << text;
}

void print_explained(const boost::json::array& contacts, bool more) {
    Table table({"NAME", "ACCOUNT", "STATUS", "WHEN (UTC)", "WHY"});
    for (const value& one : contacts)
        table.row({on_one_line(text_at(one, "name")), on_one_line(text_at(one, "account")),
                   text_at(one, "status"), moment_of(one), on_one_line(text_at(one, "why"))});
    if (table.empty()) {
        std::cout << "Nobody.\n";
        return;
    }
    table.print();
    if (more) std::cout << "\nThere are more: --limit 0 shows all of them.\n";
}

int print_all(const Line& line, const ExplainOptions& options, const value& document) {
    if (line.shared.json)
        print_json(document);
    else if (options.csv)
        print_explained_csv(list_at(document, "contacts"));
    else
        print_explained(list_at(document, "contacts"), !text_at(document, "next").empty());
    return kOk;
}

/// Asks page by page what a campaign would bring.
Result<value> explained_ahead(const Api& api, const ExplainOptions& options) {
    Result<boost::json::object> body = campaign_body(options.asking);
    if (!body) return body.error();
    if (!options.status.empty()) (*body)["status"] = options.status;
    if (!options.reason.empty()) (*body)["reason"] = options.reason;
    boost::json::array all;
    for (;;) {
        (*body)["limit"] = options.most == 0 ? 5'000 : std::min<std::size_t>(options.most, 5'000);
        const Result<value> page = api.post("/api/v1/campaigns/explain", *body);
        if (!page) return page.error();
        for (const value& one : list_at(*page, "contacts")) all.push_back(one);
        const std::string next = text_at(*page, "next");
        if (next.empty() || (options.most != 0 && all.size() >= options.most))
            return value(boost::json::object{{"contacts", std::move(all)}, {"next", at(*page, "next")}});
        (*body)["cursor"] = next;
    }
}

Result<value> explained(const Api& api, const ExplainOptions& options) {
    if (options.campaign.empty()) return explained_ahead(api, options);
    std::string target =
        "/api/v1/campaigns/" + http::percent_encode(options.campaign) + "/contacts?limit=5000";
    if (options.most != 0 && options.most < 5'000)
        target = target.substr(0, target.find('?')) + "?limit=" + std::to_string(options.most);
    if (!options.status.empty()) target += "&status=" + http::percent_encode(options.status);
    if (!options.reason.empty()) target += "&reason=" + http::percent_encode(options.reason);
    return all_pages(api, target, "contacts", options.most);
}

int explain_campaign(const Line& line, const ExplainOptions& options) {
    if (options.campaign.empty() == options.asking.plugin.empty())
        return fail_usage(
            "expected CAMPAIGN (cmp_…), or --plugin and whom to ask for one that is not sent yet");
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<value> document = explained(api, options);
        if (!document) return document.error();
        return print_all(line, options, *document);
    });
}

}  // namespace

void add_campaign_explain(CLI::App& campaigns, Line& line) {
    auto options = std::make_shared<ExplainOptions>();
    options->most = 200;
    CLI::App& command =
        add(campaigns,
            {"explain", "why each of them is asked, waits, or is left out",
             "Everybody whom the audience names, one line each: sent, waiting (until when, and for what), or "
             "skipped "
             "with the\nreason. With --plugin instead of a campaign it looks ahead: nothing is sent.",
             "candour campaign explain cmp_01arz3ndektsv4rrffq69g5fav --status skipped\n"
             "candour campaign explain --plugin relationship_nps --all --reason resting\n"
             "candour campaign explain --plugin surveys --survey autumn --segment reliable\n"
             "candour campaign explain cmp_01arz3ndektsv4rrffq69g5fav --limit 0 --csv > everybody.csv"});
    command.add_option("CAMPAIGN", options->campaign, "cmp_…");
    command.add_option(
        "--status", options->status,
        "skipped, waiting, sent, answered, bounced, undelivered, unknown, withheld, cancelled");
    command
        .add_option("--reason", options->reason,
                    "inactive, no_address, suppressed, opted_out, muted, resting, duplicate, not_sampled; "
                    "quiet_hours, day_off, holiday, account_day, deferred, paused")
        ->type_name("REASON");
    command.add_option("--limit", options->most, "so many at most; 0: all of them")->type_name("N");
    command.add_flag("--csv", options->csv, "as a CSV file");
    command.add_option("--plugin", options->asking.plugin, "look ahead: whose question would be asked");
    add_survey_option(command, options->asking);
    command.add_option("--at", options->asking.at, "look ahead: not before this time")->type_name("TIME");
    add_audience_options(command, options->asking);
    run_by(command, line, [&line, options] { return explain_campaign(line, *options); });
}

}  // namespace candour::app::cli
