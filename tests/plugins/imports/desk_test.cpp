/// The way of an imported file through the host: the plugin reads it, the desk finds whose answer each row
/// is.
#include <gtest/gtest.h>

#include "edge/plugin/import_house.hpp"

namespace candour::plugin {
namespace {

using namespace std::chrono_literals;

constexpr const char* kFile =
    "id,email,account,date,score,comment\n"
    "1,Ada@otter.example,Brass Otter,2025-03-31 23:50:00,3,Nobody called back.\n"
    "2,bo@otter.example,Brass Otter,2025-03-31,9,\n"
    "3,,,2025-03-31,7,\n";

class ImportDesk : public testing::Test {
 protected:
    void SetUp() override {
        const Done loaded = world.load("imports");
        ASSERT_TRUE(loaded) << loaded.error().message;
        ada = house.people.know("ada@otter.example");
    }
    void TearDown() override { world.stop(); }

    flow::FileReport import(const std::string& bytes = kFile, flow::ImportWishes wishes = {},
                            const std::string& zone = "UTC", const std::string& format = "csv") {
        const std::string options = R"({"survey":"s","zone":")" + zone + "\"}";
        const Result<flow::FileReport> report =
            house.file("imports", format, bytes, std::move(wishes), options);
        EXPECT_TRUE(report) << report.error().message;
        return report ? *report : flow::FileReport();
    }
    const std::vector<core::Observation>& kept() const { return world.observations.kept; }

    World world;
    ImportHouse house{world};
    flow::FoundPerson ada;
};

TEST_F(ImportDesk, KeepsHistoryThatAsksForNothing) {
    const flow::FileReport report = import();
    EXPECT_EQ(report.rows, 3);
    EXPECT_EQ(report.fresh, 2);
    EXPECT_EQ(report.anonymous, 1);
    ASSERT_EQ(kept().size(), 2U);
    const core::Observation& fact = kept()[0];
    EXPECT_EQ(fact.contact, ada.contact);
    EXPECT_EQ(fact.account, ada.account);
    EXPECT_EQ(fact.source, "imports");
    EXPECT_EQ(fact.kind, "survey.answer");
    EXPECT_EQ(fact.key, "csv/s/1");
    EXPECT_FALSE(fact.raise) << "a detractor of years ago raises no item";
    EXPECT_FALSE(fact.acknowledge);
    EXPECT_EQ(fact.answer_class, core::AnswerClass::human) << "there are words";
    EXPECT_EQ(fact.occurred_at,
              core::Instant(std::chrono::sys_days(std::chrono::year{2025} / 3 / 31)) + 23h + 50min);
    ASSERT_EQ(report.refused.size(), 1U);
    EXPECT_EQ(report.refused[0].row, 3);
    EXPECT_NE(report.refused[0].why.find("import contacts first"), std::string::npos)
        << report.refused[0].why;
}

TEST_F(ImportDesk, ReadsWallsInTheirZone) {
    import(kFile, {}, "Far/East");
    ASSERT_FALSE(kept().empty());
    EXPECT_EQ(kept()[0].occurred_at,
              core::Instant(std::chrono::sys_days(std::chrono::year{2025} / 3 / 31)) + 14h + 50min);
    const flow::FileReport nowhere = import(kFile, {}, "Mars/Olympus");
    ASSERT_EQ(nowhere.refused.size(), 3U);
    EXPECT_EQ(nowhere.refused[0].why, "date: there is no zone \"Mars/Olympus\"");
}

TEST_F(ImportDesk, RefusesWhatIsStillToCome) {
    const flow::FileReport report = import("id,date,score\n1,2999-01-01,9\n");
    EXPECT_TRUE(kept().empty());
    ASSERT_EQ(report.refused.size(), 1U);
    EXPECT_NE(report.refused[0].why.find("still to come"), std::string::npos);
}

TEST_F(ImportDesk, SaysInADryRunWhatItWouldDo) {
    house.people.known_keys = {"csv/s/1"};
    const flow::FileReport report = import(kFile, {true, flow::UnknownPeople::create, "A-1"});
    EXPECT_EQ(report.known, 1);
    EXPECT_EQ(report.fresh, 2);
    EXPECT_EQ(report.created, 1);
    EXPECT_TRUE(kept().empty());
}

TEST_F(ImportDesk, KeepsAnswersOfPeopleNobodyKnowsWithoutThem) {
    const flow::FileReport report = import(kFile, {false, flow::UnknownPeople::keep, ""});
    EXPECT_EQ(report.fresh, 3);
    EXPECT_EQ(report.anonymous, 2);
    ASSERT_EQ(kept().size(), 3U);
    EXPECT_TRUE(kept()[1].contact.empty());
    for (const core::Observation& fact : kept())
        EXPECT_EQ(fact.answers.find("otter.example"), std::string::npos) << "nor their addresses";
}

TEST_F(ImportDesk, CreatesPeopleSinceTheirFirstAnswer) {
    const flow::FileReport report = import(kFile, {false, flow::UnknownPeople::create, ""});
    EXPECT_EQ(report.created, 1);
    EXPECT_EQ(report.refused_rows, 0);
    ASSERT_EQ(house.people.created.size(), 1U);
    EXPECT_EQ(house.people.created[0].account_ref, "A-1") << "the row names the account";
    EXPECT_EQ(house.people.created[0].known_since, "2025-03-31");
    EXPECT_EQ(kept().at(1).contact, house.people.addresses.at("bo@otter.example").contact);
    const flow::FileReport lost = import("id,email,company,date,score\n9,cy@fern.example,Fern,2025-03-31,9\n",
                                         {false, flow::UnknownPeople::create, ""});
    ASSERT_EQ(lost.refused.size(), 1U);
    EXPECT_NE(lost.refused[0].why.find("there is no account \"Fern\""), std::string::npos)
        << lost.refused[0].why;
}

TEST_F(ImportDesk, KnowsPeopleByTheNamesThatTheOtherSystemHasForThem) {
    const std::string answers = "id,person_id,survey_type,score,created_at\n7,42,nps,9,1743461400\n";
    EXPECT_EQ(import(answers, {}, "UTC", "delighted").refused_rows, 1);
    const Result<flow::FileReport> people =
        house.file("imports", "people", "id,email\n42,ada@otter.example\n", {}, R"({"from":"delighted"})");
    ASSERT_TRUE(people) << people.error().message;
    EXPECT_EQ(people->people, 1);
    EXPECT_TRUE(kept().empty());
    EXPECT_EQ(import(answers, {}, "UTC", "delighted").fresh, 1);
    EXPECT_EQ(kept().at(0).contact, ada.contact);
}

TEST_F(ImportDesk, KeepsNothingOfAFileThatItsReaderRefuses) {
    const Result<flow::FileReport> none = house.file("imports", "csv", kFile);
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("options /survey"), std::string::npos);
    EXPECT_TRUE(kept().empty());
}

}  // namespace
}  // namespace candour::plugin
