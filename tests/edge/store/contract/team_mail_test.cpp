/// What our own people hear of: written with what happened, gathered into mails, as everybody chose.
#include <algorithm>

#include "edge/store/contract/world.hpp"
#include "edge/store/directory.hpp"

namespace candour::store::contract {
namespace {

using core::NoticeChoice;
using core::NoticeKind;
using std::chrono::days;

constexpr const char* kGrace = "grace@house.example";
constexpr const char* kInes = "ines@house.example";

class TeamMailContract : public Contract {
 protected:
    TeamMailContract() { item = world.raise(); }

    void add_teammate(const std::string& email) {
        const auto added = world.run(world.relationships.teammate(email, email, world.clock.now()));
        ASSERT_TRUE(added) << added.error().message;
    }
    std::string id_of(const std::string& email) const {
        return world.ask("SELECT id FROM teammates WHERE email = '" + email + "'");
    }
    void hand_to(const std::string& email) {
        const auto handed = world.run(world.loop.hand_on(world.on(item), id_of(email), ""));
        ASSERT_TRUE(handed) << handed.error().message;
    }
    void choose(const std::string& email, NoticeKind kind, NoticeChoice choice) {
        flow::NewTeamChoices wanted;
        wanted.kinds[kind] = choice;
        ASSERT_TRUE(world.run(world.team_mail.choose(email, wanted)));
    }
    int look() {
        const auto mails = world.run(team.look());
        EXPECT_TRUE(mails) << mails.error().message;
        return mails.value_or(-1);
    }
    /// After the window in which things are gathered.
    int look_later() {
        world.clock.advance(10min);
        return look();
    }
    long long notices(const std::string& state, const std::string& kind = "%") const {
        return world.count("SELECT COUNT(1) FROM team_notices WHERE state = '" + state + "' AND kind LIKE '" +
                           kind + "'");
    }
    /// What the last mail to somebody says.
    flow::TeamLetter letter() {
        const std::string id = world.ask(
            "SELECT id FROM messages WHERE kind = 'team' AND id = (SELECT MAX(id) FROM messages WHERE kind = "
            "'team')");
        const auto found = world.run(world.team_mail.letter(MessageId::trusted(id)));
        EXPECT_TRUE(found) << found.error().message;
        return found.value_or({});
    }
    long long mails() const { return world.count("SELECT COUNT(1) FROM messages WHERE kind = 'team'"); }

    ItemId item;
    flow::TeamMail team{world.team_mail, world.clock, 10min};
};
INSTANTIATE_TEST_SUITE_P(Store, TeamMailContract, both(), named);

TEST_P(TeamMailContract, TellTheOwnerThatAnItemIsTheirs) {
    EXPECT_EQ(notices("waiting", "assignment"), 1);
    EXPECT_EQ(look(), 0) << "more may come";
    EXPECT_EQ(look_later(), 1);
    EXPECT_EQ(look_later(), 0) << "once";
    const flow::TeamLetter mail = letter();
    EXPECT_EQ(mail.about, "notices");
    EXPECT_EQ(mail.teammate.email, kGrace);
    ASSERT_EQ(mail.lines.size(), 1U);
    EXPECT_EQ(mail.lines.front().item, item);
    EXPECT_EQ(mail.lines.front().about, "raised");
    EXPECT_EQ(mail.lines.front().n, 1);
    EXPECT_EQ(world.ask("SELECT item_id FROM messages WHERE kind = 'team'"), item.text());
    for (const flow::DueMessage& due : world.claim())
        if (due.kind == core::MessageKind::team) {
            EXPECT_EQ(due.address, kGrace);
        }
}

TEST_P(TeamMailContract, GatherWhatComesWithinTheWindowIntoOneMail) {
    world.clock.advance(5min);
    world.raise("another");
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM items"), 2);
    world.clock.advance(4min);
    EXPECT_EQ(look(), 0);
    world.clock.advance(1min);
    EXPECT_EQ(look(), 1) << "the window begins with the first";
    EXPECT_EQ(letter().lines.size(), 2U);
    EXPECT_EQ(world.ask("SELECT item_id FROM messages WHERE kind = 'team'"), "") << "of several items";
    EXPECT_EQ(look_later(), 0);
}

TEST_P(TeamMailContract, DropWhatNobodyWantsAndKeepForTheDigestWhatCanWait) {
    choose(kGrace, NoticeKind::assignment, NoticeChoice::off);
    EXPECT_EQ(look_later(), 0);
    EXPECT_EQ(notices("dropped"), 1);
    choose(kGrace, NoticeKind::assignment, NoticeChoice::digest);
    world.raise("another");
    EXPECT_EQ(look_later(), 0);
    EXPECT_EQ(notices("for_digest"), 1);
    EXPECT_EQ(mails(), 0);
}

TEST_P(TeamMailContract, TellNobodyWhatTheyDidThemselvesAndTheNewOwnerOnce) {
    look_later();
    add_teammate(kInes);
    hand_to(kInes);
    EXPECT_EQ(look_later(), 1);
    EXPECT_EQ(letter().teammate.email, kInes);
    flow::Command own = world.on(item);
    own.actor = id_of(kGrace);
    ASSERT_TRUE(world.run(world.loop.hand_on(own, id_of(kGrace), "")));
    EXPECT_EQ(look_later(), 0);
}

TEST_P(TeamMailContract, WriteADigestOnceADayAtTheHourOfTheTeammate) {
    flow::NewTeamChoices wanted;
    wanted.digest_hour = 7;
    wanted.digest_zone = "Asia/Tokyo";
    ASSERT_TRUE(world.run(world.team_mail.choose(kGrace, wanted)));
    EXPECT_EQ(look_later(), 1) << "the assignment itself";
    const auto digests = [&] {
        return world.count("SELECT COUNT(1) FROM messages WHERE kind = 'team' AND about = 'digest'");
    };
    EXPECT_EQ(digests(), 0) << "somebody new has nothing behind them today";
    for (int hour = 0; hour < 48 && digests() == 0; ++hour) {
        world.clock.advance(1h);
        look();
    }
    EXPECT_EQ(digests(), 1);
    const auto written = world.count("SELECT created_at FROM messages WHERE about = 'digest'");
    const long long hour_in_tokyo = (written / 3'600'000'000 + 9) % 24;
    EXPECT_EQ(hour_in_tokyo, 7);
    EXPECT_EQ(letter().open_items, 1);
    for (int hour = 0; hour < 24; ++hour) {
        world.clock.advance(1h);
        look();
        look();
    }
    EXPECT_EQ(digests(), 2);
}

TEST_P(TeamMailContract, WriteNoEmptyDigestAndNoneToWhoeverWantsNone) {
    ASSERT_TRUE(world.run(world.loop.dismiss(world.on(item), core::Dismissal::thanked, "")));
    look_later();
    const long long before = mails();
    world.clock.advance(days{2});
    look();
    EXPECT_EQ(mails(), before) << "nothing is open";
    world.raise("another");
    flow::NewTeamChoices none;
    none.digest_hour = flow::kNoDigest;
    none.kinds[NoticeKind::assignment] = NoticeChoice::digest;
    ASSERT_TRUE(world.run(world.team_mail.choose(kGrace, none)));
    world.clock.advance(days{2});
    look();
    EXPECT_EQ(mails(), before) << "who reads no digest hears nothing that waits for one";
    EXPECT_EQ(notices("for_digest"), 0);
}

TEST_P(TeamMailContract, WarnOnceOfWhatIsDueWithinADay) {
    look_later();
    EXPECT_EQ(notices("waiting", "due_soon"), 0);
    world.clock.advance(days{1});
    look();
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'due_soon'"), 1);
    EXPECT_EQ(notices("waiting", "due_soon"), 0) << "that can wait for the digest";
    EXPECT_EQ(world.ask("SELECT about FROM team_notices WHERE kind = 'due_soon'"), "hear");
    world.clock.advance(20min);
    look();
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'due_soon'"), 1);
}

TEST_P(TeamMailContract, GoOutOnceWhenTwoHostsGather) {
    world.clock.advance(10min);
    const auto both_look = world.in_one_group<Result<int>>([&] {
        std::vector<flow::Task<Result<int>>> tasks;
        tasks.push_back(world.team_mail.gather(world.clock.now(), 10min));
        tasks.push_back(world.team_mail.gather(world.clock.now(), 10min));
        return tasks;
    }());
    int written = 0;
    for (const auto& one : both_look) written += one.value_or(0);
    EXPECT_EQ(written, 1);
    EXPECT_EQ(mails(), 1);
}

TEST_P(TeamMailContract, HappenWithTheStepOrNotAtAll) {
    const long long before = world.count("SELECT COUNT(1) FROM team_notices");
    flow::Command stale = world.on(item);
    stale.seen_version = 99;
    EXPECT_FALSE(world.run(world.loop.reopen(stale, "why")));
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM team_notices"), before);
}

TEST_P(TeamMailContract, ForgetWhatWentOutLongAgo) {
    EXPECT_EQ(look_later(), 1);
    world.clock.advance(days{91});
    look();
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'assignment'"), 0);
}

TEST_P(TeamMailContract, ReachNobodyWhoHasLeft) {
    add_teammate(kInes);
    hand_to(kInes);
    world.execute("UPDATE teammates SET deactivated_at = 1 WHERE email = 'ines@house.example'");
    EXPECT_EQ(look_later(), 1) << "Grace's own";
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM messages WHERE teammate_id = '" + id_of(kInes) + "'"), 0);
}

TEST_P(TeamMailContract, ShowAnAddressThatMailComesBackFrom) {
    EXPECT_EQ(look_later(), 1);
    for (const flow::DueMessage& due : world.claim()) {
        if (due.kind != core::MessageKind::team) continue;
        flow::Receipt refused = world.receipt(due, flow::Fate::rejected, core::MessageState::rejected);
        refused.outcome.status = "5.1.1";
        refused.outcome.detail = "no such user";
        ASSERT_TRUE(world.run(world.outbox.record(refused)));
    }
    EXPECT_EQ(world.events(item), (std::vector<std::string>{"raised"})) << "no news of the customer's item";
    auto chosen = world.run(world.team_mail.choices(kGrace));
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->unreachable, "no such user");
    Directory directory(world.database, "UTC");
    const auto all = world.run(directory.teammates());
    ASSERT_TRUE(all);
    EXPECT_EQ(all->front().unreachable, "no such user");
    flow::NewTeamChoices again;
    again.write_again = true;
    chosen = world.run(world.team_mail.choose(kGrace, again));
    EXPECT_EQ(chosen->unreachable, "");
}

TEST_P(TeamMailContract, KeepWhatWasChosen) {
    auto chosen = world.run(world.team_mail.choices(kGrace));
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->kinds.size(), core::kNoticeKinds.size());
    EXPECT_EQ(chosen->kinds.at(NoticeKind::assignment), NoticeChoice::now);
    EXPECT_EQ(chosen->kinds.at(NoticeKind::due_soon), NoticeChoice::digest);
    choose(kGrace, NoticeKind::due_soon, NoticeChoice::now);
    choose(kGrace, NoticeKind::due_soon, NoticeChoice::off);
    chosen = world.run(world.team_mail.choices(id_of(kGrace)));
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->kinds.at(NoticeKind::due_soon), NoticeChoice::off);
    EXPECT_EQ(chosen->digest_hour, 8) << "what was not named stays";
    EXPECT_EQ(world.run(world.team_mail.choices("nobody@house.example")).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace candour::store::contract
