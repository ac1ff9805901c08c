/// Promises that no decision made, faults that were ours, items that belong together and go to somebody else.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

class Promises : public Journey {};

TEST_P(Promises, MadeElsewhereAreKeptLateOrBroken) {
    open();
    const json::value made = house.json({"commitment", "add", "--account", "A-1", "--source", "sales",
                                         "--promise", "Two training days", "--by", house.date(10)});
    EXPECT_EQ(text(made, "/standing"), "open");
    EXPECT_EQ(text(made, "/owner"), "Priya Raman") << "whoever wrote it down keeps it";
    const std::string kept = text(made, "/alias");
    EXPECT_NE(house.command({"commitment", "keep", kept}).find("is kept"), std::string::npos);
    EXPECT_EQ(house.run({"commitment", "keep", kept}).code, 1) << "once";

    const json::object mail{
        {"account", "A-2"}, {"source", "mail"}, {"promise", "A call back"}, {"working_days", 2}};
    const Answer second = call(http::Method::post, "/api/v1/commitments", json::serialize(mail));
    ASSERT_EQ(second.status, 201U) << second.body;
    house.advance(std::chrono::hours(72));
    const std::string at = "/api/v1/commitments/" + text(second.value(), "/alias");
    EXPECT_EQ(call(http::Method::post, at + "/keep", "{}").status, 428U);
    EXPECT_EQ(call(http::Method::post, at + "/keep", "{}", {{"If-Match", "\"9\""}}).status, 412U);
    const Answer late =
        call(http::Method::post, at + "/keep", "{}", {{"If-Match", std::string(second.headers.get("ETag"))}});
    EXPECT_EQ(text(late.value(), "/standing"), "late") << late.body;

    house.command({"commitment", "add", "--account", "A-1", "--source", "review", "--promise", "A visit",
                   "--working-days", "1"});
    EXPECT_EQ(text(get("/api/v1/commitments?standing=open"), "/commitments/0/source"), "review");
    house.advance(std::chrono::hours(24 * 40));
    EXPECT_EQ(get("/api/v1/commitments?standing=broken").at("commitments").as_array().size(), 1U);
    EXPECT_EQ(
        get("/api/v1/commitments?account=" + text(made, "/account_id")).at("commitments").as_array().size(),
        2U);
    for (const char* bad : {R"({"source": "sales", "promise": "x", "by": "2099-01-01"})",
                            R"({"account": "A-1", "source": "loop", "promise": "x", "by": "2099-01-01"})",
                            R"({"account": "A-1", "source": "sales", "promise": "x"})",
                            R"({"account": "A-1", "source": "sales", "promise": "x", "by": "2001-01-01"})",
                            R"({"account": "A-1", "source": "sales", "promise": "x", "by": "tomorrow"})"})
        EXPECT_EQ(call(http::Method::post, "/api/v1/commitments", bad).status, 422U) << bad;
    EXPECT_EQ(call(http::Method::get, "/api/v1/commitments?standing=maybe").status, 422U);
    expect_true_ledger();
}

TEST_P(Promises, AboutOurOwnFailureOweThreeTexts) {
    open();
    const std::string alias = raise("dele@moss.example");
    take(alias, "hear", {{"text", "Alerts come late."}, {"mail", false}});
    take(alias, "decide",
         {{"will_change", true}, {"text", "We mend it."}, {"by", house.date(9)}, {"our_failure", true}});
    EXPECT_EQ(step(alias, "change", {{"text", "Mended."}}).status, 422U);
    const support::Finished lacking =
        house.run({"item", "change", alias, "--text", "Mended.", "--went-wrong", "A gate log was full."});
    EXPECT_EQ(lacking.code, 1);
    EXPECT_NE(lacking.errors.find("learned"), std::string::npos) << lacking.errors;
    house.command({"item", "change", alias, "--text", "Mended.", "--went-wrong", "A gate log was full.",
                   "--learned", "Nobody watched it.", "--prevention", "It is watched now."});
    const std::string page = tell_by_mail(alias, "dele@moss.example");
    const Letter closing = letter("dele@moss.example", kClosing);
    const Page seen = browser().get(page);
    for (const char* words : {"What went wrong on our side", "A gate log was full.", "Nobody watched it.",
                              "It is watched now."}) {
        EXPECT_NE(closing.text.find(words), std::string::npos) << words << closing.text;
        EXPECT_TRUE(seen.says(words)) << words << seen.words();
    }
    expect_true_ledger();
}

TEST_P(Promises, GoToAnotherOwnerWhoseNameTheCustomerReads) {
    open();
    house.command({"token", "create", "--name", "ines", "--teammate", "ines@halden.example",
                   "--teammate-name", "Ines Duarte"});
    const std::string first = raise("dele@moss.example"), second = raise("mara@moss.example");
    for (const std::string& alias : {first, second}) bring_to_changed(alias);
    const std::string page = tell_by_mail(first, "dele@moss.example");
    EXPECT_TRUE(browser().get(page).says("Priya Raman"));
    EXPECT_EQ(step(first, "hand-over", {{"to", "nobody@halden.example"}}).status, 422U);
    house.command({"item", "hand-over", first, "--to", "ines@halden.example"});
    EXPECT_EQ(text(item(first), "/owner/name"), "Ines Duarte");
    EXPECT_TRUE(browser().get(page).says("Ines Duarte")) << browser().get(page).words();
    EXPECT_NE(house
                  .command({"care", "hand-over", "priya@halden.example", "--to", "ines@halden.example",
                            "--dry-run"})
                  .find("handed over: 1 item"),
              std::string::npos);
    EXPECT_EQ(text(item(second), "/owner/name"), "Priya Raman");
    house.command({"care", "hand-over", "priya@halden.example", "--to", "ines@halden.example"});
    EXPECT_EQ(text(item(second), "/owner/name"), "Ines Duarte");
    expect_true_ledger();
}

TEST_P(Promises, OfTwoItemsAboutOneThingGoOnInOne) {
    open();
    const std::string first = raise("dele@moss.example", "Alerts come late."),
                      second = raise("dele@moss.example", "Still late.");
    EXPECT_EQ(text(get("/api/v1/items/" + second + "/proposals"), "/proposals/0/alias"), first);
    EXPECT_NE(house.command({"item", "show", second}).find(first), std::string::npos);
    EXPECT_EQ(step(second, "merge", {{"into", raise("mara@moss.example")}}).status, 409U)
        << "somebody else's";
    house.command({"item", "merge", second, "--into", first});
    EXPECT_EQ(state(second), "dismissed");
    EXPECT_EQ(events(first).back(), "merged_in");
    const Page page = browser().get(letter("dele@moss.example", kAcknowledged, 2).link("/l/"));
    EXPECT_TRUE(page.says("Alerts come late.")) << page.words();
    EXPECT_TRUE(page.says("Still late."));
    EXPECT_TRUE(get("/api/v1/items/" + first + "/proposals").at("proposals").as_array().empty());
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, Promises, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
