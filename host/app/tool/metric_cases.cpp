#include <boost/json.hpp>
#include <cstring>

#include "app/tool/exercise.hpp"
#include "candour/measure.hpp"
#include "edge/plugin/json_schema.hpp"
#include "json_schemas.hpp"

namespace candour::app::tool {
namespace {

using Cells = std::vector<std::int64_t>;

constexpr std::int64_t kDay = 20'000;

Cells cells_of(const std::string& bytes) {
    Cells cells(bytes.size() / sizeof(std::int64_t));
    std::memcpy(cells.data(), bytes.data(), cells.size() * sizeof(std::int64_t));
    return cells;
}

/// What a figure, or another document, breaks of its schema; nothing when it fits.
std::string misfit(const std::string& text, std::string_view schema_text) {
    boost::system::error_code ec;
    const boost::json::value document = boost::json::parse(text, ec);
    if (ec) return "expected JSON, found: " + text.substr(0, 80);
    const std::vector<std::string> problems = plugin::JsonSchema(schema_text).problems(document);
    return problems.empty() ? "" : problems.front();
}

/// Calls `law` with a running instance for each metric that `has`; a text is what it breaks.
template <class Law>
Verdict for_each_metric(const Subject& subject, bool tallies, Law law) {
    return on_running(subject, [&](Bench&, Instance& instance) -> Verdict {
        int tried = 0;
        for (const plugin::MetricSpec& metric : subject.manifest.metrics) {
            if (metric.tallies.empty() == tallies) continue;
            ++tried;
            if (const std::string broken = law(instance, metric); !broken.empty())
                return failed(metric.id + ": " + broken);
        }
        return tried > 0 ? passed() : skipped(tallies ? "it counts no items" : "it measures no contacts");
    });
}

std::string figure_at(Instance& instance, const plugin::MetricSpec& metric, std::int64_t sums) {
    Cells group{0, 0, -1};
    group.resize(3 + (1 + metric.also_as_of.size()) * metric.width, sums);
    const Answer figure = instance.finalize(metric.id, group);
    if (figure.status != CDR_OK)
        return sums == 0 ? "finalize: " + figure.text : "";  // absurd sums may be refused
    return misfit(figure.text, schemas::json::figure_schema_json);
}

Verdict zero(const Subject& subject) {
    return for_each_metric(subject, false, [](Instance& instance, const plugin::MetricSpec& metric) {
        if (std::string wrong = figure_at(instance, metric, 0); !wrong.empty()) return "of nothing: " + wrong;
        const Answer none = instance.finalize(metric.id, {});
        if (none.status != CDR_OK) return "of no account: " + none.text;
        const std::string wrong = misfit(none.text, schemas::json::figure_schema_json);
        return wrong.empty() ? wrong : "of no account: " + wrong;
    });
}

Verdict extreme(const Subject& subject) {
    return for_each_metric(subject, false, [](Instance& instance, const plugin::MetricSpec& metric) {
        for (const std::int64_t sums : {std::int64_t{1}, std::int64_t{1'000'000'000}, std::int64_t{1} << 53})
            if (std::string wrong = figure_at(instance, metric, sums); !wrong.empty())
                return "of sums of " + std::to_string(sums) + ": " + wrong;
        Cells rows = rows_of(metric, kDay, 4, 1);
        for (std::size_t i = 4; i < rows.size(); ++i)
            if (i % 8 >= 4) rows[i] = i % 2 == 0 ? INT64_MAX : INT64_MIN;
        const Answer answer = instance.unit(metric.id, rows, {0, 4, kDay + 30});
        if (answer.status == CDR_OK && answer.text.size() != (metric.width + 1) * 8)
            return std::string("values out of range make a torn state");
        return answer.refused;
    });
}

/// As many cells as the manifest says, for each evaluation.
Result<Cells> states(Instance& instance, const plugin::MetricSpec& metric, const Cells& rows,
                     const Cells& asks) {
    const Answer answer = instance.unit(metric.id, rows, asks);
    if (answer.status != CDR_OK) return Error{ErrorCode::corrupt, "unit: " + answer.text};
    const std::size_t expected = asks.size() / 3 * (metric.width + 1);
    if (answer.text.size() != expected * 8)
        return Error{ErrorCode::corrupt, "expected " + std::to_string(expected) + " cells, found " +
                                             std::to_string(answer.text.size()) + " bytes"};
    return cells_of(answer.text);
}

Verdict pure(const Subject& subject) {
    return for_each_metric(subject, false, [&](Instance& instance, const plugin::MetricSpec& metric) {
        const Cells rows = rows_of(metric, kDay, 12, subject.seed), ask{0, 12, kDay + 60};
        const Result<Cells> first = states(instance, metric, rows, ask);
        if (!first) return first.error().message;
        (void)states(instance, metric, rows_of(metric, kDay - 300, 5, subject.seed + 1), {0, 5, kDay});
        const Result<Cells> second = states(instance, metric, rows, ask);
        if (!second) return second.error().message;
        return *first == *second ? std::string()
                                 : std::string("the same rows give another state the second time");
    });
}

Verdict batch(const Subject& subject) {
    return for_each_metric(subject, false, [&](Instance& instance, const plugin::MetricSpec& metric) {
        const Cells rows = rows_of(metric, kDay, 10, subject.seed);
        Cells asks;
        for (std::int64_t count = 0; count <= 10; ++count) asks.insert(asks.end(), {0, count, kDay + 40});
        const Result<Cells> together = states(instance, metric, rows, asks);
        if (!together) return together.error().message;
        for (std::size_t i = 0; i <= 10; ++i) {
            const Result<Cells> alone =
                states(instance, metric, rows, {0, static_cast<std::int64_t>(i), kDay + 40});
            if (!alone) return alone.error().message;
            if (!std::equal(alone->begin(), alone->end(),
                            together->begin() + static_cast<std::ptrdiff_t>(i * (metric.width + 1))))
                return std::string("many evaluations in one call give other states than one by one");
        }
        return std::string();
    });
}

/// Between two changes that it announces, the state stands still.
Verdict until(const Subject& subject) {
    return for_each_metric(subject, false, [&](Instance& instance, const plugin::MetricSpec& metric) {
        const Cells rows = rows_of(metric, kDay, 6, subject.seed);
        for (std::int64_t day = kDay + 20; day < kDay + 1500;) {
            const Result<Cells> here = states(instance, metric, rows, {0, 6, day});
            if (!here) return here.error().message;
            const std::int64_t next = here->back();
            if (next <= day)
                return "as of day " + std::to_string(day) + " it announces a change that is not ahead";
            const std::int64_t last = std::min(next - 1, day + 400);
            for (const std::int64_t later : {day + (last - day) / 2, last}) {
                const Result<Cells> then = states(instance, metric, rows, {0, 6, later});
                if (!then) return then.error().message;
                if (!std::equal(here->begin(), here->end() - 1, then->begin()))
                    return "its state changes by day " + std::to_string(later) + ", but as of " +
                           std::to_string(day) + " it announces day " + std::to_string(next);
            }
            day = last + 1;
        }
        return std::string();
    });
}

std::string within_bounds(const Cells& movements, std::int64_t first_day, std::int64_t last_day,
                          std::int64_t units) {
    if (movements.size() / 4 > CDR_MOST_MOVEMENTS) return "more than 4096 movements";
    for (std::size_t i = 0; i + 3 < movements.size(); i += 4) {
        if (movements[i] < 0 || movements[i] >= units) return "a movement of a unit that was not asked for";
        if (movements[i + 1] < first_day || movements[i + 1] > last_day + CDR_FARTHEST_DAYS)
            return "a movement before the first row or ten years behind the last";
        if (movements[i + 2] < 0) return "a bucket below 0";
    }
    return {};
}

Verdict tallies(const Subject& subject) {
    return for_each_metric(subject, true, [&](Instance& instance, const plugin::MetricSpec& metric) {
        const Cells rows = rows_of(metric, kDay, 8, subject.seed);
        const Answer both = instance.movements(metric.tallies, rows, {0, 3, 0, 5});
        const Answer again = instance.movements(metric.tallies, rows, {0, 3, 0, 5});
        if (both.status != CDR_OK) return "movements: " + both.text;
        if (both.text != again.text) return std::string("the same items move otherwise the second time");
        if (both.text.size() % 32 != 0) return std::string("torn movements");
        if (const std::string wrong = within_bounds(cells_of(both.text), kDay, kDay + 21, 2); !wrong.empty())
            return wrong;
        const Answer none = instance.summarise(metric.id, Cells(1 + metric.also_as_of.size(), 0));
        if (none.status != CDR_OK) return "summarise of nothing: " + none.text;
        return misfit(none.text, schemas::json::figure_schema_json);
    });
}

/// Nothing was ever put on the shelf of a plugin that is validated: one that sends what each campaign names
/// says that there is no such thing.
bool rightly_without_words(const Subject& subject, const Answer& first, const Answer& second) {
    return subject.manifest.campaign_surveys && first.status == CDR_E_NOT_FOUND &&
           second.status == CDR_E_NOT_FOUND;
}

Verdict words(const Subject& subject) {
    if (subject.manifest.campaign_kinds.empty()) return skipped("it is no campaign's voice");
    return on_running(subject, [&](Bench&, Instance& instance) -> Verdict {
        for (const std::string& kind : subject.manifest.campaign_kinds)
            for (const std::string language : {"en", "de", "fr", "es", "tlh"}) {
                const Answer first = instance.compose(kind, language),
                             second = instance.compose(kind, language);
                if (rightly_without_words(subject, first, second)) continue;
                if (first.status != CDR_OK) return failed(kind + " in " + language + ": " + first.text);
                if (first.text != second.text)
                    return failed(kind + " in " + language +
                                  ": the same facts give other words the second time");
                const std::string wrong = misfit(first.text, schemas::json::message_schema_json);
                if (!wrong.empty()) return failed(kind + " in " + language + ": " + wrong);
            }
        return passed();
    });
}

Verdict findings(const Subject& subject) {
    if (subject.manifest.signals.empty()) return skipped("it watches no account");
    return on_running(subject, [&](Bench&, Instance& instance) -> Verdict {
        for (const plugin::SignalSpec& signal : subject.manifest.signals)
            for (const std::size_t rows : {0u, 1u, 40u}) {
                const std::string snapshot = snapshot_json(signal, rows, subject.seed);
                const Answer first = instance.evaluate(signal.id, snapshot),
                             second = instance.evaluate(signal.id, snapshot);
                if (first.status != CDR_OK) return failed(signal.id + ": " + first.text);
                if (first.text != second.text)
                    return failed(signal.id + ": the same snapshot gives other findings the second time");
                const std::string wrong = misfit(first.text, schemas::json::findings_schema_json);
                if (!wrong.empty()) return failed(signal.id + ": " + wrong);
            }
        return passed();
    });
}

}  // namespace

std::vector<Case> metric_cases() {
    return {
        {"metric.zero", 6, "without answers there is a figure that says so", zero},
        {"metric.pure", 6, "the same rows give the same state", pure},
        {"metric.batch", 6, "many evaluations at once give what they give one by one", batch},
        {"metric.until", 6, "a state changes by time alone on no day but the one it announces", until},
        {"metric.extreme", 6, "absurd values and very large sums give a figure or an error, never nonsense",
         extreme},
        {"metric.tallies", 6, "movements are pure and within their bounds, and their figure fits", tallies},
        {"signal.findings", 6, "the same snapshot gives the same findings, and they fit findings.schema.json",
         findings},
        {"campaign.words", 6, "the same facts give the same words, and they fit message.schema.json", words},
    };
}

}  // namespace candour::app::tool
