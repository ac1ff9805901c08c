/// A survey of ours goes out to many: whoever says anything is heard and left in peace, the others are
/// reminded.
#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

constexpr const char* kTwoPages =
    R"({"id": "spring", "from": "Halden Systems", "languages": ["en", "de"], "pages": [
  {"questions": [
    {"id": "recommend", "type": "score", "required": true, "text": {"en": "Would you recommend us?", "de": "Würden Sie uns empfehlen?"}},
    {"id": "role", "type": "short_text", "required": true, "text": "Your role"}]},
  {"title": "One more thing", "questions": [
    {"id": "why", "type": "long_text", "text": "What is in the way?"},
    {"id": "ease", "type": "rating", "text": "How easy are we?", "lowest": "hard", "highest": "easy"}]}]})";

class SurveyCampaign : public Journey {
 protected:
    static constexpr const char* kAsked = "Questions from Halden Systems";
    static constexpr const char* kReminded = "Reminder: Questions from Halden Systems";

    void open_with_survey() {
        open();
        ASSERT_EQ(call(http::Method::post, "/api/v1/surveys", kTwoPages).status, 201U);
    }
    std::string send_to(const std::vector<std::string>& contacts) const {
        std::vector<std::string> command{"campaign", "send",     "surveys", "--survey",
                                         "spring",   "--remind", "7"};
        for (const std::string& contact : contacts) command.insert(command.end(), {"--contact", contact});
        return text(house.json(command), "/id");
    }
    bool becomes(const std::string& id, const char* what, const std::string& wanted) const {
        return eventually([&] {
            return text(house.json({"campaign", "show", id}), (std::string("/progress/") + what).c_str()) ==
                   wanted;
        });
    }
    /// The first page, sent: what comes then.
    Page begin(const Letter& mail) {
        const Page first = browser().get(mail.link("/s/"));
        EXPECT_TRUE(first.says("Would you recommend us?")) << first.words();
        house.advance(5s);
        return browser().submit(first.forms().at(0), {{"a", "4"}, {"role", "CFO"}, {"gesture", "pointer"}});
    }
    std::vector<std::string> said(const std::string& kind) const {
        std::vector<std::string> rows;
        const Tables tables = read_tables(house.database());
        for (const std::string& row : tables.at("observations"))
            if (row.find(" | " + kind + " | spring | ") != std::string::npos) rows.push_back(row);
        return rows;
    }
};

TEST_P(SurveyCampaign, IsAnsweredPageByPageAndRemindsOnlyThoseWhoSaidNothing) {
    open_with_survey();
    const std::string id = send_to({"dele@moss.example", "mara@moss.example", "ravi@heron.example"});
    EXPECT_EQ(text(house.json({"campaign", "show", id}), "/about"), "spring");
    ASSERT_TRUE(becomes(id, "sent", "3"));
    const Letter mail = letter("dele@moss.example", kAsked);
    EXPECT_NE(mail.text.find("Hello Dele Okafor,"), std::string::npos) << mail.text;
    EXPECT_NE(mail.text.find("Answer now\n"), std::string::npos) << mail.text;

    const Page second = begin(mail);
    ASSERT_TRUE(second.says("One more thing")) << second.words();
    house.advance(5s);
    const Page thanks =
        browser().submit(second.forms().at(0), {{"why", "Alerts come too late."}, {"ease", "2"}});
    ASSERT_EQ(thanks.status, 200U) << thanks.words();
    EXPECT_TRUE(becomes(id, "answered", "1"));
    const std::vector<std::string> whole = said("survey.answer");
    ASSERT_EQ(whole.size(), 1U);
    for (const char* part : {R"("_version":1)", R"("_complete":true)", R"("ease":2)", R"("role":"CFO")",
                             "Alerts come too late."})
        EXPECT_NE(whole[0].find(part), std::string::npos) << part << " in " << whole[0];
    EXPECT_EQ(items(), 1U) << "raised by the first page, joined by the second";
    EXPECT_EQ(events("LP-1").back(), "answered_again");

    begin(letter("mara@moss.example", kAsked));  // and breaks off
    EXPECT_EQ(said("survey.partial").size(), 2U);
    EXPECT_TRUE(becomes(id, "answered", "2")) << "who said something was heard";

    house.advance(24h * 8);
    const Letter reminder = letter("ravi@heron.example", kReminded);
    EXPECT_EQ(reminder.link("/s/"), letter("ravi@heron.example", kAsked).link("/s/"))
        << "one answer, whichever mail it comes through";
    settle_mail();
    EXPECT_TRUE(letters("dele@moss.example", kReminded).empty());
    EXPECT_TRUE(letters("mara@moss.example", kReminded).empty());
    EXPECT_TRUE(becomes(id, "reminded", "1"));
    EXPECT_TRUE(begin(reminder).says("One more thing"));
    EXPECT_TRUE(becomes(id, "answered", "3"));
}

TEST_P(SurveyCampaign, OfOneNumberIsAskedInTheMailItself) {
    open();
    house.json({"campaign", "send", "surveys", "--survey", "autumn", "--contact", "dele@moss.example"});
    const Letter mail = letter("dele@moss.example", "One question from Halden Systems");
    EXPECT_NE(mail.text.find("How likely are you to recommend Halden?"), std::string::npos) << mail.text;
    std::string three;
    for (const std::string& address : mail.addresses())
        if (address.ends_with("?a=3")) three = address;
    const Page page = browser().get(three);
    house.advance(5s);
    browser().submit(page.forms().at(0), {{"why", "Too late."}});
    EXPECT_EQ(text(item("LP-1"), "/score"), "3") << "the number was chosen in the mail";
}

TEST_P(SurveyCampaign, IsRefusedBeforeAnythingIsWritten) {
    open();
    const auto expect_refused = [this](std::vector<std::string> sending, const std::string& words) {
        sending.insert(sending.begin(), {"campaign", "send"});
        sending.insert(sending.end(), {"--contact", "dele@moss.example"});
        const support::Finished finished = house.run(sending);
        EXPECT_NE(finished.code, 0);
        EXPECT_NE(finished.errors.find(words), std::string::npos) << finished.errors;
    };
    expect_refused({"surveys"}, "survey: expected which survey");
    expect_refused({"surveys", "--survey", "winter"}, "there is no survey \"winter\"");
    expect_refused({"relationship_nps", "--survey", "autumn"}, "asks its own question");
    EXPECT_TRUE(get("/api/v1/campaigns").at("campaigns").as_array().empty());
}

INSTANTIATE_TEST_SUITE_P(On, SurveyCampaign, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
