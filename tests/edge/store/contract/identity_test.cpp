#include "edge/store/contract/world.hpp"

namespace candour::store::contract {
namespace {

class Identity : public Contract {};
INSTANTIATE_TEST_SUITE_P(Store, Identity, both(), named);

TEST_P(Identity, FindsWhoCallsByTheDigestOfTheirToken) {
    const TokenId id(IdBytes{1});
    const TeammateId grace =
        world.run(world.relationships.teammate("grace@house.example", "Grace", world.clock.now()))->id;
    ASSERT_TRUE(world.run(world.tokens.create({id, "laptop", grace, "digest"}, world.clock.now())));
    const auto caller = world.run(world.tokens.find("digest"));
    ASSERT_TRUE(caller) << caller.error().message;
    EXPECT_EQ(caller->token, id);
    EXPECT_EQ(caller->name, "laptop");
    EXPECT_EQ(caller->actor(), grace.text());
    EXPECT_EQ(world.run(world.tokens.find("another")).error().code, ErrorCode::not_found);
}

TEST_P(Identity, ForgetsARevokedToken) {
    ASSERT_TRUE(
        world.run(world.tokens.create({TokenId(IdBytes{1}), "robot", {}, "digest"}, world.clock.now())));
    EXPECT_EQ(world.run(world.tokens.find("digest"))->actor(), TokenId(IdBytes{1}).text());
    world.execute("UPDATE api_tokens SET revoked_at = 1");
    EXPECT_EQ(world.run(world.tokens.find("digest")).error().code, ErrorCode::not_found);
}

class LinksStore : public Contract {
 protected:
    Done create(const MessageId& link) {
        return world.run(world.links.create({link, "surveys", "autumn", ada.id, world.clock.now()}));
    }

    core::Contact ada = world.customer();
    MessageId id{IdBytes{5}};
};
INSTANTIATE_TEST_SUITE_P(Store, LinksStore, both(), named);

TEST_P(LinksStore, CarryTheFactsOfTheirPurpose) {
    ASSERT_TRUE(create(id));
    const auto link = world.run(world.links.find(id));
    ASSERT_TRUE(link) << link.error().message;
    EXPECT_EQ(link->purpose, "survey");
    EXPECT_EQ(link->plugin, "surveys");
    EXPECT_EQ(link->subject.message, id);
    EXPECT_EQ(link->subject.about, "autumn");
    EXPECT_EQ(link->subject.contact, ada.id);
    EXPECT_EQ(link->subject.contact_name, "ada");
    EXPECT_EQ(link->subject.account_name, "Analytical Engines");
    EXPECT_EQ(link->expires_at, world.clock.now() + core::kLinkLifetime);
    EXPECT_FALSE(core::happened(link->revoked_at));
}

TEST_P(LinksStore, AreRevokedOnceAndForNobodyUnknown) {
    ASSERT_TRUE(create(id));
    ASSERT_TRUE(world.run(world.links.revoke(id, world.clock.now())));
    EXPECT_EQ(world.run(world.links.find(id))->revoked_at, world.clock.now());
    EXPECT_EQ(world.run(world.links.revoke(id, world.clock.now())).error().code, ErrorCode::not_found);
    EXPECT_EQ(world.run(world.links.find(MessageId(IdBytes{6}))).error().code, ErrorCode::not_found);
    EXPECT_EQ(
        world.run(world.links.create({id, "surveys", "autumn", ContactId(IdBytes{9}), world.clock.now()}))
            .error()
            .code,
        ErrorCode::not_found);
}

TEST_P(LinksStore, ShowAPageOnlyWhileItsLinkWorks) {
    const ItemId item = world.raise();
    const MessageId page = *world.run(world.links.page_of(item));
    ASSERT_FALSE(page.empty());
    world.clock.advance(std::chrono::days(180));
    EXPECT_TRUE(world.run(world.links.page_of(item))->empty());
    EXPECT_TRUE(world.run(world.links.page_of(ItemId(IdBytes{1})))->empty());
}

}  // namespace
}  // namespace candour::store::contract
