#include "flow/ingest/past_answers.hpp"

#include "edge/store/contract/world.hpp"
#include "edge/store/known_facts.hpp"

namespace candour::store::contract {
namespace {

/// Days are taken in UTC here; the host hands in the organisation's zone.
flow::CivilDays utc() {
    return {[](std::chrono::year_month_day day) {
                return Result<core::Instant>(core::Instant(std::chrono::sys_days(day)) + 12h);
            },
            [](core::Instant at) {
                return Result<std::chrono::year_month_day>(
                    std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)));
            }};
}

class PastAnswers : public Contract {
 protected:
    PastAnswers() { world.customer("ada@example.org"); }

    std::chrono::year_month_day day(int from_today) const {
        return std::chrono::floor<std::chrono::days>(world.clock.now()) + std::chrono::days(from_today);
    }
    core::AnswerRow row(int from_today, std::optional<int> score, const std::string& comment = {}) const {
        core::AnswerRow row;
        row.line = 2;
        row.email = "ada@example.org";
        row.on = day(from_today);
        row.score = score;
        row.comment = comment;
        return row;
    }
    flow::PastAnswersReport import(std::vector<core::AnswerRow> rows, flow::PastAnswers::Wishes wishes = {}) {
        core::Import<core::AnswerRow> answers;
        answers.rows = std::move(rows);
        auto report = world.run(past.import(std::move(answers), wishes));
        EXPECT_TRUE(report) << report.error().message;
        return report ? *report : flow::PastAnswersReport();
    }
    long long observations(const std::string& where = "1 = 1") const {
        return world.count("SELECT COUNT(1) FROM observations WHERE " + where);
    }

    KnownFacts known{world.database};
    flow::PastAnswers past{world.relationships, world.journal, known, world.clock, utc()};
};
INSTANTIATE_TEST_SUITE_P(Store, PastAnswers, both(), named);

TEST_P(PastAnswers, AreFactsOfTheirDayAndNoItems) {
    core::AnswerRow said = row(-400, 3, "Nobody called back.");
    said.declared = 2;
    const flow::PastAnswersReport report = import({said});
    EXPECT_EQ(report.rows.added, 1);
    EXPECT_EQ(report.raised, 0);
    EXPECT_EQ(
        observations("kind = 'relationship.answer' AND score = 3 AND source = 'imports' AND class = 'human'"),
        1);
    EXPECT_EQ(observations("kind = 'advocacy.declared' AND score = 2"), 1);
    const core::Instant noon = core::Instant(std::chrono::sys_days(day(-400))) + 12h;
    EXPECT_EQ(observations("occurred_at = " + std::to_string(core::to_us(noon))), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 0)
        << "a grudge of last year is history until somebody asks for it";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages"), 0);
}

TEST_P(PastAnswers, ComeASecondTimeAndChangeNothing) {
    EXPECT_EQ(import({row(-30, 9), row(-20, 8, "Fine.")}).rows.added, 2);
    const flow::PastAnswersReport again = import({row(-30, 9), row(-20, 8, "Fine.")}, {false, true});
    EXPECT_EQ(again.rows.added, 0);
    EXPECT_EQ(again.rows.unchanged, 2);
    EXPECT_EQ(again.raised, 0) << "what is known raises nothing later";
    EXPECT_EQ(observations(), 2);
}

TEST_P(PastAnswers, KeepTheNameThatTheirFileGaveThem) {
    core::AnswerRow named = row(-30, 9);
    named.key = "old-17";
    EXPECT_EQ(import({named}).rows.added, 1);
    named.on = day(-29);  // another export of the same tool, in another zone
    EXPECT_EQ(import({named}).rows.unchanged, 1);
    EXPECT_EQ(observations(), 1);
}

TEST_P(PastAnswers, TakeThePlaceOfWhatTheSamePersonSaidThatDay) {
    import({row(-30, 9)});
    EXPECT_EQ(import({row(-30, 6)}).rows.added, 1);
    EXPECT_EQ(world.count("SELECT COUNT(DISTINCT item_key) FROM observations"), 1)
        << "one answer, told twice";
}

TEST_P(PastAnswers, RaiseItemsWhenAskedAndWriteToNobody) {
    const flow::PastAnswersReport report =
        import({row(-90, 4, "Nobody called back."), row(-60, 9), row(-30, 2)}, {false, true});
    EXPECT_EQ(report.rows.added, 3);
    EXPECT_EQ(report.raised, 2) << "the nine without words asks for nothing";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items WHERE state = 'raised'"), 2);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger_contents WHERE content LIKE '%said_at%'"), 2)
        << "the customer's page shows that day";
    EXPECT_TRUE(world.claim().empty()) << "nobody is thanked today for what they said last quarter";
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_P(PastAnswers, SayInADryRunWhatTheyWouldDo) {
    import({row(-90, 9)});
    const flow::PastAnswersReport report =
        import({row(-90, 9), row(-60, 4, "Late."), row(-60, 4, "Late.")}, {true, true});
    EXPECT_TRUE(report.rows.dry_run);
    EXPECT_EQ(report.rows.added, 1);
    EXPECT_EQ(report.rows.unchanged, 2);
    EXPECT_EQ(report.raised, 1);
    EXPECT_EQ(observations(), 1);
}

TEST_P(PastAnswers, RefuseDaysToComeAndPeopleNobodyKnows) {
    core::AnswerRow tomorrow = row(1, 9), stranger = row(-1, 9), elsewhere = row(-1, 9);
    stranger.line = 3;
    stranger.email = "eve@example.org";
    elsewhere.line = 4;
    elsewhere.account_ref = "A-9";
    const flow::PastAnswersReport report = import({tomorrow, stranger, elsewhere, row(0, 10)});
    EXPECT_EQ(report.rows.added, 1) << "today has happened, up to now";
    ASSERT_EQ(report.rows.problems.size(), 3U);
    EXPECT_NE(report.rows.problems[0].reason.find("still to come"), std::string::npos);
    EXPECT_NE(report.rows.problems[1].reason.find("\"eve@example.org\""), std::string::npos);
    EXPECT_NE(report.rows.problems[2].reason.find("\"A-9\""), std::string::npos);
    EXPECT_EQ(observations("occurred_at > " + std::to_string(core::to_us(world.clock.now()))), 0);
}

TEST_P(PastAnswers, AskWhichOfTwoAccountsAnAddressMeans) {
    core::AccountRow second;
    second.account.ref = "A-2";
    second.account.name = "Another House";
    (void)world.run(world.relationships.import_accounts({second}, {}, world.clock.now(), false));
    core::ContactRow twin;
    twin.account_ref = "A-2";
    twin.contact.email = "ada@example.org";
    twin.contact.name = "Ada";
    (void)world.run(world.relationships.import_contacts({twin}, {}, world.clock.now(), false));
    const flow::PastAnswersReport unclear = import({row(-1, 9)});
    ASSERT_EQ(unclear.rows.problems.size(), 1U);
    EXPECT_NE(unclear.rows.problems[0].reason.find("account_ref"), std::string::npos);
    core::AnswerRow clear = row(-1, 9);
    clear.account_ref = "A-2";
    EXPECT_EQ(import({clear}).rows.added, 1);
    EXPECT_EQ(
        world.count(
            "SELECT COUNT(1) FROM observations o JOIN accounts a ON a.id = o.account_id WHERE a.ref = 'A-2'"),
        1);
}

TEST_P(PastAnswers, ComeInByTheThousand) {
    std::vector<core::AnswerRow> rows;
    for (int i = 1; i <= 1'200; ++i) rows.push_back(row(-i, i % 11));
    EXPECT_EQ(import(rows).rows.added, 1'200);
    EXPECT_EQ(import(rows).rows.unchanged, 1'200);
    EXPECT_EQ(observations(), 1'200);
}

}  // namespace
}  // namespace candour::store::contract
