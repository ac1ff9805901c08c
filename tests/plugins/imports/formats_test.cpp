/// One file of each tool, with invented people, and what is read from it.
#include "desk.hpp"

namespace candour::imports {
namespace {

class Formats : public testing::Test {
 protected:
    Desk desk;
};

TEST_F(Formats, ReadDelightedsObjects) {
    const Imported got = desk.read("delighted", file("delighted.json"));
    ASSERT_EQ(got.error, "");
    ASSERT_EQ(got.rows.size(), 2U);
    const json::value& first = got.rows[0];
    EXPECT_EQ(at(first, "/key"), "delighted/5435");
    EXPECT_EQ(at(first, "/observation/score"), "9");
    EXPECT_EQ(at(first, "/observation/verbatim"), "You called back within the hour.");
    EXPECT_EQ(at(first, "/observation/occurred_at"), "2025-03-31T22:50:00Z") << "1743461400";
    EXPECT_EQ(at(first, "/person/id"), "delighted:42");
    EXPECT_EQ(at(first, "/person/email"), "ada@otter.example");
    EXPECT_EQ(at(first, "/person/account"), "Brass Otter");
    EXPECT_EQ(at(first, "/observation/language"), "de");
    EXPECT_EQ(at(first, "/observation/answers/questions/What should we stop doing?"), "Nothing.");
    EXPECT_EQ(at(first, "/observation/answers/questions/How do we talk?"), "Phone; Mail");
    EXPECT_EQ(at(first, "/observation/answers/properties/Plan"), "Gold");
    EXPECT_EQ(at(first, "/observation/answers/tags"), R"(["praise","support"])");
    EXPECT_EQ(at(first, "/observation/answers/notes"), R"(["Thanked her."])");
    EXPECT_EQ(got.why(2), "score: expected a whole number from 0 to 10, found \"11\"");
    EXPECT_EQ(at(got.rows[1], "/observation/score"), "") << "of another scale";
    EXPECT_EQ(at(got.rows[1], "/observation/answers/questions/csat"), "4");
    EXPECT_EQ(at(got.rows[1], "/observation/verbatim"), "Fine {really}, \"quite\" fine.");
}

TEST_F(Formats, TakeDelightedsNpsAloneForTheRelationship) {
    const Imported got = desk.read("delighted", file("delighted.json"), R"({"as":"relationship.answer"})");
    ASSERT_EQ(got.rows.size(), 1U);
    EXPECT_EQ(got.streams[0], "relationship.answer");
    EXPECT_EQ(got.why(3), "survey_type: expected nps for --as relationship.answer, found \"csat\"");
}

TEST_F(Formats, ReadDelightedsDashboardWhateverItsColumnsAreCalled) {
    const Imported got = desk.read("delighted", file("delighted.csv"));
    ASSERT_EQ(got.rows.size(), 2U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(at(got.rows[0], "/key"), "delighted/900");
    EXPECT_EQ(at(got.rows[0], "/observation/verbatim"), "Quick, kind,\nand \"honest\".");
    EXPECT_EQ(at(got.rows[0], "/observation/occurred_at"), "2025-03-31T23:50:00-06:00");
    EXPECT_EQ(at(got.rows[0], "/person/name"), "Ada Lovett");
    EXPECT_EQ(at(got.rows[1], "/observation/score"), "0") << "is a score";
}

TEST_F(Formats, ReadAWarehousesRowsAndItsPeople) {
    const Imported got = desk.read("delighted", file("delighted_warehouse.csv"));
    ASSERT_EQ(got.rows.size(), 1U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(at(got.rows[0], "/key"), "delighted/5435") << "the same answer as in the API's file";
    EXPECT_EQ(at(got.rows[0], "/person/id"), "delighted:42");
    EXPECT_EQ(at(got.rows[0], "/observation/answers/properties/properties_plan"), "Gold");
    const Imported people = desk.read("people", file("people.csv"), R"({"from":"delighted"})");
    ASSERT_EQ(people.rows.size(), 1U) << people.error;
    EXPECT_EQ(json::serialize(people.rows[0]),
              R"({"row":2,"person":{"id":"delighted:42","email":"ada@otter.example","name":"Ada Lovett"}})");
    EXPECT_EQ(people.why(3), "expected an id and an e-mail address, found no address");
}

TEST_F(Formats, ReadSurveyMonkeysTwoHeaderRows) {
    const Imported got = desk.read("surveymonkey", file("surveymonkey.csv"), R"({"zone":"America/Denver"})");
    ASSERT_EQ(got.rows.size(), 2U) << got.error << json::serialize(got.refused);
    const json::value& first = got.rows[0];
    EXPECT_EQ(at(first, "/key"), "surveymonkey/118001");
    EXPECT_EQ(at(first, "/row"), "3");
    EXPECT_EQ(at(first, "/observation/score"), "9");
    EXPECT_EQ(at(first, "/observation/verbatim"), "They keep their word.");
    EXPECT_EQ(at(first, "/wall/at"), "2025-03-31T23:50:00");
    EXPECT_EQ(at(first, "/wall/zone"), "America/Denver");
    EXPECT_EQ(at(first, "/person/name"), "Ada Lovett");
    EXPECT_EQ(at(first, "/observation/answers/questions/Which of these do you use? – Portal"), "Portal");
    EXPECT_EQ(at(first, "/observation/answers/questions/Which of these do you use? – Other (please specify)"),
              "By pigeon");
    EXPECT_EQ(at(got.rows[1], "/observation/answers/questions/Anything else?"), "No, thanks.");
    EXPECT_EQ(json::serialize(first).find("203.0.113"), std::string::npos) << "no addresses of machines";
    EXPECT_TRUE(got.has_note("How likely is it that you would recommend us"));
}

TEST_F(Formats, ReadSurveyMonkeysOldHeader) {
    const Imported got = desk.read("surveymonkey", file("surveymonkey_old.csv"));
    ASSERT_EQ(got.rows.size(), 1U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(at(got.rows[0], "/key"), "surveymonkey/98");
    EXPECT_EQ(at(got.rows[0], "/observation/score"), "8");
    EXPECT_EQ(at(got.rows[0], "/wall/at"), "2014-03-31T10:02:00");
    EXPECT_TRUE(got.has_note("name no zone"));
}

TEST_F(Formats, ReadQualtricsByItsOwnIdsInItsOwnZone) {
    const Imported got = desk.read("qualtrics", file("qualtrics.csv"));
    ASSERT_EQ(got.rows.size(), 1U) << got.error << json::serialize(got.refused);
    const json::value& first = got.rows[0];
    EXPECT_EQ(at(first, "/key"), "qualtrics/R_1aB");
    EXPECT_EQ(at(first, "/observation/score"), "10") << "though no word says that it recommends";
    EXPECT_EQ(at(first, "/observation/verbatim"), "Sie hören zu, immer.");
    EXPECT_EQ(at(first, "/wall/at"), "2025-03-31T23:50:00") << "recorded, not ended";
    EXPECT_EQ(at(first, "/wall/zone"), "America/Denver");
    EXPECT_EQ(at(first, "/observation/answers/answered"), "2025-03-31 23:50:00");
    EXPECT_EQ(at(first, "/observation/language"), "en-GB");
    EXPECT_EQ(at(first, "/observation/answers/questions/Which? - Portal"), "Yes");
    EXPECT_EQ(got.why(5), "a preview of the survey, not an answer");
    EXPECT_EQ(got.why(6), "not finished; such answers are kept when asked for");
    const Imported all = desk.read("qualtrics", file("qualtrics.csv"), R"({"partial":true})");
    ASSERT_EQ(all.rows.size(), 2U);
    EXPECT_EQ(at(all.rows[1], "/observation/answers/partial"), "yes");
}

TEST_F(Formats, ReadFormbricksByResponseAndByAnswer) {
    const Imported by_response = desk.read("formbricks", file("formbricks.csv"));
    ASSERT_EQ(by_response.rows.size(), 1U) << by_response.error << json::serialize(by_response.refused);
    EXPECT_EQ(at(by_response.rows[0], "/key"), "formbricks/clr01");
    EXPECT_EQ(at(by_response.rows[0], "/observation/score"), "10");
    EXPECT_EQ(at(by_response.rows[0], "/observation/verbatim"), "Honest people.");
    EXPECT_EQ(at(by_response.rows[0], "/person/id"), "formbricks:u-1");
    EXPECT_EQ(at(by_response.rows[0], "/observation/answers/questions"), "") << "nothing of browsers";
    for (const std::size_t piece : {1'000'000UL, 160UL}) {
        const Imported by_answer = desk.read("formbricks", file("formbricks_fields.csv"), "{}", piece);
        ASSERT_EQ(by_answer.rows.size(), 1U) << by_answer.error << json::serialize(by_answer.refused);
        EXPECT_EQ(at(by_answer.rows[0], "/key"), "formbricks/s-1");
        EXPECT_EQ(at(by_answer.rows[0], "/observation/score"), "9");
        EXPECT_EQ(at(by_answer.rows[0], "/observation/verbatim"), "Ehrliche Leute.");
        EXPECT_EQ(at(by_answer.rows[0], "/observation/answers/questions/Channel"), "Phone");
        EXPECT_EQ(by_answer.why(5), "score: expected a whole number from 0 to 10, found \"12\"");
    }
}

TEST_F(Formats, ReadLimeSurveyAndWhoStandsBehindItsCodes) {
    const std::string options = R"({"survey":"autumn","zone":"Europe/Berlin"})";
    const Imported got = desk.read("limesurvey", file("limesurvey.csv"), options);
    ASSERT_EQ(got.rows.size(), 1U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(at(got.rows[0], "/key"), "limesurvey/autumn/1") << "every survey counts from 1";
    EXPECT_EQ(at(got.rows[0], "/observation/about"), "autumn");
    EXPECT_EQ(at(got.rows[0], "/observation/score"), "8");
    EXPECT_EQ(at(got.rows[0], "/observation/verbatim"), "Gute Leute");
    EXPECT_EQ(at(got.rows[0], "/person/id"), "limesurvey/autumn:tok1");
    EXPECT_EQ(got.why(3), "not finished; such answers are kept when asked for");
    EXPECT_EQ(got.why(4), "date: LimeSurvey keeps no dates of this survey and writes 1980-01-01 for each");
    const Imported people =
        desk.read("people", file("participants.csv"), R"({"from":"limesurvey","survey":"autumn"})");
    ASSERT_EQ(people.rows.size(), 1U) << people.error;
    EXPECT_EQ(at(people.rows[0], "/person/id"), "limesurvey/autumn:tok1");
    EXPECT_NE(desk.read("limesurvey", file("limesurvey.csv"))
                  .error.find("options /survey: expected the survey's name"),
              std::string::npos);
}

TEST_F(Formats, ReadAFreeFileByTheMappingOfTheReadme) {
    std::ifstream in(MAPPING_EXAMPLE);
    const std::string mapping{std::istreambuf_iterator<char>(in), {}};
    std::ifstream page(IMPORTS_README);
    const std::string readme{std::istreambuf_iterator<char>(page), {}};
    EXPECT_NE(readme.find("```json\n" + mapping + "```"), std::string::npos) << "the page shows this file";
    const Imported got = desk.read("csv", file("free.csv"), mapping);
    ASSERT_EQ(got.rows.size(), 2U) << got.error << json::serialize(got.refused);
    const json::value& first = got.rows[0];
    EXPECT_EQ(at(first, "/key"), "csv/Kundenbefragung 2025/17");
    EXPECT_EQ(at(first, "/observation/score"), "9");
    EXPECT_EQ(at(first, "/observation/verbatim"), "Müller ruft zurück – immer") << "from Windows-1252";
    EXPECT_EQ(at(first, "/wall/at"), "2025-03-31T23:50:00");
    EXPECT_EQ(at(first, "/wall/zone"), "Europe/Berlin");
    EXPECT_EQ(at(first, "/person/email"), "ada@otter.example")
        << "a column with a known name needs no mapping";
    EXPECT_EQ(at(first, "/observation/answers/questions"), "") << "what is ignored is not stored";
    EXPECT_EQ(at(got.rows[1], "/wall/at"), "2025-04-01T12:00:00") << "a day is its noon";
    EXPECT_TRUE(got.has_note("Windows-1252"));
}

TEST_F(Formats, ReadWhatCandourExports) {
    const std::string header =
        "seq,source,kind,about,account_id,account,contact_id,contact,score,class,verbatim,language,contact_"
        "me,may_quote,"
        "occurred_at,received_at,answers,email\r\n";
    const Imported got = desk.read(
        "candour",
        header +
            "7,surveys,survey.answer,q3,acc_1,Brass Otter,con_1,Ada,3,human,\"'=1+1, "
            "\"\"really\"\"\",en,true,false,"
            "2025-03-31T21:50:00.25Z,2025-03-31T21:50:01Z,\"{\"\"a\"\":[1]}\",ada@otter.example\r\n"
            "8,surveys,survey.answer,q3,,,,,1,likely_bot,,en,false,false,2025-03-31T21:50:00Z,,,\r\n"
            "9,acts,advocacy.declared,q3,,,,,1,human,,en,false,false,2025-03-31T21:50:00Z,,,\r\n");
    ASSERT_EQ(got.rows.size(), 1U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(
        json::serialize(got.rows[0]),
        R"({"key":"candour/surveys/7","row":2,"observation":{"about":"q3","occurred_at":"2025-03-31T21:50:00.25Z",)"
        R"("answers":{"a":[1]},"contact_me":true,"may_quote":false,"score":3,"verbatim":"=1+1, \"really\"","language":"en"},)"
        R"("person":{"id":"con_1","email":"ada@otter.example","name":"Ada","account":"Brass Otter"}})");
    EXPECT_EQ(got.why(3), "a machine pressed it, nobody said it");
    EXPECT_NE(got.why(4).find("kind: expected survey.answer or relationship.answer"), std::string::npos);
}

}  // namespace
}  // namespace candour::imports
