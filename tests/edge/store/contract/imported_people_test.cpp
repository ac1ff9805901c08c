#include "edge/store/imported_people.hpp"

#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"

namespace candour::store::contract {
namespace {

class People : public Contract {
 protected:
    People() : ada(world.customer("ada@example.org")) {}

    Result<flow::FoundPerson> find(flow::ImportedPerson person) {
        auto found = world.run(people.find({std::move(person)}));
        EXPECT_TRUE(found) << found.error().message;
        return found && found->size() == 1
                   ? found->front()
                   : Result<flow::FoundPerson>(Error{ErrorCode::internal, "no answer"});
    }
    flow::ImportedPerson called(const std::string& id, const std::string& email = {},
                                const std::string& account = {}) const {
        flow::ImportedPerson person;
        person.id = id;
        person.email = email;
        person.account = account;
        return person;
    }

    core::Contact ada;
    ImportedPeople people{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, People, both(), named);

TEST_P(People, AreFoundByAddressByIdAndByTheNameOfAnotherSystem) {
    EXPECT_EQ(find(called("", "ada@example.org")).value_or({}).contact, ada.id);
    EXPECT_EQ(find(called(ada.id.text())).value_or({}).account, ada.account);
    const Result<flow::FoundPerson> nobody = find(called("delighted:42"));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, ErrorCode::not_found);
    ASSERT_TRUE(
        world.run(people.remember({{"delighted:42", ada.id}, {"delighted:42", ada.id}}, world.clock.now())));
    ASSERT_TRUE(world.run(people.remember({{"delighted:42", ada.id}}, world.clock.now()))) << "once more";
    EXPECT_EQ(find(called("delighted:42")).value_or({}).contact, ada.id);
    EXPECT_EQ(find(called("delighted:43", "ada@example.org")).value_or({}).contact, ada.id)
        << "by whatever is known";
}

TEST_P(People, AnswerInTheOrderInWhichTheyWereAskedFor) {
    const auto found = world.run(
        people.find({called("", "nobody@example.org"), called("", "ada@example.org"), called("x:'1\"")}));
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 3U);
    EXPECT_FALSE((*found)[0]);
    EXPECT_TRUE((*found)[1]);
    EXPECT_FALSE((*found)[2]);
}

TEST_P(People, WithOneAddressAtTwoAccountsAreToldApartByTheAccount) {
    core::AccountRow account;
    account.account.ref = "B-9";
    account.account.name = "Second House";
    ASSERT_TRUE(world.run(world.relationships.import_accounts({account}, {}, world.clock.now(), false)));
    core::ContactRow twin;
    twin.account_ref = "B-9";
    twin.contact.name = "Ada";
    twin.contact.email = "ada@example.org";
    ASSERT_TRUE(world.run(world.relationships.import_contacts({twin}, {}, world.clock.now(), false)));
    const Result<flow::FoundPerson> either = find(called("", "ada@example.org"));
    ASSERT_FALSE(either);
    EXPECT_EQ(either.error().code, ErrorCode::conflict);
    for (const char* account_of_row : {"b-9", "SECOND house"}) {
        const Result<flow::FoundPerson> one = find(called("", "ada@example.org", account_of_row));
        ASSERT_TRUE(one) << one.error().message;
        EXPECT_NE(one->account, ada.account);
    }
    EXPECT_FALSE(find(called("", "ada@example.org", "Third House")));
}

TEST_P(People, ThatWereErasedAreNobodyAndHaveNoOtherName) {
    ASSERT_TRUE(world.run(people.remember({{"delighted:42", ada.id}}, world.clock.now())));
    Directory directory{world.database};
    ASSERT_TRUE(world.run(directory.erase(ada.id.text(), {}, world.clock.now(), false)));
    EXPECT_FALSE(find(called(ada.id.text())));
    EXPECT_FALSE(find(called("delighted:42")));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM contact_refs"), 0);
}

}  // namespace
}  // namespace candour::store::contract
