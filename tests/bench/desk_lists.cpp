/// A page of what stands around items, among a million answers and a million touchpoints, on both databases:
/// `desk_lists [ROWS [PAGES]]`. Time is taken around the store, from the question to the page.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>

#include "edge/store/accounts.hpp"
#include "edge/store/answers.hpp"
#include "edge/store/contract/world.hpp"

namespace candour::bench {
namespace {

using store::contract::World;

constexpr long long kAccounts = 2000, kContacts = 20'000, kTeammates = 50;
/// Between one answer and the next, and one touchpoint and the next: a million in two years.
constexpr long long kMinute = 60'000'000;

/// `head` SELECT `columns`, once for each n from 1 to `rows`.
std::string numbered(store::Dialect dialect, long long rows, const std::string& head,
                     const std::string& columns) {
    if (dialect == store::Dialect::sqlite)
        return "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < " +
               std::to_string(rows) + ") " + head + " SELECT " + columns + " FROM g";
    return head + " SELECT " + columns + " FROM generate_series(CAST(1 AS bigint), " + std::to_string(rows) +
           ") AS g(n)";
}

std::string id_of(const char* prefix, const std::string& number) {
    return std::string("'") + prefix + "' || CAST(" + number + " AS TEXT)";
}
std::string nth(long long many) {
    return "(n % " + std::to_string(many) + ")";
}

void fill_people(World& world, store::Dialect dialect) {
    world.execute(
        numbered(dialect, kTeammates, "INSERT INTO teammates (id, email, name, created_at)",
                 id_of("tea_", "n - 1") + ", " + id_of("t", "n") + ", " + id_of("Teammate ", "n") + ", 0"));
    world.execute(numbered(dialect, kAccounts,
                           "INSERT INTO accounts (id, ref, name, segment, created_at, updated_at)",
                           id_of("acc_", "n - 1") + ", " + id_of("A-", "n") + ", " + id_of("Account ", "n") +
                               ", 'reliable', 0, 0"));
    world.execute(
        numbered(dialect, kContacts,
                 "INSERT INTO contacts (id, account_id, email, name, level, created_at, updated_at)",
                 id_of("con_", "n - 1") + ", " + id_of("acc_", "(n - 1) % 2000") + ", " + id_of("c", "n") +
                     ", " + id_of("Contact ", "n") + ", 'managerial', 0, 0"));
}

/// Two surveys, one of them rarely asked; one answer in a hundred is a machine's.
void fill_answers(World& world, store::Dialect dialect, long long rows) {
    const std::string at = "n * " + std::to_string(kMinute);
    world.execute(numbered(
        dialect, rows,
        "INSERT INTO observations (source, kind, about, item_key, account_id, contact_id, score, class, "
        "content, "
        "occurred_at, received_at)",
        "'surveys', 'survey.answer', CASE WHEN n % 100 = 7 THEN 'rare' ELSE 'usual' END, " + id_of("k", "n") +
            ", " + id_of("acc_", nth(kAccounts)) + ", " + id_of("con_", nth(kContacts)) +
            ", n % 11, CASE WHEN n % 100 = 3 THEN 'likely_bot' ELSE 'human' END, "
            "'{\"verbatim\":\"The export is late again, and nobody told us why.\"}', " +
            at + ", " + at));
    // Brought in lately, and given two years ago.
    world.execute(numbered(dialect, rows / 50,
                           "INSERT INTO observations (source, kind, about, item_key, account_id, contact_id, "
                           "score, class, content, occurred_at, received_at)",
                           "'imports', 'survey.answer', 'usual', " + id_of("i", "n") + ", " +
                               id_of("acc_", nth(kAccounts)) + ", " + id_of("con_", nth(kContacts)) +
                               ", n % 11, 'human', '{}', " + at + ", " + std::to_string(rows * kMinute)));
    world.execute(
        "INSERT INTO answer_places (place, seq) SELECT account_id, seq FROM observations UNION ALL "
        "SELECT contact_id, seq FROM observations UNION ALL SELECT 'about ' || about, seq FROM observations "
        "UNION ALL SELECT 'class ' || class, seq FROM observations WHERE class = 'likely_bot'");
    world.execute(
        "INSERT INTO answer_spans (span, earliest, latest) SELECT seq / 1000, MIN(occurred_at), "
        "MAX(occurred_at) FROM observations GROUP BY seq / 1000");
    world.execute(
        "INSERT INTO metric_cursors (metric, state_version, definition_version, through_seq, "
        "through_history, snapshots_through) SELECT '_facts', 1, '', MAX(seq), 0, 0 FROM observations");
}

/// Three of us and two of theirs at each.
void fill_touchpoints(World& world, store::Dialect dialect, long long rows) {
    const auto teammate = [](const char* shift) {
        return id_of("tea_", "((n / 2000 + " + std::string(shift) + ") % 50)");
    };
    world.execute(numbered(
        dialect, rows,
        "INSERT INTO touchpoints (ref, account_id, kind, at, minutes, contacts, teammates, created_at, "
        "updated_at)",
        id_of("r", "n") + ", " + id_of("acc_", nth(kAccounts)) + ", 'meeting', n * " +
            std::to_string(kMinute) + ", 30, " + id_of("con_", nth(kContacts)) + " || ',' || " +
            id_of("con_", "((n + 2000) % 20000)") + ", " + teammate("0") + " || ',' || " + teammate("1") +
            " || ',' || " + teammate("7") + ", 0, 0"));
}

void measure(const char* what, int pages, const std::function<std::size_t(int)>& page) {
    std::vector<double> times;
    std::size_t rows = 0;
    for (int i = 0; i < pages; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        rows += page(i);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::sort(times.begin(), times.end());
    std::printf("  %-44s p50 %6.2f ms   p99 %6.2f ms   %zu rows a page   goal p99 20\n", what,
                times[times.size() / 2], times[times.size() * 99 / 100],
                rows / static_cast<std::size_t>(pages));
}

/// One page, by what `ask` adds to an empty question.
void measure_answers(World& world, const char* what, int pages,
                     const std::function<void(flow::AnswerListQuery&, int)>& ask) {
    store::Answers answers(world.database);
    measure(what, pages, [&](int i) {
        flow::AnswerListQuery query;
        ask(query, i);
        const auto page = world.run(answers.list(query));
        if (!page) throw std::runtime_error(page.error().message);
        return page->size();
    });
}

void measure_all_answers(World& world, int pages, long long rows) {
    const auto day = [rows](int i) { return core::from_us((rows - rows / 300 * (i % 300)) * kMinute); };
    measure_answers(world, "answers, newest, anywhere", pages,
                    [&](auto& query, int i) { query.before = rows - rows / 300 * (i % 300) + 1; });
    measure_answers(world, "of one account", pages,
                    [](auto& query, int i) { query.account = "acc_" + std::to_string(i % kAccounts); });
    measure_answers(world, "of one person", pages,
                    [](auto& query, int i) { query.contact = "con_" + std::to_string(i % kContacts); });
    measure_answers(world, "to a rare survey", pages, [](auto& query, int) { query.about = "rare"; });
    measure_answers(world, "of machines", pages, [](auto& query, int) { query.answer_class = "likely_bot"; });
    measure_answers(world, "of one account to a rare survey", pages, [](auto& query, int i) {
        query.account = "acc_" + std::to_string(i % kAccounts);
        query.about = "rare";
    });
    measure_answers(world, "since a day", pages, [&](auto& query, int i) { query.since = day(i); });
    measure_answers(world, "until a day, months ago", pages,
                    [&](auto& query, int i) { query.until = day(i); });
    measure_answers(world, "of one day, months ago", pages, [&](auto& query, int i) {
        query.since = day(i + 1);
        query.until = core::from_us(core::to_us(day(i + 1)) + 24 * 60 * kMinute);
    });
    measure_answers(world, "to the usual survey until a day", pages, [&](auto& query, int i) {
        query.about = "usual";
        query.until = day(i);
    });
    measure_answers(world, "of machines until a day", pages, [&](auto& query, int i) {
        query.answer_class = "likely_bot";
        query.until = day(i);
    });
}

void measure_account(World& world, int pages, long long rows) {
    store::Accounts accounts(world.database);
    const auto key = [](int i) { return "acc_" + std::to_string(i % kAccounts); };
    const core::Instant quarter = core::from_us((rows - 90LL * 24 * 60) * kMinute);
    measure("one account, with its facts", pages, [&](int i) {
        if (!world.run(accounts.account(key(i)))) throw std::runtime_error("no account");
        return std::size_t{1};
    });
    measure("its threads of 90 days", pages, [&](int i) {
        const auto threads = world.run(accounts.threads(key(i), quarter));
        if (!threads) throw std::runtime_error(threads.error().message);
        return threads->size();
    });
    measure("its threads of two years", pages, [&](int i) {
        const auto threads = world.run(accounts.threads(key(i), core::from_us(0)));
        if (!threads) throw std::runtime_error(threads.error().message);
        return threads->size();
    });
    measure("its touchpoints, a hundred", pages, [&](int i) {
        const auto touches = world.run(accounts.touchpoints({key(i), {}}));
        if (!touches) throw std::runtime_error(touches.error().message);
        return touches->size();
    });
}

void run(store::Dialect dialect, long long rows, int pages) {
    World world(dialect);
    fill_people(world, dialect);
    fill_answers(world, dialect, rows);
    fill_touchpoints(world, dialect, rows);
    world.execute("ANALYZE");
    std::printf("%s, %lld answers and as many touchpoints:\n",
                dialect == store::Dialect::sqlite ? "SQLite" : "PostgreSQL", rows);
    measure_all_answers(world, pages, rows);
    measure_account(world, pages, rows);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    try {
        const long long rows = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
        const int pages = count > 2 ? std::atoi(arguments[2]) : 300;
        bench::run(store::Dialect::sqlite, rows, pages);
        bench::run(store::Dialect::postgresql, rows, pages);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "desk_lists: %s\n", failure.what());
        return 1;
    }
}
