/// Lists and counts for somebody who sees some accounts only are those of everybody, without what is not
/// theirs: in the same order, page by page.
#include <set>

#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

constexpr const char* kSomebody = "tea_some";

class InSight : public Contract {
 protected:
    void SetUp() override {
        world.execute(
            "INSERT INTO teammates (id, email, name, created_at) VALUES ('tea_some', 'some@house.example', "
            "'Some', 0)");
        for (int account = 1; account <= 40; ++account) {
            const std::string id = "acc_" + std::to_string(account);
            world.execute("INSERT INTO accounts (id, ref, name, segment, created_at, updated_at) VALUES ('" +
                          id + "', '" + id + "', 'A', 'reliable', 0, 0)");
            if (account % 4 == 0) continue;
            seen.insert(id);
            world.execute("INSERT INTO teammate_accounts (teammate_id, account_id) VALUES ('tea_some', '" +
                          id + "')");
        }
        // One that they see has most of what is new: more than its share of any page.
        for (int n = 1; n <= 240; ++n)
            add(n, n > 150 ? 1 : n % 40 + 1, n % 30 == 0 ? kSomebody : "tea_other");
    }
    void add(int n, int account, const std::string& owner) {
        static constexpr const char* states[] = {"raised", "heard", "told", "visibly_closed"};
        const std::string number = std::to_string(n), state = states[n % 4];
        // When it changed and when it is due goes another way than its number.
        const std::string changed = std::to_string(n * 7 % 241 + 1);
        world.execute(
            "INSERT INTO items (id, account_id, contact_id, source, source_key, owner_id, segment, state, "
            "round, version, told_from, telling, will_change, evidence, evidence_source, due_hear, "
            "due_decide, due_change, due_tell, raised_at, heard_at, decided_at, changed_at, told_at, "
            "closed_at, promised_by, last_event_at) VALUES ('itm_" +
            number + "', 'acc_" + std::to_string(account) + "', 'con_1', 'surveys', 'k" + number + "', '" +
            owner + "', 'reliable', '" + state + "', 1, 1, 'changed', '', 0, 'none', '', " + changed + ", " +
            changed + ", 0, 0, " + number + ", 0, 0, 0, 0, 0, 0, " + changed + ")");
    }
    bool is_theirs(const core::Item& item) const {
        return seen.contains(item.account.text()) || item.owner == kSomebody;
    }
    std::vector<std::string> paged(flow::ItemQuery query) {
        std::vector<std::string> ids;
        for (;;) {
            const auto page = world.run(world.items.list(query));
            EXPECT_TRUE(page) << page.error().message;
            if (!page) return ids;
            for (const flow::ItemView& view : page->items)
                if (!query.sees.empty() || is_theirs(view.item)) ids.push_back(view.item.id.text());
            if (!page->next) return ids;
            query.after = page->next;
        }
    }
    std::set<std::string> seen;
};
INSTANTIATE_TEST_SUITE_P(Store, InSight, both(), named);

TEST_P(InSight, EveryOrderIsThatOfTheWholeListWithoutWhatIsNotTheirs) {
    for (const flow::ItemOrder order :
         {flow::ItemOrder::newest, flow::ItemOrder::due, flow::ItemOrder::changed})
        for (const int limit : {1, 10, 60, 500}) {
            flow::ItemQuery query;
            query.order = order;
            query.limit = limit;
            const std::vector<std::string> whole = paged(query);
            query.sees = kSomebody;
            EXPECT_EQ(paged(query), whole) << static_cast<int>(order) << ", " << limit << " a page";
            if (order == flow::ItemOrder::newest) {
                EXPECT_GT(whole.size(), 100U);
            }
        }
}

TEST_P(InSight, OtherFiltersHoldBesides) {
    flow::ItemQuery query;
    query.limit = 7;
    query.state = core::State::heard;
    query.since = core::from_us(40);
    const std::vector<std::string> whole = paged(query);
    query.sees = kSomebody;
    EXPECT_EQ(paged(query), whole);
    EXPECT_GT(whole.size(), 20U);
}

TEST_P(InSight, CountsAreOfWhatTheySee) {
    flow::ItemQuery everything;
    everything.limit = 500;
    const auto page = world.run(world.items.list(everything));
    ASSERT_TRUE(page);
    std::map<core::State, std::int64_t> expected;
    for (const flow::ItemView& view : page->items)
        if (is_theirs(view.item)) ++expected[view.item.state];
    flow::ItemQuery query;
    query.sees = kSomebody;
    const auto counts = world.run(world.items.counts(query));
    ASSERT_TRUE(counts) << counts.error().message;
    for (const auto& column : counts->columns) EXPECT_EQ(column.items, expected[column.state]);
    query.since = core::from_us(1);  // counted another way
    const auto narrow = world.run(world.items.counts(query));
    ASSERT_TRUE(narrow) << narrow.error().message;
    for (const auto& column : narrow->columns) EXPECT_EQ(column.items, expected[column.state]);
}

}  // namespace
}  // namespace candour::store::contract
