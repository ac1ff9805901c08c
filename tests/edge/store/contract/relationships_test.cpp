#include "edge/store/contract/world.hpp"

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
        return run_import(world.relationships.import_accounts(std::move(rows), world.clock.now(), dry_run));
    }
    flow::ImportReport import(std::vector<core::ContactRow> rows, bool dry_run = false) {
        return run_import(world.relationships.import_contacts(std::move(rows), world.clock.now(), dry_run));
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

}  // namespace
}  // namespace candour::store::contract
