/// What one of us writes back to a mail about items: an explicit first line, or nothing.
#include "edge/store/contract/mail_shelf.hpp"
#include "flow/team/team_mail.hpp"

namespace candour::store::contract {
namespace {

using flow::MailState;
using std::chrono::days;

constexpr const char* kGraceAddress = "grace@house.example";

class TeamWordsContract : public MailStore {
 protected:
    TeamWordsContract() {
        item = world.raise();
        letter = next_letter();
    }
    /// Everything that waits goes out as one mail to Grace.
    MessageId next_letter() {
        world.clock.advance(10min);
        EXPECT_EQ(world.run(team.look()).value_or(0), 1);
        return MessageId::trusted(world.ask("SELECT MAX(id) FROM messages WHERE kind = 'team'"));
    }
    flow::AppliedMail answer(const std::string& words, const std::string& from = kGraceAddress,
                             bool by_token = true) {
        core::Disposition mail = human(words, "<" + std::to_string(++answers) + "@house.example>");
        mail.kind = core::MailKind::reply;
        mail.from = from;
        return deliver(std::move(mail), {{letter, by_token}}, from);
    }
    long long refusals() const {
        return world.count("SELECT COUNT(1) FROM messages WHERE kind = 'team' AND about = 'refused'");
    }
    std::string why() const {
        return world.ask("SELECT document FROM messages WHERE about = 'refused' ORDER BY id DESC LIMIT 1");
    }
    core::Content last_content() {
        const auto history = world.run(world.items.history(item));
        return history->back().event.content;
    }
    bool unchanged(int version) { return world.item(item).version == version; }

    ItemId item;
    MessageId letter;
    int answers = 0;
    flow::TeamMail team{world.team_mail, world.clock, 10min};
};
INSTANTIATE_TEST_SUITE_P(Store, TeamWordsContract, both(), named);

TEST_P(TeamWordsContract, WriteANoteUnderTheNameOfItsAuthorAndItsMail) {
    const flow::AppliedMail applied = answer("note: They switch banks.\n\nMore tomorrow.");
    EXPECT_EQ(applied.outcome, "noted");
    EXPECT_EQ(applied.item, item);
    EXPECT_EQ(world.events(item).back(), "noted");
    EXPECT_EQ(last_content().at("text"), "They switch banks.\n\nMore tomorrow.");
    EXPECT_EQ(last_content().at("mail"), "1");
    EXPECT_EQ(
        world.ask(
            "SELECT t.email FROM ledger l JOIN teammates t ON t.id = l.actor_id WHERE l.event = 'noted'"),
        kGraceAddress);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind NOT IN ('team', 'acknowledgement')"), 0)
        << "nothing for the customer";
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(TeamWordsContract, TakeStatementsStepByStepAndTellNobody) {
    EXPECT_EQ(answer("heard: It takes too long.").outcome, "stated");
    EXPECT_EQ(world.item(item).state, core::State::heard);
    (void)world.run(world.loop.hand_on(world.on(item), "tea_other", ""));
    EXPECT_EQ(answer("decided: No.\nwhy: It would cost everybody else.").outcome, "refused")
        << "the mail did not show what happened since";
    EXPECT_NE(why().find("moved_on"), std::string::npos);
    EXPECT_EQ(world.item(item).state, core::State::heard);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE kind IN ('heard', 'closing')"), 0);
}

TEST_P(TeamWordsContract, LetANoteStandBesideAStatement) {
    EXPECT_EQ(answer("note: I call them first.").outcome, "noted");
    EXPECT_EQ(answer("heard: It takes too long.").outcome, "stated") << "our own note is no news to us";
}

TEST_P(TeamWordsContract, TakeADecisionWithItsDateAndItsReason) {
    world.hear(item);
    ASSERT_TRUE(world.run(world.loop.hand_on(world.on(item), "tea_x", "")));
    flow::Command back = world.on(item);
    back.actor = "tea_boss";
    ASSERT_TRUE(world.run(world.loop.hand_on(
        back, world.ask("SELECT id FROM teammates WHERE email = 'grace@house.example'"), "")));
    letter = next_letter();
    EXPECT_EQ(answer("decided: Yes.\nby: soon").outcome, "refused");
    EXPECT_NE(why().find("by: expected"), std::string::npos) << why();
    EXPECT_EQ(answer("decided: Yes.").outcome, "refused") << "neither a date nor a reason";
    EXPECT_EQ(answer("decided: Yes.\nby: 2999-05-31\nwhy: They wait.").outcome, "stated");
    EXPECT_EQ(world.item(item).state, core::State::decided);
    EXPECT_TRUE(world.item(item).will_change);
    EXPECT_EQ(last_content().at("why"), "They wait.");
}

TEST_P(TeamWordsContract, ChangeNothingWithoutAWordAndSaySoOnce) {
    const int version = world.item(item).version;
    const flow::AppliedMail applied = answer("Great, thanks! I will look at it.");
    EXPECT_EQ(applied.outcome, "refused");
    EXPECT_EQ(applied.state, MailState::applied);
    EXPECT_TRUE(unchanged(version));
    EXPECT_EQ(refusals(), 1);
    EXPECT_NE(why().find("no_word"), std::string::npos);
    for (int i = 0; i < 9; ++i) answer("Thanks again " + std::to_string(i));
    EXPECT_EQ(refusals(), 5) << "two programs do not thank each other for ever";
    EXPECT_TRUE(unchanged(version));
}

TEST_P(TeamWordsContract, ChangeNothingOfAnItemThatIsNoLongerWithinTheirSight) {
    ASSERT_TRUE(world.run(world.loop.hand_on(world.on(item), "tea_other", "")));
    world.execute("UPDATE accounts SET owner_id = 'tea_other'");
    world.execute("UPDATE teammates SET sees = 'own' WHERE email = 'grace@house.example'");
    const int version = world.item(item).version;
    EXPECT_EQ(answer("note: I still read along.").outcome, "refused");
    EXPECT_NE(why().find("there is no item"), std::string::npos) << "not even that it is there: " << why();
    EXPECT_TRUE(unchanged(version));
    world.execute("UPDATE teammates SET sees = 'all' WHERE email = 'grace@house.example'");
    EXPECT_EQ(answer("note: I read along again.").outcome, "noted");
}

TEST_P(TeamWordsContract, RefuseASenderWhoIsNotTheTeammateAndTellTheTeammate) {
    const int version = world.item(item).version;
    EXPECT_EQ(answer("note: It was me.", "eve@example.org").outcome, "refused");
    EXPECT_TRUE(unchanged(version));
    EXPECT_NE(why().find("other_address"), std::string::npos);
    EXPECT_EQ(why().find("It was me."), std::string::npos) << "a stranger's words are not passed on";
    EXPECT_EQ(world.ask("SELECT t.email FROM messages m JOIN teammates t ON t.id = m.teammate_id "
                        "WHERE m.about = 'refused'"),
              kGraceAddress)
        << "and nobody else is written to";
}

TEST_P(TeamWordsContract, RefuseACustomerWhoGotTheAddress) {
    const int version = world.item(item).version;
    EXPECT_EQ(answer("note: Let me in.", "ada@example.org").outcome, "refused");
    EXPECT_TRUE(unchanged(version)) << "nor is it taken for the customer's words";
}

TEST_P(TeamWordsContract, RecordAnAnswerWithoutTheSignedAddress) {
    const int version = world.item(item).version;
    EXPECT_EQ(answer("note: By Message-ID alone.", kGraceAddress, false).outcome, "recorded");
    EXPECT_TRUE(unchanged(version));
    EXPECT_EQ(refusals(), 0);
}

TEST_P(TeamWordsContract, ExpireAndEndWithTheTeammate) {
    const int version = world.item(item).version;
    world.clock.advance(days{31});
    EXPECT_EQ(answer("note: Late.").outcome, "refused");
    EXPECT_NE(why().find("too_old"), std::string::npos);
    world.execute("UPDATE teammates SET deactivated_at = 1");
    answer("note: I am gone.");
    EXPECT_TRUE(unchanged(version));
}

TEST_P(TeamWordsContract, NeedTheItemsNameWhereTheMailHadSeveral) {
    const ItemId other = world.raise("another");
    (void)world.run(world.loop.note(world.on(other), "so that both have news"));
    world.clock.advance(1min);
    world.raise("a third");
    letter = next_letter();
    EXPECT_EQ(answer("note: Which one?").outcome, "refused");
    EXPECT_NE(why().find("which_item"), std::string::npos);
    EXPECT_EQ(answer("LP-1 note: Not in that mail.").outcome, "refused");
    const flow::AppliedMail applied = answer("LP-2 note: This one.");
    EXPECT_EQ(applied.outcome, "noted");
    EXPECT_EQ(applied.item, other);
}

TEST_P(TeamWordsContract, ChangeNothingWhenAMachineAnswers) {
    const int version = world.item(item).version;
    for (const core::MailKind kind : {core::MailKind::auto_reply, core::MailKind::list, core::MailKind::loop,
                                      core::MailKind::read_receipt, core::MailKind::unsubscribe}) {
        core::Disposition mail = human("note: I am out of office.", "<m" + std::to_string(++answers) + "@x>");
        mail.kind = kind;
        mail.from = kGraceAddress;
        EXPECT_EQ(deliver(mail, {{letter, true}}, kGraceAddress).outcome, "recorded");
    }
    core::Disposition silent = human("note: From nobody.", "<null@x>");
    silent.from = kGraceAddress;
    EXPECT_EQ(deliver(silent, {{letter, true}}, "").outcome, "recorded") << "the null sender";
    EXPECT_TRUE(unchanged(version));
    EXPECT_EQ(refusals(), 0) << "and is never answered";
}

TEST_P(TeamWordsContract, CountTheSameMailOnce) {
    core::Disposition mail = human("note: Once.", "<same@house.example>");
    mail.from = kGraceAddress;
    EXPECT_EQ(deliver(mail, {{letter, true}}, kGraceAddress).outcome, "noted");
    EXPECT_EQ(deliver(mail, {{letter, true}}, kGraceAddress).outcome, "duplicate");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM ledger WHERE event = 'noted'"), 1);
}

}  // namespace
}  // namespace candour::store::contract
