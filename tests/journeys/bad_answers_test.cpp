/// Answers that cannot be right: nothing of them is kept, and the page says what is wrong.
#include <thread>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

class BadAnswers : public Journey {
 protected:
    void SetUp() override {
        open();
        link_ = survey_link("dele@moss.example");
    }
    std::size_t observations() const { return read_tables(house.database()).at("observations").size(); }
    /// A form of this link, old enough to be a person's.
    PageForm form() {
        PageForm form = browser().get(link_).forms().at(0);
        house.advance(5s);
        return form;
    }
    Page raw(const std::string& fields) {
        std::string hidden;
        for (const http::FormField& field : form().fields)
            if (field.name == "nonce") hidden = http::encode_form(http::Form({field}));
        return browser().post(link_, hidden + "&" + fields);
    }

    std::string link_;
};

TEST_P(BadAnswers, WithAScoreThatIsNoneAreSentBackWithEveryWord) {
    for (const char* score : {"11", "-1", "7.5", "", "eleven", " 7", "07", "1e1", "９"}) {
        const Page page = browser().submit(
            form(), {{"a", score}, {"why", "Words that must not get lost."}, {"contact", "1"}});
        EXPECT_EQ(page.status, 422U) << "score \"" << score << "\"";
        EXPECT_NE(page.body.find("role=\"alert\""), std::string::npos) << score;
        const PageForm again = page.forms().at(0);
        EXPECT_NE(std::find(again.fields.begin(), again.fields.end(),
                            http::FormField{"why", "Words that must not get lost."}),
                  again.fields.end())
            << score;
        EXPECT_NE(std::find(again.fields.begin(), again.fields.end(), http::FormField{"contact", "1"}),
                  again.fields.end())
            << score;
    }
    EXPECT_EQ(observations(), 0U);
    EXPECT_EQ(items(), 0U);
    // The page that came back works.
    const PageForm corrected = browser().submit(form(), {{"a", "11"}, {"why", "At last."}}).forms().at(0);
    house.advance(5s);
    EXPECT_EQ(browser().submit(corrected, {{"a", "1"}}).status, 200U);
    EXPECT_EQ(text(item("LP-1"), "/verbatim"), "At last.");
}

TEST_P(BadAnswers, ThatAreTooLongAreSentBackAndTheLongestThatIsNotIsKept) {
    const std::string longest = repeated("é", 8000);
    const Page refused = browser().submit(form(), {{"a", "3"}, {"why", longest + "é"}});
    EXPECT_EQ(refused.status, 422U);
    EXPECT_TRUE(refused.says("8,000") || refused.says("8000")) << refused.words().substr(0, 500);
    EXPECT_EQ(observations(), 0U);
    EXPECT_EQ(browser().submit(form(), {{"a", "3"}, {"why", longest}}).status, 200U);
    EXPECT_EQ(text(item("LP-1"), "/verbatim"), longest);
}

TEST_P(BadAnswers, WithBytesThatAreNoTextAreRefused) {
    for (const char* bytes :
         {"%FF%FE", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "fine%00not", "%E2%82", "%zz", "100%"}) {
        const Page page = raw(std::string("a=3&why=") + bytes);
        EXPECT_EQ(page.status, 400U) << bytes;
        EXPECT_TRUE(page.says("Nothing was stored")) << bytes << ": " << page.words();
        EXPECT_TRUE(page.says("why")) << "the field is named: " << page.words();
    }
    EXPECT_EQ(observations(), 0U);
}

TEST_P(BadAnswers, InMarkupAreShownAsTextEverywhere) {
    const std::string nasty =
        "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' & {{organisation}} </blockquote></style>";
    EXPECT_EQ(browser().submit(form(), {{"a", "3"}, {"why", nasty}}).status, 200U);
    const Letter mail = letter("dele@moss.example", kAcknowledged);
    const std::string loop = mail.link("/l/");
    for (const Page& page : {browser().get(loop), browser().get("/plain"), browser().get("/items/LP-1"),
                             Page{200, {}, mail.html}}) {
        for (const Tag& tag : page.tags()) {
            EXPECT_NE(tag.name, "script");
            EXPECT_NE(tag.get("src"), "x");
            EXPECT_FALSE(tag.has("onerror"));
        }
        EXPECT_TRUE(page.says(nasty)) << page.words();
    }
    EXPECT_NE(mail.text.find("<script>alert(1)</script>"), std::string::npos) << "plain text stays as it was";
    take("LP-1", "hear", {{"text", nasty}, {"mail", false}});
    EXPECT_EQ(browser().get(loop).body.find("<script"), std::string::npos);
    EXPECT_NE(browser().get(loop).headers.get("Content-Security-Policy").find("default-src 'none'"),
              std::string::npos);
}

TEST_P(BadAnswers, ThatAreSentTwiceAreOne) {
    const PageForm once = form();
    const std::vector<http::FormField> filled{{"a", "3"}, {"why", "Once is enough."}};
    const Page first = browser().submit(once, filled);
    const Page second = browser().submit(once, filled);
    EXPECT_EQ(first.status, 200U);
    EXPECT_EQ(second.status, 200U);
    EXPECT_EQ(first.words(), second.words());
    EXPECT_EQ(first.addresses(), second.addresses());
    const Page other = browser().submit(once, {{"a", "9"}, {"why", "Under the same nonce."}});
    EXPECT_EQ(other.words(), first.words()) << "the first one counts";
    EXPECT_EQ(observations(), 1U);
    EXPECT_EQ(text(item("LP-1"), "/score"), "3");
    EXPECT_EQ(events("LP-1"), std::vector<std::string>{"raised"});
}

TEST_P(BadAnswers, ThatAreSentTwiceAtTheSameMomentAreOne) {
    const PageForm once = form();
    std::vector<Page> pages(4);
    std::vector<std::thread> senders;
    for (Page& page : pages)
        senders.emplace_back([&, this] {
            page = browser().submit(once, {{"a", "3"}, {"why", "Impatient."}});
        });
    for (std::thread& sender : senders) sender.join();
    for (const Page& page : pages) EXPECT_EQ(page.status, 200U) << page.words();
    EXPECT_EQ(observations(), 1U);
    EXPECT_EQ(items(), 1U);
    expect_true_ledger();
}

TEST_P(BadAnswers, GivenAgainJoinTheSameItem) {
    EXPECT_EQ(answer(link_, "3", "First thought.").status, 200U);
    EXPECT_EQ(answer(link_, "5", "Second thought.").status, 200U);
    EXPECT_EQ(items(), 1U);
    EXPECT_EQ(events("LP-1"), (std::vector<std::string>{"raised", "answered_again"}));
    EXPECT_EQ(observations(), 2U);
}

TEST_P(BadAnswers, ByWayOfAFormOfAnotherPageOrOfYesterdayAreRefused) {
    const PageForm own = form();
    PageForm elsewhere = own;
    for (const std::string& action : {survey_link("ada@otter.example"), house.url() + "/c/surveys/autumn"}) {
        elsewhere.action = action;
        const Page page = browser().submit(elsewhere, {{"a", "0"}, {"why", "Not mine."}});
        EXPECT_EQ(page.status, 400U);
        EXPECT_TRUE(page.says("does not belong to this page")) << page.words();
    }
    EXPECT_EQ(browser().post(link_, "a=3&why=without").status, 400U);
    house.advance(25h);
    EXPECT_EQ(browser().submit(own, {{"a", "3"}}).status, 400U);
    EXPECT_EQ(observations(), 0U);
}

TEST_P(BadAnswers, FromNobodyInParticularRaiseNothing) {
    const Page thanks = answer(house.url() + "/c/surveys/autumn", "0", "I will not say who I am.");
    EXPECT_EQ(thanks.status, 200U);
    EXPECT_TRUE(thanks.addresses().empty()) << "no page is promised to somebody who cannot be told";
    EXPECT_EQ(observations(), 1U);
    EXPECT_EQ(items(), 0U);
    EXPECT_EQ(browser().get("/c/surveys/no-such-survey").status, 404U);
}

INSTANTIATE_TEST_SUITE_P(On, BadAnswers, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
