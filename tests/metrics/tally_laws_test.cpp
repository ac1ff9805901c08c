/// Laws: order, batches, two hosts, repetition and rebuilding do not change a counter; what is kept of months
/// and days adds up to what the items move one by one.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "flow/metrics/tally_audit.hpp"
#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

/// What is tried with one of some items; what cannot follow is refused and changes nothing.
struct Move {
    int item = 0;
    int what = 0;
    int days = 0;        ///< that pass before
    bool count = false;  ///< afterwards
};
using Moves = std::vector<Move>;

void showValue(const Move& move, std::ostream& out) {
    out << "{after " << move.days << " days, item " << move.item << ", " << move.what
        << (move.count ? ", counted}" : "}");
}

rc::Gen<Moves> any_moves() {
    return rc::gen::resize(
        25,
        rc::gen::container<Moves>(rc::gen::build<Move>(
            rc::gen::set(&Move::item, rc::gen::inRange(0, 3)),
            rc::gen::set(&Move::what, rc::gen::inRange(0, 9)),
            rc::gen::set(&Move::days, rc::gen::inRange(0, 25)),
            rc::gen::set(&Move::count, rc::gen::map(rc::gen::inRange(0, 2), [](int n) { return n == 0; })))));
}

class Loops {
 public:
    Loops() : world(store::Dialect::sqlite, {"loop_health"}) {
        world.store.execute(
            "INSERT INTO teammates (id, email, name, created_at) VALUES ('tea_ines', 'ines@h', 'Ines', 1)");
        for (int i = 0; i < 3; ++i) {
            const core::Contact who = world.contact("p" + std::to_string(i) + "@x.example",
                                                    i == 0 ? "A-1" : "B-2", static_cast<core::Level>(i));
            people.push_back(who);
        }
    }
    void run(const Moves& moves, bool counting) {
        for (const Move& move : moves) {
            world.store.clock.advance(move.days * 24h);
            try_to(move);
            if (counting && move.count) world.catch_up();
        }
        world.catch_up();
    }
    /// Items have other ids in another world: what is compared is what they add up to.
    core::TallyDeltas counters() { return must(world.store.run(world.tallies.counters(key()))); }
    flow::MetricInfo info() const { return world.registry.metrics().front(); }
    flow::MetricKey key() const { return flow::tally_key_of(info()); }
    core::Tally tally(const flow::FigureScope& scope, flow::TallyGroup by, core::Day day,
                      const std::string& group = "") {
        const flow::TallySums sums = must(world.store.run(world.tallies.sums(key(), scope, by, {day})));
        const auto found = sums.groups.find(group);
        return found == sums.groups.end() ? core::Tally() : found->second.front();
    }

    World world;
    std::vector<core::Contact> people;

 private:
    void try_to(const Move& move) {
        const auto at = static_cast<std::size_t>(move.item);
        const std::string key = "item " + std::to_string(move.item);
        if (move.what == 0)
            items[at] =
                world.store
                    .accept({store::contract::World::answer(people[at], key + " again", 2 + move.item * 4)})
                    .front()
                    .item;
        if (items[at].empty()) return;
        const ItemId& id = items[at];
        store::contract::World& store = world.store;
        core::Decision decision;
        decision.will_change = move.what == 2;
        decision.text = decision.why = "because";
        decision.promised_by = store.clock.now() + 240h;
        const core::Conversation talk{"someone", store.clock.now(), "phone", "fine"};
        if (move.what == 1) (void)store.run(store.loop.hear(store.on(id), "heard", false));
        if (move.what == 2 || move.what == 3) (void)store.run(store.loop.decide(store.on(id), decision));
        if (move.what == 4) (void)store.run(store.loop.change(store.on(id), "changed", ""));
        if (move.what == 5) (void)store.run(store.loop.tell_in_person(store.on(id), talk));
        if (move.what == 6) (void)store.run(store.loop.abandon(store.on(id), "no use"));
        if (move.what == 7) (void)store.run(store.loop.reopen(store.on(id), "it goes on"));
        if (move.what == 8) (void)store.run(store.loop.hand_on(store.on(id), "tea_ines", ""));
    }
    std::array<ItemId, 3> items;
};

RC_GTEST_PROP(TallyLaws, BatchesAndRebuildingChangeNothing, ()) {
    const Moves moves = *any_moves();
    Loops at_once, in_pieces;
    at_once.run(moves, false);
    in_pieces.run(moves, true);
    RC_ASSERT(at_once.counters() == in_pieces.counters());
    must(in_pieces.world.store.run(in_pieces.world.metrics.restart(in_pieces.key())));
    flow::MetricCursor fresh({in_pieces.world.metrics, in_pieces.world.registry, in_pieces.world.store.clock,
                              in_pieces.world.day_of, "host-b", &in_pieces.world.tallies});
    must(in_pieces.world.store.run(fresh.catch_up()));
    RC_ASSERT(at_once.counters() == in_pieces.counters());
}

RC_GTEST_PROP(TallyLaws, AStepThatIsMadeTwiceCountsOnce, ()) {
    Loops loops;
    loops.run(*any_moves(), false);
    const core::TallyDeltas before = loops.counters();
    // The place is set back as if the answer to the commit had been lost; everything comes again.
    loops.world.store.execute("UPDATE metric_cursors SET through_seq = 0");
    loops.world.store.execute("UPDATE metric_item_units SET version = 0");
    flow::MetricCursor again({loops.world.metrics, loops.world.registry, loops.world.store.clock,
                              loops.world.day_of, "host-b", &loops.world.tallies});
    must(loops.world.store.run(again.catch_up()));
    RC_ASSERT(loops.counters() == before);
}

RC_GTEST_PROP(TallyLaws, EveryScopeOnAnyDayIsTheSumOfItsItems, ()) {
    Loops loops;
    loops.run(*any_moves(), true);
    const core::Day day = loops.world.today() - *rc::gen::inRange(-40, 400);
    core::TallySum accounts, levels;
    for (const char* ref : {"A-1", "B-2"}) {
        const std::string id = loops.world.account_id(ref);
        const flow::FigureScope account{id, "", "", ""};
        const core::Tally alone = loops.tally(account, flow::TallyGroup::whole, day);
        RC_ASSERT(loops.tally({}, flow::TallyGroup::account, day, id) == alone);
        for (const auto& [bucket, count] : alone) accounts.add(bucket, count);
    }
    for (const auto& [level, name] : core::kLevels) {
        const core::Tally part = loops.tally({"", "", std::string(name), ""}, flow::TallyGroup::whole, day);
        RC_ASSERT(loops.tally({"", "reliable", std::string(name), ""}, flow::TallyGroup::whole, day) == part);
        for (const auto& [bucket, count] : part) levels.add(bucket, count);
    }
    const core::Tally all = loops.tally({}, flow::TallyGroup::whole, day);
    RC_ASSERT(accounts.take() == all);
    RC_ASSERT(levels.take() == all);
    flow::TallyAuditor auditor(loops.world.metrics, loops.world.tallies, loops.world.registry,
                               loops.world.day_of);
    RC_ASSERT(must(loops.world.store.run(auditor.audit(loops.info()))).findings.empty());
}

}  // namespace
}  // namespace candour::metrics
