/// Whom a campaign reaches among a million contacts, with every rule in force, on both databases:
/// `audience_selection [CONTACTS]`. Nothing is written: time is taken from the question to the last reason.
/// The same people are then looked at in pages.
#include <chrono>
#include <cstdio>
#include <exception>

#include "bench/made_rows.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/campaign_explain.hpp"
#include "edge/store/contract/world.hpp"

namespace candour::bench {
namespace {

using store::contract::World;

/// A slow machine still gets its figure.
constexpr std::chrono::minutes kPatience{10};

/// Ten people at each account, a third of them asked lately or some time ago and most of those answered; some
/// addresses are dead, some people opted out, want it lighter or muted the question.
void fill(World& world, store::Dialect dialect, long long contacts) {
    const std::string now = std::to_string(core::to_us(world.clock.now()));
    const std::string account = id("acc_", "(n / 10)"), contact = id("con_", "n"),
                      address = "'p' || CAST(n AS TEXT) || '@example.com'";
    world.execute(numbered(
        dialect, contacts / 10, "INSERT INTO accounts (id, ref, name, segment, created_at, updated_at)",
        id("acc_", "n") + ", 'A-' || CAST(n AS TEXT), 'Account ' || CAST(n AS TEXT), 'reliable', 1, 1"));
    world.execute(numbered(dialect, contacts,
                           "INSERT INTO contacts (id, account_id, email, name, level, zone, roles, tags, "
                           "created_at, updated_at)",
                           contact + ", " + account + ", " + address +
                               ", 'Person ' || CAST(n AS TEXT), CASE WHEN n % 10 = 0 THEN 'executive' "
                               "WHEN n % 10 < 3 THEN 'managerial' ELSE 'operational' END, CASE WHEN n % 4 = "
                               "0 THEN 'America/Lima' WHEN n % 4 = 1 THEN "
                               "'Asia/Tokyo' ELSE '' END, CASE WHEN n % 5 = 0 THEN 'sponsor' ELSE 'user' "
                               "END, CASE WHEN n % 7 = 0 THEN 'pilot' ELSE 'board' "
                               "END, 1, 1"));
    world.execute(numbered(
        dialect, contacts / 3,
        "INSERT INTO messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, state, "
        "not_before, "
        "created_at, handed_over_at, answered_at, expires_at)",
        id("msg_", "n") + ", 'invitation', 'survey', 'mail', 'relationship_nps', 'relationship-1', " +
            id("acc_", "(n * 3 / 10)") + ", " + id("con_", "(n * 3)") + ", 'handed_over', 1, " + now +
            " - 86400000000 * (30 + n % 300), 1, n % 2, 1"));
    world.execute(numbered(
        dialect, contacts / 3,
        "INSERT INTO metric_facts (contact_id, seq, view, day, at, thread, withdrawn, v0, v1, v2, v3)",
        id("con_", "(n * 3)") + ", n, 1, 20000, 1728000000000000, 0, 0, n % 11, 1, 0, 0"));
    world.execute(numbered(dialect, contacts / 50,
                           "INSERT INTO suppressions (address, reason, message_id, at)",
                           "'p' || CAST(n * 50 + 1 AS TEXT) || '@example.com', 'dead', '', 1"));
    world.execute(numbered(
        dialect, contacts / 50, "INSERT INTO opt_outs (contact_id, address, message_id, way, at)",
        id("con_", "(n * 50 + 2)") + ", 'p' || CAST(n * 50 + 2 AS TEXT) || '@example.com', '', 'page', 1"));
    world.execute(
        numbered(dialect, contacts / 50,
                 "INSERT INTO asking_wishes (contact_id, wish, plugin, about, address, message_id, at)",
                 id("con_", "(n * 50 + 3)") +
                     ", CASE WHEN n % 2 = 0 THEN 'light' ELSE 'mute' END, 'relationship_nps', "
                     "'relationship-1', 'p' || CAST(n * 50 + 3 AS TEXT) || '@example.com', '', 1"));
    world.execute("ANALYZE");
}

void set_office_hours(World& world) {
    core::Calendar office{core::kHouseCalendar, "Europe/Berlin", {}, {std::chrono::year{2031} / 3 / 4}};
    for (unsigned day = 1; day <= 5; ++day)
        office.week.push_back({std::chrono::weekday{day}, std::chrono::hours{8}, std::chrono::hours{18}});
    if (!world.run(world.calendars.set_calendar(office, {}, world.clock.now())))
        throw std::runtime_error("the calendar could not be set");
}

flow::PlannedCampaign campaign_to(World& world, core::Audience audience) {
    flow::PlannedCampaign campaign;
    campaign.id = crypto::new_id<CampaignId>(world.clock.now());
    campaign.request.plugin = "relationship_nps";
    campaign.request.about = "relationship-1";
    campaign.request.audience = std::move(audience);
    campaign.request.at = world.clock.now();
    campaign.now = world.clock.now();
    campaign.rest = core::kRest;
    return campaign;
}

flow::ExplainPage explained(World& world, const core::Audience& audience, int per_account_per_day,
                            const flow::ExplainQuery& query) {
    store::CampaignExplain explain(world.database, {"Europe/Berlin", per_account_per_day});
    auto page =
        support::run_task(world.io, explain.explain_ahead(campaign_to(world, audience), query), kPatience);
    if (!page) throw std::runtime_error(page.error().message);
    return std::move(*page);
}

double seconds_since(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

void measure(World& world, const char* what, const core::Audience& audience, int per_account_per_day) {
    const auto begun = std::chrono::steady_clock::now();
    flow::ExplainQuery nobody;  // everybody is judged and placed in search of who is not there
    nobody.reason = "no_address";
    if (!explained(world, audience, per_account_per_day, nobody).contacts.empty())
        throw std::runtime_error("nobody was expected to have no address");
    std::printf("  %-56s %6.2f s   goal 5\n", what, seconds_since(begun));
}

/// The cursor stands behind somebody of the account with this number.
void measure_page(World& world, const core::Audience& audience, long long account) {
    flow::ExplainQuery page;
    const auto place = [](const char* prefix, long long number) {
        const std::string digits = std::to_string(number);
        return prefix + std::string(26 - digits.size(), '0') + digits;
    };
    if (account > 0) page.after = place("acc_", account) + "/" + place("con_", account * 10 + 4);
    const auto begun = std::chrono::steady_clock::now();
    const auto people = explained(world, audience, 2, page).contacts.size();
    std::printf("    a page of %3zu behind account %6lld %26.0f ms\n", people, account,
                1000 * seconds_since(begun));
}

void run(store::Dialect dialect, long long contacts) {
    World world(dialect, std::chrono::minutes(5));
    fill(world, dialect, contacts);
    set_office_hours(world);
    std::printf("%s, %lld contacts:\n", dialect == store::Dialect::sqlite ? "SQLite" : "PostgreSQL",
                contacts);
    core::Audience all, rules;
    all.all = true;
    measure(world, "everybody", all, 0);
    rules.segments = {"reliable"};
    rules.levels = {"executive", "managerial", "operational"};
    rules.roles = {"sponsor", "user"};
    rules.tags = {"pilot", "board"};
    rules.last_answer.before = 21'000;
    rules.last_answer.classes = {"promoter", "passive", "detractor"};
    rules.sample.per_account = 5;
    rules.sample.per_level = 3;
    rules.sample.share[core::Level::operational] = 50;
    measure(world, "segment, level, role, tag, last answer, sample, per day", rules, 2);
    for (const long long account : {0LL, contacts / 20, contacts / 10 - 100})
        measure_page(world, rules, account);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    try {
        const long long contacts = count > 1 ? std::atoll(arguments[1]) : 1'000'000;
        bench::run(store::Dialect::sqlite, contacts);
        bench::run(store::Dialect::postgresql, contacts);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "audience_selection: %s\n", failure.what());
        return 1;
    }
}
