/// What must hold for every input: order, batches and merging do not change a figure.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "candour/stats/breadth.hpp"
#include "candour/stats/decay.hpp"
#include "candour/stats/graph.hpp"
#include "candour/stats/moments.hpp"
#include "candour/stats/nps_accounts.hpp"
#include "candour/stats/proportion.hpp"
#include "candour/stats/rolling.hpp"
#include "candour/stats/survival.hpp"

namespace candour::stats {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Day kFirst{2024y / 1 / 1};

/// Few contacts, few instants: repeated, late and simultaneous answers come up all the time.
Answer any_answer() {
    const int hour = *rc::gen::inRange(0, 40 * 4) * 6;
    Answer answer;
    answer.id = "r" + std::to_string(*rc::gen::inRange(0, 1000));
    answer.contact = "c" + std::to_string(*rc::gen::inRange(0, 4));
    answer.account = "a" + std::to_string(*rc::gen::inRange(0, 2));
    answer.at = kFirst + std::chrono::hours(hour);
    answer.date = std::chrono::floor<days>(answer.at);
    answer.score = *rc::gen::inRange(0, 11);
    return answer;
}

/// Ids are unique, as a provider's are.
std::vector<Answer> any_history() {
    std::vector<Answer> answers;
    for (int left = *rc::gen::inRange(0, 40); left > 0; --left) {
        answers.push_back(any_answer());
        answers.back().id += "-" + std::to_string(left);
    }
    return answers;
}

std::vector<Answer> shuffled(std::vector<Answer> answers) {
    for (std::size_t at = answers.size(); at > 1; --at)
        std::swap(answers[at - 1], answers[*rc::gen::inRange<std::size_t>(0, at)]);
    return answers;
}

/// The definition word by word: an answer counts when it lies in the window and no other one of its contact
/// and account there is later, or as late with a greater id.
NpsCounts naive_counts(const std::vector<Answer>& answers, const Window& window) {
    NpsCounts counts;
    for (const Answer& one : answers) {
        const auto beats = [&](const Answer& other) {
            return other.contact == one.contact && other.account == one.account &&
                   window.contains(other.date) &&
                   (other.at > one.at || (other.at == one.at && other.id > one.id));
        };
        if (window.contains(one.date) && std::ranges::none_of(answers, beats))
            counts += *nps_category(one.score);
    }
    return counts;
}

RC_GTEST_PROP(LatestAnswers, AreTheNaiveDefinition, ()) {
    const std::vector<Answer> answers = any_history();
    const Window window{kFirst + days(*rc::gen::inRange(-5, 60)), *rc::gen::inRange(1, 50)};
    RC_ASSERT(*counts_of(*latest_answers(answers, window)) == naive_counts(answers, window));
}

RC_GTEST_PROP(LatestAnswers, DoNotDependOnTheOrderOfArrival, ()) {
    const std::vector<Answer> answers = any_history();
    const Window window{kFirst + days(30), 20};
    const std::vector<Answer> one = *latest_answers(answers, window),
                              other = *latest_answers(shuffled(answers), window);
    RC_ASSERT(std::ranges::equal(one, other, {}, &Answer::id, &Answer::id));
}

RC_GTEST_PROP(DeltaStreams, SumUpToTheRecountOfEveryDay, ()) {
    const std::vector<Answer> answers = any_history();
    const int length = *rc::gen::inRange(1, 50);
    const DeltaStream stream = *delta_stream(answers, length);
    for (int day = -2; day < 95; ++day) {
        const Window window{kFirst + days(day), length};
        RC_ASSERT(counts_on(stream, window.until) == naive_counts(answers, window));
    }
}

RC_GTEST_PROP(DeltaStreams, OfContactsKeptApartAddUpToThatOfAll, ()) {
    const std::vector<Answer> answers = any_history();
    std::map<std::string, std::vector<Answer>> shards;
    for (const Answer& one : answers) shards[one.contact].push_back(one);
    DeltaStream sum;
    for (const auto& [contact, own] : shards) {
        const DeltaStream of_shard = *delta_stream(shuffled(own), 20);
        for (const auto& [day, change] : of_shard) sum[day] += change;
    }
    std::erase_if(sum, [](const auto& entry) { return entry.second == NpsCounts{}; });
    RC_ASSERT(sum == *delta_stream(answers, 20));
}

NpsCounts any_counts() {
    return {*rc::gen::inRange(0, 300), *rc::gen::inRange(0, 300), *rc::gen::inRange(0, 300)};
}

RC_GTEST_PROP(NpsIntervals, HoldTheScoreAndStayOnTheScale, ()) {
    NpsCounts counts = any_counts();
    counts.promoters += counts.n() == 0 ? 1 : 0;
    const NpsFigure figure = *nps(counts);
    for (const Interval& interval : {*figure.wald, *figure.score}) {
        RC_ASSERT(interval.low >= -100 && interval.high <= 100);
        RC_ASSERT(interval.low <= *figure.value + 1e-9 && interval.high >= *figure.value - 1e-9);
    }
    RC_ASSERT(figure.adjusted->low <= *figure.adjusted_centre &&
              figure.adjusted->high >= *figure.adjusted_centre);
    RC_ASSERT(*figure.variance >= 0 && *figure.variance <= 1);
}

RC_GTEST_PROP(NpsIntervals, WidenWithConfidence, ()) {
    NpsCounts counts = any_counts();
    counts.passives += counts.n() == 0 ? 1 : 0;
    RC_ASSERT(nps(counts, 0.99)->score->width() >= nps(counts, 0.9)->score->width() - 1e-9);
    RC_ASSERT(nps(counts, 0.99)->adjusted->width() >= nps(counts, 0.9)->adjusted->width() - 1e-9);
}

RC_GTEST_PROP(ScoreInterval, EndsWhereTheTestOfItsBoundIsJustSignificant, ()) {
    NpsCounts counts = any_counts();
    counts.passives += 1;
    const double z = *z_of(0.95), width = 0.01;
    const Interval score = *nps(counts)->score;
    if (score.low > -99.9) RC_ASSERT(!detail::within_z(counts, (score.low - width) / 100, z));
    if (score.high < 99.9) RC_ASSERT(!detail::within_z(counts, (score.high + width) / 100, z));
    RC_ASSERT(detail::within_z(counts, (score.low + 1e-9) / 100, z));
    RC_ASSERT(detail::within_z(counts, (score.high - 1e-9) / 100, z));
}

RC_GTEST_PROP(Wilson, IsTheMirrorImageForTheOthers, ()) {
    const int n = *rc::gen::inRange(1, 1000), x = *rc::gen::inRange(0, n + 1);
    const Interval of_x = *wilson(x, n)->interval, of_rest = *wilson(n - x, n)->interval;
    RC_ASSERT(std::abs(of_x.low - (1 - of_rest.high)) < 1e-12);
    RC_ASSERT(of_x.low <= static_cast<double>(x) / n && static_cast<double>(x) / n <= of_x.high);
}

RC_GTEST_PROP(ClusterSums, DoNotDependOnHowAccountsAreSharded, ()) {
    ClusterSums whole, left, right;
    for (int account = *rc::gen::inRange(0, 30); account > 0; --account) {
        const NpsCounts counts = any_counts();
        whole.add(counts);
        (*rc::gen::arbitrary<bool>() ? left : right).add(counts);
    }
    left += right;
    RC_ASSERT(left == whole);
}

bool near(double one, double other) {
    return std::abs(one - other) <= 1e-9 * (1 + std::abs(one));
}

RC_GTEST_PROP(Moments, MergeInAnyOrderAndComeBackOut, ()) {
    Moments whole, left, right;
    for (int left_over = *rc::gen::inRange(2, 60); left_over > 0; --left_over) {
        const double value = *rc::gen::inRange(-1000, 1000) / 8.0;
        whole.add(value);
        (left_over % 2 == 0 ? left : right).add(value);
    }
    Moments one = left, other = right;
    one += right;
    other += left;
    RC_ASSERT(one.n == whole.n && near(one.mean, whole.mean) && near(one.m2, whole.m2));
    RC_ASSERT(near(one.mean, other.mean) && near(one.m2, other.m2));
    one -= left;
    RC_ASSERT(one.n == right.n && near(one.mean, right.mean) && near(one.m2, right.m2));
}

RC_GTEST_PROP(ForwardDecay, MergesToTheBackwardDecayOfAllEvents, ()) {
    ForwardDecay left(kFirst, 90), right(kFirst, 90);
    const Day as_of = kFirst + days(800);
    double backward = 0;
    for (int event = *rc::gen::inRange(0, 40); event > 0; --event) {
        const Day day = kFirst + days(*rc::gen::inRange(-100, 801));
        const double weight = *rc::gen::inRange(1, 10) / 10.0;
        backward += weight * half_life_decay(days_between(day, as_of), 90);
        RC_ASSERT(static_cast<bool>((*rc::gen::arbitrary<bool>() ? left : right).add(day, weight)));
    }
    left.rebase(kFirst + days(365));
    right.rebase(kFirst + days(365));
    RC_ASSERT(static_cast<bool>(left.merge(right)));
    RC_ASSERT(near(left.value(as_of), backward));
}

RC_GTEST_PROP(LifeTables, OfShardsGiveTheCurveOfTheWhole, ()) {
    LifeTable whole, left, right;
    for (int item = *rc::gen::inRange(1, 60); item > 0; --item) {
        const int age = *rc::gen::inRange(0, 30);
        const DayCounts counts = *rc::gen::arbitrary<bool>() ? DayCounts{1, 0} : DayCounts{0, 1};
        RC_ASSERT(static_cast<bool>(whole.add(age, counts)));
        RC_ASSERT(static_cast<bool>((*rc::gen::arbitrary<bool>() ? left : right).add(age, counts)));
    }
    right += left;
    RC_ASSERT(right.days() == whole.days() && right.n() == whole.n());
    double before = 1;
    const SurvivalCurve curve = *kaplan_meier(right);
    for (const SurvivalStep& step : curve.steps()) {
        RC_ASSERT(step.survival <= before && step.survival >= 0);
        if (step.loglog) RC_ASSERT(step.loglog->low <= step.survival && step.survival <= step.loglog->high);
        before = step.survival;
    }
}

RC_GTEST_PROP(EffectiveBreadth, LiesBetweenOneAndTheNumberOfContacts, ()) {
    Weights weights;
    for (int contact = *rc::gen::inRange(1, 12); contact > 0; --contact)
        weights["c" + std::to_string(contact)] = *rc::gen::inRange(5, 100) / 10.0;
    const Breadth found = breadth(weights, {});
    RC_ASSERT(found.effective >= 1 - 1e-9 && found.effective <= static_cast<double>(found.size()) + 1e-9);
}

/// Reachable nodes, with one left out.
std::size_t pieces(const Graph& graph, std::optional<std::size_t> without) {
    std::vector<bool> seen(graph.size());
    std::size_t found = 0;
    for (std::size_t root = 0; root < graph.size(); ++root) {
        if (seen[root] || root == without) continue;
        ++found;
        std::vector<std::size_t> queue{root};
        seen[root] = true;
        while (!queue.empty()) {
            const std::size_t node = queue.back();
            queue.pop_back();
            for (const std::size_t other : graph.neighbours(node)) {
                if (other == without || seen[other]) continue;
                seen[other] = true;
                queue.push_back(other);
            }
        }
    }
    return found;
}

RC_GTEST_PROP(ArticulationPoints, AreThoseWhoseLossLeavesMorePieces, ()) {
    Graph graph(*rc::gen::inRange<std::size_t>(1, 12));
    for (int edge = *rc::gen::inRange(0, 20); edge > 0; --edge)
        RC_ASSERT(static_cast<bool>(graph.connect(*rc::gen::inRange<std::size_t>(0, graph.size()),
                                                  *rc::gen::inRange<std::size_t>(0, graph.size()))));
    std::vector<std::size_t> expected;
    for (std::size_t node = 0; node < graph.size(); ++node)
        if (pieces(graph, node) > pieces(graph, {})) expected.push_back(node);
    RC_ASSERT(articulation(graph).points == expected);
}

}  // namespace
}  // namespace candour::stats
