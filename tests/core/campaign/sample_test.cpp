#include "core/campaign/sample.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/campaign/audience.hpp"

namespace candour::core {
namespace {

std::vector<Candidate> account(int number, int executives, int users) {
    std::vector<Candidate> people;
    for (int i = 0; i < executives + users; ++i) {
        Candidate one;
        const auto a = static_cast<std::uint8_t>(number), b = static_cast<std::uint8_t>(number >> 8),
                   c = static_cast<std::uint8_t>(i);
        one.contact = ContactId(IdBytes{a, b, c});
        one.account = AccountId(IdBytes{a, b});
        one.level = i < executives ? Level::executive : Level::operational;
        one.address = std::to_string(i) + "@" + std::to_string(number) + ".example";
        people.push_back(one);
    }
    return people;
}

std::vector<Candidate> portfolio(int accounts, int executives, int users) {
    std::vector<Candidate> all;
    for (int i = 0; i < accounts; ++i)
        for (Candidate& one : account(i, executives, users)) all.push_back(std::move(one));
    return all;
}

std::set<std::string> asked(const std::vector<Chosen>& chosen) {
    std::set<std::string> names;
    for (const Chosen& one : chosen)
        if (!one.left_out) names.insert(one.candidate.contact.text());
    return names;
}

int of_level(const std::vector<Chosen>& chosen, Level level) {
    int count = 0;
    for (const Chosen& one : chosen)
        if (!one.left_out && one.candidate.level == level) ++count;
    return count;
}

TEST(Sample, TakesTurnsAmongLevelsSoThatExecutivesAreNotDrowned) {
    Sample five;
    five.per_account = 5;
    const auto chosen = Chooser(five, "spring").choose(account(1, 2, 50));
    EXPECT_EQ(of_level(chosen, Level::executive), 2);
    EXPECT_EQ(of_level(chosen, Level::operational), 3);
    int passed_over = 0;
    for (const Chosen& one : chosen)
        if (one.left_out == LeftOut::not_sampled) ++passed_over;
    EXPECT_EQ(passed_over, 47) << "nobody is left out without a reason";
}

TEST(Sample, DrawsTheSamePeopleUnderTheSameSeedAndOthersUnderAnother) {
    Sample few;
    few.per_account = 3;
    const auto people = portfolio(50, 1, 20);
    const auto first = asked(Chooser(few, "spring").choose(people));
    EXPECT_EQ(first, asked(Chooser(few, "spring").choose(people)));
    EXPECT_NE(first, asked(Chooser(few, "autumn").choose(people)));
}

TEST(Sample, DoesNotDependOnTheOrderInWhichPeopleAreRead) {
    Sample few;
    few.per_account = 3;
    auto people = account(1, 1, 20);
    const auto first = asked(Chooser(few, "spring").choose(people));
    std::reverse(people.begin(), people.end());
    EXPECT_EQ(asked(Chooser(few, "spring").choose(people)), first);
}

TEST(Sample, LimitsEachLevelOfAnAccount) {
    Sample two;
    two.per_level = 2;
    const auto chosen = Chooser(two, "s").choose(portfolio(10, 1, 9));
    EXPECT_EQ(of_level(chosen, Level::executive), 10);
    EXPECT_EQ(of_level(chosen, Level::operational), 20);
}

TEST(Sample, KeepsThePortfoliosShareEvenWhereAccountsAreSmall) {
    Sample fifth;
    fifth.share[Level::operational] = 20;
    const auto chosen = Chooser(fifth, "s").choose(portfolio(1'000, 1, 3));
    EXPECT_EQ(of_level(chosen, Level::executive), 1'000) << "a level that is not named is asked whole";
    EXPECT_NEAR(of_level(chosen, Level::operational), 600, 75);
}

TEST(Sample, IsDrawnAmongThoseWhoCanBeAsked) {
    Sample two;
    two.per_account = 2;
    auto people = account(1, 0, 10);
    for (std::size_t i = 0; i < 8; ++i) people[i].opted_out = true;
    EXPECT_EQ(asked(Chooser(two, "s").choose(people)).size(), 2U);
}

TEST(Sample, LeavesAnAddressToAnotherAccountWhenTheSampleFellOnOthers) {
    Sample one;
    one.per_account = 1;
    auto first = account(1, 1, 1), second = account(2, 0, 1);
    second.front().address = first.back().address;  // the executive is drawn first, so this one is not
    auto all = first;
    all.push_back(second.front());
    const auto chosen = Chooser(one, "s").choose(all);
    EXPECT_EQ(chosen[1].left_out, LeftOut::not_sampled);
    EXPECT_EQ(chosen[2].left_out, std::nullopt);
}

TEST(Sample, KnowsWhomSomebodyElseAskedBeforeItWentOn) {
    Chooser chooser;
    const auto people = account(1, 0, 2);
    chooser.taken(people.front().address);
    const auto chosen = chooser.choose(people);
    EXPECT_EQ(chosen[0].left_out, LeftOut::duplicate);
    EXPECT_EQ(chosen[1].left_out, std::nullopt);
}

TEST(Sample, RefusesNumbersThatMeanNothing) {
    Sample sample;
    sample.per_account = -1;
    EXPECT_FALSE(check_sample(sample));
    sample.per_account = 0;
    sample.share[Level::executive] = 0;
    const Done nobody = check_sample(sample);
    ASSERT_FALSE(nobody);
    EXPECT_NE(nobody.error().message.find("share.executive"), std::string::npos);
    sample.share[Level::executive] = 100;
    EXPECT_TRUE(check_sample(sample));
}

TEST(Addresses, RemembersEachOnceHoweverManyThereAre) {
    Addresses addresses;
    EXPECT_FALSE(addresses.contains("0@example.org"));
    for (int i = 0; i < 20'000; ++i) EXPECT_TRUE(addresses.add(std::to_string(i) + "@example.org"));
    for (int i = 0; i < 20'000; ++i) EXPECT_FALSE(addresses.add(std::to_string(i) + "@example.org"));
    EXPECT_TRUE(addresses.contains("19999@example.org"));
    EXPECT_FALSE(addresses.contains("20000@example.org"));
}

}  // namespace
}  // namespace candour::core
