#include "core/campaign/audience.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::chrono_literals;

const Instant kAsked{std::chrono::microseconds{1'750'000'000'000'000}};

Candidate candidate(std::uint8_t number, const std::string& address = "") {
    Candidate one;
    one.contact = ContactId(IdBytes{number});
    one.account = AccountId(IdBytes{100});
    one.account_ref = "A-1";
    one.segment = Segment::reliable;
    one.level = Level::executive;
    one.address = address.empty() ? "c" + std::to_string(number) + "@example.org" : address;
    return one;
}

TEST(Audience, OfNobodyIsRefused) {
    EXPECT_EQ(check({}).error().code, ErrorCode::invalid);
}

TEST(Audience, OfEverybodyIsSaidAloneOrNotAtAll) {
    Audience audience;
    audience.all = true;
    EXPECT_TRUE(check(audience));
    audience.levels = {"executive"};
    EXPECT_FALSE(check(audience));
}

TEST(Audience, NamesOnlySegmentsAndLevelsThatExist) {
    Audience audience;
    audience.segments = {"reliable", "gold"};
    const Done checked = check(audience);
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().message.find("\"gold\""), std::string::npos);
    EXPECT_NE(checked.error().message.find("co_creator"), std::string::npos);
    audience.segments.clear();
    audience.levels = {"Executive"};
    EXPECT_FALSE(check(audience)) << "names are exact";
}

TEST(Audience, IsNarrowedDownByEachOfItsLists) {
    const Candidate ada = candidate(1);
    EXPECT_TRUE(belongs({.accounts = {"A-1"}}, ada));
    EXPECT_TRUE(belongs({.accounts = {ada.account.text()}}, ada));
    EXPECT_FALSE(belongs({.accounts = {"A-2"}}, ada));
    EXPECT_TRUE(belongs({.segments = {"edge", "reliable"}, .levels = {"executive"}}, ada));
    EXPECT_FALSE(belongs({.segments = {"reliable"}, .levels = {"managerial"}}, ada));
    EXPECT_TRUE(belongs({.contacts = {"c1@example.org"}}, ada));
    EXPECT_TRUE(belongs({.contacts = {ada.contact.text()}}, ada));
    EXPECT_FALSE(belongs({.accounts = {"A-1"}, .contacts = {"c2@example.org"}}, ada));
    EXPECT_TRUE(belongs({.all = true}, ada));
}

TEST(Audience, WithNamesThatNobodyHasSaysWhich) {
    const std::vector<std::string> expected{"account A-9", "contact nobody@example.org"};
    EXPECT_EQ(
        unknown_names({.accounts = {"A-1", "A-9"}, .contacts = {"nobody@example.org", "c1@example.org"}},
                      {candidate(1)}),
        expected);
}

TEST(Audience, NeverTakesAnEmptyNameForAContactWithoutAddress) {
    Candidate silent = candidate(1);
    silent.address.clear();
    EXPECT_FALSE(belongs({.contacts = {""}}, silent));
}

TEST(Choosing, LeavesNobodyOutWithoutAReason) {
    std::vector<Candidate> people(7, candidate(1));
    for (std::uint8_t i = 0; i < people.size(); ++i) people[i] = candidate(i);
    people[0].active = false;
    people[1].address.clear();
    people[2].suppressed = true;
    people[3].opted_out = true;
    people[4].asked_at = kAsked;
    people[6].address = people[5].address;
    const std::vector<Chosen> chosen = choose(people);
    ASSERT_EQ(chosen.size(), 7U);
    const std::optional<LeftOut> expected[] = {LeftOut::inactive,  LeftOut::no_address, LeftOut::suppressed,
                                               LeftOut::opted_out, LeftOut::resting,    std::nullopt,
                                               LeftOut::duplicate};
    for (std::size_t i = 0; i < chosen.size(); ++i) EXPECT_EQ(chosen[i].left_out, expected[i]) << i;
}

TEST(Choosing, NamesWhatRulesOutMostFirst) {
    Candidate gone = candidate(1);
    gone.active = false;
    gone.suppressed = true;
    gone.asked_at = kAsked;
    EXPECT_EQ(choose({gone}).front().left_out, LeftOut::inactive);
    gone.active = true;
    EXPECT_EQ(choose({gone}).front().left_out, LeftOut::suppressed);
}

TEST(Choosing, AsksTheSecondContactOfAnAddressWhenTheFirstIsLeftOut) {
    Candidate first = candidate(1, "ada@example.org"), second = candidate(2, "ada@example.org");
    first.active = false;
    const std::vector<Chosen> chosen = choose({first, second});
    EXPECT_EQ(chosen[1].left_out, std::nullopt);
}

}  // namespace
}  // namespace candour::core
