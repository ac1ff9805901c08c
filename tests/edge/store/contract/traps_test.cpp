/// Every trap of the two databases and of SOCI that we know of, each with a test that names it.
#include <fstream>

#include "candour_queries.hpp"
#include "core/feedback/text.hpp"
#include "edge/store/contract/world.hpp"
#include "edge/store/failure.hpp"

namespace candour::store::contract {
namespace {

constexpr Query kAddPair{"test.add_pair", "INSERT INTO pairs (id, words) VALUES (:id, :words)",
                         "INSERT INTO pairs (id, words) SELECT i, w FROM unnest(CAST(:id AS bigint[]), "
                         "CAST(:words AS text[])) AS t (i, w)"};
constexpr Query kAddOne{"test.add_one", "INSERT INTO pairs (id, words) VALUES (:id, :words)",
                        "INSERT INTO pairs (id, words) VALUES (:id, :words)"};
constexpr Query kAddNew{"test.add_new",
                        "INSERT INTO pairs (id, words) VALUES (:id, :words) ON CONFLICT DO NOTHING",
                        "INSERT INTO pairs (id, words) SELECT i, w FROM unnest(CAST(:id AS bigint[]), "
                        "CAST(:words AS text[])) AS t (i, w) ON CONFLICT DO NOTHING RETURNING id"};
constexpr Query kPairs{"test.pairs", "SELECT id, words FROM pairs ORDER BY id",
                       "SELECT id, words FROM pairs ORDER BY id"};

class Trap : public Contract {
 protected:
    void SetUp() override {
        world.execute("CREATE TABLE pairs (id BIGINT PRIMARY KEY, words TEXT NOT NULL)");
    }

    /// Runs on a session of its own and gives back what the store would report.
    template <class Work>
    Error error_from(Work work) {
        Session session(world.target);
        try {
            work(session);
        } catch (const std::exception& failure) {
            return error_of(failure);
        }
        return {ErrorCode::internal, "nothing failed"};
    }
    Done write(std::function<Done(Session&)> work) {
        return world.run(world.database.write<Nothing>(std::move(work)));
    }
    long long pairs() { return world.count("SELECT COUNT(1) FROM pairs"); }
};
INSTANTIATE_TEST_SUITE_P(Store, Trap, both(), named);

TEST_P(Trap, SixtyFourBitIntegersSurvive) {
    Session session(world.target);
    for (const std::int64_t number : {std::int64_t{5'000'000'000}, std::numeric_limits<std::int64_t>::max(),
                                      std::numeric_limits<std::int64_t>::min()}) {
        session.call(kAddOne).with("id", number).with("words", std::string("x")).run();
        long long id = 0;
        std::string words;
        Call call = session.call(kPairs);
        call.into(id).into(words);
        bool there = false;
        while (call.next()) there = there || id == number;
        EXPECT_TRUE(there) << number;
    }
}

TEST_P(Trap, SixtyFourBitIntegersSurviveInBulk) {
    Session session(world.target);
    Bulk bulk(kAddPair, {"id", "words"});
    bulk.row({"9223372036854775807", "largest"});
    bulk.run(session);
    EXPECT_EQ(world.ask("SELECT id FROM pairs"), "9223372036854775807");
}

TEST_P(Trap, TextThatLooksLikeAnythingComesBackFromBulkAsItWas) {
    const std::vector<std::string> words{"",
                                         " ",
                                         "NULL",
                                         "null",
                                         "{}",
                                         "{a,b}",
                                         "a,b",
                                         "\"",
                                         "\\",
                                         "\\\"",
                                         "\\N",
                                         "'",
                                         "''; DROP TABLE pairs; --",
                                         ":id",
                                         "$1",
                                         "line\nbreak\r\n\ttab",
                                         "\x01\x7f",
                                         "日本語",
                                         "🙂🏳️‍🌈",
                                         std::string(100'000, 'x'),
                                         "a\\,b\"c}{",
                                         "--",
                                         "/* */"};
    Bulk bulk(kAddPair, {"id", "words"});
    for (std::size_t i = 0; i < words.size(); ++i) bulk.row({std::to_string(i), words[i]});
    Session session(world.target);
    bulk.run(session);
    EXPECT_EQ(world.ask("SELECT COUNT(*) FROM pairs"), std::to_string(words.size()));
    long long id = 0;
    std::string one;
    Call call = session.call(kPairs);
    call.into(id).into(one);
    while (call.next()) EXPECT_EQ(one, words[static_cast<std::size_t>(id)]) << id;
}

TEST_P(Trap, UZeroIsRefusedBeforeTheStoreBecauseOneDatabaseWouldCutTheTextThere) {
    const std::string cut("a\0b", 3);
    EXPECT_FALSE(core::check_text("words", cut));
    EXPECT_FALSE(core::check_words("words", cut));
}

TEST_P(Trap, AUniqueViolationIsAConflict) {
    const Done first =
        world.run(world.tokens.create({TokenId(IdBytes{1}), "a", {}, "same"}, {}, world.clock.now()));
    const Done second =
        world.run(world.tokens.create({TokenId(IdBytes{2}), "b", {}, "same"}, {}, world.clock.now()));
    EXPECT_TRUE(first);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict) << second.error().message;
}

TEST_P(Trap, ErrorsNeverContainWhatWasBound) {
    const std::string secret = "my salary is 99 thousand";
    const Error repeated = error_from([&](Session& session) {
        session.execute("CREATE UNIQUE INDEX pairs_by_words ON pairs (words)");
        for (int i = 0; i < 2; ++i) session.call(kAddOne).with("id", i).with("words", secret).run();
    });
    EXPECT_EQ(repeated.code, ErrorCode::conflict) << repeated.message;
    const Error not_a_number = error_from([&](Session& session) {
        Bulk bulk(kAddPair, {"id", "words"});
        bulk.row({secret, "x"});
        bulk.run(session);
    });
    const Error not_a_number_either = error_from([&](Session& session) {
        session.call(kAddOne).with("id", secret).with("words", std::string("x")).run();
    });
    for (const Error& error : {repeated, not_a_number, not_a_number_either})
        EXPECT_EQ(error.message.find("salary"), std::string::npos) << error.message;
}

TEST_P(Trap, AnUndrainedSelectLetsGoOfItsSnapshot) {
    Session session(world.target);
    for (int i = 0; i < 3; ++i) session.call(kAddOne).with("id", i).with("words", std::string("x")).run();
    {
        long long id = 0;
        std::string words;
        Call call = session.call(kPairs);
        call.into(id).into(words);
        ASSERT_TRUE(call.next()) << "one row of three is read";
    }
    Session(world.target).call(kAddOne).with("id", 3).with("words", std::string("x")).run();
    if (sqlite()) {
        long long busy = 1, pages = 0, moved = 0;
        Session other(world.target);
        other.raw() << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(busy), soci::into(pages),
            soci::into(moved);
        EXPECT_EQ(busy, 0) << "somebody still holds the old snapshot";
        session.execute("BEGIN IMMEDIATE");
        session.execute("COMMIT");
    }
    long long id = 0, rows = 0;
    std::string words;
    Call call = session.call(kPairs);
    for (call.into(id).into(words); call.next();) ++rows;
    EXPECT_EQ(rows, 4) << "and sees what came since";
}

TEST_P(Trap, AFailureInTheMiddleOfABulkLeavesNothing) {
    const Done written = write([](Session& session) {
        Bulk bulk(kAddPair, {"id", "words"});
        for (const char* id : {"1", "2", "1"}) bulk.row({id, "x"});
        bulk.run(session);
        return done();
    });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::conflict);
    EXPECT_EQ(pairs(), 0);
    EXPECT_TRUE(write([](Session& session) {
        Bulk bulk(kAddPair, {"id", "words"});
        bulk.row({"1", "x"});
        bulk.run(session);
        return done();
    }));
    EXPECT_EQ(pairs(), 1) << "and the prepared statement works again";
}

TEST_P(Trap, AStatementThatFailedRunsTheNextTime) {
    const auto add = [](int id) {
        return [id](Session& session) {
            session.call(kAddOne).with("id", id).with("words", std::string("x")).run();
            return done();
        };
    };
    ASSERT_TRUE(write(add(1)));
    ASSERT_FALSE(write(add(1)));
    EXPECT_TRUE(write(add(2)));
    EXPECT_EQ(pairs(), 2) << "it did not only say so";
}

TEST_P(Trap, ABulkThatSkipsWhatIsThereTellsWhatItInserted) {
    Session session(world.target);
    Bulk first(kAddNew, {"words", "id"});
    first.row({"here before", "2"});
    EXPECT_EQ(first.claim(session), (std::set<std::int64_t>{2}));
    Bulk bulk(kAddNew, {"words", "id"});
    for (const char* id : {"1", "2", "3"}) bulk.row({"new", id});
    EXPECT_EQ(bulk.claim(session), (std::set<std::int64_t>{1, 3}));
    EXPECT_EQ(world.ask("SELECT words FROM pairs WHERE id = 2"), "here before");
}

TEST_P(Trap, AnEmptyBulkDoesNothing) {
    Session session(world.target);
    EXPECT_TRUE(Bulk(kAddPair, {"id", "words"}).claim(session).empty());
}

TEST_P(Trap, ARefusedJobLeavesNothingAndItsNeighboursStay) {
    const auto add = [](int id, Done outcome) {
        return std::function<Done(Session&)>([=](Session& session) {
            session.call(kAddOne).with("id", id).with("words", std::string("x")).run();
            return outcome;
        });
    };
    std::function<Done(Session&)> throws = [](Session& session) -> Done {
        session.call(kAddOne).with("id", 3).with("words", std::string("x")).run();
        throw std::runtime_error("a bug");
    };
    std::vector<flow::Task<Done>> tasks;
    tasks.push_back(world.database.write<Nothing>(add(1, done())));
    tasks.push_back(world.database.write<Nothing>(add(2, Error{ErrorCode::invalid, "no"})));
    tasks.push_back(world.database.write<Nothing>(std::move(throws)));
    tasks.push_back(world.database.write<Nothing>(add(1, done())));  // a unique violation
    tasks.push_back(world.database.write<Nothing>(add(4, done())));
    const auto outcomes = world.in_one_group(std::move(tasks));
    EXPECT_TRUE(outcomes[0]);
    EXPECT_EQ(outcomes[1].error().code, ErrorCode::invalid);
    EXPECT_EQ(outcomes[2].error().code, ErrorCode::internal);
    EXPECT_EQ(outcomes[3].error().code, ErrorCode::conflict);
    EXPECT_TRUE(outcomes[4]);
    EXPECT_EQ(world.ask("SELECT SUM(id) FROM pairs"), "5");
}

TEST_P(Trap, EveryQueryOfOursIsUnderstoodByItsDatabase) {
    Session session(world.target);
    for (const Query* query : sql::kEvery) {
        try {
            session.prepared(*query);
        } catch (const std::exception& failure) {
            ADD_FAILURE() << query->name << ": " << failure.what();
            if (lost_connection(failure)) return;
        }
    }
}

TEST(SqliteTrap, ABusyDatabaseIsWaitedForAndNotRefusedAtOnce) {
    World world(Dialect::sqlite);
    Session other(world.target);
    other.execute("BEGIN IMMEDIATE");
    std::atomic<bool> begun = false;
    Done outcome;
    bool answered = false;
    std::function<Done(Session&)> work = [&](Session&) {
        begun = true;
        return done();
    };
    boost::asio::co_spawn(world.io, world.database.write<Nothing>(std::move(work)),
                          [&](std::exception_ptr, Done done) {
                              outcome = std::move(done);
                              answered = true;
                          });
    EXPECT_FALSE(support::eventually(
        world.io, [&] { return answered || begun; }, 300ms))
        << "it waits while another holds the lock";
    other.execute("COMMIT");
    ASSERT_TRUE(support::eventually(world.io, [&] { return answered; }));
    EXPECT_TRUE(outcome) << outcome.error().message;
}

TEST(SqliteTrap, AReaderDoesNotWaitForAWriter) {
    World world(Dialect::sqlite);
    world.raise();
    Session other(world.target);
    other.execute("BEGIN IMMEDIATE");
    EXPECT_EQ(world.run(world.items.list({}))->items.size(), 1U);
    other.execute("ROLLBACK");
}

TEST(SqliteTrap, EverySessionIsDurableAndLogsAhead) {
    World world(Dialect::sqlite);
    Session session(world.target);
    std::string mode, synchronous, foreign_keys;
    session.raw() << "PRAGMA journal_mode", soci::into(mode);
    session.raw() << "PRAGMA synchronous", soci::into(synchronous);
    session.raw() << "PRAGMA foreign_keys", soci::into(foreign_keys);
    EXPECT_EQ(mode, "wal");
    EXPECT_EQ(synchronous, "2");
    EXPECT_EQ(foreign_keys, "1");
}

TEST(SqliteTrap, AFullDiskRefusesTheWholeGroupAndIsOvercomeOnceThereIsRoom) {
    World world(Dialect::sqlite);
    const ItemId item = world.raise();
    const std::string pages = world.ask("PRAGMA page_count");
    const auto limit = [&](const std::string& to) {
        std::function<Done(Session&)> work = [to](Session& session) {
            long long ignored = 0;
            session.raw() << "PRAGMA max_page_count = " + to, soci::into(ignored);
            return done();
        };
        ASSERT_TRUE(world.run(world.database.write<Nothing>(std::move(work))));
    };
    limit(pages);
    std::vector<flow::Task<Result<std::vector<flow::Accepted>>>> tasks;
    for (int i = 0; i < 6; ++i)
        tasks.push_back(world.journal.accept(
            {World::answer(world.customer(), "k" + std::to_string(i), 9, std::string(6'000, 'x'))}));
    std::size_t accepted = 0;
    for (const auto& outcome : world.in_one_group(std::move(tasks))) {
        if (outcome) ++accepted;
        EXPECT_TRUE(outcome || outcome.error().code == ErrorCode::unavailable) << outcome.error().message;
    }
    EXPECT_LT(accepted, 6U);
    EXPECT_EQ(world.count("SELECT COUNT(1) FROM observations"), static_cast<long long>(accepted) + 1)
        << "what was refused is not there, what was accepted is";
    limit("1000000");
    world.hear(item);
    EXPECT_EQ(world.item(item).version, 2);
}

TEST(Targets, NameTheTwoFormsAndNeverAPassword) {
    EXPECT_EQ(Target::parse("sqlite:var/candour.db")->dialect, Dialect::sqlite);
    EXPECT_EQ(Target::parse("postgresql://candour@db/candour")->dialect, Dialect::postgresql);
    EXPECT_NE(Target::parse("postgresql://db/candour?application_name=x")->connect.find("&connect_timeout=3"),
              std::string::npos);
    EXPECT_NE(Target::parse("postgresql://db/candour?connect_timeout=9")->connect.find("connect_timeout=9"),
              std::string::npos);
    for (const char* url : {"mysql://root:hunter2@db/x", "sqlite:", "sqlite:a'b", "", "hunter2"}) {
        const Result<Target> target = Target::parse(url);
        ASSERT_FALSE(target) << url;
        EXPECT_EQ(target.error().code, ErrorCode::invalid);
        EXPECT_EQ(target.error().message.find("hunter2@"), std::string::npos);
    }
}

}  // namespace
}  // namespace candour::store::contract
