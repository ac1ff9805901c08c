/// The host dies at the worst moments. What was promised is sent, and not twice.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <thread>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"
#include "support/mail/scripted_server.hpp"

namespace candour::journeys {
namespace {

using support::eventually;
using support::hear;
using support::say;
using support::Script;
namespace asio = boost::asio;

/// Accepts connections (the kernel does) and never says a word.
class MuteRelay {
 public:
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
    asio::io_context io_;
    asio::ip::tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
};

/// A relay that takes the content and then follows `after` before it answers, each connection in turn.
class Relay {
    template <class Question>
    auto ask(Question question) {
        std::packaged_task<decltype(question())()> task(std::move(question));
        auto answer = task.get_future();
        asio::post(io_, [&task] { task(); });
        return answer.get();
    }

 public:
    explicit Relay(std::vector<Script> after)
        : server_(io_, scripts(std::move(after))), thread_([this] { io_.run(); }) {}
    ~Relay() {
        io_.stop();
        thread_.join();
    }
    std::uint16_t port() const { return server_.port(); }
    std::vector<std::string> contents() {
        return ask([this] { return server_.contents(); });
    }
    int connections() {
        return ask([this] { return server_.connections(); });
    }

 private:
    static std::vector<Script> scripts(std::vector<Script> after) {
        std::vector<Script> all;
        for (Script& end : after) {
            Script script{say("220 relay\r\n"), hear("EHLO"),           say("250 relay\r\n"), hear("MAIL"),
                          say("250 ok\r\n"),    hear("RCPT"),           say("250 ok\r\n"),    hear("DATA"),
                          say("354 go on\r\n"), support::hear_content()};
            script.insert(script.end(), end.begin(), end.end());
            all.push_back(std::move(script));
        }
        return all;
    }
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    support::ScriptedServer server_;
    std::thread thread_;
};

const Script kSilence{support::hear_end()};
const Script kTaken{say("250 2.0.0 taken\r\n"), support::hear_end()};

class Crash : public Journey {
 protected:
    /// An item that waits to be told, on a host that has stopped.
    std::string prepare() {
        open();
        const std::string alias = raise("dele@moss.example");
        letter("dele@moss.example", kAcknowledged);
        settle_mail();
        bring_to_changed(alias);
        house.stop();
        return alias;
    }
    void start_with(std::uint16_t relay) {
        house.use_relay(relay);
        house.start();
    }
    bool closing_becomes(const std::string& alias, const std::string& wanted) const {
        return eventually([&] { return messages(alias, "closing") == std::vector<std::string>{wanted}; });
    }
    /// Beyond every lease and back-off.
    void let_leases_end() { house.advance(13min); }
};

TEST_P(Crash, BetweenCommitAndSendLosesNothingAndSendsOnce) {
    const std::string alias = prepare();
    const std::uint16_t nobody = support::free_port();
    start_with(nobody);
    tell(alias);
    EXPECT_TRUE(eventually([&] {
        return messages(alias, "closing", "/last/fate") == std::vector<std::string>{"deferred"};
    })) << "nobody listens";
    house.kill();

    // Now somebody listens and never answers: the message is in the host's hands when it dies.
    const MuteRelay mute;
    start_with(mute.port());
    let_leases_end();
    ASSERT_TRUE(closing_becomes(alias, "claimed"));
    house.kill();

    start_with(sink.port());
    let_the_mail_go();
    EXPECT_TRUE(letters("dele@moss.example", kClosing).empty()) << "the dead host's lease still holds";
    EXPECT_EQ(state(alias), "changed");
    let_leases_end();
    letter("dele@moss.example", kClosing);
    ASSERT_TRUE(closing_becomes(alias, "handed_over"));
    EXPECT_EQ(state(alias), "told");
    house.advance(72h);
    let_the_mail_go();
    EXPECT_EQ(letters("dele@moss.example", kClosing).size(), 1U);
    EXPECT_EQ(letters("dele@moss.example", kAcknowledged).size(), 1U);
    expect_true_ledger();
}

TEST_P(Crash, AfterTheFinalDotResendsOnceUnderTheSameMessageId) {
    const std::string alias = prepare();
    Relay relay({kSilence, kTaken});
    start_with(relay.port());
    tell(alias);
    ASSERT_TRUE(eventually([&] { return relay.contents().size() == 1; }));
    ASSERT_TRUE(closing_becomes(alias, "transmitting"));
    house.kill();

    start_with(relay.port());
    let_leases_end();
    ASSERT_TRUE(closing_becomes(alias, "handed_over"));
    EXPECT_EQ(state(alias), "told");
    const std::vector<std::string> sent = relay.contents();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_NE(read_letter("\n" + sent[0]).message_id, "");
    EXPECT_EQ(sent[0], sent[1]) << "the same bytes, Message-ID and all";
    house.stop();

    start_with(sink.port());
    house.advance(72h);
    let_the_mail_go();
    EXPECT_EQ(letters("dele@moss.example", kClosing).size(), 0U) << "a third time";
    expect_true_ledger();
}

TEST_P(Crash, AfterTheFinalDotTwiceIsNotFollowedByAThirdAttempt) {
    const std::string alias = prepare();
    Relay relay({kSilence, kSilence, kTaken});
    start_with(relay.port());
    tell(alias);
    for (std::size_t times : {1U, 2U}) {
        ASSERT_TRUE(eventually([&] { return relay.contents().size() == times; }));
        ASSERT_TRUE(closing_becomes(alias, "transmitting"));
        house.kill();
        start_with(relay.port());
        let_leases_end();
    }
    ASSERT_TRUE(closing_becomes(alias, "given_up"));
    EXPECT_EQ(relay.connections(), 2);
    EXPECT_EQ(state(alias), "changed") << "nobody knows that the customer was told";
    EXPECT_EQ(text(item(alias), "/sending"), "false");
    EXPECT_EQ(events(alias).back(), "undeliverable");
    expect_true_ledger();
}

TEST_P(Crash, BetweenJournalAndOutcomeIsMadeGoodExactlyOnce) {
    open();
    const std::string link = survey_link("dele@moss.example");
    // The database takes the raw request and refuses what becomes of it.
    const bool sqlite = GetParam() == Kind::sqlite;
    execute(house.database(),
            sqlite
                ? "CREATE TRIGGER held BEFORE INSERT ON observations BEGIN SELECT RAISE(ABORT, 'held'); END"
                : "CREATE FUNCTION held() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
                  "'held'; END $$; "
                  "CREATE TRIGGER held BEFORE INSERT ON observations FOR EACH ROW EXECUTE FUNCTION held()");
    const Page received = answer(link, "3", "Do not lose me.");
    EXPECT_EQ(received.status, 202U);
    EXPECT_TRUE(received.says("Your words are safe")) << received.words();
    EXPECT_EQ(items(), 0U);
    house.kill();
    execute(house.database(), sqlite ? "DROP TRIGGER held" : "DROP TRIGGER held ON observations");

    house.start();
    house.advance(1h);
    ASSERT_TRUE(eventually([&] { return items() == 1; }));
    letter("dele@moss.example", kAcknowledged);
    EXPECT_EQ(text(item("LP-1"), "/verbatim"), "Do not lose me.");
    house.advance(24h);
    let_the_mail_go();
    EXPECT_EQ(items(), 2U) << "this one and what let the mail go";
    EXPECT_EQ(read_tables(house.database()).at("observations").size(), 2U);
    EXPECT_EQ(letters("dele@moss.example", kAcknowledged).size(), 1U);
    expect_true_ledger();
}

INSTANTIATE_TEST_SUITE_P(On, Crash, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
