/// One page of fifty items among a million, by what teams filter and look for, on both databases:
/// `item_lists [ITEMS [PAGES]]`. Time is taken around the store, from the question to the page.
#include <algorithm>
#include <cstdio>
#include <exception>

#include "edge/store/contract/world.hpp"

namespace candour::bench {
namespace {

using store::contract::World;

const char* const kStates[] = {"raised", "heard",          "decided",   "changed",
                               "told",   "visibly_closed", "dismissed", "abandoned"};

/// Items as a busy organisation has them after years: most are closed, two thousand accounts, fifty owners, a
/// due date for what is open, eight words each out of ten thousand.
std::string fill(store::Dialect dialect, long long items) {
    const bool sqlite = dialect == store::Dialect::sqlite;
    const std::string rows =
        sqlite ? "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < " +
                     std::to_string(items) + ") "
               : std::string();
    const std::string source = sqlite ? "g" : "generate_series(1, " + std::to_string(items) + ") AS g(n)";
    const std::string state =
        "CASE WHEN n % 50 < 40 THEN 'visibly_closed' WHEN n % 50 < 44 THEN 'told' WHEN n % 50 < 46 THEN "
        "'raised' "
        "WHEN n % 50 < 48 THEN 'heard' ELSE 'dismissed' END";
    const auto id = [&](const char* prefix, const char* number) {
        return std::string("'") + prefix + "' || CAST(" + number + " AS TEXT)";
    };
    return "INSERT INTO items (id, account_id, contact_id, source, source_key, owner_id, segment, state, "
           "round, version, told_from, telling, will_change, "
           "evidence, evidence_source, due_hear, due_decide, due_change, due_tell, raised_at, heard_at, "
           "decided_at, changed_at, told_at, closed_at, "
           "promised_by, last_event_at) " +
           rows + "SELECT " + id("itm_", "n") + ", " + id("acc_", "n % 2000") + ", " +
           id("con_", "n % 20000") + ", 'surveys', " + id("k", "n") + ", " + id("tea_", "n % 50") +
           ", 'reliable', " + state +
           ", 1, 1, 'changed', '', 0, 'none', '', n * 1000 + 1, n * 1000 + 2, 0, 0, n * 1000, 0, 0, 0, 0, 0, "
           "0, n * 1000 FROM " +
           source;
}

std::string fill_words(store::Dialect dialect, long long items) {
    std::string words;
    for (int i = 0; i < 8; ++i)
        words += std::string(i == 0 ? "" : " || ' ' || ") + "'w' || CAST((n * " +
                 std::to_string(7919 + i * 104729) + ") % 10000 AS TEXT)";
    if (dialect == store::Dialect::sqlite)
        return "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < " +
               std::to_string(items) + ") INSERT INTO item_words (rowid, words) SELECT n, " + words +
               " FROM g";
    return "INSERT INTO item_words (number, words) SELECT n, array_to_tsvector(string_to_array(" + words +
           ", ' ')) FROM generate_series(CAST(1 AS bigint), " + std::to_string(items) + ") AS g(n)";
}

void measure(World& world, const char* what, int pages, const std::function<flow::ItemQuery(int)>& query) {
    std::vector<double> times;
    std::size_t rows = 0;
    for (int i = 0; i < pages; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        const auto page = world.run(world.items.list(query(i)));
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
        if (!page) throw std::runtime_error(page.error().message);
        rows += page->items.size();
    }
    std::sort(times.begin(), times.end());
    std::printf("  %-44s p50 %6.2f ms   p99 %6.2f ms   %zu rows a page   goal p99 20\n", what,
                times[times.size() / 2], times[times.size() * 99 / 100],
                rows / static_cast<std::size_t>(pages));
}

void measure_counts(World& world, const char* what, int pages,
                    const std::function<flow::ItemQuery(int)>& query) {
    std::vector<double> times;
    for (int i = 0; i < pages; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        if (!world.run(world.items.counts(query(i)))) throw std::runtime_error("no counts");
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::sort(times.begin(), times.end());
    std::printf("  %-44s p50 %6.2f ms   p99 %6.2f ms   goal p99 20\n", what, times[times.size() / 2],
                times[times.size() * 99 / 100]);
}

void measure_all(World& world, long long items, int pages) {
    const auto place = [items](int i) { return flow::ItemPlace{0, items - (i * 7919LL) % items}; };
    measure(world, "newest, anywhere", pages, [&](int i) {
        flow::ItemQuery query;
        query.after = place(i);
        return query;
    });
    measure(world, "of one state", pages, [](int i) {
        flow::ItemQuery query;
        query.state = core::value_of(core::kStates, kStates[i % 2 == 0 ? 0 : 5]);
        return query;
    });
    measure(world, "of one owner, raised", pages, [](int i) {
        flow::ItemQuery query;
        query.owner = "tea_" + std::to_string(i % 50);
        query.state = core::State::raised;
        return query;
    });
    measure(world, "of one account", pages, [](int i) {
        flow::ItemQuery query;
        query.account = "acc_" + std::to_string(i % 2000);
        return query;
    });
    measure(world, "of a segment and a time", pages, [items](int i) {
        flow::ItemQuery query;
        query.segment = "reliable";
        query.until = core::from_us((items - i) * 1000);
        return query;
    });
    measure(world, "overdue, soonest first", pages, [&](int) {
        flow::ItemQuery query;
        query.order = flow::ItemOrder::due;
        query.overdue_at = world.clock.now();
        return query;
    });
    measure(world, "overdue of one owner", pages, [&](int i) {
        flow::ItemQuery query;
        query.order = flow::ItemOrder::due;
        query.overdue_at = world.clock.now();
        query.owner = "tea_" + std::to_string(i % 50);
        return query;
    });
    measure(world, "changed last", pages, [](int) {
        flow::ItemQuery query;
        query.order = flow::ItemOrder::changed;
        return query;
    });
    measure(world, "one word (about 800 items)", pages, [](int i) {
        flow::ItemQuery query;
        query.words = "w" + std::to_string(1000 + i);
        return query;
    });
    measure(world, "two words, or their beginnings", pages, [](int i) {
        flow::ItemQuery query;
        query.words = "w" + std::to_string(10 + i % 90) + " w" + std::to_string(1000 + i);
        return query;
    });
}

void measure_board(World& world, int pages) {
    measure(world, "a column of the board, soonest first", pages, [](int i) {
        flow::ItemQuery query;
        query.order = flow::ItemOrder::due;
        query.state = i % 2 == 0 ? core::State::raised : core::State::heard;
        return query;
    });
    measure(world, "its last column, changed last", pages, [](int) {
        flow::ItemQuery query;
        query.order = flow::ItemOrder::changed;
        query.state = core::State::visibly_closed;
        return query;
    });
    measure_counts(world, "counts and paces, half of them of one owner", pages, [](int i) {
        flow::ItemQuery query;
        if (i % 2 == 1) query.owner = "tea_" + std::to_string(i % 50);
        return query;
    });
}

/// Somebody who sees some of the two thousand accounts only, which were named for them.
void let_see(World& world, const std::string& teammate, int accounts) {
    world.execute("INSERT INTO teammates (id, email, name, created_at) VALUES ('" + teammate + "', '" +
                  teammate + "', 'T', 0)");
    for (int i = 0; i < accounts; ++i)
        world.execute("INSERT INTO teammate_accounts (teammate_id, account_id) VALUES ('" + teammate +
                      "', 'acc_" + std::to_string(i * 7) + "')");
}

void measure_sight(World& world, const std::string& teammate, int pages) {
    const std::pair<const char*, flow::ItemOrder> orders[] = {{"newest", flow::ItemOrder::newest},
                                                              {"soonest due", flow::ItemOrder::due},
                                                              {"changed last", flow::ItemOrder::changed}};
    for (const auto& [name, order] : orders)
        measure(world, (teammate + ": " + name).c_str(), pages, [&, order = order](int i) {
            flow::ItemQuery query;
            query.sees = teammate;
            query.order = order;
            if (i % 2 == 1) query.after = flow::ItemPlace{600'000'000, 600'000};  // a page further on
            return query;
        });
    measure(world, (teammate + ": of one state, soonest due").c_str(), pages, [&](int) {
        flow::ItemQuery query;
        query.sees = teammate;
        query.order = flow::ItemOrder::due;
        query.state = core::State::raised;
        return query;
    });
    measure_counts(world, (teammate + ": counts and paces").c_str(), pages, [&](int) {
        flow::ItemQuery query;
        query.sees = teammate;
        return query;
    });
}

void run(store::Dialect dialect, long long items, int pages) {
    World world(dialect);
    world.execute(fill(dialect, items));
    world.execute(
        dialect == store::Dialect::sqlite
            ? "WITH RECURSIVE g(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM g WHERE n < 1999) INSERT INTO "
              "accounts (id, ref, name, segment, created_at, updated_at) SELECT 'acc_' || CAST(n AS TEXT), "
              "CAST(n AS TEXT), 'A', 'reliable', 0, 0 FROM g"
            : "INSERT INTO accounts (id, ref, name, segment, created_at, updated_at) SELECT 'acc_' || n, n, "
              "'A', 'reliable', 0, 0 FROM generate_series(0, 1999) AS g(n)");
    let_see(world, "sees_50_accounts", 50);
    let_see(world, "sees_200_accounts", 200);
    world.execute(fill_words(dialect, items));
    // As autovacuum leaves tables a minute later: indexes alone answer what stands in them.
    world.execute(dialect == store::Dialect::postgresql ? "VACUUM ANALYZE" : "ANALYZE");
    std::printf("%s, %lld items:\n", dialect == store::Dialect::sqlite ? "SQLite" : "PostgreSQL", items);
    measure_all(world, items, pages);
    measure_board(world, pages);
    for (const char* teammate : {"sees_50_accounts", "sees_200_accounts"})
        measure_sight(world, teammate, pages);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    try {
        const long long items = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
        const int pages = count > 2 ? std::atoi(arguments[2]) : 300;
        bench::run(store::Dialect::sqlite, items, pages);
        bench::run(store::Dialect::postgresql, items, pages);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "item_lists: %s\n", failure.what());
        return 1;
    }
}
