/// Everybody looked at at once, a page at a time, and account by account: three ways to one answer.
#include <random>
#include <set>

#include "edge/store/campaign_explain.hpp"
#include "edge/store/contract/campaign_world.hpp"

namespace candour::store::contract {
namespace {

using std::chrono::days;

constexpr int kPortfolioAccounts = 110, kPortfolioContacts = 660;

/// A portfolio in which everything happens that an audience is judged by. Some addresses stand at several
/// accounts.
class Selection : public CampaignWorld {
 protected:
    void SetUp() override {
        std::string accounts, contacts, asked, facts, dead, out, wishes;
        for (int i = 0; i < kPortfolioAccounts; ++i)
            add(accounts,
                {id("acc_", i), "S-" + std::to_string(i), "Account", pick({"reliable", "edge", "core"})},
                ", 1, 1");
        for (int i = 0; i < kPortfolioContacts; ++i) {
            const std::string account = id("acc_", i * kPortfolioAccounts / kPortfolioContacts);
            add(contacts,
                {id("con_", i), account, i % 17 == 0 ? "" : address(i), "P" + std::to_string(i),
                 pick({"executive", "managerial", "operational"}), pick({"", "Asia/Tokyo", "America/Lima"}),
                 pick({"sponsor", "user", ""}), pick({"pilot", "board,pilot", ""})},
                one_in(9) ? ", 0, 1, 1" : ", 1, 1, 1");
            for (int n = 0; n < 3; ++n) ask(asked, i, account, n);
            for (int n = 0; n < 2; ++n)
                if (one_in(2)) facts += row_of(id("con_", i), i * 2 + n);
            if (one_in(12) && (i % 13 != 0 || i < 39))
                add(dead, {address(i) + (one_in(3) ? "x" : "")}, ", 'dead', '', 1");
            if (one_in(12)) add(out, {id("con_", i), address(i), "", "page"}, ", 1");
            if (one_in(4))
                add(wishes, {id("con_", i), "light", "", "", one_in(2) ? address(i) : "", ""}, ", 1");
            if (one_in(8))
                add(wishes,
                    {id("con_", i), "mute", "relationship_nps", pick({"relationship-1", "other"}),
                     one_in(2) ? address(i) : "", ""},
                    ", 1");
        }
        insert("accounts (id, ref, name, segment, created_at, updated_at)", accounts);
        insert(
            "contacts (id, account_id, email, name, level, zone, roles, tags, active, created_at, "
            "updated_at)",
            contacts);
        insert(
            "messages (id, kind, purpose, channel, plugin, about, account_id, contact_id, state, reminder, "
            "not_before, created_at, answered_at, expires_at)",
            asked);
        insert("metric_facts (contact_id, seq, view, day, at, thread, withdrawn, v0, v1, v2, v3)", facts);
        insert("suppressions (address, reason, message_id, at)", dead);
        insert("opt_outs (contact_id, address, message_id, way, at)", out);
        insert("asking_wishes (contact_id, wish, plugin, about, address, message_id, at)", wishes);
    }
    std::vector<std::string> ahead(const flow::PlannedCampaign& campaign, CampaignExplain& explained) {
        return lines(world.run(explained.explain_ahead(campaign, {{}, "", "", 10'000})));
    }
    /// Pages as a person turns them, each asked for by itself.
    std::vector<std::string> ahead_in_pages(const flow::PlannedCampaign& campaign, CampaignExplain& explained,
                                            flow::ExplainQuery query) {
        flow::ExplainPage all;
        do {
            const auto page = world.run(explained.explain_ahead(campaign, query));
            EXPECT_TRUE(page) << page.error().message;
            if (!page) break;
            EXPECT_LE(page->contacts.size(), static_cast<std::size_t>(query.limit));
            all.contacts.insert(all.contacts.end(), page->contacts.begin(), page->contacts.end());
            query.after = page->next;
        } while (!query.after.empty());
        return lines(std::move(all));
    }
    static std::vector<std::string> lines(const Result<flow::ExplainPage>& page) {
        EXPECT_TRUE(page) << page.error().message;
        std::vector<std::string> all;
        for (const flow::ExplainedContact& one : page.value_or({}).contacts)
            all.push_back(one.contact.text() + " " + one.reason + " " +
                          std::to_string(core::to_us(one.until)));
        std::sort(all.begin(), all.end());
        return all;
    }
    /// The same people, named account by account.
    static flow::PlannedCampaign by_account(flow::PlannedCampaign campaign) {
        campaign.request.audience.all = false;
        for (int i = 0; i < kPortfolioAccounts; ++i)
            campaign.request.audience.accounts.push_back("S-" + std::to_string(i));
        return campaign;
    }

    std::mt19937 dice{4711};

 private:
    bool one_in(unsigned n) { return dice() % n == 0; }
    std::string pick(std::vector<std::string> words) { return words[dice() % words.size()]; }
    static std::string id(const char* prefix, int i) {
        const std::string number = std::to_string(i);
        return prefix + std::string(26 - number.size(), '0') + number;
    }
    static std::string address(int i) {
        return "p" + std::to_string(i % 13 == 0 ? i % 39 : i) + "@example.com";
    }
    static void add(std::string& rows, const std::vector<std::string>& texts, const std::string& rest) {
        rows += rows.empty() ? "(" : ", (";
        for (std::size_t i = 0; i < texts.size(); ++i) rows += (i == 0 ? "'" : ", '") + texts[i] + "'";
        rows += rest + ")";
    }
    void ask(std::string& rows, int i, const std::string& account, int n) {
        const core::Instant at = world.clock.now() + days{static_cast<int>(dice() % 1000) - 700};
        const std::string when = std::to_string(core::to_us(at));
        add(rows,
            {id("msg_", 3 * i + n), pick({"invitation", "invitation", "statement"}), "survey", "mail",
             "relationship_nps", "relationship-1", account, id("con_", i),
             pick({"handed_over", "queued", "link", "cancelled", "rejected", "bounced"})},
            std::string(one_in(5) ? ", 1, " : ", 0, ") + when + ", " + when + ", " +
                (one_in(3) ? std::to_string(core::to_us(at + days{2})) : "0") + ", 1");
    }
    std::string row_of(const std::string& contact, int seq) {
        const int day = 19'000 + static_cast<int>(dice() % 400);
        return std::string(", ('") + contact + "', " + std::to_string(seq) + ", " + (one_in(6) ? "2" : "1") +
               ", " + std::to_string(day) + ", " + std::to_string(day * 86'400'000'000LL) + ", " +
               std::to_string(seq) + ", " + (one_in(6) ? "1" : "0") + ", " + std::to_string(dice() % 11) +
               ", " + std::to_string(dice() % 3) + ", 0, 0)";
    }
    void insert(const std::string& table, const std::string& rows) {
        world.execute("INSERT INTO " + table + " VALUES " + (rows.starts_with(", ") ? rows.substr(2) : rows));
    }
};
INSTANTIATE_TEST_SUITE_P(Store, Selection, both(), named);

/// Audiences that ask for one thing more each; planned one after the other, so that each finds the traces of
/// those before.
std::vector<core::Audience> audiences() {
    core::Audience all{.all = true}, narrower, answered, sampled{.all = true}, never;
    narrower.segments = {"reliable", "edge"};
    narrower.tags = {"board"};
    narrower.roles = {"sponsor", "user"};
    answered.last_answer.before = 19'300;
    answered.last_answer.classes = {"promoter", "detractor"};
    sampled.sample.per_account = 3;
    sampled.sample.per_level = 2;
    never.last_answer.never = true;
    return {narrower, answered, sampled, never, all};
}

TEST_P(Selection, IsTheSameForEverybodyAtOnceAPageAtATimeAndByAccount) {
    core::Calendar office{core::kHouseCalendar, "Europe/Berlin", {}, {}};
    for (unsigned day = 1; day <= 5; ++day) office.week.push_back({std::chrono::weekday{day}, 8h, 18h});
    ASSERT_TRUE(world.run(world.calendars.set_calendar(office, {}, world.clock.now())));
    Campaigns campaigns{world.database, world.clock, "Europe/Berlin", 2};
    CampaignExplain explained{world.database, {"Europe/Berlin", 2}};
    std::set<std::string> reasons;
    bool odd = false;
    for (core::Audience& audience : audiences()) {
        odd = !odd;
        flow::PlannedCampaign campaign = everybody();
        campaign.request.audience = audience;
        campaign.request.by_cadence = odd;
        campaign.rest = days{30};
        const std::vector<std::string> shown = ahead(campaign, explained);
        EXPECT_EQ(ahead(by_account(campaign), explained), shown);
        EXPECT_EQ(ahead_in_pages(campaign, explained, {{}, "", "", 67}), shown);
        EXPECT_EQ(ahead_in_pages(by_account(campaign), explained, {{}, "", "", 97}), shown);
        ASSERT_TRUE(world.run(campaigns.begin(odd ? campaign : by_account(campaign))));
        while (world.run(campaigns.plan_page(campaign.id, world.clock.now())).value_or(false)) {
        }
        EXPECT_EQ(lines(world.run(explained.explain(campaign.id, {{}, "", "", 10'000}))), shown);
        for (const std::string& line : shown) reasons.insert(line.substr(line.find(' ')));
    }
    EXPECT_GE(reasons.size(), 12U) << "or the portfolio is too quiet to prove anything";
}

}  // namespace
}  // namespace candour::store::contract
