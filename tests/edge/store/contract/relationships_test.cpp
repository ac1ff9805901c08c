#include "edge/store/accounts.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"

namespace candour::store::contract {
namespace {

class RelationshipStore : public Contract {
 protected:
    static core::AccountRow account(const std::string& ref, const std::string& name = "Analytical Engines") {
        core::AccountRow row;
        row.line = 2;
        row.account.ref = ref;
        row.account.name = name;
        row.account.renewal_on = "2031-12-31";
        row.account.annual_revenue = 5'000'000'000;
        row.owner_email = "grace@house.example";
        return row;
    }
    static core::ContactRow contact(const std::string& ref, const std::string& email,
                                    const std::string& name = "Ada") {
        core::ContactRow row;
        row.line = 3;
        row.account_ref = ref;
        row.contact.email = email;
        row.contact.name = name;
        return row;
    }
    flow::ImportReport import(std::vector<core::AccountRow> rows, bool dry_run = false) {
        return run_import(
            world.relationships.import_accounts(std::move(rows), {}, world.clock.now(), dry_run));
    }
    flow::ImportReport import(std::vector<core::ContactRow> rows, bool dry_run = false) {
        return run_import(
            world.relationships.import_contacts(std::move(rows), {}, world.clock.now(), dry_run));
    }

 private:
    flow::ImportReport run_import(flow::Task<Result<flow::ImportReport>> task) {
        const Result<flow::ImportReport> report = world.run(std::move(task));
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or({});
    }
};
INSTANTIATE_TEST_SUITE_P(Store, RelationshipStore, both(), named);

TEST_P(RelationshipStore, AddsThenLeavesThenChangesAnAccount) {
    EXPECT_EQ(import({account("A-1")}).added, 1);
    EXPECT_EQ(import({account("A-1")}).unchanged, 1);
    EXPECT_EQ(import({account("A-1", "Difference Engines")}).changed, 1);
    const auto accounts = world.run(world.relationships.accounts());
    ASSERT_EQ(accounts->size(), 1U);
    EXPECT_EQ(accounts->front().name, "Difference Engines");
    EXPECT_EQ(accounts->front().renewal_on, "2031-12-31");
    EXPECT_EQ(accounts->front().annual_revenue, 5'000'000'000);
}

TEST_P(RelationshipStore, TakesAFileOfManyContactsInItsOwnOrder) {
    import({account("A-1"), account("A-2")});
    std::vector<core::ContactRow> rows;
    for (int i = 0; i < 1'200; ++i)
        rows.push_back(contact(i % 2 == 0 ? "A-1" : "A-2", "c" + std::to_string(i) + "@example.org",
                               "Name \"" + std::to_string(i)));
    rows.push_back(contact("A-1", "", "Only a name"));
    rows.push_back(contact("A-1", "", "Only a name"));
    rows.push_back(contact("A-1", "c1198@example.org", "Renamed further down"));
    rows.push_back(contact("A-3", "lost@example.org"));
    const flow::ImportReport first = import(rows);
    EXPECT_EQ(first.added, 1'201);
    EXPECT_EQ(first.unchanged, 1) << "the same name twice";
    EXPECT_EQ(first.changed, 1);
    ASSERT_EQ(first.problems.size(), 1U);
    EXPECT_EQ(world.run(world.relationships.contact("c1198@example.org"))->name, "Renamed further down");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM relationship_history WHERE what = 'known_since'"), 1'201);
    const flow::ImportReport again = import(rows);
    EXPECT_EQ(again.added, 0);
    EXPECT_EQ(again.changed, 2) << "there and back again";
}

TEST_P(RelationshipStore, AddsThenLeavesThenChangesAContact) {
    import({account("A-1")});
    EXPECT_EQ(import({contact("A-1", "ada@example.org")}).added, 1);
    EXPECT_EQ(import({contact("A-1", "ada@example.org")}).unchanged, 1);
    EXPECT_EQ(import({contact("A-1", "ada@example.org", "Ada L.")}).changed, 1);
    const auto found = world.run(world.relationships.contact("ada@example.org"));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->name, "Ada L.");
    EXPECT_TRUE(found->active);
    EXPECT_EQ(world.run(world.relationships.contact(found->id.text()))->email, "ada@example.org");
}

TEST_P(RelationshipStore, KnowsAContactWithoutAnAddressByName) {
    import({account("A-1")});
    EXPECT_EQ(import({contact("A-1", "", "Charles")}).added, 1);
    EXPECT_EQ(import({contact("A-1", "", "Charles")}).unchanged, 1);
    EXPECT_EQ(import({contact("A-1", "", "Luigi")}).added, 1);
}

TEST_P(RelationshipStore, LeavesNothingBehindAfterADryRunAndReportsTheSame) {
    const flow::ImportReport dry = import({account("A-1"), account("A-2")}, true);
    EXPECT_TRUE(dry.dry_run);
    EXPECT_EQ(dry.added, 2);
    EXPECT_TRUE(world.run(world.relationships.accounts())->empty());
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM teammates"), 0);
    EXPECT_EQ(import({account("A-1"), account("A-2")}).added, 2);
}

TEST_P(RelationshipStore, NamesTheAccountThatAContactSpeaksOfAndTakesTheOthers) {
    import({account("A-1")});
    const flow::ImportReport report =
        import({contact("A-9", "eve@example.org"), contact("A-1", "ada@example.org")});
    EXPECT_EQ(report.added, 1);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_EQ(report.problems.front().line, 3);
    EXPECT_NE(report.problems.front().reason.find("\"A-9\""), std::string::npos)
        << report.problems.front().reason;
}

TEST_P(RelationshipStore, TakesNobodyInAZoneThatDoesNotExist) {
    import({account("A-1")});
    core::ContactRow martian = contact("A-1", "eve@example.org");
    martian.contact.zone = "Mars/Base";
    const flow::ImportReport report = import({martian, contact("A-1", "ada@example.org")});
    EXPECT_EQ(report.added, 1);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_NE(report.problems.front().reason.find("Mars/Base"), std::string::npos);
}

TEST_P(RelationshipStore, AsksWhichContactIsMeantWhenSeveralHaveTheAddress) {
    import({account("A-1"), account("A-2")});
    import({contact("A-1", "ada@example.org"), contact("A-2", "ada@example.org")});
    const auto found = world.run(world.relationships.contact("ada@example.org"));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::conflict);
    EXPECT_EQ(world.run(world.relationships.contact("nobody@example.org")).error().code,
              ErrorCode::not_found);
}

TEST_P(RelationshipStore, MakesATeammateOnce) {
    const auto first =
        world.run(world.relationships.teammate("grace@house.example", "Grace", world.clock.now()));
    const auto second =
        world.run(world.relationships.teammate("grace@house.example", "Somebody", world.clock.now()));
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->id, second->id);
    EXPECT_EQ(second->name, "Grace");
}

TEST_P(RelationshipStore, ShowsOneAccountWithWhoIsThere) {
    const core::Contact ada = world.customer(), bob = world.customer("bob@example.org");
    world.raise("a");
    Directory directory(world.database);
    Accounts accounts(world.database);
    flow::PersonChange promoted, left;
    promoted.level = core::Level::executive;
    left.active = false;
    ASSERT_TRUE(world.run(directory.change(ada.id.text(), promoted, {}, world.clock.now())));
    ASSERT_TRUE(world.run(directory.change(bob.id.text(), left, {}, world.clock.now())));
    const auto view = world.run(accounts.account("A-1"));
    ASSERT_TRUE(view) << view.error().message;
    EXPECT_EQ(view->account.name, "Analytical Engines");
    EXPECT_EQ(view->owner_name, "Grace");
    EXPECT_EQ(view->contacts, (std::array<std::int64_t, 3>{0, 0, 1})) << "whoever left is not there";
    EXPECT_EQ(view->open_items, 1);
    EXPECT_FALSE(core::happened(view->last_touch_at));
    EXPECT_EQ(world.run(accounts.account(ada.account.text()))->account.ref, "A-1");
    EXPECT_EQ(world.run(accounts.account("A-2")).error().code, ErrorCode::not_found);
}

TEST_P(RelationshipStore, KnowsWhoOfUsMetWhomOfThem) {
    const core::Contact ada = world.customer(), bob = world.customer("bob@example.org");
    Directory directory(world.database);
    Accounts accounts(world.database);
    std::vector<core::TouchpointRow> rows;
    for (int i = 0; i < 3; ++i) {
        core::TouchpointRow row;
        row.ref = "cal-" + std::to_string(i);
        row.account_ref = "A-1";
        row.at = world.clock.now() - std::chrono::days(40 * i + 1);
        row.minutes = 30;
        row.contacts = i == 1 ? std::vector<std::string>{bob.email} : std::vector<std::string>{ada.email};
        row.teammates = {"grace@house.example"};
        rows.push_back(row);
    }
    ASSERT_TRUE(world.run(directory.import_touchpoints(rows, {}, world.clock.now(), false)));
    const auto since = world.clock.now() - std::chrono::days(60);
    auto threads = world.run(accounts.threads(ada.account.text(), since));
    ASSERT_TRUE(threads) << threads.error().message;
    ASSERT_EQ(threads->size(), 2U);
    EXPECT_EQ(threads->front().contact_name, "ada") << "as strong as the other, and later";
    EXPECT_EQ(threads->front().thread.touches(), 1) << "81 days are too long ago";
    EXPECT_EQ(threads->front().teammate_name, "Grace");
    ASSERT_TRUE(
        world.run(directory.merge(bob.id.text(), ada.id.text(), {"tea_grace", "", ""}, world.clock.now())));
    threads = world.run(accounts.threads(ada.account.text(), since));
    ASSERT_EQ(threads->size(), 1U) << "they are one person";
    EXPECT_EQ(threads->front().thread.touches(), 2);
    ASSERT_TRUE(world.run(directory.erase(ada.id.text(), {}, world.clock.now(), false)));
    EXPECT_TRUE(world.run(accounts.threads(ada.account.text(), since))->empty()) << "nobody is left";
}

TEST_P(RelationshipStore, ListsTouchpointsInPagesNewestFirst) {
    const core::Contact ada = world.customer();
    Directory directory(world.database);
    Accounts accounts(world.database);
    std::vector<core::TouchpointRow> rows;
    for (int i = 0; i < 5; ++i) {
        core::TouchpointRow row;
        row.ref = "cal-" + std::to_string(i);
        row.account_ref = "A-1";
        row.at = world.clock.now() - std::chrono::hours(i / 2);  // two share an instant
        row.contacts = {ada.email};
        rows.push_back(row);
    }
    ASSERT_TRUE(world.run(directory.import_touchpoints(rows, {}, world.clock.now(), false)));
    flow::TouchpointQuery query{ada.account.text(), ada.id.text()};
    query.limit = 2;
    std::vector<std::string> refs;
    for (;;) {
        const auto page = world.run(accounts.touchpoints(query));
        ASSERT_TRUE(page) << page.error().message;
        for (const flow::TouchpointView& one : *page) {
            refs.push_back(one.ref);
            ASSERT_EQ(one.contacts.size(), 1U);
            EXPECT_EQ(one.contacts.front().name, "ada");
        }
        if (page->size() < 2) break;
        query.before = page->back().at;
        query.before_id = page->back().id;
    }
    EXPECT_EQ(refs, (std::vector<std::string>{"cal-1", "cal-0", "cal-3", "cal-2", "cal-4"}));
    query.contact = "con_nobody";
    query.before = core::Instant::max();
    EXPECT_TRUE(world.run(accounts.touchpoints(query))->empty());
}

}  // namespace
}  // namespace candour::store::contract
