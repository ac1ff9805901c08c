#include "edge/http/routes/figure_cards.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cmath>

#include "core/metrics/figure_words.hpp"
#include "edge/json/members.hpp"

namespace candour::http {
namespace {

namespace bj = boost::json;

std::string why_not(const flow::FigureAnswer& answer, const flow::Figure& figure,
                    const bj::object& document) {
    if (figure.reason == "suspended") return "Taken out of service: " + json::text_at(document, "why");
    if (figure.reason == "not_computed") return "Being computed for the first time.";
    if (figure.reason == "no_data")
        return "Nothing to count yet as of " + core::date_text(answer.as_of) + ".";
    return "No figure: " + core::figure_words(figure.reason) + ".";
}

std::string behind(const flow::FigureAnswer& answer, const flow::Figure& figure) {
    const bj::value value = bj::parse(figure.document);
    const bj::object& document = value.get_object();
    if (!figure.value) return why_not(answer, figure, document);
    const char* counted = !answer.metric.tallies.empty()   ? " items"
                          : answer.metric.unit == "points" ? " answers"
                                                           : " contacts";
    std::string text = "from " + std::to_string(figure.n) + counted;
    if (const bj::value* coverage = document.if_contains("coverage");
        coverage != nullptr && coverage->is_number())
        text += ", coverage " + figure_text(coverage->to_number<double>(), "share");
    text += ", as of " + core::date_text(answer.as_of);
    if (const std::string headline = json::text_at(document, "headline"); !headline.empty())
        text += " (" + core::figure_words(headline) + ")";
    if (answer.lag > 0)
        text += "; " + std::to_string(answer.lag) +
                (answer.metric.tallies.empty() ? " observations behind" : " events behind");
    return text;
}

FigureCard card_of(const flow::FigureAnswer& answer) {
    const flow::Figure& figure = answer.rows.front().figure;
    FigureCard card{answer.metric.name, "not yet", "", behind(answer, figure)};
    if (figure.value) card.value = figure_text(*figure.value, answer.metric.unit);
    if (figure.value && figure.low && figure.high)
        card.range = figure_text(*figure.low, answer.metric.unit) + " to " +
                     figure_text(*figure.high, answer.metric.unit);
    return card;
}

}  // namespace

std::string figure_text(double value, const std::string& unit) {
    if (unit == "share") return std::to_string(std::llround(100 * value)) + " %";
    if (unit == "days") return std::to_string(std::llround(value)) + (value == 1 ? " day" : " days");
    const long long whole = std::llround(value);
    return (whole > 0 ? "+" : "") + std::to_string(whole);
}

flow::Task<std::vector<FigureCard>> figure_cards(flow::Figures& figures) {
    std::vector<FigureCard> cards;
    // How the relationship stands comes before how we work on it.
    std::vector<flow::MetricInfo> metrics = figures.metrics();
    std::ranges::stable_partition(metrics, [](const auto& metric) { return metric.tallies.empty(); });
    for (const flow::MetricInfo& metric : metrics) {
        flow::FigureQuery query;
        query.metric = metric.id;
        auto asking = figures.answer(std::move(query));
        const Result<flow::FigureAnswer> answer = co_await std::move(asking);
        cards.push_back(answer ? card_of(*answer)
                               : FigureCard{metric.name, "not yet", "", answer.error().message});
    }
    co_return cards;
}

}  // namespace candour::http
