#include "edge/store/contract/mail_shelf.hpp"

namespace candour::store::contract {
namespace {

using flow::MailState;

class KeptMails : public MailStore {};
INSTANTIATE_TEST_SUITE_P(Store, KeptMails, both(), named);

TEST_P(KeptMails, KeepsEveryByteAsItCame) {
    std::string bytes = "Subject: all of them\r\n\r\n";
    for (int c = 0; c < 256; ++c) bytes += static_cast<char>(c);
    bytes += "\n.\n\r.\r\r\n";
    receive(bytes);
    const std::vector<flow::PendingMail> taken = take();
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].bytes, bytes);
    EXPECT_EQ(*world.run(mails.bytes(taken[0].id)), bytes);
    EXPECT_EQ(taken[0].sender, "ada@example.org");
    EXPECT_EQ(taken[0].recipient, "reply@house.example");
    EXPECT_EQ(taken[0].attempts, 1);
}

TEST_P(KeptMails, KeepsALargeMailAmongSmallOnes) {
    std::vector<flow::Task<Done>> tasks;
    for (const std::size_t size : {10U, 12U << 20U, 20U})
        tasks.push_back(mails.receive(
            {"", {"a@house.example"}, std::string(size, 'x') + std::to_string(size)}, world.clock.now()));
    for (const Done& kept : world.in_one_group(std::move(tasks))) EXPECT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM mails"), 3);
    EXPECT_EQ(world.count("SELECT MAX(LENGTH(bytes)) FROM mail_contents"), (12 << 20) + 8);
}

TEST_P(KeptMails, TakesTheSameDeliveryOnceAndItsBytesOnce) {
    receive(raw("slow"), "ada@example.org", {"a@house.example", "b@house.example"});
    receive(raw("slow"), "ada@example.org", {"b@house.example"});
    receive(raw("slow"), "ada@example.org", {"c@house.example"});
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM mails"), 3) << "one for each recipient";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM mail_contents"), 1);
}

TEST_P(KeptMails, TakesTheSameDeliveryOnceInOneGroup) {
    std::vector<flow::Task<Done>> tasks;
    for (int i = 0; i < 3; ++i)
        tasks.push_back(mails.receive({"", {"a@house.example"}, raw("slow")}, world.clock.now()));
    for (const Done& kept : world.in_one_group(std::move(tasks))) EXPECT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM mails"), 1);
}

TEST_P(KeptMails, OwesAMailUntilItIsSettledAndCountsEachTry) {
    receive(raw("slow"));
    EXPECT_EQ(take(60s).size(), 1U);
    EXPECT_TRUE(take().empty()) << "somebody works on it";
    world.clock.advance(60s);
    const std::vector<flow::PendingMail> again = take();
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].attempts, 2);
    ASSERT_TRUE(world.run(mails.postpone(again[0].id, world.clock.now() + 5min, "the plugin is away")));
    world.clock.advance(5min - 1s);
    EXPECT_TRUE(take().empty());
    world.clock.advance(1s);
    EXPECT_EQ(take().at(0).detail, "the plugin is away");
}

TEST_P(KeptMails, HandsOutWhatWasReadInsteadOfTheBytes) {
    receive(raw("slow"));
    const std::int64_t id = take().at(0).id;
    ASSERT_TRUE(world.run(mails.keep_reading(id, reading(human("slow")))));
    world.clock.advance(60s);
    const std::vector<flow::PendingMail> again = take();
    ASSERT_EQ(again.size(), 1U);
    ASSERT_TRUE(again[0].reading);
    EXPECT_EQ(again[0].reading->disposition.from, "ada@example.org");
    EXPECT_EQ(again[0].bytes, "");
}

TEST_P(KeptMails, AppliesAMailOnceWhenTwoHostsHaveIt) {
    world.customer();
    receive(raw("slow"));
    const std::int64_t id = take().at(0).id;
    EXPECT_EQ(apply(id, human("slow")).outcome, "raised");
    EXPECT_EQ(apply(id, human("slow")).outcome, "raised") << "the outcome that it has";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations"), 1);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger"), 1);
}

TEST_P(KeptMails, KeepsADeadLetterUntilSomebodyTriesItAgain) {
    receive(raw("poison"));
    const std::int64_t id = take().at(0).id;
    ASSERT_TRUE(world.run(mails.dead_letter(id, "the plugin threw", world.clock.now())));
    world.clock.advance(24h);
    EXPECT_TRUE(take().empty());
    EXPECT_EQ(row(id).detail, "the plugin threw");
    EXPECT_EQ(*world.run(mails.bytes(id)), raw("poison"));
    ASSERT_TRUE(world.run(mails.try_again(id, world.clock.now())));
    ASSERT_EQ(take().size(), 1U);
    const Done twice = world.run(mails.try_again(id, world.clock.now()));
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, ErrorCode::conflict);
}

TEST_P(KeptMails, DismissesWhatWaitsForAPersonAndNothingElse) {
    world.customer();
    core::Disposition mail = human("Buy now!");
    mail.from = "stranger@example.net";
    deliver(mail);
    deliver(human("The export is slow.", "<2@example.org>"));
    ASSERT_TRUE(world.run(mails.dismiss(1, "an advertisement", "tea_grace", world.clock.now())));
    EXPECT_EQ(row(1).state, MailState::dismissed);
    EXPECT_EQ(row(1).detail, "an advertisement");
    EXPECT_EQ(world.run(mails.dismiss(2, "no", "tea_grace", world.clock.now())).error().code,
              ErrorCode::conflict);
    EXPECT_EQ(world.run(mails.dismiss(9, "no", "tea_grace", world.clock.now())).error().code,
              ErrorCode::not_found);
}

TEST_P(KeptMails, CountsWhatWaits) {
    world.customer();
    receive(raw("not read yet"));
    core::Disposition stranger = human("Who am I?");
    stranger.from = "stranger@example.net";
    const std::int64_t id = take().at(0).id;
    apply(id, stranger);
    receive(raw("owed"));
    const auto counts = world.run(mails.waiting());
    ASSERT_TRUE(counts) << counts.error().message;
    ASSERT_EQ(counts->size(), 2U);
    for (const flow::MailCount& count : *counts) EXPECT_EQ(count.mails, 1);
}

TEST_P(KeptMails, ListsByPages) {
    for (int i = 0; i < 3; ++i) receive(raw(std::to_string(i)));
    const auto first = world.run(mails.list({std::nullopt, 0, 0, 2}));
    ASSERT_EQ(first->size(), 2U);
    EXPECT_EQ(first->at(0).id, 3);
    const auto second = world.run(mails.list({std::nullopt, 0, first->back().id, 2}));
    ASSERT_EQ(second->size(), 1U);
    EXPECT_EQ(second->at(0).id, 1);
    EXPECT_TRUE(world.run(mails.list({MailState::held, 0, 0, 2}))->empty());
}

}  // namespace
}  // namespace candour::store::contract
