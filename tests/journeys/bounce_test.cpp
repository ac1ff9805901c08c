/// Mail that does not arrive tells nobody anything.

#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/mail/postfix.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

class Bounce : public Journey {
 protected:
    /// An item whose customer was told by mail.
    std::string told(const std::string& contact) {
        const std::string alias = raise(contact);
        bring_to_changed(alias);
        tell_by_mail(alias, contact);
        return alias;
    }
    Answer report_bounce(const std::string& message, const std::string& status = "5.1.1") const {
        return call(http::Method::post, "/api/v1/messages/" + message + "/bounce",
                    json::serialize(json::object{{"status", status}, {"detail", "no such person"}}));
    }
    json::object conversation() const {
        return {
            {"said", "Good, that helps us."}, {"channel", "phone"}, {"when", house.date(-1) + "T09:00:00Z"}};
    }
};

TEST_P(Bounce, InTheSessionLeavesTheItemUntoldAndTheAddressAlone) {
    if (const auto reason = support::Postfix::missing()) GTEST_SKIP() << *reason;
    open();
    const std::string alias = raise("refused@example.org");
    letter("refused@example.org", kAcknowledged);
    settle_mail();
    bring_to_changed(alias);
    house.stop();

    const support::Certificates certificates;
    const support::Postfix postfix(certificates);
    house.use_relay(postfix.port());
    house.start();
    tell(alias);
    ASSERT_TRUE(
        eventually([&] { return messages(alias, "closing") == std::vector<std::string>{"rejected"}; }));
    EXPECT_EQ(state(alias), "changed");
    EXPECT_EQ(text(item(alias), "/sending"), "false");
    EXPECT_EQ(events(alias).back(), "undeliverable");
    EXPECT_NE(messages(alias, "closing", "/last/detail")[0].find("550"), std::string::npos);
    const auto refusals = [&] {
        const std::string log = postfix.log();
        std::size_t count = 0;
        for (std::size_t at = log.find("reject: RCPT"); at != log.npos; at = log.find("reject: RCPT", at + 1))
            ++count;
        return count;
    };
    EXPECT_TRUE(eventually([&] { return refusals() == 1; })) << postfix.log();

    tell(alias);
    ASSERT_TRUE(eventually([&] {
        return messages(alias, "closing") == std::vector<std::string>{"rejected", "suppressed"};
    }));
    EXPECT_EQ(state(alias), "changed");
    EXPECT_EQ(refusals(), 1U) << "the relay was asked again";
    expect_true_ledger();
}

TEST_P(Bounce, ThatComesLaterTakesTheItemBackAndAConversationClosesIt) {
    open();
    const std::string alias = told("dele@moss.example");
    const std::string message = messages(alias, "closing", "/id").at(0);
    EXPECT_EQ(report_bounce(message).status, 204U);
    EXPECT_EQ(state(alias), "changed");
    EXPECT_EQ(events(alias).back(), "bounced");
    const std::string version = text(item(alias), "/version");
    EXPECT_EQ(report_bounce(message).status, 204U) << "the same bounce again";
    EXPECT_EQ(text(item(alias), "/version"), version);

    const json::value closed = take(alias, "tell", {{"in_person", conversation()}});
    EXPECT_EQ(text(closed, "/state"), "visibly_closed");
    EXPECT_EQ(text(closed, "/evidence/source"), "recorded");
    expect_true_ledger();
}

TEST_P(Bounce, IsToldToWhoeverAnswersForTheItemWithTheServersReason) {
    open();
    hear_of({{"undelivered", "now"}});
    const std::string alias = told("dele@moss.example");
    EXPECT_EQ(report_bounce(messages(alias, "closing", "/id").at(0)).status, 204U);
    house.advance(std::chrono::minutes(11));
    const Letter news = letter("priya@halden.example", alias + ", Moss Freight: what we told them came back");
    EXPECT_NE(news.text.find("The mail server said: no such person."), std::string::npos) << news.text;
}

TEST_P(Bounce, OfADecisionThatNothingChangesLeadsBackToTheDecision) {
    open();
    const std::string alias = raise("dele@moss.example");
    take(alias, "hear", {{"text", "Heard."}, {"mail", false}});
    take(alias, "decide",
         {{"will_change", false},
          {"text", "No."},
          {"why", "It would cost your neighbours more than it helps you."}});
    tell(alias);
    ASSERT_TRUE(eventually([&] { return state(alias) == "told"; }));
    EXPECT_EQ(report_bounce(messages(alias, "closing", "/id").at(0)).status, 204U);
    EXPECT_EQ(state(alias), "decided");
}

TEST_P(Bounce, IsRefusedForWhatWasNeverHandedOver) {
    open();
    const std::string alias = raise("dele@moss.example");
    bring_to_changed(alias);
    take(alias, "tell");
    EXPECT_EQ(report_bounce(messages(alias, "closing", "/id").at(0)).status, 409U);
    EXPECT_EQ(report_bounce("msg_00000000000000000000000000").status, 404U);
    EXPECT_EQ(report_bounce("nonsense").status, 422U);
}

TEST_P(Bounce, OrNotARecordedConversationClosesNothingWhereTheSegmentRefusesIt) {
    open();
    const std::string alias = raise("ravi@heron.example");
    bring_to_changed(alias);
    const json::value item = take(alias, "tell", {{"in_person", conversation()}});
    EXPECT_EQ(text(item, "/state"), "told");
    const std::string page = letter("ravi@heron.example", kAcknowledged).link("/l/");
    press(page, "seen");
    EXPECT_EQ(state(alias), "visibly_closed") << "the customer's own press is proof everywhere";
    expect_true_ledger();
}

TEST_P(Bounce, OrSilenceIsAnsweredByTellingOnceMore) {
    open();
    const std::string alias = told("dele@moss.example");
    house.advance(24h * 8);
    ASSERT_TRUE(eventually([&] { return text(item(alias), "/channel_asked") == "true"; }));
    tell(alias);
    letter("dele@moss.example", kClosing, 2);
    ASSERT_TRUE(eventually([&] { return text(item(alias), "/sending") == "false"; }));
    EXPECT_EQ(state(alias), "told");
    const json::value closed = take(alias, "seen", conversation());
    EXPECT_EQ(text(closed, "/state"), "visibly_closed");
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, Bounce, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
