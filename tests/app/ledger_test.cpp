#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/program.hpp"
#include "app/sqlite_file.hpp"
#include "crypto/id_source.hpp"
#include "edge/store/ledger.hpp"
#include "support/postgres.hpp"

using namespace candour;
using testing::HasSubstr;

namespace {

constexpr core::Instant kStart = core::from_us(1'800'000'000'000'000);

core::LedgerEvent event(core::Event what, int minutes, core::Content content) {
    return {what, "host", kStart + std::chrono::minutes(minutes), std::move(content)};
}

core::Content raised_content() {
    return {{"account", ""},         {"contact", ""},  {"source", "surveys"}, {"source_key", "k1"},
            {"segment", "reliable"}, {"owner", ""},    {"due_hear", "1"},     {"due_decide", "2"},
            {"due_change", "3"},     {"due_tell", "4"}};
}

/// One item that was raised and heard.
void write_item(const std::string& database, const ItemId& id) {
    const auto target = store::Target::parse(database);
    store::Session session(*target);
    core::Item item;
    item.id = id;
    item.source = "surveys";
    item.source_key = "k1";
    session.execute("BEGIN");
    const auto written = store::write_step(session, item,
                                           {{event(core::Event::raised, 0, raised_content()),
                                             event(core::Event::heard, 5, {{"text", "You wait too long."}})},
                                            {},
                                            {}});
    if (!written) ADD_FAILURE() << written.error().message;
    session.execute("COMMIT");
}

class Ledger : public testing::Test {
 protected:
    Ledger() {
        program_.set_up();
        write_item("sqlite:" + file().string(), id_);
    }

    std::filesystem::path file() const { return program_.folder / "var/candour.db"; }
    support::Finished candour(std::vector<std::string> arguments) const {
        return program_.run(std::move(arguments));
    }

    app::Program program_;
    ItemId id_ = crypto::new_id<ItemId>(kStart);
};

}  // namespace

TEST_F(Ledger, ThatNobodyTouchedVerifies) {
    const support::Finished finished = candour({"ledger", "verify"});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr("2 events of 1 items"));
    EXPECT_THAT(finished.output, HasSubstr("nothing was changed or removed"));
}

TEST_F(Ledger, OfTheDatabaseItselfRefusesAChange) {
    app::SqliteFile database(file());
    EXPECT_THROW(database.execute("UPDATE ledger SET actor_id = 'tea_x'"), std::runtime_error);
    EXPECT_THROW(database.execute("DELETE FROM ledger"), std::runtime_error);
}

TEST_F(Ledger, WithAForgedRowFailsAndSaysWhichOne) {
    app::SqliteFile(file()).execute(
        "DROP TRIGGER ledger_no_update; UPDATE ledger SET actor_id = 'tea_x' WHERE n = 2");
    const support::Finished finished = candour({"ledger", "verify"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.output, HasSubstr("item " + id_.text() + ", event 2: the row was changed"));
    EXPECT_THAT(candour({"ledger", "verify", "--json"}).output, HasSubstr("\"what\":\"the row was changed"));
}

TEST_F(Ledger, WithForgedWordsFails) {
    app::SqliteFile(file()).execute(
        "DROP TRIGGER ledger_contents_no_update; UPDATE ledger_contents SET content = '{\"text\":\"All is "
        "well.\"}' WHERE n = 2");
    const support::Finished finished = candour({"ledger", "verify"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.output, HasSubstr("event 2: its content was changed"));
}

TEST_F(Ledger, WithoutItsTailFailsOnceACheckpointCoversIt) {
    ASSERT_EQ(candour({"ledger", "checkpoint"}).code, 0);
    app::SqliteFile(file()).execute(
        "DROP TRIGGER ledger_no_delete; DELETE FROM ledger WHERE n = 2; DELETE FROM ledger_contents WHERE n "
        "= 2");
    const support::Finished finished = candour({"ledger", "verify"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.output, HasSubstr("checkpoint 1 covers 2 rows, found 1"));
}

TEST_F(Ledger, OfOneItemIsExportedByIdAndByAlias) {
    const support::Finished by_id = candour({"ledger", "export", id_.text()});
    ASSERT_EQ(by_id.code, 0) << by_id.errors;
    const boost::json::value document = boost::json::parse(by_id.output);
    EXPECT_EQ(document.at("item_id").as_string(), id_.text());
    EXPECT_EQ(document.at("events").as_array().size(), 2U);
    ASSERT_EQ(candour({"ledger", "export", "LP-1", "--output", "item.json"}).code, 0);
    EXPECT_EQ(program_.file("item.json"), by_id.output);
    EXPECT_EQ(candour({"ledger", "export", "LP-99"}).code, 1);
    EXPECT_EQ(candour({"ledger", "export", "ninety-nine"}).code, 2);
}

TEST_F(Ledger, MakesTheStateOfEveryItemAgain) {
    EXPECT_EQ(candour({"rebuild", "--check"}).code, 0);
    app::SqliteFile(file()).execute("UPDATE items SET state = 'visibly_closed'");
    const support::Finished checked = candour({"rebuild", "--check"});
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.output, HasSubstr(id_.text()));
    EXPECT_EQ(app::SqliteFile(file()).text("SELECT state FROM items"), "visibly_closed")
        << "--check changes nothing";
    EXPECT_EQ(candour({"rebuild", "--yes"}).code, 0);
    EXPECT_EQ(app::SqliteFile(file()).text("SELECT state FROM items"), "heard");
    EXPECT_EQ(candour({"rebuild", "--check"}).code, 0);
}

TEST(LedgerOnPostgreSQL, VerifiesExportsAndRebuildsLikeTheOther) {
    app::Program program;
    program.environment["CANDOUR_DATABASE"] = support::Postgres::fresh_database();
    program.set_up();
    const ItemId id = crypto::new_id<ItemId>(kStart);
    write_item(program.environment["CANDOUR_DATABASE"], id);
    EXPECT_EQ(program.run({"token", "create", "--name", "laptop", "--teammate", "priya@example.com"}).code,
              0);
    EXPECT_EQ(program.run({"ledger", "checkpoint"}).code, 0);
    const support::Finished verified = program.run({"ledger", "verify"});
    EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
    EXPECT_THAT(verified.output, HasSubstr("2 events of 1 items, 1 checkpoints"));
    EXPECT_THAT(program.run({"ledger", "export", "LP-1"}).output, HasSubstr(id.text()));
    EXPECT_EQ(program.run({"rebuild", "--check"}).code, 0);
}
