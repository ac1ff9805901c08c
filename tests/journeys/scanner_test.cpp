/// Machines between us and the customer: they fetch every link, and some press every button.
#include <deque>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Scanner : public Journey {
 protected:
    /// One item in each of three states, a link nobody has answered, and every mail sent.
    void SetUp() override {
        open();
        unanswered_ = survey_link("ravi@heron.example");
        raise("mara@moss.example", "A raised one.");
        const std::string told = raise("dele@moss.example");
        bring_to_changed(told);
        loop_ = tell_by_mail(told, "dele@moss.example");
        const std::string closed = raise("ada@otter.example");
        bring_to_changed(closed);
        press(tell_by_mail(closed, "ada@otter.example"), "confirmed");
        settle_mail();
    }

    Browser scanner() const {
        return Browser(house.url(), "Mozilla/5.0 (compatible; LinkGuard/4.1; url-defence)");
    }

    /// Every address of ours that can be reached from mails, pages and the survey link.
    std::set<std::string> crawl() const {
        const Browser machine = scanner();
        std::deque<std::string> open_ends{unanswered_, house.url() + "/"};
        for (int score = 0; score <= 10; ++score)
            open_ends.push_back(unanswered_ + "?a=" + std::to_string(score));
        for (const std::string& raw : sink.mails())
            for (std::string& address : read_letter(raw).addresses()) open_ends.push_back(std::move(address));
        std::set<std::string> seen;
        while (!open_ends.empty()) {
            std::string address = std::move(open_ends.front());
            open_ends.pop_front();
            if (address.starts_with('/')) address.insert(0, house.url());
            if (!address.starts_with(house.url()) || !seen.insert(address).second) continue;
            for (std::string& next : machine.get(address).addresses()) open_ends.push_back(std::move(next));
            machine.head(address);
        }
        return seen;
    }

    std::string unanswered_, loop_;
};

TEST_P(Scanner, ThatFetchesEveryLinkChangesNothing) {
    const Tables before = read_tables(house.database());
    const std::set<std::string> visited = crawl();
    EXPECT_EQ(crawl(), visited);
    house.advance(2h);
    EXPECT_EQ(crawl(), visited);
    EXPECT_GT(visited.size(), 20U);
    Tables after = read_tables(house.database());
    EXPECT_FALSE(after["link_fetches"].empty());
    for (const char* looking : {"link_fetches", "campaign_fetched"}) after[looking] = before.at(looking);
    EXPECT_EQ(difference(before, after), "") << "that somebody looked is all that is on record";
    EXPECT_EQ(messages("LP-2", "closing"), std::vector<std::string>{"handed_over"});
    expect_true_ledger();
}

TEST_P(Scanner, ThatSendsTheSurveyFasterThanAnybodyReadsRaisesNothing) {
    const std::size_t before = items();
    const Tables then = read_tables(house.database());
    for (const char* score : {"0", "10"}) {
        const PageForm form = scanner().get(unanswered_).forms().at(0);
        house.advance(1400ms);
        EXPECT_EQ(scanner().submit(form, {{"a", score}, {"why", "filled in by a machine"}}).status, 200U);
    }
    EXPECT_EQ(items(), before);
    const Tables now = read_tables(house.database());
    EXPECT_EQ(now.at("messages"), then.at("messages"))
        << "nobody is thanked, and the link counts as unanswered";
    EXPECT_EQ(now.at("ledger"), then.at("ledger"));
    std::size_t bots = 0;
    for (const std::string& row : now.at("observations")) bots += row.find("likely_bot") != std::string::npos;
    EXPECT_EQ(bots, 2U);
}

TEST_P(Scanner, ThatFallsIntoTheTrapOfASurveyRaisesNothing) {
    const std::size_t before = items();
    const PageForm form = scanner().get(unanswered_).form_with("press_all", "1");
    EXPECT_NE(form.buttons.front().name, "press_all") << "Enter presses the first button";
    house.advance(1min);
    EXPECT_EQ(scanner().submit(form, {{"a", "0"}, {"why", "x"}}, {"press_all", "1"}).status, 200U);
    const PageForm again = scanner().get(unanswered_).forms().at(0);
    house.advance(1min);
    EXPECT_EQ(scanner().submit(again, {{"a", "0"}, {"topic_code", "filled in"}}).status, 200U);
    EXPECT_EQ(items(), before);
    // The customer's own answer still counts.
    EXPECT_EQ(answer(unanswered_, "2", "A person.").status, 200U);
    EXPECT_EQ(items(), before + 1);
}

TEST_P(Scanner, ThatPressesTheButtonsOfALoopPageProvesNothing) {
    const Tables before = read_tables(house.database());
    for (const char* button : {"confirmed", "seen", "not_yet"}) {
        const PageForm form = scanner().get(loop_).form_with("press", button);
        const Page once_more = scanner().submit(form, {{"more", "machine"}}, {"press", button});
        EXPECT_EQ(once_more.status, 200U);
        EXPECT_TRUE(once_more.says("One more press, please")) << once_more.words();
        EXPECT_TRUE(scanner().submit(once_more.forms().at(0)).says("One more press, please"))
            << "as fast again";
    }
    const PageForm trapped = scanner().get(loop_).form_with("press", "confirmed");
    house.advance(1min);
    scanner().submit(trapped, {}, {"press_all", "1"});
    scanner().submit(trapped, {{"topic_code", "x"}}, {"press", "confirmed"});
    EXPECT_EQ(difference(before, read_tables(house.database())), "");
}

TEST_P(Scanner, WasOnlyAFastPersonWhoPressesOnceMore) {
    const PageForm form = browser().get(loop_).form_with("press", "not_yet");
    const Page once_more =
        browser().submit(form, {{"more", "Still \"late\" & <wrong>."}}, {"press", "not_yet"});
    house.advance(5s);
    EXPECT_TRUE(browser().submit(once_more.forms().at(0)).says("It is open again"));
    EXPECT_EQ(state("LP-2"), "raised");
    EXPECT_TRUE(browser().get(loop_).says("Still \"late\" & <wrong>."));
}

TEST_P(Scanner, HasNoPageWhoseTrapAPersonWouldSee) {
    for (const std::string& address : {unanswered_, loop_}) {
        const Page page = browser().get(address);
        EXPECT_NE(page.body.find(".leave{position:absolute"), std::string::npos) << address;
        EXPECT_NE(page.body.find("<div class=\"leave\" aria-hidden=\"true\">"), std::string::npos) << address;
    }
}

INSTANTIATE_TEST_SUITE_P(On, Scanner, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
