/// A campaign to a great many people: how long planning takes, and how much memory; on each database in a
/// process of its own. The people are brought in by yet another one, so that what is measured is planning
/// alone.
///     campaign_planning [CONTACTS [sqlite|postgresql]]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/made_rows.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/campaigns.hpp"
#include "edge/store/contract/world.hpp"
#include "support/process.hpp"

namespace candour::bench {
namespace {

using std::chrono::steady_clock;
using store::contract::World;

/// A slow machine still gets its figures.
constexpr std::chrono::minutes kPatience{15};

template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "campaign_planning: %s\n", result.error().message.c_str());
    std::exit(1);
}

double seconds_since(steady_clock::time_point begin) {
    return std::chrono::duration<double>(steady_clock::now() - begin).count();
}

template <class T>
T patiently(World& world, flow::Task<T> task) {
    return support::run_task(world.io, std::move(task), kPatience);
}

/// MiB of this process; "VmHWM": the most there ever were, "VmRSS": now.
double memory(const std::string& what) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(what + ":")) return std::atof(line.c_str() + what.size() + 1) / 1024;
    return 0;
}

/// A thousand accounts for every million people would be few: ten people at each.
void add_people(const store::Target& target, long long contacts) {
    store::Session session(target);
    session.execute(numbered(
        target.dialect, contacts / 10,
        "INSERT INTO accounts (id, ref, name, segment, created_at, updated_at)",
        id("acc_", "n") + ", 'A-' || CAST(n AS TEXT), 'Account ' || CAST(n AS TEXT), 'reliable', 1, 1"));
    session.execute(
        numbered(target.dialect, contacts,
                 "INSERT INTO contacts (id, account_id, email, name, level, created_at, updated_at)",
                 id("con_", "n") + ", " + id("acc_", "(n / 10)") +
                     ", 'p' || CAST(n AS TEXT) || '@example.com', 'Person ' || CAST(n AS TEXT), "
                     "'operational', 1, 1"));
}

void report_memory(const char* after) {
    std::printf("  resident after %s: %.0f MiB, at most %.0f MiB\n", after, memory("VmRSS"), memory("VmHWM"));
}

void plan(World& world, int contacts) {
    store::Campaigns campaigns(world.database, world.clock, "UTC");
    flow::PlannedCampaign campaign;
    campaign.id = crypto::new_id<CampaignId>(world.clock.now());
    campaign.request.plugin = "relationship_nps";
    campaign.request.about = "relationship-1";
    campaign.request.audience.all = true;
    campaign.request.at = world.clock.now();
    campaign.now = world.clock.now();
    campaign.rest = core::kRest;
    const auto looking = steady_clock::now();
    const auto ahead = must(patiently(world, campaigns.look_ahead(campaign)));
    std::printf("looking ahead: %.1f s, %lld asked\n", seconds_since(looking),
                static_cast<long long>(ahead.campaign.progress.asked));
    report_memory("looking ahead");
    const auto begin = steady_clock::now();
    must(patiently(world, campaigns.begin(campaign)));
    double first = 0, longest = 0;
    for (bool more = true; more;) {
        const auto page = steady_clock::now();
        more = must(patiently(world, campaigns.plan_page(campaign.id, world.clock.now())));
        longest = std::max(longest, seconds_since(page));
        if (first == 0) first = seconds_since(begin);
    }
    std::printf(
        "planning: %.1f s, %.0f contacts/s; first mails may leave after %.3f s; longest page %.3f s\n",
        seconds_since(begin), contacts / seconds_since(begin), first, longest);
    report_memory("planning");
    const auto showing = steady_clock::now();
    const auto shown = must(patiently(world, campaigns.find(campaign.id)));
    std::printf("showing: %.1f s, %lld waiting\n", seconds_since(showing),
                static_cast<long long>(shown.progress.waiting));
    const auto claiming = steady_clock::now();
    const auto claimed =
        must(patiently(world, world.outbox.claim("host", world.clock.now(),
                                                 world.clock.now() + std::chrono::minutes(2), 64)));
    std::printf("claiming %zu of them: %.4f s\n", claimed.size(), seconds_since(claiming));
    const auto pausing = steady_clock::now();
    must(patiently(world, campaigns.pause(campaign.id, {}, world.clock.now())));
    std::printf("pausing: in force after %.4f s\n", seconds_since(pausing));
    while (must(patiently(world, campaigns.settle(campaign.id, world.clock.now())))) {
    }
    std::printf("pausing: everything put off after %.1f s\n", seconds_since(pausing));
}

constexpr const char* kSelf = "/proc/self/exe";

void run(store::Dialect dialect, int contacts) {
    World world{dialect, std::chrono::minutes(5)};
    const std::string name = dialect == store::Dialect::sqlite ? "sqlite" : "postgresql";
    const support::Finished filled = support::run_program(
        {.program = kSelf, .arguments = {std::to_string(contacts), name, world.target.connect}}, kPatience);
    if (filled.code != 0) throw std::runtime_error(filled.errors);
    std::printf("%s, %d contacts; resident before: %.0f MiB\n", name.c_str(), contacts, memory("VmRSS"));
    plan(world, contacts);
    std::printf("resident at most: %.0f MiB (goal: under 80)\n\n", memory("VmHWM"));
}

/// Memory is the process's own: each database in another one.
int run_both(const std::string& contacts) {
    int failed = 0;
    for (const char* database : {"sqlite", "postgresql"}) {
        const support::Finished finished =
            support::run_program({.program = kSelf, .arguments = {contacts, database}}, 4 * kPatience);
        std::printf("%s%s", finished.output.c_str(), finished.errors.c_str());
        failed |= finished.code;
    }
    return failed;
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const std::string contacts = count > 1 ? arguments[1] : "1000000";
    if (count < 3) return bench::run_both(contacts);
    const auto dialect =
        std::string(arguments[2]) == "postgresql" ? store::Dialect::postgresql : store::Dialect::sqlite;
    if (count == 3)
        bench::run(dialect, std::atoi(contacts.c_str()));
    else
        bench::add_people({dialect, arguments[3], ""}, std::atoll(contacts.c_str()));
    return 0;
}
