#include <gmock/gmock.h>

#include "edge/json/calendar_document.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/brand.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/first_steps.hpp"
#include "edge/store/plugin_configs.hpp"
#include "edge/store/rules.hpp"
#include "edge/store/sending.hpp"
#include "edge/store/users.hpp"
#include "edge/store/webhooks.hpp"

namespace candour::store::contract {
namespace {

class Identity : public Contract {};
INSTANTIATE_TEST_SUITE_P(Store, Identity, both(), named);

TEST_P(Identity, FindsWhoCallsByTheDigestOfTheirToken) {
    const TokenId id(IdBytes{1});
    const TeammateId grace =
        world.run(world.relationships.teammate("grace@house.example", "Grace", world.clock.now()))->id;
    ASSERT_TRUE(world.run(world.tokens.create({id, "laptop", grace, "digest"}, {}, world.clock.now())));
    const auto caller = world.run(world.tokens.find("digest"));
    ASSERT_TRUE(caller) << caller.error().message;
    EXPECT_EQ(caller->token, id);
    EXPECT_EQ(caller->name, "laptop");
    EXPECT_EQ(caller->actor(), grace.text());
    EXPECT_EQ(world.run(world.tokens.find("another")).error().code, ErrorCode::not_found);
}

TEST_P(Identity, ForgetsARevokedToken) {
    ASSERT_TRUE(
        world.run(world.tokens.create({TokenId(IdBytes{1}), "robot", {}, "digest"}, {}, world.clock.now())));
    EXPECT_EQ(world.run(world.tokens.find("digest"))->actor(), TokenId(IdBytes{1}).text());
    world.execute("UPDATE api_tokens SET revoked_at = 1");
    EXPECT_EQ(world.run(world.tokens.find("digest")).error().code, ErrorCode::not_found);
}

TEST_P(Identity, WhomOnlyAProviderKnowsCountsAsAnAdministrator) {
    Users users(world.database);
    const core::Instant now = world.clock.now();
    const flow::Identified grace{"https://login.example", "g-1", "grace@house.example", "Grace",
                                 flow::Role::admin};
    ASSERT_TRUE(world.run(users.identified(grace, "", now)));
    EXPECT_FALSE(*world.run(users.has_no_admin())) << "she has no password and comes in all the same";
    const auto alone = world.run(users.disable("grace@house.example", {"shell", "", ""}, now));
    ASSERT_FALSE(alone);
    EXPECT_EQ(alone.error().code, ErrorCode::conflict) << "nobody locks the house from outside";
    const flow::Identified ada{"https://login.example", "a-1", "ada@house.example", "Ada", flow::Role::admin};
    ASSERT_TRUE(world.run(users.identified(ada, "", now)));
    EXPECT_TRUE(world.run(users.disable("grace@house.example", {"shell", "", ""}, now)));
}

class HouseRows : public Contract {
 protected:
    flow::AuditEntry last_note() {
        AuditLog log(world.database);
        return world.run(log.page({}))->at(0).entry;
    }
    flow::Doer boss{"tea_x", "Boss", "192.0.2.7"};
};
INSTANTIATE_TEST_SUITE_P(Store, HouseRows, both(), named);

TEST_P(HouseRows, TheBrandIsOneRowThatNobodyOverwritesUnseen) {
    BrandStore store(world.database);
    EXPECT_EQ(world.run(store.brand())->version, 0);
    EXPECT_EQ(world.run(store.logo()).error().code, ErrorCode::not_found);
    flow::Brand fresh;
    fresh.name = "Halden";
    fresh.colour = "#0b6b49";
    fresh.text_colour = "#ffffff";
    fresh.changed_at = world.clock.now();
    const std::string bytes("\x89PNG\0\xFF", 6);
    const auto first = world.run(store.set(fresh, flow::LogoWish::replace, {"image/png", bytes}, boss));
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->version, 1);
    EXPECT_EQ(world.run(store.logo())->bytes, bytes);
    EXPECT_EQ(world.run(store.set(fresh, flow::LogoWish::keep, {}, boss)).error().code, ErrorCode::conflict);
    fresh.version = 1;
    fresh.name = "";
    const auto second = world.run(store.set(fresh, flow::LogoWish::keep, {}, boss));
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_EQ(second->logo_digest, first->logo_digest) << "the logo stays when nothing is said of it";
    EXPECT_EQ(last_note().act, "brand_changed");
    EXPECT_THAT(last_note().before, testing::HasSubstr("name \"Halden\", colour #0b6b49, logo image/png"));
    EXPECT_THAT(last_note().after, testing::HasSubstr("name as configured"));
    fresh.version = 2;
    ASSERT_TRUE(world.run(store.set(fresh, flow::LogoWish::take_away, {}, boss)));
    EXPECT_EQ(world.run(store.brand())->logo_type, "");
}

TEST_P(HouseRows, WhatIsDoneAndWhatIsSaidOfItAreOneTransaction) {
    RuleBook book(world.database);
    const core::Instant now = world.clock.now();
    ASSERT_TRUE(world.run(book.set(core::built_in_rules(), "for a start", boss, 0, now)));
    EXPECT_EQ(last_note().before, "the built-in ones");
    ASSERT_TRUE(world.run(book.set(core::built_in_rules(), "", boss, 1, now)));
    EXPECT_EQ(last_note().before, "version 1: for a start");
    EXPECT_EQ(last_note().after, "version 2");
    EXPECT_FALSE(world.run(book.set(core::built_in_rules(), "too late", boss, 1, now)));
    EXPECT_EQ(last_note().after, "version 2") << "nothing was done, and nothing is said";

    PluginConfigs configs(world.database);
    ASSERT_TRUE(world.run(configs.set({"mail", R"({"api_key": "x", "n": 1})", 0, "tea_x", now}, boss)));
    ASSERT_TRUE(world.run(configs.set({"mail", R"({"n": 2})", 1, "tea_x", now}, boss)));
    EXPECT_EQ(last_note().before, R"({"api_key":"…","n":1})");
    EXPECT_EQ(last_note().after, R"({"n":2})");

    const TokenId token(IdBytes{4});
    ASSERT_TRUE(world.run(
        world.tokens.create({token, "robot", {}, "digest", flow::Scopes({flow::Scope::read})}, boss, now)));
    ASSERT_TRUE(world.run(world.tokens.revoke(token, boss, now)));
    EXPECT_EQ(last_note().act, "token_revoked");
    EXPECT_EQ(last_note().before, "robot: read");
    EXPECT_EQ(last_note().doer.address, "192.0.2.7");

    Directory directory(world.database);
    ASSERT_TRUE(world.run(directory.add_teammate("ines@house.example", "Ines", boss, now)));
    EXPECT_EQ(last_note().before, "");
    ASSERT_TRUE(world.run(directory.deactivate_teammate("ines@house.example", boss, now)));
    EXPECT_EQ(last_note().before, "Ines, here");
    EXPECT_EQ(last_note().after, "Ines, left");
}

TEST_P(HouseRows, WhenPeopleWorkAndWhoStandsBehindThemSaysWhatItWas) {
    world.raise();
    const core::Instant now = world.clock.now();
    core::Calendar office = *json::read_calendar(
        "office",
        R"({"zone":"Europe/Berlin","weekly":[{"day":"mon","from":"09:00","to":"17:00"}],"holidays":[]})");
    ASSERT_TRUE(world.run(world.calendars.set_calendar(office, boss, now)));
    EXPECT_EQ(last_note().act, "calendar_set");
    EXPECT_EQ(last_note().subject, "office");
    EXPECT_EQ(last_note().before, "");
    const std::string first = last_note().after;
    office.zone = "Europe/Vienna";
    ASSERT_TRUE(world.run(world.calendars.set_calendar(office, boss, now)));
    EXPECT_EQ(last_note().before, first);
    EXPECT_THAT(last_note().after, testing::StartsWith("Europe/Vienna; week: "));
    office.zone = "Nowhere/Else";
    EXPECT_FALSE(world.run(world.calendars.set_calendar(office, boss, now)));
    EXPECT_THAT(last_note().after, testing::StartsWith("Europe/Vienna")) << "nothing was done";

    Directory directory(world.database);
    ASSERT_TRUE(world.run(directory.add_teammate("ines@house.example", "Ines", boss, now)));
    flow::NewCare care{"ines@house.example", "office"};
    ASSERT_TRUE(world.run(world.calendars.set_account("A-1", care, boss, now)));
    EXPECT_EQ(last_note().act, "care_changed");
    EXPECT_EQ(last_note().before, "sponsor: nobody; calendar: as usual");
    EXPECT_EQ(last_note().after, "sponsor: ines@house.example; calendar: office");
    care.person = "";
    ASSERT_TRUE(world.run(world.calendars.set_teammate("ines@house.example", care, boss, now)));
    EXPECT_EQ(last_note().subject, "ines@house.example");
    EXPECT_EQ(last_note().after, "manager: nobody; calendar: office");
}

TEST_P(HouseRows, AccountsThatAreHandedOverAreNamed) {
    world.raise();
    const std::vector<core::Account> accounts = *world.run(world.relationships.accounts());
    const std::string owner = accounts.at(0).owner.text();
    const core::Instant now = world.clock.now();
    ASSERT_TRUE(world.run(world.calendars.hand_over_accounts(owner, "tea_other", boss, now, true)));
    EXPECT_NE(last_note().act, "accounts_handed_over") << "it was only tried";
    ASSERT_TRUE(world.run(world.calendars.hand_over_accounts(owner, "tea_other", boss, now, false)));
    EXPECT_EQ(last_note().act, "accounts_handed_over");
    EXPECT_THAT(last_note().subject, testing::HasSubstr(accounts.at(0).ref));
    EXPECT_EQ(last_note().before, "owner: " + owner);
    EXPECT_EQ(last_note().after, "owner: tea_other");
}

TEST_P(HouseRows, OfPeopleStandsWhatWasDoneAndNeverWhoTheyWere) {
    world.raise();
    Directory directory(world.database);
    const core::Instant now = world.clock.now();
    const core::Contact ada = world.run(world.relationships.contacts())->at(0);
    flow::PersonChange change;
    change.level = core::Level::executive;
    change.tags = std::vector<std::string>{"met-in-spring"};
    ASSERT_TRUE(world.run(directory.change(ada.id.text(), change, boss, now)));
    EXPECT_EQ(last_note().act, "contact_changed");
    EXPECT_NE(last_note().before, last_note().after);
    EXPECT_THAT(last_note().after, testing::StartsWith("executive"));
    ASSERT_TRUE(world.run(directory.erase(ada.email, boss, now, true)));
    EXPECT_EQ(last_note().act, "contact_changed") << "an erasure that was only tried";
    ASSERT_TRUE(world.run(directory.erase(ada.email, boss, now, false)));
    EXPECT_EQ(last_note().act, "contact_erased");
    EXPECT_EQ(last_note().subject, ada.id.text());
    EXPECT_EQ(last_note().before, "of " + ada.account.text());
    EXPECT_THAT(last_note().after, testing::HasSubstr("items: 1"));
    AuditLog log(world.database);
    const std::vector<flow::AuditRow> rows = *world.run(log.page({}));
    for (const flow::AuditRow& row : rows)
        for (const std::string& text : {row.entry.subject, row.entry.before, row.entry.after})
            for (const std::string& gone : {ada.email, std::string("met-in-spring")})
                EXPECT_EQ(text.find(gone), std::string::npos) << row.entry.act << ": " << text;
}

TEST_P(HouseRows, FilesThatCameInAreCountedAndThoseThatWereTriedAreNot) {
    core::AccountRow row;
    row.account.ref = "A-9";
    row.account.name = "Otter";
    const core::Instant now = world.clock.now();
    ASSERT_TRUE(world.run(world.relationships.import_accounts({row}, boss, now, true)));
    AuditLog log(world.database);
    EXPECT_TRUE(world.run(log.page({}))->empty());
    ASSERT_TRUE(world.run(world.relationships.import_accounts({row}, boss, now, false)));
    EXPECT_EQ(last_note().act, "imported");
    EXPECT_EQ(last_note().subject, "accounts");
    EXPECT_EQ(last_note().after, "added: 1, changed: 0, unchanged: 0, refused: 0");
    EXPECT_EQ(last_note().doer.name, "Boss");
}

TEST_P(HouseRows, MailsThatStandStillAndLeaveAgainAreWrittenDown) {
    Sending sending(world.database);
    const core::Instant now = world.clock.now();
    ASSERT_TRUE(world.run(sending.stop(now)));
    EXPECT_EQ(last_note().act, "sending_stopped");
    ASSERT_TRUE(world.run(sending.stop(now)));
    AuditLog log(world.database);
    EXPECT_EQ(world.run(log.page({}))->size(), 1U) << "it stood already";
    ASSERT_TRUE(world.run(sending.reconcile({7, now}, false, boss, now)));
    EXPECT_EQ(last_note().act, "sending_reconciled");
    EXPECT_THAT(last_note().before, testing::StartsWith("stopped at "));
    EXPECT_EQ(last_note().after, "mails leave; given up: 0");
}

TEST_P(HouseRows, FirstStepsAreDoneWhenWhatTheyAreForIsThere) {
    FirstSteps steps(world.database);
    const auto empty = world.run(steps.contents());
    ASSERT_TRUE(empty) << empty.error().message;
    EXPECT_FALSE(empty->people || empty->teammates || empty->survey || empty->campaign || empty->closed);
    world.raise();
    EXPECT_TRUE(world.run(steps.contents())->people);
    EXPECT_FALSE(world.run(steps.contents())->closed);
    ASSERT_TRUE(world.run(steps.dismiss(true, boss, world.clock.now())));
    EXPECT_EQ(world.run(steps.contents())->dismissed_at, world.clock.now());
    EXPECT_EQ(last_note().act, "guide_dismissed");
    ASSERT_TRUE(world.run(steps.dismiss(false, boss, world.clock.now())));
    EXPECT_FALSE(core::happened(world.run(steps.contents())->dismissed_at));
}

TEST_P(HouseRows, ASecretThatIsRotatedLeavesTheOneBeforeForADay) {
    Webhooks webhooks(world.database);
    const core::Instant now = world.clock.now();
    flow::Webhook webhook;
    webhook.id = flow::WebhookId(IdBytes{7});
    webhook.name = "crm";
    webhook.url = "https://crm.example";
    webhook.secret = "whsec_b25l";
    ASSERT_TRUE(world.run(webhooks.add(webhook, boss, now)));
    ASSERT_TRUE(world.run(webhooks.rotate(webhook.id, "whsec_dHdv", now + 24h, boss, now)));
    const auto rotated = world.run(webhooks.webhook(webhook.id));
    EXPECT_EQ(rotated->secret, "whsec_dHdv");
    EXPECT_EQ(rotated->old_secret, "whsec_b25l");
    EXPECT_EQ(rotated->old_secret_until, now + 24h);
    EXPECT_EQ(last_note().act, "webhook_secret_rotated");
    EXPECT_EQ(last_note().before + last_note().after, "") << "no secret stands in the log";
    const flow::WebhookId unknown(IdBytes{8});
    EXPECT_EQ(world.run(webhooks.rotate(unknown, "x", now, boss, now)).error().code, ErrorCode::not_found);
}

TEST_P(HouseRows, AWebhookThatIsGivenUpIsMailedToEveryAdministratorOnce) {
    Users users(world.database);
    Webhooks webhooks(world.database);
    const core::Instant now = world.clock.now();
    ASSERT_TRUE(world.run(users.add_user({"boss@house.example", "Boss", flow::Role::admin}, boss, now)));
    ASSERT_TRUE(world.run(users.add_user({"ines@house.example", "Ines", flow::Role::member}, boss, now)));
    flow::Webhook webhook;
    webhook.id = flow::WebhookId(IdBytes{7});
    webhook.name = "crm";
    webhook.url = "https://crm.example";
    webhook.secret = "whsec_b25l";
    ASSERT_TRUE(world.run(webhooks.add(webhook, boss, now)));
    const flow::DeliveryId delivery(IdBytes{9});
    ASSERT_TRUE(world.run(webhooks.test(webhook.id, delivery, "{}", now)));
    const flow::Attempt gone{delivery, webhook.id, 410, "answered 410: gone", core::kNever, true};
    EXPECT_TRUE(*world.run(webhooks.record(gone, now)));
    EXPECT_FALSE(*world.run(webhooks.record(gone, now))) << "it is disabled already";
    const std::vector<flow::DueMessage> mails = world.claim();
    ASSERT_EQ(mails.size(), 1U);
    const auto letter = world.run(world.team_mail.letter(mails[0].id));
    ASSERT_TRUE(letter) << letter.error().message;
    EXPECT_EQ(letter->about, "webhook");
    EXPECT_EQ(letter->teammate.email, "boss@house.example");
    EXPECT_THAT(letter->document, testing::HasSubstr("they say that it is gone (410)"));
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
