/// What the loop's figures say while a customer waits, is heard, and sees what came of it.
#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

class Figures : public Journey {
 protected:
    /// The figure when everything that is committed is counted.
    json::value counted(const std::vector<std::string>& arguments) {
        std::vector<std::string> line{"metric", "show"};
        line.insert(line.end(), arguments.begin(), arguments.end());
        json::value answer;
        EXPECT_TRUE(support::eventually([&] {
            answer = house.json(line);
            const json::value* figure = answer.as_object().if_contains("figure");
            const bool computed = figure == nullptr || text(*figure, "/reason") != "not_computed";
            return computed && text(answer, "/lag") == "0";
        }));
        return answer;
    }
};

TEST_P(Figures, FollowTheLoopFromTheFirstWordToTheProof) {
    open();
    EXPECT_EQ(text(counted({"time_to_heard"}), "/figure/reason"), "no_data");
    const std::string alias = raise("dele@moss.example");
    const std::string begun = house.date(0);
    house.advance(std::chrono::hours(72));
    EXPECT_EQ(text(counted({"time_to_heard"}), "/figure/reason"), "not_reached") << "nobody was heard yet";
    bring_to_changed(alias);
    const std::string page = tell_by_mail(alias, "dele@moss.example");
    press(page, "seen");
    const json::value heard = counted({"time_to_heard"});
    EXPECT_EQ(text(heard, "/figure/value"), "3");
    EXPECT_EQ(text(heard, "/counts"), "items");
    EXPECT_EQ(text(counted({"visible_closure_rate"}), "/figure/parts/seen_by/page"), "1");
    EXPECT_EQ(text(counted({"time_to_heard", "--as-of", begun}), "/figure/reason"), "not_reached");
    EXPECT_EQ(text(counted({"time_to_heard", "--account", "A-2"}), "/figure/reason"), "no_data");
    EXPECT_EQ(text(counted({"time_to_heard", "--by", "owner"}), "/figures/0/name"), "Priya Raman");
    EXPECT_NE(house.command({"metric", "show", "time_to_heard"}).find("3 d"), std::string::npos);
    EXPECT_EQ(house.run({"metric", "show", "relationship_nps", "--by", "owner"}).code, 1);
    EXPECT_NE(house.command({"metric", "list"}).find("visible_closure_rate"), std::string::npos);
    EXPECT_NE(browser().get("/metrics").body.find("candour_figure{metric=\"time_to_heard\"} 3"),
              std::string::npos);
    house.command({"rebuild", "--check"});
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, Figures, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
