/// Programs that work with the loop: tokens that may do some things and not others, requests that come twice,
/// what happens as it happens, rules of the organisation's own, people who turn out to be one, and one who
/// wants to be forgotten.
#include "edge/http/client.hpp"
#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

class Programs : public Journey {
 protected:
    std::string made_token(const std::string& scopes) const {
        std::string secret = house.command({"token", "create", "--name", scopes, "--scope", scopes});
        secret.pop_back();
        return secret;
    }
    support::Finished as(const std::string& token, std::vector<std::string> arguments,
                         const std::string& input = {}) const {
        arguments.insert(arguments.end(), {"--token", token});
        return house.run(std::move(arguments), input);
    }
    std::vector<std::string> found(const std::vector<std::string>& filters) const {
        std::vector<std::string> arguments{"item", "list"}, aliases;
        arguments.insert(arguments.end(), filters.begin(), filters.end());
        const json::value page = house.json(arguments);
        for (const json::value& item : page.at("items").as_array()) aliases.push_back(text(item, "/alias"));
        return aliases;
    }
};
INSTANTIATE_TEST_SUITE_P(Journeys, Programs, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

using Aliases = std::vector<std::string>;

TEST_P(Programs, ATokenMayDoWhatItsScopesSayAndNothingMore) {
    open();
    const std::string item = raise("dele@moss.example");
    const std::string reader = made_token("read"), writer = made_token("write");
    EXPECT_EQ(as(reader, {"item", "show", item}).code, 0);
    const support::Finished refused = as(reader, {"item", "hear", item, "--text", "x", "--no-mail"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.errors.find("expected a token with the scope write, found one with read"),
              std::string::npos)
        << refused.errors;
    EXPECT_NE(as(writer, {"item", "hear", item, "--text", "We lost your alert."}).errors.find("scope send"),
              std::string::npos)
        << "it would be mailed";
    EXPECT_EQ(as(writer, {"item", "hear", item, "--text", "We lost your alert.", "--no-mail"}).code, 0);
    EXPECT_EQ(state(item), "heard");
    EXPECT_NE(as(writer, {"rules", "set", "-"}, R"({"rules":[]})").errors.find("scope admin"),
              std::string::npos);
}

TEST_P(Programs, WhatLeavesForCustomersNeedsATokenThatMaySend) {
    open();
    const std::string item = raise("dele@moss.example"), writer = made_token("write");
    house.command({"theme", "create", "Alerts"});
    house.command({"theme", "add", "TH-1", item});
    const std::string audience = R"({"plugin":"relationship_nps","audience":{},"dry_run":true})";
    http::ClientRequest campaign;
    campaign.method = http::Method::post;
    campaign.target = "/api/v1/campaigns";
    campaign.body = audience;
    const Result<http::Client> client = http::Client::at(house.url(), {writer, 10s, 65'536});
    ASSERT_TRUE(client);
    const Result<http::ClientAnswer> refused = client->send(campaign);
    ASSERT_TRUE(refused) << refused.error().message;
    EXPECT_EQ(refused->status, 403U) << refused->body;
    EXPECT_NE(refused->body.find("\"missing_scope\":\"send\""), std::string::npos) << refused->body;
    EXPECT_NE(as(writer, {"theme", "tell", "TH-1"}).errors.find("scope send"), std::string::npos);
    EXPECT_NE(as(writer, {"theme", "hear", "TH-1", "--text", "Too late."}).errors.find("scope send"),
              std::string::npos);
    EXPECT_EQ(as(writer, {"theme", "hear", "TH-1", "--text", "Too late.", "--no-mail"}).code, 0);
    EXPECT_EQ(state(item), "heard");
}

TEST_P(Programs, AListenerHearsWhatHappensAndMissesNothingWhileItIsAway) {
    open();
    const std::string item = raise("dele@moss.example");
    support::Process watching({.program = CANDOUR_PROGRAM,
                               .arguments = {"--config", house.config().string(), "watch", "--item", item,
                                             "--after", "0", "--count", "2", "--json"}});
    ASSERT_TRUE(watching.wait_for("\"event\":\"raised\""));
    take(item, "hear", {{"text", "We lost your alert."}, {"mail", false}});
    EXPECT_EQ(watching.wait(), 0) << watching.errors();
    EXPECT_NE(watching.output().find("\"event\":\"heard\""), std::string::npos) << watching.output();
    take(item, "dismiss", {{"reason", "thanked"}});
    const std::string missed = house.command({"watch", "--after", "2", "--count", "1"});
    EXPECT_NE(missed.find("dismissed"), std::string::npos) << missed;
}

TEST_P(Programs, ItemsAreFoundByWhatWasSaidAndByWhatTheyBelongTo) {
    open();
    const std::string late = raise("dele@moss.example", "Die Übergabe kommt zu spät."),
                      slow = raise("ada@otter.example", "Exports are slow.");
    EXPECT_EQ(found({"--search", "ubergabe"}), Aliases{late});
    EXPECT_EQ(found({"--search", "export"}), Aliases{slow});
    EXPECT_EQ(found({"--segment", "edge"}), Aliases{slow});
    EXPECT_EQ(found({"--level", "managerial"}), Aliases{late});
    EXPECT_TRUE(found({"--overdue"}).empty());
    house.advance(std::chrono::days(30));
    EXPECT_EQ(found({"--overdue"}).size(), 2U);
    const json::value first = house.json({"item", "list", "--limit", "1"});
    EXPECT_EQ(found({"--limit", "1", "--cursor", text(first, "/next")}), Aliases{late});
}

TEST_P(Programs, RulesAreTriedOnThePastThenHoldAndExplainThemselves) {
    open();
    const std::string before = raise("dele@moss.example");
    const std::string rules =
        R"({"rules":[{"name":"praise, too","when":{"score":{"at_least":9}},"then":{"raise":true,"due":{"hear_days":30}}}]})";
    const json::value trial = house.json({"rules", "test", "-", "--since", "2020-01-01"}, rules);
    EXPECT_EQ(text(trial, "/no_longer_raised"), "1");
    EXPECT_EQ(text(trial, "/newly_raised"), "0");
    house.command({"token", "create", "--name", "boss", "--scope", "admin", "--save"});
    house.command({"rules", "set", "-", "--note", "praise"}, rules);
    EXPECT_NE(house.command({"rules", "show"}).find("version 1"), std::string::npos);
    const std::string praised = answer(survey_link("ada@otter.example"), "10").body;
    EXPECT_EQ(items(), 2U) << praised;
    const json::value why = house.json({"rules", "explain", "LP-2"});
    EXPECT_EQ(text(why, "/decided/raise"), "praise, too");
    EXPECT_EQ(text(why, "/decided/due"), "praise, too");
    EXPECT_EQ(text(house.json({"rules", "explain", before}), "/version"), "0")
        << "what was raised before stays explained by what held then";
}

TEST_P(Programs, TwoRowsOfOnePersonBecomeOneAndTwoAgain) {
    open();
    house.advance(std::chrono::hours(1));
    house.command({"import", "contacts", "-"},
                  "account_ref,name,email,level\nA-1,D. Okafor,d.okafor@moss.example,executive\n");
    const std::string link = survey_link("d.okafor@moss.example");
    const std::string twin = text(house.json({"contact", "show", "d.okafor@moss.example"}), "/id");
    const json::value one = house.json({"contact", "merge", twin, "--into", "dele@moss.example"});
    EXPECT_EQ(text(one, "/level"), "executive") << "the later word about them holds";
    answer(link, "2", "Still me.");
    EXPECT_EQ(text(item("LP-1"), "/contact/id"), text(one, "/id"))
        << "their old link speaks for the one they are";
    const support::Finished refused = house.run({"contact", "set", twin, "--active", "no"});
    EXPECT_NE(refused.errors.find("was merged into " + text(one, "/id")), std::string::npos)
        << refused.errors;
    house.command({"contact", "split", twin});
    EXPECT_EQ(text(house.json({"contact", "show", "dele@moss.example"}), "/level"), "managerial");
}

TEST_P(Programs, WhoeverIsErasedIsForgottenAndTheLedgerStillHolds) {
    open();
    const std::string kept = survey_link("ada@otter.example"),
                      item = raise("ada@otter.example", "My private grievance.");
    house.command({"token", "create", "--name", "boss", "--scope", "admin,write,read,send", "--save"});
    EXPECT_EQ(house.run({"contact", "erase", "ada@otter.example"}).code, 2)
        << "not without a word of agreement";
    EXPECT_NE(
        house.command({"contact", "erase", "ada@otter.example", "--dry-run"}).find("Nothing was changed"),
        std::string::npos);
    EXPECT_EQ(found({"--search", "grievance"}), Aliases{item});
    house.command({"contact", "erase", "ada@otter.example", "--yes"});
    EXPECT_TRUE(found({"--search", "grievance"}).empty());
    EXPECT_EQ(get("/api/v1/items/" + item).at("verbatim").as_string(), "");
    EXPECT_NE(browser().get(kept).status, 200U) << "their links are dead";
    EXPECT_EQ(house.run({"contact", "show", "ada@otter.example"}).code, 1);
    expect_true_ledger();
}

}  // namespace
}  // namespace candour::journeys
