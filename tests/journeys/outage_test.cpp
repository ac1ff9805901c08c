/// The database goes away and comes back, under a host that goes on running.
#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/postgres.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Outage : public Journey {};

TEST_P(Outage, KeepsNothingSaysSoAndIsOverWithoutARestart) {
    open();
    const std::string link = survey_link("dele@moss.example");
    const PageForm form = browser().get(link).forms().at(0);
    house.advance(5s);
    support::Postgres::server().kill();
    const Page refused = browser().submit(form, {{"a", "3"}, {"why", "Are you there?"}});
    EXPECT_EQ(refused.status, 503U);
    EXPECT_TRUE(refused.says("Nothing was stored")) << refused.words();
    EXPECT_EQ(browser().get("/readyz").status, 503U);
    EXPECT_EQ(browser().get("/healthz").status, 200U);
    EXPECT_EQ(browser().get(link).status, 503U);
    EXPECT_EQ(call(http::Method::get, "/api/v1/items").status, 503U);
    EXPECT_NE(browser().get("/metrics").body.find("candour_up 0"), std::string::npos);

    support::Postgres::server().start();
    ASSERT_TRUE(eventually([&] { return browser().get("/readyz").status == 200; }));
    EXPECT_EQ(items(), 0U);
    // The browser kept what was written: the same form again.
    const auto taken = [&] {
        return browser().submit(form, {{"a", "3"}, {"why", "Are you there?"}}).status == 200;
    };
    ASSERT_TRUE(eventually(taken));
    EXPECT_EQ(items(), 1U);
    EXPECT_EQ(browser().submit(form, {{"a", "3"}, {"why", "Are you there?"}}).status, 200U);
    EXPECT_EQ(items(), 1U);
    letter("dele@moss.example", kAcknowledged);
    expect_true_ledger();
}

TEST_P(Outage, WhileAMessageIsOnItsWayNeitherLosesNorDoublesIt) {
    open();
    const std::string alias = raise("dele@moss.example");
    letter("dele@moss.example", kAcknowledged);
    settle_mail();
    bring_to_changed(alias);
    take(alias, "tell");
    support::Postgres::server().kill();
    house.advance(1min);
    EXPECT_EQ(browser().get("/readyz").status, 503U);
    support::Postgres::server().start();
    ASSERT_TRUE(eventually([&] { return browser().get("/readyz").status == 200; }));
    const auto fate = [&] { return messages(alias, "closing", "/last/fate").at(0); };
    ASSERT_TRUE(eventually([&] { return fate() == "handed_over" || fate() == "deferred"; }));
    if (fate() == "deferred") house.advance(6min);  // it was taken up at the wrong moment
    letter("dele@moss.example", kClosing);
    EXPECT_TRUE(eventually([&] { return state(alias) == "told"; }));
    house.advance(24h);
    let_the_mail_go();
    EXPECT_EQ(letters("dele@moss.example", kClosing).size(), 1U);
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, Outage, testing::Values(Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
