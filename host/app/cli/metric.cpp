#include <boost/json.hpp>

#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "app/cli/commands.hpp"
#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "core/metrics/figure_words.hpp"
#include "edge/http/encoding.hpp"

namespace candour::app::cli {
namespace {

namespace bj = boost::json;

struct WantedFigure {
    std::string metric, account, segment, level, owner, as_of, by;
    int quarters = 0;

    std::string target() const {
        std::string query;
        const auto add = [&query](const char* name, const std::string& value) {
            if (!value.empty())
                query += (query.empty() ? "?" : "&") + std::string(name) + "=" + http::percent_encode(value);
        };
        add("account", account);
        add("segment", segment);
        add("level", level);
        add("owner", owner);
        add("as_of", as_of);
        add("by", by);
        add("quarters", quarters > 0 ? std::to_string(quarters) : "");
        return "/api/v1/metrics/" + http::percent_encode(metric) + query;
    }
};

/// Points as whole numbers with their sign, shares in percent.
std::string shown(const bj::value& value, const std::string& unit) {
    if (!value.is_number()) return "–";
    const double number = value.to_number<double>();
    if (unit == "share") return std::to_string(std::llround(100 * number)) + " %";
    if (unit == "days") return std::to_string(std::llround(number)) + " d";
    const long long whole = std::llround(number);
    return (whole > 0 ? "+" : "") + std::to_string(whole);
}

std::string interval_of(const bj::value& figure, const std::string& unit) {
    const bj::value& interval = at(figure, "interval");
    if (!interval.is_object()) return "";
    return shown(at(interval, "low"), unit) + " to " + shown(at(interval, "high"), unit);
}

std::string remarks_of(const bj::value& figure) {
    std::string remarks = core::figure_words(text_at(figure, "reason"));
    if (const std::string why = text_at(figure, "why"); !why.empty()) remarks += ": " + why;
    for (const bj::value& badge : list_at(figure, "badges"))
        if (badge.is_string())
            remarks += (remarks.empty() ? "" : ", ") + core::figure_words(badge.get_string());
    return remarks;
}

std::vector<std::string> cells_of(const std::string& name, const bj::value& figure, const std::string& unit) {
    return {name,
            shown(at(figure, "value"), unit),
            interval_of(figure, unit),
            std::to_string(number_at(figure, "n")),
            shown(at(figure, "coverage"), "share"),
            core::figure_words(text_at(figure, "headline")),
            remarks_of(figure)};
}

Table figure_table(const char* first) {
    return Table({first, "VALUE", "95 %", "N", "COVERAGE", "HEADLINE", "REMARKS"});
}

void print_behind(const bj::value& answer) {
    const bool items = text_at(answer, "counts") == "items";
    std::cout << "As of " << text_at(answer, "as_of") << ", counting everything up to "
              << (items ? "row " : "observation ") << number_at(answer, "as_of_seq")
              << (items ? " of the ledger" : "");
    if (const std::int64_t lag = number_at(answer, "lag"); lag > 0)
        std::cout << " (" << lag << " more are not counted yet)";
    std::cout << ".\n";
}

/// Four digits are more than any of these figures knows; --json has them all.
std::string readable(const bj::value& value) {
    if (value.is_null()) return "–";
    if (!value.is_double()) return bj::serialize(value);
    std::ostringstream text;
    text << std::setprecision(4) << value.get_double();
    return text.str();
}

void print_part(const std::string& name, const bj::value& value, const std::string& margin) {
    std::cout << margin << core::figure_words(name) << ":";
    if (!value.is_object()) {
        std::cout << " " << readable(value) << "\n";
        return;
    }
    std::cout << "\n";
    for (const auto& [key, inner] : value.get_object()) print_part(std::string(key), inner, margin + "  ");
}

void print_figure(const bj::value& answer) {
    const std::string unit = text_at(answer, "unit");
    const bj::value& figure = at(answer, "figure");
    Table table = figure_table("METRIC");
    table.row(cells_of(text_at(answer, "name"), figure, unit));
    table.print();
    print_behind(answer);
    if (const bj::value& parts = at(figure, "parts"); parts.is_object())
        for (const auto& [key, value] : parts.get_object()) print_part(std::string(key), value, "  ");
}

void print_series(const bj::value& answer) {
    std::string title = text_at(answer, "by");
    for (char& c : title) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    Table table = figure_table(title.c_str());
    for (const bj::value& row : list_at(answer, "figures"))
        table.row(cells_of(text_at(row, "name"), at(row, "figure"), text_at(answer, "unit")));
    table.print();
    print_behind(answer);
}

int show_metric(const Line& line, const WantedFigure& wanted) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> answer = api.get(wanted.target());
        if (!answer) return answer.error();
        if (line.shared.json)
            print_json(*answer);
        else
            wanted.by.empty() ? print_figure(*answer) : print_series(*answer);
        return int{kOk};
    });
}

int list_metrics(const Line& line) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<bj::value> document = api.get("/api/v1/metrics");
        if (!document) return document.error();
        if (line.shared.json) {
            print_json(*document);
            return int{kOk};
        }
        Table table = figure_table("METRIC");
        for (const bj::value& metric : list_at(*document, "metrics"))
            table.row(cells_of(text_at(metric, "id"), at(at(metric, "portfolio"), "figure"),
                               text_at(metric, "unit")));
        if (table.empty())
            std::cout << "No plugin brings a metric; candour plugin list says what runs.\n";
        else
            table.print();
        return int{kOk};
    });
}

void add_metric_show(CLI::App& metric, Line& line) {
    CLI::App& one =
        add(metric, {"show", "one figure with everything that stands behind it",
                     "Of everybody, or of a part; as of any day, exactly as it would have been told then.\n"
                     "A figure that cannot be told says why: no_data is never 0.",
                     "candour metric show relationship_nps --by quarter\n"
                     "candour metric show relationship_nps --account A-1 --as-of 2026-03-31\n"
                     "candour metric show advocacy_rate --by segment --json\n"
                     "candour metric show time_to_heard --by owner"});
    auto wanted = std::make_shared<WantedFigure>();
    one.add_option("METRIC", wanted->metric, "as candour metric list names it")->required();
    one.add_option("--account", wanted->account, "your own reference of an account, or acc_…")
        ->type_name("REF");
    one.add_option("--segment", wanted->segment, "co_creator, opportunity, reliable, edge or unclassified")
        ->type_name("SEGMENT");
    one.add_option("--level", wanted->level, "operational, managerial or executive")->type_name("LEVEL");
    one.add_option("--owner", wanted->owner,
                   "a teammate's id: items that are theirs, or the accounts of the contacts")
        ->type_name("ID");
    one.add_option("--as-of", wanted->as_of, "a day; today when left out")->type_name("YYYY-MM-DD");
    one.add_option("--by", wanted->by,
                   "one figure for each quarter, segment, level, account, or (of items) owner")
        ->type_name("WHAT");
    one.add_option("--quarters", wanted->quarters, "how many, with --by quarter; 8 when left out")
        ->type_name("N");
    run_by(one, line, [&line, wanted] { return show_metric(line, *wanted); });
}

}  // namespace

void add_metric(CLI::App& root, Line& line) {
    CLI::App& metric =
        add(root,
            {"metric", "how the relationship stands, in figures that say how sure they are",
             "Plugins bring the figures; each one comes with its interval, what it was counted from, and how "
             "much it does not know.",
             "candour metric list\ncandour metric show relationship_nps --by quarter"});
    metric.group(kPeopleGroup)->require_subcommand(1);
    CLI::App& all = add(metric, {"list", "every metric with its figure for the whole portfolio",
                                 "A metric that was taken out of service says why.", "candour metric list"});
    run_by(all, line, [&line] { return list_metrics(line); });
    add_metric_show(metric, line);
}

}  // namespace candour::app::cli
