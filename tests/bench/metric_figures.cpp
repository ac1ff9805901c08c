/// How fast figures follow answers, and how fast they are told, on both databases:
/// `metric_figures [--rows N] [--accounts N]`. Answers of two years, ten contacts per account, three levels.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>

#include "metrics/world.hpp"

namespace candour::metrics {
namespace {

using Seconds = std::chrono::duration<double>;

struct Size {
    int rows = 100'000;
    int accounts = 1'000;
};
constexpr int kContacts = 10;  // per account
constexpr int kBatch = 2'000;
/// A back-fill of ten million answers takes its time.
constexpr std::chrono::hours kPatience{2};

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
    std::printf("  %-52s p50 %8.3f ms   p99 %8.3f ms   %s\n", what, ms[ms.size() / 2],
                ms[ms.size() * 99 / 100], goal);
}

std::vector<core::Contact> people(World& world, const Size& size) {
    std::vector<core::AccountRow> accounts;
    std::vector<core::ContactRow> contacts;
    for (int a = 0; a < size.accounts; ++a) {
        core::AccountRow account;
        account.account.ref = account.account.name = "A-" + std::to_string(a);
        account.account.segment = static_cast<core::Segment>(a % 4);
        account.account.annual_revenue = 1'000 + a;
        accounts.push_back(account);
        for (int c = 0; c < kContacts; ++c) {
            core::ContactRow contact;
            contact.account_ref = account.account.ref;
            contact.contact.name = contact.contact.email =
                "c" + std::to_string(c) + "@a" + std::to_string(a) + ".example";
            contact.contact.level = static_cast<core::Level>(c < 7 ? 0 : c < 9 ? 1 : 2);
            contact.known_since = core::date_text(world.today() - 800);
            contacts.push_back(contact);
        }
    }
    store::contract::World& store = world.store;
    must(support::run_task(
        store.io, store.relationships.import_accounts(accounts, {}, store.clock.now(), false), kPatience));
    must(support::run_task(
        store.io, store.relationships.import_contacts(contacts, {}, store.clock.now(), false), kPatience));
    return must(store.run(store.relationships.contacts()));
}

/// In the order in which they would have come in.
void fill(World& world, const Size& size, const std::vector<core::Contact>& contacts) {
    std::mt19937 random(7);
    std::vector<core::Observation> batch;
    for (int i = 0; i < size.rows; ++i) {
        const core::Contact& who = contacts[random() % contacts.size()];
        const core::Day day = world.today() - 730 + static_cast<core::Day>(730.0 * i / size.rows);
        batch.push_back(world.answer(who, static_cast<int>(random() % 11), world.noon(day) - 4h,
                                     "k" + std::to_string(i)));
        if (static_cast<int>(batch.size()) < kBatch && i + 1 < size.rows) continue;
        world.accept(std::move(batch));
        batch.clear();
    }
}

/// As many as come in a second of full ingest, and how long the figures take to know them.
void live(World& world, const std::vector<core::Contact>& contacts) {
    std::mt19937 random(11);
    constexpr int kPieces = 10;
    std::int64_t most = 0;
    double accepting = 0, counting = 0;
    flow::FigureQuery query;
    query.metric = "relationship_nps";
    for (int piece = 0; piece < kPieces; ++piece) {
        std::vector<core::Observation> batch;
        for (int i = 0; i < kBatch; ++i)
            batch.push_back(world.answer(contacts[random() % contacts.size()],
                                         static_cast<int>(random() % 11), world.store.clock.now(),
                                         "live" + std::to_string(piece) + "-" + std::to_string(i)));
        accepting += timed([&] { world.accept(std::move(batch)); });
        most = std::max(most, world.ask(query).lag);
        counting += timed([&] { world.catch_up(kPatience); });
    }
    std::printf("  %-52s %8.0f/s accepted, %.0f/s counted by both metrics, lag at most %lld\n",
                "new answers on top", kPieces * kBatch / accepting, kPieces * kBatch / counting,
                static_cast<long long>(most));
}

void tell(World& world, const Size& size) {
    flow::MetricInfo nps;
    for (const flow::MetricInfo& info : world.registry.metrics())
        if (info.id == "relationship_nps") nps = info;
    std::vector<core::Day> days;
    core::Quarter quarter = core::quarter_of(world.today(), 1);
    for (int i = 0; i < 10; ++i) {
        days.push_back(i == 0 ? world.today() : quarter.last);
        quarter = core::quarter_before(quarter, 1);
    }
    std::vector<std::string> ids;
    for (const core::Account& account : must(world.store.run(world.store.relationships.accounts())))
        ids.push_back(account.id.text());
    latency("one account, 8 quarters by level: sums", 1'000, "goal 1 ms", [&](int i) {
        (void)must(world.store.run(
            world.metrics.sums(flow::key_of(nps), ids[static_cast<std::size_t>(i) % ids.size()], days)));
    });
    flow::FigureQuery one;
    one.metric = nps.id;
    one.by = flow::By::quarter;
    latency("one account, 8 quarters: figures", 500, "", [&](int i) {
        one.scope.account = ids[static_cast<std::size_t>(i) % ids.size()];
        (void)world.ask(one);
    });
    flow::FigureQuery all;
    all.metric = nps.id;
    const std::string portfolio = "portfolio of " + std::to_string(size.accounts) + " accounts: figure";
    latency(portfolio.c_str(), 30, "goal 50 ms", [&](int) { (void)world.ask(all); });
}

/// The same back-fill with the plugin in the host and in the sandbox, from the rows of the database to the
/// sums in it; in rounds, so that whatever else this machine does meets both.
void sandboxed(const Size& size) {
    constexpr int kRounds = 3;
    std::vector<double> here, shares;
    for (int round = 0; round < kRounds; ++round)
        for (const plugin::Mode mode : {plugin::Mode::in_process, plugin::Mode::sandbox}) {
            plugin::Isolation isolation;
            isolation.usual = mode;
            isolation.program = CANDOUR_WORKER;
            World world(store::Dialect::sqlite, {"relationship_nps"}, std::move(isolation));
            fill(world, size, people(world, size));
            const double rate = size.rows / timed([&] { world.catch_up(kPatience); });
            if (mode == plugin::Mode::in_process)
                here.push_back(rate);
            else
                shares.push_back(rate / here.back());
        }
    std::sort(here.begin(), here.end());
    std::sort(shares.begin(), shares.end());
    std::printf(
        "SQLite, %d answers, one metric\n  %-52s %8.0f/s counted in the host, %.2f of it in the sandbox"
        "   goal 0.70\n",
        size.rows, "back-fill of two years", here[kRounds / 2], shares[kRounds / 2]);
}

void measure(const char* name, store::Dialect dialect, const Size& size) {
    World world(dialect);
    std::printf("%s, %d answers, %d accounts, %d contacts\n", name, size.rows, size.accounts,
                size.accounts * kContacts);
    const std::vector<core::Contact> contacts = people(world, size);
    world.catch_up(kPatience);
    const double accepting = timed([&] { fill(world, size, contacts); });
    const double counting = timed([&] { world.catch_up(kPatience); });
    std::printf("  %-52s %8.0f/s accepted, %.0f/s counted by both metrics\n", "back-fill of two years",
                size.rows / accepting, size.rows / counting);
    live(world, contacts);
    tell(world, size);
}

}  // namespace
}  // namespace candour::metrics

int main(int count, char** arguments) {
    candour::metrics::Size size;
    for (int i = 1; i + 1 < count; i += 2) {
        if (std::string_view(arguments[i]) == "--rows") size.rows = std::atoi(arguments[i + 1]);
        if (std::string_view(arguments[i]) == "--accounts") size.accounts = std::atoi(arguments[i + 1]);
    }
    if (size.rows < 1 || size.accounts < 1) {
        std::fprintf(stderr, "metric_figures: expected --rows N and --accounts N above 0\n");
        return 2;
    }
    try {
        candour::metrics::sandboxed(size);
        candour::metrics::measure("SQLite", candour::store::Dialect::sqlite, size);
        candour::metrics::measure("PostgreSQL", candour::store::Dialect::postgresql, size);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "metric_figures: %s\n", failure.what());
        return 1;
    }
}
