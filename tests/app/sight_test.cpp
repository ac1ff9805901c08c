/// Somebody who sees only some customers, in the demo's house: every address that answers a GET is asked, and
/// nothing that it says may tell of an account that is not theirs.
#include <algorithm>

#include "app/contract_addresses.hpp"
#include "app/sight_house.hpp"

using namespace candour;
using namespace candour::app;

namespace {

class Sighted : public testing::TestWithParam<bool> {
 protected:
    static void TearDownTestSuite() { houses().clear(); }
    /// Made once: loading the demo takes longer than any of the tests.
    static SightedHouse& house_of(bool on_postgresql) {
        std::unique_ptr<SightedHouse>& house = houses()[on_postgresql];
        if (house == nullptr) house = std::make_unique<SightedHouse>(on_postgresql);
        return *house;
    }
    static std::map<bool, std::unique_ptr<SightedHouse>>& houses() {
        static std::map<bool, std::unique_ptr<SightedHouse>> all;
        return all;
    }
    SightedHouse& house = house_of(GetParam());
};
std::string database_of(const testing::TestParamInfo<bool>& database) {
    return database.param ? "Postgresql" : "Sqlite";
}
INSTANTIATE_TEST_SUITE_P(On, Sighted, testing::Values(false, true), database_of);

TEST(SightRules, SayOfEveryAddressOfTheContractWhatItShows) {
    const std::vector<Address> addresses = documented();
    ASSERT_GT(addresses.size(), 150U);
    std::size_t judged = 0;
    for (const Address& one : addresses) {
        if (one.open) continue;
        ++judged;
        EXPECT_NE(http::sight_rule(method_named(one.method), one.path), nullptr)
            << one.method << " " << one.path
            << ": say in edge/http/routes/sight_rules.cpp what it shows of customers; until then it is "
               "refused to "
               "whoever sees only some of them";
    }
    EXPECT_EQ(judged, http::sight_rules().size()) << "a rule for an address that is gone, or two for one";
}

TEST_P(Sighted, NoAddressTellsOfAnAccountThatIsNotTheirs) {
    std::size_t told_to_all = 0, asked = 0;
    for (const http::SightRule& rule : http::sight_rules()) {
        if (rule.method != http::Method::get || rule.pattern == "/api/v1/events") continue;
        house.walk(rule);
        const bool list = rule.pattern.find('{') == std::string_view::npos;
        if (list && rule.shows == http::Shows::own)
            told_to_all +=
                house.told_in(house.ask(house.admin, http::Method::get, std::string(rule.pattern)).body)
                        .empty()
                    ? 0
                    : 1;
        ++asked;
    }
    EXPECT_GT(asked, 55U);
    EXPECT_GE(told_to_all, 7U) << "whoever sees everything finds in these lists what is hidden from others";
    for (const char* target :
         {"/api/v1/items?q=brass", "/api/v1/items?sort=due&limit=500", "/api/v1/items?sort=changed",
          "/api/v1/items?account=D-101", "/api/v1/items/counts?q=brass", "/api/v1/answers?limit=500",
          "/api/v1/contacts?q=a&limit=500", "/api/v1/accounts?limit=500", "/api/v1/items?limit=500",
          "/api/v1/commitments?limit=500"}) {
        const Said said = house.see(target);
        EXPECT_EQ(said.status, 200U) << said.body;
        house.expect_nothing_hidden(target, said);
    }
    EXPECT_EQ(list_at(house.see("/api/v1/accounts").value(), "accounts").size(), house.own.size());
    const json::value metrics = house.all("/api/v1/metrics");
    for (const json::value& metric : list_at(metrics, "metrics")) {
        const std::string figure = "/api/v1/metrics/" + text_at(metric, "id");
        EXPECT_EQ(house.see(figure).status, 403U) << "of the whole house";
        EXPECT_EQ(house.see(figure + "?account=D-101").status, 404U);
        EXPECT_EQ(house.see(figure + "?account=D-103").status, 200U);
        const Said by_account = house.see(figure + "?by=account");
        EXPECT_LE(list_at(by_account.value(), "figures").size(), house.own.size()) << by_account.body;
        house.expect_nothing_hidden(figure, by_account);
    }
    EXPECT_NE(house.see("/api/v1/items").body.find(house.named["own item id"]), std::string::npos);
    EXPECT_EQ(list_at(house.see("/api/v1/themes").value(), "themes").size(), 1U)
        << "the one with an item of hers";
    EXPECT_EQ(
        list_at(house.see("/api/v1/themes/" + house.named["own theme"] + "/items").value(), "items").size(),
        1U);
}

TEST_P(Sighted, WhatTheyTakeAlongIsTheirs) {
    for (const char* what : {"items", "answers", "contacts", "accounts", "promises", "ledgers"})
        for (const char* format : {"csv", "jsonl"}) {
            const std::string target =
                "/api/v1/exports/" + std::string(what) + "?format=" + std::string(format);
            const Said said = house.see(target);
            EXPECT_EQ(said.status, 200U) << said.body;
            house.expect_nothing_hidden(target, said);
            const Said whole = house.ask(house.admin, http::Method::get, target);
            EXPECT_FALSE(house.told_in(whole.body).empty()) << target << ": whoever sees all takes all";
        }
    const std::string mine = house.see("/api/v1/exports/items?format=jsonl").body;
    EXPECT_NE(mine.find(house.named["own item id"]), std::string::npos);
    EXPECT_NE(house.see("/api/v1/exports/promises").body.find("Send the minutes."), std::string::npos);
    EXPECT_NE(house.see("/api/v1/exports/accounts").body.find("D-103"), std::string::npos);
    house.expect_nothing_hidden("items of another's", house.see("/api/v1/exports/items?account=D-101"));
}

TEST_P(Sighted, WhatHappensElsewhereIsNotHeard) {
    const Result<http::Client> client = http::Client::at(house.url, {house.jana, std::chrono::seconds(20)});
    http::ClientRequest request;
    request.target = "/api/v1/events";
    request.headers = {{"Last-Event-ID", "0"}};
    std::string heard;
    bool reached = false;
    const Result<http::ClientAnswer> answer = client->listen(request, [&](std::string_view piece) {
        heard += piece;
        reached = heard.find(house.named["own item id"] + "\",\"alias") != std::string::npos;
        return !reached;
    });
    EXPECT_TRUE(reached) << heard;
    EXPECT_EQ(house.told_in(heard), Strings());
}

TEST_P(Sighted, WhatIsNotTheirsCannotBeChanged) {
    const auto post = http::Method::post;
    const std::string foreign = "/api/v1/items/" + house.named["foreign item"],
                      own = "/api/v1/items/" + house.named["own item"];
    const std::vector<http::Header> any_version{{"If-Match", "\"1\""}};
    const json::object contact{
        {"contact", house.named["foreign contact"]}, {"words", "Told me."}, {"channel", "phone"}};
    const json::object promise{
        {"promise", "All of it."}, {"source", "mail"}, {"account", "D-101"}, {"working_days", 2}};
    for (const Said& said :
         {house.ask(house.jana, post, foreign + "/note", {{"text", "x"}}, any_version),
          house.ask(house.jana, post, foreign + "/hear", {{"text", "x"}, {"mail", false}}, any_version),
          house.ask(house.jana, post, own + "/merge", {{"into", house.named["foreign item"]}}, any_version),
          house.ask(house.jana, post, "/api/v1/items", contact),
          house.ask(house.jana, post, "/api/v1/commitments", promise),
          house.ask(house.jana, http::Method::patch, "/api/v1/contacts/" + house.named["foreign contact"],
                    {{"active", false}}),
          house.ask(house.jana, post, "/api/v1/contacts/" + house.named["own contact"] + "/merge",
                    {{"into", house.named["foreign contact"]}}),
          house.ask(house.jana, post, "/api/v1/commitments/" + house.named["foreign commitment"] + "/keep",
                    {}, any_version)}) {
        EXPECT_EQ(said.status, 404U) << said.body;
    }
    EXPECT_EQ(
        house.ask(house.jana, post, "/api/v1/themes/" + house.named["own theme"] + "/hear", {{"text", "x"}})
            .status,
        403U);
    EXPECT_EQ(house
                  .ask(house.jana, http::Method::put, "/api/v1/teammates/" + house.jana_id + "/sight",
                       {{"sees", "all"}})
                  .status,
              403U)
        << "nobody widens their own sight";
    const std::vector<http::Header> now{
        {"If-Match", "\"" + std::to_string(cli::number_at(house.all(own), "version")) + "\""}};
    EXPECT_EQ(house.ask(house.jana, post, own + "/note", {{"text", "Called back."}}, now).status, 200U);
}

TEST_P(Sighted, AnItemThatTheyAnswerForIsSeenAndNothingElseOfItsAccount) {
    const std::string item = "/api/v1/items/" + house.named["foreign item"];
    const std::string version = std::to_string(cli::number_at(house.all(item), "version"));
    const Said handed = house.ask(house.admin, http::Method::post, item + "/hand-over",
                                  {{"to", kJana}, {"note", "Yours."}}, {{"If-Match", "\"" + version + "\""}});
    ASSERT_EQ(handed.status, 200U) << handed.body;
    EXPECT_NE(house.see("/api/v1/items").body.find(kForeignWords), std::string::npos);
    EXPECT_NE(house.see("/api/v1/items?sort=changed").body.find(kForeignWords), std::string::npos);
    EXPECT_EQ(house.see(item).status, 200U);
    EXPECT_EQ(house.see("/api/v1/accounts/" + text_at(at(house.all(item), "account"), "id")).status, 404U);
    EXPECT_EQ(house.see("/api/v1/contacts/" + house.named["foreign contact"]).status, 404U);
    const std::string then = std::to_string(cli::number_at(house.all(item), "version"));
    EXPECT_EQ(house
                  .ask(house.jana, http::Method::post, item + "/hand-over", {{"to", kTom}, {"note", "Back."}},
                       {{"If-Match", "\"" + then + "\""}})
                  .status,
              200U);
    EXPECT_EQ(house.see(item).status, 404U);
}

TEST_P(Sighted, WhoSeesWhatIsSaidByAdministratorsAndWrittenDown) {
    EXPECT_EQ(text_at(house.see("/api/v1/me").value(), "sees"), "own");
    EXPECT_NE(house.must({"teammate", "account", "list", kJana}).find("named"), std::string::npos);
    house.must({"teammate", "account", "remove", kJana, "D-103"});
    EXPECT_EQ(list_at(house.see("/api/v1/accounts").value(), "accounts").size(), house.own.size() - 1);
    house.must({"teammate", "account", "remove", kJana, "D-104"});
    EXPECT_EQ(list_at(house.see("/api/v1/accounts").value(), "accounts").size(), house.own.size() - 1)
        << "what she owns stays hers";
    house.must({"teammate", "set", kJana, "--sees", "all"});
    EXPECT_GT(list_at(house.see("/api/v1/accounts").value(), "accounts").size(), house.own.size());
    const std::string audit =
        house.ask(house.admin, http::Method::get, "/api/v1/audit?act=sight_changed").body;
    EXPECT_NE(audit.find(R"("before":"own; named: D-103","after":"own")"), std::string::npos) << audit;
    EXPECT_NE(audit.find(R"("before":"own","after":"all")"), std::string::npos) << audit;

    const support::Finished wrong = house.program.run({"teammate", "set", kJana, "--sees", "some"});
    EXPECT_NE(wrong.errors.find("expected all or own, found \"some\""), std::string::npos) << wrong.errors;
    house.must({"teammate", "set", kJana, "--sees", "own"});
    house.must({"teammate", "account", "add", kJana, "D-103"});
}

TEST_P(Sighted, ManagersAnswerForTheWholeHouseAndSeeIt) {
    house.must({"teammate", "set", kTom, "--sees", "own"});
    house.must({"user", "role", kTom, "manager"});
    const std::string sight = "/api/v1/teammates/" + std::string(kTom) + "/sight";
    EXPECT_EQ(text_at(house.all(sight), "sees"), "all");
    const support::Finished refused = house.program.run({"teammate", "set", kTom, "--sees", "own"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.errors.find("answers for the whole house"), std::string::npos) << refused.errors;
    house.must({"user", "role", kTom, "member"});
}

}  // namespace
