/// Laws: order, batches, repetition and rebuilding do not change a figure; what was taken back leaves no
/// trace; the sums are those of the raw question "who said what last?".
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

constexpr int kPeople = 3;

struct Said {
    int person = 0;
    int days_ago = 0;
    int hour = 0;
    int score = 0;
    int thread = 0;
    bool machine = false;
};
using History = std::vector<Said>;

void showValue(const Said& said, std::ostream& out) {
    out << "{person " << said.person << ", " << said.days_ago << " days ago at " << said.hour << ", "
        << said.score << ", thread " << said.thread << (said.machine ? ", machine" : "") << "}";
}

rc::Gen<Said> any_answer() {
    return rc::gen::build<Said>(
        rc::gen::set(&Said::person, rc::gen::inRange(0, kPeople)),
        rc::gen::set(&Said::days_ago, rc::gen::inRange(0, 800)),
        rc::gen::set(&Said::hour, rc::gen::inRange(0, 2)),
        rc::gen::set(&Said::score, rc::gen::inRange(0, 11)),
        rc::gen::set(&Said::thread, rc::gen::inRange(0, 6)),
        rc::gen::set(&Said::machine, rc::gen::map(rc::gen::inRange(0, 5), [](int n) { return n == 0; })));
}
rc::Gen<History> any_history() {
    return rc::gen::resize(18, rc::gen::container<History>(any_answer()));
}

class Laws {
 public:
    Laws() : world(store::Dialect::sqlite) {
        for (int i = 0; i < kPeople; ++i)
            people.push_back(world.contact("p" + std::to_string(i) + "@x.example", i == 0 ? "A-1" : "B-2",
                                           static_cast<core::Level>(i)));
    }
    core::Observation fact(const Said& said, const std::string& key) const {
        const core::Instant at = world.noon(world.today() - said.days_ago) - 2h + said.hour * 1h;
        core::Observation observation =
            world.answer(people[static_cast<std::size_t>(said.person)], said.score, at, key);
        observation.item_key = "thread-" + std::to_string(said.person) + "-" + std::to_string(said.thread);
        if (said.machine) observation.answer_class = core::AnswerClass::likely_bot;
        return observation;
    }
    void accept(const History& history) {
        for (std::size_t i = 0; i < history.size(); ++i)
            world.accept({fact(history[i], "k" + std::to_string(i))});
    }
    /// Every sum that is kept, without its place in time.
    core::Deltas sums(const std::string& metric) {
        core::Deltas all;
        for (const flow::MetricInfo& info : world.registry.metrics()) {
            if (info.id != metric) continue;
            for (const char* ref : {"A-1", "B-2"}) {
                const core::Deltas part =
                    must(world.store.run(world.metrics.deltas_of(flow::key_of(info), world.account_id(ref))));
                for (const auto& [cell, counts] : part) all[{ref, cell.level, cell.day}] = counts;
            }
        }
        return all;
    }

    World world;
    std::vector<core::Contact> people;
};

/// Counts of detractors, passives and promoters by the definition, from the rows as they came in.
std::array<std::int64_t, 3> counted_by_hand(const History& history, int day_ago) {
    std::array<std::int64_t, 3> counts{};
    for (int person = 0; person < kPeople; ++person) {
        std::map<int, std::size_t> standing;  // thread → row
        for (std::size_t i = 0; i < history.size(); ++i) {
            if (history[i].person != person) continue;
            const auto before = standing.find(history[i].thread);
            // Everything here is unverified or a machine's: the later one stands.
            if (before == standing.end())
                standing.emplace(history[i].thread, i);
            else
                before->second = i;
        }
        const Said* latest = nullptr;
        std::size_t latest_row = 0;
        for (const auto& [thread, row] : standing) {
            const Said& said = history[row];
            if (said.machine || said.days_ago < day_ago || said.days_ago >= day_ago + 365) continue;
            const auto instant = [](const Said& one) { return std::pair(-one.days_ago, one.hour); };
            const bool later = latest == nullptr || instant(said) > instant(*latest) ||
                               (instant(said) == instant(*latest) && row > latest_row);
            if (!later) continue;
            latest = &said;
            latest_row = row;
        }
        if (latest != nullptr) ++counts[latest->score <= 6 ? 0 : latest->score <= 8 ? 1 : 2];
    }
    return counts;
}

std::array<std::int64_t, 3> counted(const bj::value& figure) {
    if (part(figure, {"value"}).is_null()) return {};
    const auto count = [&](std::string_view name) {
        return part(figure, {"parts", "shares", name, "count"}).to_number<std::int64_t>();
    };
    return {count("detractors"), count("passives"), count("promoters")};
}

RC_GTEST_PROP(MetricLaws, TheLatestAnswerPerContactIsWhatTheRawRowsSay, ()) {
    const History history = *any_history();
    const std::vector<int> days = *rc::gen::container<std::vector<int>>(4, rc::gen::inRange(0, 600));
    Laws laws;
    laws.accept(history);
    laws.world.catch_up();
    for (const int day : days)
        RC_ASSERT(counted(laws.world.figure("relationship_nps", laws.world.today() - day)) ==
                  counted_by_hand(history, day));
}

RC_GTEST_PROP(MetricLaws, BatchesAndRepetitionsChangeNothing, ()) {
    const History history = *any_history();
    const std::vector<int> pauses =
        *rc::gen::container<std::vector<int>>(history.size(), rc::gen::inRange(0, 2));
    Laws at_once, in_pieces;
    at_once.accept(history);
    at_once.world.catch_up();
    for (std::size_t i = 0; i < history.size(); ++i) {
        in_pieces.world.accept({in_pieces.fact(history[i], "k" + std::to_string(i))});
        if (pauses[i] == 1) in_pieces.world.catch_up();
    }
    in_pieces.accept(history);  // every one of them again
    in_pieces.world.catch_up();
    for (const char* metric : {"relationship_nps", "advocacy_rate"})
        RC_ASSERT(at_once.sums(metric) == in_pieces.sums(metric));
}

RC_GTEST_PROP(MetricLaws, TheOrderOfArrivalChangesNothing, ()) {
    History history = *any_history();
    for (std::size_t i = 0; i < history.size(); ++i) {
        history[i].thread =
            static_cast<int>(i);  // nobody takes anybody's place, and no two instants are equal
        history[i].days_ago = history[i].days_ago / 20 * 20 + static_cast<int>(i);
    }
    History shuffled = history;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    Laws one, other;
    one.accept(history);
    other.accept(shuffled);
    one.world.catch_up();
    other.world.catch_up();
    for (const char* metric : {"relationship_nps", "advocacy_rate"})
        RC_ASSERT(one.sums(metric) == other.sums(metric));
}

RC_GTEST_PROP(MetricLaws, RebuildingGivesTheSameSums, ()) {
    const History history = *any_history();
    Laws laws;
    laws.world.catch_up();
    for (std::size_t i = 0; i < history.size(); ++i) {
        laws.world.accept({laws.fact(history[i], "k" + std::to_string(i))});
        laws.world.catch_up();
    }
    const core::Deltas before = laws.sums("relationship_nps");
    const bj::value figure = laws.world.figure("relationship_nps", laws.world.today() - 50);
    for (const flow::MetricInfo& info : laws.world.registry.metrics())
        must(laws.world.store.run(laws.world.metrics.restart(flow::key_of(info))));
    flow::MetricCursor fresh(
        {laws.world.metrics, laws.world.registry, laws.world.store.clock, laws.world.day_of, "host-b"});
    must(laws.world.store.run(fresh.catch_up()));
    RC_ASSERT(laws.sums("relationship_nps") == before);
    RC_ASSERT(laws.world.figure("relationship_nps", laws.world.today() - 50) == figure);
}

RC_GTEST_PROP(MetricLaws, WhatWasTakenBackLeavesNoTrace, ()) {
    const History history = *any_history();
    Said regretted = *any_answer();
    regretted.thread = 99;
    Laws with, without;
    with.accept(history);
    without.accept(history);
    with.world.accept({with.fact(regretted, "regretted")});
    with.world.catch_up();
    core::Observation back = with.fact(regretted, "taken back");
    back.score.reset();
    back.answers = R"({"withdrawn":true})";
    with.world.accept({back});
    with.world.catch_up();
    without.world.catch_up();
    for (const char* metric : {"relationship_nps", "advocacy_rate"})
        RC_ASSERT(with.sums(metric) == without.sums(metric));
}

}  // namespace
}  // namespace candour::metrics
