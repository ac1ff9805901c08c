/// Links that are guessed, stale, taken back or used at the wrong door; and words on the loop page that
/// cannot be kept.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

class BadLinks : public Journey {
 protected:
    static std::string token_of(const std::string& link) { return link.substr(link.rfind('/') + 1); }
    /// GET and POST, so that no door has a back door.
    void expect_refused(const std::string& address, unsigned status, const char* words) const {
        const Page looked = browser().get(address);
        EXPECT_EQ(looked.status, status) << address;
        EXPECT_TRUE(looked.says(words)) << address << ": " << looked.words();
        const Page pressed = browser().post(address, "a=1&press=seen&nonce=x");
        EXPECT_EQ(pressed.status, status) << address;
        EXPECT_TRUE(pressed.forms().empty());
    }
};

TEST_P(BadLinks, ThatNobodyGaveAwayLeadNowhere) {
    open();
    const std::string alias = raise("dele@moss.example");
    const std::string survey = survey_link("dele@moss.example");
    const std::string loop = letter("dele@moss.example", kAcknowledged).link("/l/");
    const std::string guessed(token_of(loop).size(), 'a');
    std::string flipped = token_of(loop);
    flipped[3] = flipped[3] == 'a' ? 'b' : 'a';
    for (const std::string& token : {guessed, flipped, std::string("x"), token_of(loop).substr(1),
                                     token_of(loop) + "a", std::string("%C3%A9"), std::string(3000, 'a')}) {
        expect_refused("/l/" + token, 404, "This link leads nowhere");
        expect_refused("/s/" + token, 404, "This link leads nowhere");
    }
    // A survey's token is no key to the loop page, nor the other way round.
    expect_refused("/l/" + token_of(survey), 404, "This link leads nowhere");
    expect_refused("/s/" + token_of(loop), 404, "This link leads nowhere");
    EXPECT_EQ(state(alias), "raised");
    // Mail programs change the case of what they think is a host name; the token does not mind.
    std::string shouted = token_of(loop);
    for (char& c : shouted) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    EXPECT_EQ(browser().get("/l/" + shouted).status, 200U);
}

TEST_P(BadLinks, ThatHaveExpiredSaySo) {
    open();
    raise("dele@moss.example");
    const std::string survey = survey_link("dele@moss.example");
    const std::string loop = letter("dele@moss.example", kAcknowledged).link("/l/");
    house.advance(24h * 170);
    EXPECT_EQ(browser().get(survey).status, 200U);
    EXPECT_EQ(browser().get(loop).status, 200U);
    house.advance(24h * 30);
    expect_refused(survey, 410, "This link has expired");
    expect_refused(loop, 410, "This link has expired");
    EXPECT_EQ(items(), 1U);
}

TEST_P(BadLinks, ThatWereTakenBackSaySo) {
    open();
    const std::string alias = raise("dele@moss.example");
    const std::string loop = letter("dele@moss.example", kAcknowledged).link("/l/");
    const Page page = browser().get(loop);
    const Answer made =
        call(http::Method::post, "/api/v1/surveys/autumn/links", R"({"contact": "dele@moss.example"})");
    EXPECT_TRUE(house.command({"survey", "link", "autumn", "--contact", "dele@moss.example", "--qr"})
                    .starts_with("<svg "))
        << "the same on paper";
    const std::string acknowledgement = messages(alias, "acknowledgement", "/id").at(0);
    for (const std::string& message : {text(made.value(), "/message"), acknowledgement})
        EXPECT_EQ(call(http::Method::post, "/api/v1/links/" + message + "/revoke", "{}").status, 204U);
    expect_refused(text(made.value(), "/url"), 410, "This link is no longer in use");
    expect_refused(loop, 410, "This link is no longer in use");
    house.advance(5s);
    const Page late = browser().submit(page.form_with("press", "correct"), {{"more", "Through an old page."}},
                                       {"press", "correct"});
    EXPECT_EQ(late.status, 410U);
    EXPECT_EQ(events(alias), std::vector<std::string>{"raised"});
}

TEST_P(BadLinks, OfAnotherCustomerTakeNoPressOfMine) {
    open();
    const std::string mine = raise("dele@moss.example"), theirs = raise("ada@otter.example");
    for (const std::string& alias : {mine, theirs}) bring_to_changed(alias);
    const std::string own = tell_by_mail(mine, "dele@moss.example");
    const std::string other = tell_by_mail(theirs, "ada@otter.example");
    PageForm form = browser().get(own).form_with("press", "confirmed");
    house.advance(5s);
    form.action = other;
    const Page page = browser().submit(form, {}, {"press", "confirmed"});
    EXPECT_EQ(page.status, 400U);
    EXPECT_TRUE(page.says("does not belong to this page"));
    EXPECT_EQ(state(theirs), "told");
}

TEST_P(BadLinks, AreNoWorseThanWordsThatCannotBeKept) {
    open();
    const std::string alias = raise("dele@moss.example");
    bring_to_changed(alias);
    const std::string loop = tell_by_mail(alias, "dele@moss.example");
    const Tables before = read_tables(house.database());
    const Page too_long = press(loop, "not_yet", std::string(4001, 'x'));
    EXPECT_EQ(too_long.status, 422U);
    EXPECT_TRUE(too_long.says("4000")) << too_long.words();
    EXPECT_NE(too_long.body.find(std::string(4001, 'x')), std::string::npos)
        << "what was typed is still there";
    const Page empty = press(loop, "not_yet", "  ");
    EXPECT_EQ(empty.status, 422U);
    EXPECT_TRUE(empty.says("in a few words what is missing")) << empty.words();
    EXPECT_EQ(empty.forms().size(), 1U) << "the page is shown again, with its buttons";
    std::string hidden;
    const PageForm form = browser().get(loop).forms().at(0);
    for (const http::FormField& field : form.fields)
        if (field.name == "nonce") hidden = http::encode_form(http::Form({field}));
    house.advance(5s);
    for (const char* rest :
         {"&press=not_yet&more=%FF", "&press=not_yet&more=a%00b", "&press=everything", "&press=", ""}) {
        EXPECT_EQ(browser().post(loop, hidden + rest).status, 400U) << rest;
    }
    EXPECT_EQ(browser().post(loop, hidden + "&press=seen", "application/json").status, 415U);
    EXPECT_EQ(browser().post(loop, std::string(100'000, 'a')).status, 413U);
    EXPECT_EQ(difference(before, read_tables(house.database())), "");
}

TEST_P(BadLinks, OrGoodOnesPressedTwiceCountOnce) {
    open();
    const std::string alias = raise("dele@moss.example");
    bring_to_changed(alias);
    const std::string loop = tell_by_mail(alias, "dele@moss.example");
    for (const char* button : {"seen", "not_yet"}) {
        const PageForm form = browser().get(loop).form_with("press", button);
        house.advance(5s);
        EXPECT_EQ(browser().submit(form, {{"more", "Again."}}, {"press", button}).status, 200U);
        const std::vector<std::string> once = events(alias);
        const Page again = browser().submit(form, {{"more", "Again."}}, {"press", button});
        const bool moved_on = std::string(button) == "not_yet";
        EXPECT_EQ(again.status, moved_on ? 409U : 200U) << "what nothing comes of is said";
        EXPECT_EQ(again.says("nothing was changed by it"), moved_on) << again.words();
        EXPECT_EQ(events(alias), once) << button;
    }
    EXPECT_EQ(text(item(alias), "/round"), "2");
}

TEST_P(BadLinks, OrACorrectionSentTwiceStandsOnThePageOnce) {
    open();
    const std::string alias = raise("dele@moss.example");
    const std::string loop = letter("dele@moss.example", kAcknowledged).link("/l/");
    const PageForm form = browser().get(loop).form_with("press", "correct");
    house.advance(5s);
    for (int times = 0; times < 2; ++times)
        EXPECT_EQ(browser().submit(form, {{"more", "The night shift only."}}, {"press", "correct"}).status,
                  200U);
    EXPECT_EQ(events(alias), (std::vector<std::string>{"raised", "corrected"}));
    EXPECT_EQ(browser().submit(form, {{"more", "And the early one."}}, {"press", "correct"}).status, 200U);
    EXPECT_EQ(events(alias).size(), 3U) << "a second thought is another correction";
}

INSTANTIATE_TEST_SUITE_P(On, BadLinks, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
