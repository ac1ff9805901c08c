/// The answer is no, with its reason; and the customer has the last word.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

class Refusal : public Journey {};

TEST_P(Refusal, WithItsReasonIsSeenAndReopenedByNotYet) {
    open();
    const std::string alias = raise("dele@moss.example", "One login for the whole shift, please.");
    take(alias, "hear", {{"text", "You want one login for a shift."}});
    take(alias, "decide",
         {{"will_change", false},
          {"text", "We keep one login per person."},
          {"why", "Shared logins would end your audit trail."}});
    EXPECT_EQ(step(alias, "change", {{"text", "Nothing"}}).status, 409U) << "nothing was promised";
    tell_by_mail(alias, "dele@moss.example");
    const Letter declined = letter("dele@moss.example", kDeclined);
    EXPECT_NE(declined.text.find("Shared logins would end your audit trail."), std::string::npos);

    const Page again = press(declined.link("/l/"), "not_yet", "Then make the login quicker.");
    EXPECT_EQ(again.status, 200U);
    EXPECT_TRUE(again.says("It is open again"));
    EXPECT_EQ(state(alias), "raised");
    EXPECT_EQ(text(item(alias), "/round"), "2");
    const Page both = browser().get(declined.link("/l/"));
    for (const char* words :
         {"We keep one login per person.", "After your “not yet” of", "Then make the login quicker."})
        EXPECT_TRUE(both.says(words)) << words << "\n" << both.words();

    take(alias, "hear", {{"text", "Signing in takes too long."}});
    take(alias, "decide", {{"will_change", true}, {"text", "Badges sign you in."}, {"by", house.date(30)}});
    take(alias, "change", {{"text", "Badge readers stand at every gate."}});
    EXPECT_TRUE(press(tell_by_mail(alias, "dele@moss.example"), "confirmed").says("the loop is closed"));
    EXPECT_EQ(state(alias), "visibly_closed");
    EXPECT_EQ(text(item(alias), "/evidence/strength"), "confirmed");
    EXPECT_EQ(text(get("/api/v1/commitments"), "/commitments/0/standing"), "kept");
    expect_true_ledger();
}

TEST_P(Refusal, ToCountReadingAsProofHoldsWhereTheSegmentWantsAConfirmation) {
    open();
    const std::string alias = raise("ada@otter.example");
    bring_to_changed(alias);
    const std::string page = tell_by_mail(alias, "ada@otter.example");

    press(page, "seen");
    EXPECT_EQ(state(alias), "told");
    EXPECT_EQ(text(item(alias), "/evidence/strength"), "seen");
    press(page, "confirmed");
    EXPECT_EQ(state(alias), "visibly_closed");
    press(page, "not_yet", "It came back.");
    EXPECT_EQ(state(alias), "raised") << "the customer can open what is closed";
    expect_true_ledger();
}

TEST_P(Refusal, OfOurUnderstandingStandsOnThePageAsACorrection) {
    open();
    const std::string alias = raise("dele@moss.example");
    const std::string page = letter("dele@moss.example", kAcknowledged).link("/l/");
    EXPECT_TRUE(press(page, "correct", "I meant the night shift only.").says("Thank you for correcting us"));
    EXPECT_TRUE(browser().get(page).says("I meant the night shift only."));
    EXPECT_EQ(state(alias), "raised");
    EXPECT_EQ(events(alias).back(), "corrected");
}

INSTANTIATE_TEST_SUITE_P(On, Refusal, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
