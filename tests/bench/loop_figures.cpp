/// How fast figures of the loop are told, on both databases, and how fast they follow what happens:
/// `loop_figures [--items N] [--accounts N] [--owners N]`. Items of two years; the ledger is written by SQL,
/// because nobody waits for a million real loops.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

using Seconds = std::chrono::duration<double>;

struct Size {
    int items = 20'000;
    int accounts = 1'000;
    int owners = 50;
};
constexpr std::chrono::hours kPatience{4};
constexpr std::int64_t kDayUs = 86'400'000'000;

double now_s() {
    return Seconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class Work>
double timed(Work work) {
    const double from = now_s();
    work();
    return now_s() - from;
}

/// Runs it often; prints the middle and the slow end.
template <class Work>
void latency(const char* what, int runs, const char* goal, Work work) {
    std::vector<double> ms;
    for (int i = 0; i < runs; ++i) ms.push_back(1'000 * timed([&] { work(i); }));
    std::sort(ms.begin(), ms.end());
    std::printf("  %-56s p50 %8.3f ms   p99 %8.3f ms   %s\n", what, ms[ms.size() / 2],
                ms[ms.size() * 99 / 100], goal);
}

/// One statement for each dialect: `i` counts from 1 to `count`.
void insert(World& world, int count, const std::string& into, const std::string& select,
            const std::string& where = "") {
    const std::string n = std::to_string(count), filter = where.empty() ? "" : " WHERE " + where;
    world.store.execute("WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < " + n +
                            ") INSERT INTO " + into + " SELECT " + select + " FROM g" + filter,
                        "INSERT INTO " + into + " SELECT " + select +
                            " FROM generate_series(CAST(1 AS bigint), " + n + ") AS g(i)" + filter);
}

std::string id(const char* prefix, const std::string& number) {
    return "'" + std::string(prefix) + "' || CAST(1000000000 + " + number + " AS text)";
}

void people(World& world, const Size& size) {
    const std::string now = std::to_string(core::to_us(world.store.clock.now()) - 900 * kDayUs);
    insert(world, size.owners, "teammates (id, email, name, created_at)",
           id("tea_", "i") + ", 't' || CAST(i AS text), 'Owner ' || CAST(i AS text), 1");
    insert(world, size.accounts, "accounts (id, ref, name, segment, owner_id, created_at, updated_at)",
           id("acc_", "i") + ", 'A-' || CAST(i AS text), 'Account', 'reliable', '', " + now + ", " + now);
    insert(world, size.accounts * 3, "contacts (id, account_id, name, level, created_at, updated_at)",
           id("con_", "i") + ", " + id("acc_", "1 + i / 3") +
               ", 'Somebody', CASE i % 3 WHEN 0 THEN 'operational' WHEN 1 THEN 'managerial' ELSE 'executive' "
               "END, " +
               now + ", " + now,
           "i / 3 < " + std::to_string(size.accounts));
    insert(world, size.accounts * 3, "relationship_history (account_id, contact_id, what, value, day, at)",
           id("acc_", "1 + i / 3") + ", " + id("con_", "i") + ", 'level', CAST(i % 3 AS text), 1, " + now);
}

/// Events of item i as instants; some never come so far, and none lies ahead.
void items(World& world, const Size& size) {
    const std::int64_t now = core::to_us(world.store.clock.now()), begin = now - 730 * kDayUs;
    const std::string raised =
        "(" + std::to_string(begin) + " + i * " + std::to_string(730 * kDayUs / size.items) + ")";
    const auto later = [&](int days, int share_of_many) {
        return "(" + raised + " + (" + std::to_string(days) + " + i % " + std::to_string(share_of_many) +
               ") * " + std::to_string(kDayUs) + ")";
    };
    const std::string segment =
        "CASE i % 4 WHEN 0 THEN 'co_creator' WHEN 1 THEN 'opportunity' WHEN 2 THEN 'reliable' ELSE 'edge' "
        "END";
    const std::string contact = "1 + i % " + std::to_string(3 * size.accounts - 3);
    const auto due = [&](int days) { return raised + " + " + std::to_string(days * kDayUs); };
    insert(world, size.items,
           "items (id, account_id, contact_id, source, source_key, owner_id, segment, state, round, version, "
           "told_from, telling, will_change, evidence, evidence_source, due_hear, due_decide, due_change, "
           "due_tell, raised_at, heard_at, decided_at, changed_at, told_at, closed_at, promised_by, "
           "last_event_at)",
           id("itm_", "i") + ", " + id("acc_", "1 + (" + contact + ") / 3") + ", " + id("con_", contact) +
               ", 'bench', CAST(i AS text), " + id("tea_", "1 + i % " + std::to_string(size.owners)) + ", " +
               segment + ", 'raised', 1, 6, '', '', 0, '', '', " + due(2) + ", " + due(10) + ", " + due(45) +
               ", " + due(60) + ", " + raised + ", 0, 0, 0, 0, 0, 0, 0");
    struct Step {
        int n;
        const char* event;
        int days, spread, percent;
    };
    constexpr Step steps[] = {
        {1, "raised", 0, 1, 100},   {2, "heard", 0, 5, 95}, {3, "decided_will_change", 5, 11, 88},
        {4, "changed", 17, 29, 80}, {5, "told", 47, 3, 78}, {6, "visibly_closed", 50, 9, 66}};
    for (const Step& step : steps) {
        const std::string at = later(step.days, step.spread);
        insert(world, size.items,
               "ledger (item_id, n, round, event, actor_id, at, prev, content_digest, hash)",
               id("itm_", "i") + ", " + std::to_string(step.n) + ", 1, '" + step.event + "', 'host', " + at +
                   ", '', '', ''",
               "(i / 50 * 37) % 100 < " + std::to_string(step.percent) + " AND " + at +
                   " <= " + std::to_string(now));
    }
    world.store.execute("ANALYZE");
}

/// One item after the other moves on.
void live(World& world) {
    constexpr int events = 200;
    std::vector<ItemId> raised;
    const double raising = timed([&] {
        for (int i = 0; i < events; ++i) raised.push_back(world.store.raise("live" + std::to_string(i)));
    });
    const double counting = timed([&] { world.catch_up(kPatience); });
    latency("one event more: counted", 100, "goal 500 ms", [&](int i) {
        world.store.hear(raised[static_cast<std::size_t>(i)]);
        world.catch_up(kPatience);
    });
    std::printf("  %-56s %8.0f/s raised, %.0f/s counted\n", "new items on top", events / raising,
                events / counting);
}

void tell(World& world, const Size& size) {
    const auto numbered = [](const char* prefix, int n) {
        return prefix + std::to_string(1'000'000'000 + n);
    };
    const auto ask = [&](const char* metric, flow::FigureScope scope, core::Day day) {
        flow::FigureQuery query;
        query.metric = metric;
        query.scope = std::move(scope);
        query.as_of = day;
        (void)world.ask(std::move(query));
    };
    const core::Day today = world.today();
    latency("portfolio: time to heard", 200, "goal: milliseconds",
            [&](int) { ask("time_to_heard", {}, today); });
    latency("portfolio: visible closure, on any day of a year", 200, "",
            [&](int i) { ask("visible_closure_rate", {}, today - i); });
    latency("a segment: time to heard", 100, "", [&](int) {
        ask("time_to_heard", {"", "reliable", "", ""}, today);
    });
    latency("a level: time to heard", 100, "", [&](int) {
        ask("time_to_heard", {"", "", "executive", ""}, today);
    });
    latency("one account: time to heard", 500, "goal: milliseconds", [&](int i) {
        ask("time_to_heard", {numbered("acc_", 1 + i % (size.accounts - 1)), "", "", ""}, today);
    });
    latency("one owner: time to heard", 100, "goal: milliseconds", [&](int i) {
        ask("time_to_heard", {"", "", "", numbered("tea_", 1 + i % size.owners)}, today);
    });
    flow::FigureQuery owners;
    owners.metric = "time_to_heard";
    owners.by = flow::By::owner;
    latency("every owner: time to heard", 3, "", [&](int) { (void)world.ask(owners); });
}

void measure(const char* name, store::Dialect dialect, const Size& size) {
    World world(dialect, {"loop_health"});
    std::printf("%s, %d items, %d accounts, %d owners\n", name, size.items, size.accounts, size.owners);
    people(world, size);
    const double writing = timed([&] { items(world, size); });
    const double counting = timed([&] { world.catch_up(kPatience); });
    std::printf("  %-56s %8.0f items/s (written by SQL at %.0f/s)\n", "back-fill of two years",
                size.items / counting, size.items / writing);
    tell(world, size);
    live(world);
}

}  // namespace
}  // namespace candour::metrics

int main(int count, char** arguments) {
    candour::metrics::Size size;
    for (int i = 1; i + 1 < count; i += 2) {
        if (std::string_view(arguments[i]) == "--items") size.items = std::atoi(arguments[i + 1]);
        if (std::string_view(arguments[i]) == "--accounts") size.accounts = std::atoi(arguments[i + 1]);
        if (std::string_view(arguments[i]) == "--owners") size.owners = std::atoi(arguments[i + 1]);
    }
    if (size.items < 1'000 || size.accounts < 10 || size.owners < 1) {
        std::fprintf(
            stderr,
            "loop_figures: expected --items of at least 1000, --accounts of at least 10 and --owners N\n");
        return 2;
    }
    try {
        candour::metrics::measure("SQLite", candour::store::Dialect::sqlite, size);
        candour::metrics::measure("PostgreSQL", candour::store::Dialect::postgresql, size);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "loop_figures: %s\n", failure.what());
        return 1;
    }
}
