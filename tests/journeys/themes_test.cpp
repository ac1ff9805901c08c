/// One decision for three customers, and each is told about their own item: over the API and on the command
/// line.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

class ThemeJourney : public Journey {
 protected:
    std::vector<std::string> raise_three() {
        std::vector<std::string> aliases;
        for (const char* contact : {"dele@moss.example", "mara@moss.example", "ravi@heron.example"})
            aliases.push_back(raise(contact, std::string("Exports time out, says ") + contact));
        return aliases;
    }
    json::value post(const std::string& target, const json::object& body, unsigned expected = 200) const {
        const Answer answer = call(http::Method::post, target, json::serialize(body));
        EXPECT_EQ(answer.status, expected) << answer.body;
        return answer.body.empty() ? json::value() : answer.value();
    }
    static std::size_t done(const json::value& report) { return report.at("done").as_array().size(); }
    static std::size_t left(const json::value& report) { return report.at("left_out").as_array().size(); }
};

TEST_P(ThemeJourney, OverTheApiTellsEachCustomerAboutTheirOwnItem) {
    open();
    const auto aliases = raise_three();
    const std::string theme = text(post("/api/v1/themes", {{"title", "Exports"}}, 201), "/alias");
    const std::string at = "/api/v1/themes/" + theme;
    EXPECT_EQ(done(post(at + "/add", {{"items", json::array(aliases.begin(), aliases.end())}})), 3U);
    EXPECT_EQ(done(post(at + "/hear", {{"text", "Large exports time out."}, {"mail", false}})), 3U);
    const json::object decision{{"will_change", true},
                                {"text", "We rebuild the export."},
                                {"why", "It fails."},
                                {"by", house.date(20)}};
    json::object dry = decision;
    dry["dry_run"] = true;
    EXPECT_EQ(done(post(at + "/decide", dry)), 3U);
    EXPECT_EQ(state(aliases[0]), "heard") << "a dry run decides nothing";

    // One is decided by itself meanwhile, the other way.
    const json::value seen = get(at + "/items");
    take(aliases[2], "decide",
         {{"will_change", false}, {"text", "Not for you."}, {"why", "Your plan has no exports."}});
    json::array aims;
    for (const json::value& one : seen.at("items").as_array())
        aims.push_back(json::object{{"item", text(one, "/alias")}, {"version", one.at("version")}});
    json::object exactly = decision;
    exactly["items"] = aims;
    const json::value decided = post(at + "/decide", exactly);
    EXPECT_EQ(done(decided), 2U);
    ASSERT_EQ(left(decided), 1U);
    EXPECT_EQ(text(decided, "/left_out/0/moved"), "true");
    EXPECT_EQ(text(item(aliases[2]), "/will_change"), "false");

    EXPECT_EQ(done(post(at + "/change", {{"text", "Exports run in the background."}})), 2U);
    const json::value told = post(at + "/tell", json::object());
    EXPECT_EQ(done(told), 3U);
    EXPECT_NE(text(told, "/cancel_until"), "null");
    house.advance(31s);
    const Letter first = letter("dele@moss.example", kClosing),
                 second = letter("mara@moss.example", kClosing);
    EXPECT_NE(first.text.find("says dele@moss.example"), std::string::npos) << first.text;
    EXPECT_EQ(first.text.find("mara"), std::string::npos) << "nobody reads what somebody else said";
    EXPECT_NE(letter("ravi@heron.example", kDeclined).text.find("Your plan has no exports."),
              std::string::npos);
    ASSERT_TRUE(support::eventually([&] { return text(get(at), "/told") == "3"; }));
    press(first.link("/l/"), "seen");
    press(second.link("/l/"), "confirmed");
    const json::value counted = get(at);
    EXPECT_EQ(text(counted, "/seen"), "2");
    EXPECT_EQ(text(counted, "/confirmed"), "1");
    EXPECT_EQ(text(counted, "/visibly_closed"), "2");
    expect_true_ledger();
}

TEST_P(ThemeJourney, OnTheCommandLineCanBeTakenBackInTime) {
    open();
    const auto aliases = raise_three();
    const std::string theme = text(house.json({"theme", "create", "Exports"}), "/alias");
    EXPECT_EQ(done(house.json({"theme", "add", theme, aliases[0], aliases[1]})), 2U);
    house.command({"theme", "hear", theme, "--text", "Large exports time out.", "--no-mail"});
    house.command({"theme", "decide", theme, "--no-change", "--text", "We keep it.", "--why", "It is rare."});
    EXPECT_NE(house.command({"theme", "tell", theme, "--dry-run"}).find("Would be told: 2 items"),
              std::string::npos);
    EXPECT_NE(house.command({"theme", "tell", theme}).find("candour theme undo " + theme), std::string::npos);
    EXPECT_EQ(text(item(aliases[0]), "/sending"), "true");
    EXPECT_NE(text(item(aliases[0]), "/cancel_until"), "null");
    EXPECT_EQ(done(house.json({"theme", "undo", theme})), 2U);
    house.command({"item", "tell", aliases[0]});
    house.command({"item", "undo", aliases[0]});
    house.advance(31s);
    let_the_mail_go();
    EXPECT_TRUE(letters("dele@moss.example", kDeclined).empty()) << "nothing has left";
    EXPECT_NE(house.command({"theme", "show", theme}).find("2 items, 0 told"), std::string::npos);
    const support::Finished refused = house.run({"theme", "add", theme, "LP-4711"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.output.find("there is no item LP-4711"), std::string::npos) << refused.output;
    EXPECT_EQ(house.run({"theme", "show", "TH-99"}).code, 1);
    EXPECT_EQ(house.run({"theme", "decide", theme, "--text", "x"}).code, 2)
        << "neither --change nor --no-change";
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, ThemeJourney, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
