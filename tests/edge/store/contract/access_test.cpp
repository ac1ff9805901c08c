/// Tokens with their rights, requests that come twice, rules by version, and what happened in order.
#include "edge/store/changes.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/rules.hpp"

namespace candour::store::contract {
namespace {

class Access : public Contract {
 protected:
    TokenId token(const std::string& digest, flow::Scopes scopes, core::Instant expires = core::kNever) {
        const TokenId id(IdBytes{static_cast<std::uint8_t>(++tokens)});
        EXPECT_TRUE(world.run(
            world.tokens.create({id, "laptop", {}, digest, scopes, expires}, {}, world.clock.now())));
        return id;
    }
    int tokens = 0;
};
INSTANTIATE_TEST_SUITE_P(Store, Access, both(), named);

TEST_P(Access, KeepsWhatATokenMayDoAndUntilWhen) {
    const TokenId id = token("digest", {flow::Scope::read, flow::Scope::send}, world.clock.now() + 1h);
    const auto caller = world.run(world.tokens.find("digest"));
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->scopes.text(), "read,send");
    EXPECT_EQ(caller->expires_at, world.clock.now() + 1h);
    EXPECT_FALSE(core::happened(caller->last_used_at));
    ASSERT_TRUE(world.run(world.tokens.used(id, world.clock.now())));
    EXPECT_EQ(world.run(world.tokens.find("digest"))->last_used_at, world.clock.now());
}

TEST_P(Access, RevokesATokenOnceAndStillListsIt) {
    const TokenId id = token("digest", flow::Scopes::all());
    ASSERT_TRUE(world.run(world.tokens.revoke(id, {}, world.clock.now())));
    EXPECT_EQ(world.run(world.tokens.revoke(id, {}, world.clock.now())).error().code, ErrorCode::not_found);
    EXPECT_EQ(world.run(world.tokens.find("digest")).error().code, ErrorCode::not_found);
    const auto all = world.run(world.tokens.list());
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().revoked_at, world.clock.now());
    EXPECT_EQ(all->front().holder.name, "laptop");
}

class RepeatStore : public Contract {
 protected:
    Result<std::optional<flow::KeptAnswer>> begin(const std::string& key,
                                                  const std::string& digest = "digest") {
        return world.run(repeats.begin({token, key, digest}, world.clock.now()));
    }
    Done keep(const std::string& key) {
        return world.run(repeats.keep({token, key, "digest"},
                                      {201, "application/json", "ETag: \"1\"\n", "{}"}, world.clock.now()));
    }
    TokenId token{IdBytes{1}};
    Repeats repeats{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, RepeatStore, both(), named);

TEST_P(RepeatStore, GivesTheFirstAnswerAgain) {
    ASSERT_FALSE(*begin("k"));
    ASSERT_TRUE(keep("k"));
    const auto again = begin("k");
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->status, 201U);
    EXPECT_EQ((*again)->headers, "ETag: \"1\"\n");
    EXPECT_EQ((*again)->body, "{}");
    EXPECT_EQ(begin("k", "another").error().code, ErrorCode::invalid);
    token = TokenId(IdBytes{2});
    EXPECT_FALSE(*begin("k")) << "another token has keys of its own";
}

TEST_P(RepeatStore, LetsOneWorkAtATimeAndTakesOverFromOneWhoDied) {
    ASSERT_FALSE(*begin("k"));
    EXPECT_EQ(begin("k").error().code, ErrorCode::conflict);
    world.clock.advance(flow::kRepeatAbandoned + 1s);
    EXPECT_FALSE(*begin("k"));
    EXPECT_EQ(begin("k").error().code, ErrorCode::conflict) << "and only one takes over";
}

TEST_P(RepeatStore, ForgetsWhatCameToNothingAndWhatIsOld) {
    ASSERT_FALSE(*begin("a"));
    ASSERT_TRUE(world.run(repeats.forget({token, "a", "digest"})));
    EXPECT_FALSE(*begin("a"));
    ASSERT_FALSE(*begin("b"));
    ASSERT_TRUE(keep("b"));
    world.clock.advance(flow::kRepeatKept + 1s);
    EXPECT_FALSE(*begin("b"));
}

class Ruling : public Contract {
 protected:
    static core::Rules only(const std::string& name, core::RuleCondition when, core::RuleAction then) {
        return {0, {{name, std::move(when), std::move(then)}}};
    }
    Result<flow::RuleSet> set(core::Rules rules, std::int64_t seen) {
        return world.run(book.set(std::move(rules), "why", {"tea_1", "Tea", ""}, seen, world.clock.now()));
    }
    ItemId answer(const std::string& key, int score, const std::string& words = {}) {
        return world.accept({World::answer(ada, key, score, words)}).front().item;
    }
    RuleBook book{world.database};
    core::Contact ada = world.customer();
};
INSTANTIATE_TEST_SUITE_P(Store, Ruling, both(), named);

TEST_P(Ruling, HoldsFromTheNextAnswerOnAndKeepsEveryVersion) {
    EXPECT_EQ(world.run(book.in_force())->rules.version, 0);
    EXPECT_FALSE(answer("a", 3).empty());
    core::RuleCondition high;
    high.score_at_least = 9;
    const auto fresh = set(only("praise", high, {true, {}, {}, {}}), 0);
    ASSERT_TRUE(fresh) << fresh.error().message;
    EXPECT_EQ(fresh->rules.version, 1);
    EXPECT_TRUE(answer("b", 3).empty());
    EXPECT_FALSE(answer("c", 10).empty());
    EXPECT_EQ(world.run(book.find(0))->rules.list.size(), core::built_in_rules().list.size());
    EXPECT_EQ(world.run(book.find(1))->note, "why");
    EXPECT_EQ(world.run(book.find(2)).error().code, ErrorCode::not_found);
}

TEST_P(Ruling, RefusesWhoeverSawAnOlderVersionAndPeopleNobodyKnows) {
    ASSERT_TRUE(set(core::built_in_rules(), 0));
    EXPECT_EQ(set(core::built_in_rules(), 0).error().code, ErrorCode::conflict);
    const auto unknown = set(only("x", {}, {std::nullopt, "nobody@house.example", {}, {}}), 1);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, ErrorCode::invalid);
    EXPECT_NE(unknown.error().message.find("nobody@house.example"), std::string::npos);
}

TEST_P(Ruling, DecidesOwnerDueAndWatchersAndSaysWhichRuleDid) {
    const TeammateId grace =
        world.run(world.relationships.teammate("grace@house.example", "Grace", world.clock.now()))->id;
    core::RuleAction then{true,
                          "grace@house.example",
                          core::RuleDue{std::chrono::days(7), {}, {}, {}},
                          {"grace@house.example"}};
    core::RuleCondition operational;
    operational.levels = {core::Level::operational};
    operational.segments = {core::Segment::unclassified, core::Segment::reliable};
    ASSERT_TRUE(set(only("to grace", operational, then), 0));
    const ItemId id = answer("a", 10);
    ASSERT_FALSE(id.empty());
    const core::Item item = world.item(id);
    EXPECT_EQ(item.owner, grace.text());
    EXPECT_EQ(item.due.hear, world.clock.now() + std::chrono::days(7));
    const auto history = world.run(world.items.history(id));
    const core::Content& content = history->front().event.content;
    EXPECT_EQ(content.at("rules"), "1");
    EXPECT_EQ(content.at("rule_owner"), "to grace");
    EXPECT_EQ(content.at("watchers"), grace.text());
    EXPECT_EQ(content.at("level"), "operational");
    EXPECT_TRUE(world.rebuild(false).differences.empty());
}

TEST_P(Ruling, TellsWhoeverWatchesOnlyOfTheAccountsThatTheySee) {
    const auto notices_of = [&](const TeammateId& who) {
        return world.count("SELECT COUNT(1) FROM team_notices WHERE kind = 'watching' AND teammate_id = '" +
                           who.text() + "'");
    };
    const auto known = [&](const char* email) {
        return world.run(world.relationships.teammate(email, email, world.clock.now()))->id;
    };
    const TeammateId ines = known("ines@house.example"), olga = known("olga@house.example");
    core::RuleAction then{true, {}, {}, {"ines@house.example", "olga@house.example"}};
    ASSERT_TRUE(set(only("watched", {}, then), 0));
    world.execute("UPDATE teammates SET sees = 'own' WHERE email = 'olga@house.example'");
    ASSERT_FALSE(answer("a", 2).empty());
    EXPECT_EQ(notices_of(ines), 1);
    EXPECT_EQ(notices_of(olga), 0) << "the account is not hers";
    world.execute("INSERT INTO teammate_accounts (teammate_id, account_id) SELECT '" + olga.text() +
                  "', id FROM accounts");
    ASSERT_FALSE(answer("b", 2).empty());
    EXPECT_EQ(notices_of(ines), 2);
    EXPECT_EQ(notices_of(olga), 1) << "now it is";
}

TEST_P(Ruling, TriesRulesOnThePastAndChangesNothing) {
    answer("low", 2);
    answer("middle", 7);
    answer("high", 10, "Lovely invoices");
    core::RuleCondition billing;
    billing.words = {"invoic*"};
    const auto trial =
        world.run(book.try_on_past(only("billing", billing, {true, {}, {}, {}}), core::kNever, 1));
    ASSERT_TRUE(trial) << trial.error().message;
    EXPECT_EQ(trial->answers, 3);
    EXPECT_EQ(trial->raised_now, 2) << "the low score and the words";
    EXPECT_EQ(trial->raised_then, 1);
    EXPECT_EQ(trial->newly, 0);
    EXPECT_EQ(trial->no_longer, 1);
    ASSERT_EQ(trial->no_longer_examples.size(), 1U);
    EXPECT_EQ(trial->no_longer_examples.front().score, 2);
    EXPECT_EQ(trial->no_longer_examples.front().rule, "the score is low");
    EXPECT_GT(trial->no_longer_examples.front().item, 0);
    EXPECT_EQ(world.run(book.in_force())->rules.version, 0);
    const auto later = world.run(book.try_on_past(core::built_in_rules(), world.clock.now() + 1s, 1));
    EXPECT_EQ(later->answers, 0);
}

class ChangeRows : public Contract {
 protected:
    Changes changes{world.database};
};
INSTANTIATE_TEST_SUITE_P(Store, ChangeRows, both(), named);

TEST_P(ChangeRows, ComeInTheOrderOfTheLedgerWithoutAGap) {
    const ItemId first = world.raise("a"), second = world.raise("b");
    world.hear(first);
    const std::int64_t last = *world.run(changes.last_change());
    const auto rows = world.run(changes.changes(0, last, 100));
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 3U);
    EXPECT_EQ((*rows)[0].item, first);
    EXPECT_EQ((*rows)[1].item, second);
    EXPECT_EQ((*rows)[2].event, "heard");
    EXPECT_EQ((*rows)[2].version, 2);
    EXPECT_EQ((*rows)[2].state, "heard");
    EXPECT_EQ((*rows)[2].seq, (*rows)[0].seq + 2);
    EXPECT_EQ(world.run(changes.changes((*rows)[0].seq, (*rows)[1].seq, 100))->size(), 1U);
    EXPECT_EQ(world.run(changes.changes(0, last, 2))->size(), 2U);
}

}  // namespace
}  // namespace candour::store::contract
