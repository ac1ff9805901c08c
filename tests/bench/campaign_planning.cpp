/// A campaign to a great many people: how long planning takes, and how much memory. The people are brought in
/// by another process, so that what is measured is planning alone.
///     campaign_planning [CONTACTS [DATABASE, to bring them in and nothing more]]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

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
void add_people(store::Session& session, int contacts) {
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ";
    session.execute("INSERT INTO accounts (id, ref, name, segment, created_at, updated_at) " + numbers +
                    std::to_string(contacts / 10) +
                    ") SELECT printf('acc_%026d', i), 'A-' || i, 'Account ' || i, 'reliable', 1, 1 FROM n");
    session.execute(
        "INSERT INTO contacts (id, account_id, email, name, level, created_at, updated_at) " + numbers +
        std::to_string(contacts) +
        ") SELECT printf('con_%026d', i), printf('acc_%026d', i / 10), 'p' || i || '@example.com', "
        "'Person ' || i, "
        "'operational', 1, 1 FROM n");
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
    must(patiently(world, campaigns.pause(campaign.id, world.clock.now())));
    std::printf("pausing: in force after %.4f s\n", seconds_since(pausing));
    while (must(patiently(world, campaigns.settle(campaign.id, world.clock.now())))) {
    }
    std::printf("pausing: everything put off after %.1f s\n", seconds_since(pausing));
}

int run(int contacts) {
    World world{store::Dialect::sqlite};
    const support::Finished filled = support::run_program(
        {.program = "/proc/self/exe", .arguments = {std::to_string(contacts), "sqlite:" + world.target.path}},
        kPatience);
    if (filled.code != 0) throw std::runtime_error(filled.errors);
    std::printf("%d contacts; resident before: %.0f MiB\n", contacts, memory("VmRSS"));
    plan(world, contacts);
    std::printf("resident at most: %.0f MiB (goal: under 80)\n", memory("VmHWM"));
    return 0;
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const int contacts = count > 1 ? std::atoi(arguments[1]) : 1'000'000;
    if (count < 3) return bench::run(contacts);
    store::Session session(*store::Target::parse(arguments[2]));
    bench::add_people(session, contacts);
    return 0;
}
