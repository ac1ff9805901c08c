/// The mail of a campaign that sends a survey.
#include "desk.hpp"

namespace candour::surveys {
namespace {

namespace json = boost::json;

class SurveyLetter : public Desk {
 protected:
    void SetUp() override {
        Desk::SetUp();
        add(kWhole);
    }
    static std::string facts(const std::string& about, const std::string& name = "Ana Ortiz") {
        return json::serialize(json::object{{"about", about},
                                            {"contact", json::object{{"name", name}}},
                                            {"account", json::object{{"name", "Moss"}}},
                                            {"organisation", json::object{{"name", "Halden Systems"}}}});
    }
    json::object letter(const std::string& about, const std::string& language = "en",
                        const std::string& kind = "invitation") {
        const auto words = plugin.compose(kind, language, facts(about));
        if (!words) throw std::runtime_error(words.error().message);
        return json::parse(*words).as_object();
    }
    static std::string block(const json::object& letter, std::size_t i, const char* member) {
        return std::string(letter.at("blocks").as_array().at(i).as_object().at(member).as_string());
    }
};

TEST_F(SurveyLetter, AsksTheNumberInTheMailWhenItIsAllThatTheFirstPageNeeds) {
    const json::object mail = letter("autumn");
    EXPECT_EQ(mail.at("subject"), "One question from Halden Systems");
    EXPECT_EQ(mail.at("heading"), "Hello Ana Ortiz,");
    ASSERT_EQ(mail.at("blocks").as_array().size(), 4U);
    EXPECT_EQ(block(mail, 0, "text"), "Two minutes ago you met us.\n2 questions, 1 minute");
    EXPECT_EQ(block(mail, 1, "text"), "How likely are you to recommend Halden?");
    EXPECT_EQ(block(mail, 2, "type"), "scale");
    EXPECT_EQ(block(mail, 2, "lowest"), "not at all likely");
    EXPECT_TRUE(has(get(personal_request(), {{"a", "7"}}), "id=\"a7\" checked>")) << "what a number opens";
}

TEST_F(SurveyLetter, HasAButtonWhenTheFirstPageNeedsMore) {
    add(R"({"id": "two", "from": "Moss & Sons", "languages": ["en", "de"], "pages": [{"questions": [
        {"id": "nps", "type": "score", "required": true, "text": "Recommend?", "lowest": "no", "highest": "yes"},
        {"id": "role", "type": "short_text", "required": true, "text": "Your role"}]}]})");
    const json::object mail = letter("two");
    ASSERT_EQ(mail.at("blocks").as_array().size(), 2U);
    EXPECT_EQ(block(mail, 1, "type"), "answer");
    EXPECT_EQ(block(mail, 1, "text"), "Answer now");
    EXPECT_NE(block(mail, 0, "text").find("Moss & Sons would like to know"), std::string::npos);
    EXPECT_EQ(json::serialize(mail).find("http"), std::string::npos) << "the plugin never knows the link";
}

TEST_F(SurveyLetter, SpeaksAsThePagesDo) {
    EXPECT_EQ(letter("spring", "de-AT").at("heading"), "Guten Tag Ana Ortiz,");
    EXPECT_EQ(block(letter("spring", "de-AT"), 0, "text"), "Hallo Ana Ortiz\n2 Minuten");
    EXPECT_EQ(letter("spring", "ar").at("heading"), "مرحبًا Ana Ortiz،");
    EXPECT_EQ(letter("spring", "fr"), letter("spring", "en")) << "the survey speaks no French";
    EXPECT_EQ(letter("autumn", "de").at("heading"), "Guten Tag Ana Ortiz,");
    EXPECT_EQ(letter("autumn", "de"), letter("autumn", "de")) << "the same bytes in every attempt";
}

TEST_F(SurveyLetter, RemindsInOtherWords) {
    const json::object mail = letter("autumn", "en", "reminder");
    EXPECT_EQ(mail.at("subject"), "Reminder: One question from Halden Systems");
    EXPECT_NE(block(mail, 0, "text").find("have not heard from you yet"), std::string::npos);
    EXPECT_EQ(block(mail, 2, "type"), "scale");
}

TEST_F(SurveyLetter, GreetsNobodyByAnEmptyNameAndTakesANameAsItIs) {
    const auto nobody = plugin.compose("invitation", "en", facts("spring", ""));
    ASSERT_TRUE(nobody);
    EXPECT_EQ(json::parse(*nobody).at("heading"), "Hello,");
    EXPECT_NE(nobody->find("Dear customer"), std::string::npos) << *nobody;
    const auto odd = plugin.compose("invitation", "en", facts("autumn", "Ana {from} Ortiz"));
    EXPECT_EQ(json::parse(*odd).at("heading"), "Hello Ana {from} Ortiz,");
}

TEST_F(SurveyLetter, RefusesWhatItCannotWrite) {
    EXPECT_EQ(plugin.compose("thanks", "en", facts("autumn")).error().code, ErrorCode::unsupported);
    EXPECT_EQ(plugin.compose("invitation", "en", "no json").error().code, ErrorCode::invalid);
    EXPECT_EQ(plugin.compose("invitation", "en", facts("winter")).error().code, ErrorCode::not_found);
    EXPECT_EQ(plugin.compose("invitation", "en", facts("")).error().code, ErrorCode::not_found);
}

TEST_F(SurveyLetter, ShowsThePagesThatItLeadsTo) {
    const auto shown = plugin.event(
        "campaign.pages", R"({"about": "spring", "language": "de", "organisation": "Halden Systems"})");
    ASSERT_TRUE(shown) << shown.error().message;
    const json::value document = json::parse(*shown);
    const json::array& pages = document.at("pages").as_array();
    ASSERT_EQ(pages.size(), 4U);
    EXPECT_EQ(pages[0].at("name"), "page 1");
    EXPECT_EQ(pages[3].at("name"), "thanks");
    EXPECT_NE(pages[0].at("html").as_string().find("Empfehlen?"), json::string::npos);
    EXPECT_TRUE(host.facts.empty());
    EXPECT_EQ(plugin.event("campaign.pages", R"({"about": "winter"})").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace candour::surveys
