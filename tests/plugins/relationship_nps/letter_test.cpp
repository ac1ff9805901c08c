/// The words of an invitation.
#include "desk.hpp"

namespace candour::relationship_nps {
namespace {

constexpr const char* kFacts =
    R"({"contact":{"name":"Ana {name} Ortiz"},"account":{"name":"Moss"},"organisation":{"name":"Halden Systems"},"about":"relationship-1"})";

using Invitation = Desk;

std::string text_of(const boost::json::object& letter) {
    return boost::json::serialize(letter);
}

TEST_F(Invitation, AsksWithElevenNumbersInFourLanguages) {
    std::set<std::string> questions;
    for (const char* language : {"en", "de-AT", "fr", "es"}) {
        const auto words = letter(language, kFacts);
        ASSERT_TRUE(words) << words.error().message;
        const auto& blocks = words->at("blocks").as_array();
        ASSERT_EQ(blocks.size(), 3U);
        const auto& scale = blocks[1].as_object();
        EXPECT_EQ(scale.at("type"), "scale");
        EXPECT_EQ(scale.at("from"), 0);
        EXPECT_EQ(scale.at("to"), 10);
        EXPECT_FALSE(scale.at("lowest").as_string().empty());
        EXPECT_NE(text_of(*words).find("Ana {name} Ortiz"), std::string::npos)
            << "a name is a name, whatever is in it";
        EXPECT_NE(text_of(*words).find("Halden Systems"), std::string::npos);
        questions.insert(std::string(words->at("heading").as_string()));
    }
    EXPECT_EQ(questions.size(), 4U);
    EXPECT_EQ(letter("nl", kFacts)->at("subject"), letter("en", kFacts)->at("subject"));
}

TEST_F(Invitation, GreetsNobodyByAnEmptyName) {
    const auto words = letter("en", R"({"contact":{},"account":{},"organisation":{"name":"H"},"about":""})");
    ASSERT_TRUE(words);
    EXPECT_NE(text_of(*words).find("\"Hello,\\n"), std::string::npos) << text_of(*words);
}

TEST_F(Invitation, IsTheSameEveryTime) {
    EXPECT_EQ(*letter("en", kFacts), *letter("en", kFacts)) << "the same bytes in every attempt";
}

TEST_F(Invitation, RefusesWhatItCannotWrite) {
    EXPECT_EQ(letter("en", kFacts, "thanks").error().code, ErrorCode::unsupported);
    EXPECT_EQ(letter("en", "no json").error().code, ErrorCode::invalid);
    EXPECT_EQ(letter("en", R"({"about":"relationship-99"})").error().code, ErrorCode::not_found);
}

TEST(RelationshipNps, CanBeLoadedUnloadedAndLoadedAgain) {
    sdk::testing::FakeHost host;
    host.grants = {"ingest:relationship.answer", "ingest:advocacy.declared"};
    for (int round = 0; round < 3; ++round) {
        sdk::testing::DrivenPlugin plugin(host, candour_plugin_v1(CDR_ABI_MINOR));
        ASSERT_TRUE(plugin.start());
        ASSERT_TRUE(plugin.stop());
    }
    EXPECT_TRUE(host.offences.empty());
}

}  // namespace
}  // namespace candour::relationship_nps
