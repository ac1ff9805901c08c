#include "edge/mail/submission.hpp"

#include "scripts.hpp"
#include "sending.hpp"
#include "support/mail/certificates.hpp"

namespace candour::mail {
namespace {

using flow::Fate;
using support::hear_end;
using support::ScriptedServer;
using support::start_tls;
using Log = std::vector<std::string>;

class SubmissionTest : public Sending {
 protected:
    /// One message over the given conversation, and its outcome.
    flow::Outcome outcome_of(Script script) {
        ScriptedServer& server = serve({std::move(script)});
        use(config_for(server.port()));
        send(message(1));
        run_until_settled();
        finish();
        log_ = server.log();
        return outcome();
    }
    Log log_;
};

TEST_F(SubmissionTest, HandsOverWhatTheServerTakes) {
    const flow::Outcome out = outcome_of(opening() + kEnvelope + kAccepted + kTaken + kGoodBye);
    EXPECT_EQ(out.fate, Fate::handed_over);
    EXPECT_EQ(out.code, 250);
    EXPECT_EQ(out.status, "2.0.0");
    EXPECT_EQ(out.detail, "250 2.0.0 queued as 1");
    EXPECT_EQ(promised_, 1);
    EXPECT_EQ(log_.back(), "QUIT");
}

TEST_F(SubmissionTest, SendsTheNextEnvelopeWithTheContentAndTheNextContentOnlyAfterItsOwnPromise) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted +
                                    // The envelope of the second arrives before the first is answered.
                                    Script{hear_content()} + kEnvelope + Script{say("250 2.0.0 first\r\n")} +
                                    kAccepted + kTaken + kGoodBye});
    use(config_for(server.port()));
    send(message(1), [&server]() -> flow::Task<Done> {
        EXPECT_TRUE(server.quiet()) << "content was sent before its point of no return";
        server.log().push_back("<promise 1>");
        co_return done();
    });
    send(message(2), [this, &server]() -> flow::Task<Done> {
        // Asked for while the first content is on its way, and given long after the server wants the second.
        for (int turns = 0, longer = 0; longer < 100 && turns < 100'000; ++turns) {
            auto turn = asio::post(io_.get_executor(), flow::use_task);
            co_await std::move(turn);
            if (std::ranges::count(server.log(), "DATA") == 2) ++longer;
        }
        EXPECT_TRUE(server.quiet()) << "content was sent before its point of no return";
        server.log().push_back("<promise 2>");
        co_return done();
    });
    run_until_settled();
    finish();
    const std::string rcpt = "RCPT TO:<dele@moss.example>";
    EXPECT_EQ(server.log(), (Log{"EHLO localhost", "MAIL FROM:<loop@halden.example>", rcpt, "DATA",
                                 "<promise 1>", "<content>", "MAIL FROM:<loop@halden.example>", rcpt, "DATA",
                                 "<promise 2>", "<content>", "QUIT"}));
    EXPECT_EQ(outcome(0).detail, "250 2.0.0 first");
    EXPECT_EQ(outcome(1).fate, Fate::handed_over);
    EXPECT_NE(server.contents().at(1).find("\r\n..hello\r\n.\r\n"), std::string::npos) << "dots are doubled";
}

TEST_F(SubmissionTest, AsksAgainForAMessageWhoseConnectionEndsBeforeItsContent) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + Script{hear_content()} + kEnvelope +
                                        Script{say("250 2.0.0 first\r\n")},
                                    opening() + kEnvelope + kAccepted + kTaken + kGoodBye});
    use(config_for(server.port()));
    send(message(1));
    send(message(2));
    run_until_settled();
    finish();
    EXPECT_EQ(outcome(0).fate, Fate::handed_over);
    EXPECT_EQ(outcome(1).fate, Fate::handed_over) << outcome(1).detail;
    EXPECT_EQ(server.contents().size(), 2U);
    EXPECT_EQ(promised_, 3) << "the lease of the second has to last for the second connection";
}

TEST_F(SubmissionTest, SendsNothingOfTheNextMessageWhenItsPromiseFailsMeanwhile) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + Script{hear_content()} + kEnvelope +
                                    Script{say("250 2.0.0 first\r\n")} + kAccepted + Script{hear_end()}});
    use(config_for(server.port()));
    send(message(1));
    send(message(2), []() -> flow::Task<Done> { co_return Error{ErrorCode::conflict, "it was paused"}; });
    run_until_settled();
    finish();
    EXPECT_EQ(outcome(0).fate, Fate::handed_over);
    EXPECT_EQ(outcome(1).fate, Fate::deferred);
    EXPECT_NE(outcome(1).detail.find("it was paused"), std::string::npos);
    EXPECT_EQ(server.contents().size(), 1U);
}

TEST_F(SubmissionTest, WaitsForEveryReplyWhenTheServerDoesNotPipeline) {
    const Script steps{hear("MAIL"),      say("250 ok\r\n"), hear("RCPT"),
                       say("250 ok\r\n"), hear("DATA"),      say("354 go\r\n")};
    ScriptedServer& server =
        serve({opening("250 mail.test\r\n") + steps + kTaken + steps + kTaken + kGoodBye});
    use(config_for(server.port()));
    send(message(1));
    send(message(2));
    run_until_settled();
    EXPECT_EQ(outcome(0).fate, Fate::handed_over);
    EXPECT_EQ(outcome(1).fate, Fate::handed_over);
}

TEST_F(SubmissionTest, TakesARefusedRecipientAsABounceAndGoesOn) {
    ScriptedServer& server =
        serve({opening() + kEnvelope +
               Script{say("250 ok\r\n550 5.1.1 no such person\r\n554 5.5.1 no valid recipients\r\n"),
                      hear("RSET"), hear("MAIL"), hear("RCPT"), hear("DATA"), say("250 ok\r\n")} +
               kAccepted + kTaken + kGoodBye});
    use(config_for(server.port()));
    send(message(1, "nobody@moss.example"));
    send(message(2));
    run_until_settled();
    EXPECT_EQ(outcome(0).fate, Fate::rejected);
    EXPECT_EQ(outcome(0).code, 550);
    EXPECT_EQ(outcome(0).status, "5.1.1");
    EXPECT_EQ(outcome(0).detail, "RCPT TO: 550 5.1.1 no such person");
    EXPECT_EQ(outcome(1).fate, Fate::handed_over);
    EXPECT_EQ(promised_, 1) << "nothing is promised for a refused recipient";
}

TEST_F(SubmissionTest, DefersWhatTheServerDoesNotTakeNow) {
    const flow::Outcome out = outcome_of(
        opening() + kEnvelope + Script{say("250 ok\r\n450 4.2.0 later\r\n503 5.5.1 no\r\n")} + kGoodBye);
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_EQ(out.code, 450);
    EXPECT_EQ(out.status, "4.2.0");
}

TEST_F(SubmissionTest, SendsALoneDotWhenTheServerWantsContentForNobody) {
    const flow::Outcome out = outcome_of(
        opening() + kEnvelope +
        Script{say("250 ok\r\n550 5.1.1 no\r\n354 go\r\n"), hear("."), say("554 5.5.1 nobody\r\n")} +
        kGoodBye);
    EXPECT_EQ(out.fate, Fate::rejected);
    EXPECT_EQ(log_.back(), "QUIT");
    EXPECT_EQ(promised_, 0);
}

TEST_F(SubmissionTest, LeavesWithoutContentWhenTheSenderIsRefusedAndDataIsNot) {
    const flow::Outcome out = outcome_of(
        opening() + kEnvelope + Script{say("550 5.7.1 not you\r\n250 ok\r\n354 go\r\n"), hear_end()});
    EXPECT_EQ(out.fate, Fate::rejected);
    EXPECT_EQ(log_.back(), "<end>");
}

TEST_F(SubmissionTest, RejectsOrDefersByTheAnswerToTheContent) {
    EXPECT_EQ(outcome_of(opening() + kEnvelope + kAccepted +
                         Script{hear_content(), say("554 5.7.1 spam\r\n")} + kGoodBye)
                  .fate,
              Fate::rejected);
    outcomes_.clear();
    settled_ = 0;
    EXPECT_EQ(outcome_of(opening() + kEnvelope + kAccepted +
                         Script{hear_content(), say("452 4.3.1 full\r\n")} + kGoodBye)
                  .fate,
              Fate::deferred);
}

TEST_F(SubmissionTest, NeverBouncesAMessageBecauseOurLoginIsWrong) {
    const flow::Outcome out =
        outcome_of(opening() + kEnvelope +
                   Script{say("530 5.7.0 log in first\r\n503 5.5.1 no\r\n503 5.5.1 no\r\n")} + kGoodBye);
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_EQ(out.code, 530);
}

TEST_F(SubmissionTest, DefersAMessageWhoseConnectionEndsBeforeTheDot) {
    const flow::Outcome out = outcome_of(opening() + kEnvelope + Script{say("250 ok\r\n")});
    EXPECT_EQ(out.fate, Fate::deferred);
    EXPECT_NE(out.detail.find("connection"), std::string::npos);
    EXPECT_EQ(promised_, 0);
}

TEST_F(SubmissionTest, DoesNotKnowAboutAMessageWhoseConnectionEndsAfterTheDot) {
    const flow::Outcome out = outcome_of(opening() + kEnvelope + kAccepted + Script{hear_content()});
    EXPECT_EQ(out.fate, Fate::unknown);
    EXPECT_NE(out.detail.find("after the content was sent"), std::string::npos);
    EXPECT_EQ(promised_, 1) << "and it is not sent again from here";
}

TEST_F(SubmissionTest, DoesNotKnowWhatGarbageAfterTheDotMeans) {
    EXPECT_EQ(
        outcome_of(opening() + kEnvelope + kAccepted + Script{hear_content(), say("maybe\r\n"), hear_end()})
            .fate,
        Fate::unknown);
    outcomes_.clear();
    settled_ = 0;
    EXPECT_EQ(outcome_of(opening() + kEnvelope + kAccepted +
                         Script{hear_content(), say("354 more\r\n"), hear_end()})
                  .fate,
              Fate::unknown);
}

TEST_F(SubmissionTest, SendsNothingOfAMessageWhosePromiseFails) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + Script{hear_end()},
                                    opening() + kEnvelope + kAccepted + kTaken + kGoodBye});
    use(config_for(server.port()));
    send(message(1), []() -> flow::Task<Done> {
        co_return Error{ErrorCode::unavailable, "the disk is full"};
    });
    send(message(2));
    run_until_settled();
    EXPECT_EQ(outcome(0).fate, Fate::deferred);
    EXPECT_NE(outcome(0).detail.find("the disk is full"), std::string::npos);
    EXPECT_EQ(server.log().at(4), "<end>") << "no byte of the content, no dot";
    EXPECT_EQ(outcome(1).fate, Fate::handed_over) << "on a fresh connection";
}

TEST_F(SubmissionTest, TakesAThrowingPromiseAsAFailedOne) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + Script{hear_end()}});
    use(config_for(server.port()));
    send(message(1), []() -> flow::Task<Done> {
        throw std::runtime_error("lost the store");
        co_return done();
    });
    run_until_settled();
    finish();
    EXPECT_EQ(outcome().fate, Fate::deferred);
    EXPECT_EQ(server.log().back(), "<end>");
}

TEST_F(SubmissionTest, TriesAgainOnceWhenAUsedConnectionHasGoneStale) {
    for (const Script& farewell : {Script{}, Script{hear("MAIL"), say("421 4.4.2 idle for too long\r\n")}}) {
        ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + kTaken + farewell,
                                        opening() + kEnvelope + kAccepted + kTaken + kGoodBye});
        SubmissionConfig config = config_for(server.port());
        config.deadlines.idle = std::chrono::seconds{5};
        use(config);
        outcomes_.clear();
        settled_ = 0;
        send(message(1));
        run_until_settled();
        send(message(2));
        run_until_settled();
        finish();
        EXPECT_EQ(outcome(1).fate, Fate::handed_over) << outcome(1).detail;
        EXPECT_EQ(server.connections(), 2);
    }
}

TEST_F(SubmissionTest, OpensAFreshConnectionAfterItsShareOfMessages) {
    const Script one = opening() + kEnvelope + kAccepted + kTaken + kGoodBye;
    ScriptedServer& server = serve({one, one});
    SubmissionConfig config = config_for(server.port());
    config.messages_per_connection = 1;
    use(config);
    send(message(1));
    send(message(2));
    run_until_settled();
    finish();
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(outcome(1).fate, Fate::handed_over);
}

TEST_F(SubmissionTest, DefersEverythingThatWaitsWhenNobodyListens) {
    const std::uint16_t port = support::free_port();
    use(config_for(port));
    for (unsigned number = 0; number < 5; ++number) send(message(number));
    run_until_settled();
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(outcome(i).fate, Fate::deferred);
        EXPECT_NE(outcome(i).detail.find("127.0.0.1:" + std::to_string(port)), std::string::npos)
            << outcome(i).detail;
    }
}

TEST_F(SubmissionTest, DefersWhatAHostileServerGarbles) {
    for (const Script& script :
         {Script{say("220 " + std::string(100'000, 'x')), hear_end()},
          Script{say("SSH-2.0-OpenSSH_9.2\r\n"), hear_end()}, Script{say("220 a\n"), hear_end()}, Script{},
          Script{say(std::string(3, '\0') + "\r\n"), hear_end()},
          opening("250-a\r\n350 b\r\n") + Script{hear_end()},
          Script{say("554 5.7.1 not you\r\n"), hear_end()},
          opening() + kEnvelope + Script{say("250 ok\r\n250 ok\r\n250 what?\r\n"), hear("RSET")}}) {
        outcomes_.clear();
        settled_ = 0;
        const flow::Outcome out = outcome_of(script);
        EXPECT_EQ(out.fate, Fate::deferred);
        EXPECT_FALSE(out.detail.empty());
        EXPECT_LE(out.detail.size(), 600U);
        EXPECT_EQ(promised_, 0);
    }
}

TEST_F(SubmissionTest, GivesUpOnASilentServerInTime) {
    ScriptedServer& server = serve({Script{hear_end()}});
    SubmissionConfig config = config_for(server.port());
    config.deadlines.reply = std::chrono::milliseconds{30};
    use(config);
    send(message(1));
    run_until_settled();
    EXPECT_EQ(outcome().fate, Fate::deferred);
    EXPECT_NE(outcome().detail.find("no progress in time"), std::string::npos) << outcome().detail;
}

TEST_F(SubmissionTest, RefusesAnInjectedAddressWithoutAConnection) {
    ScriptedServer& server = serve({});
    use(config_for(server.port()));
    send(message(1, "dele@moss.example>\r\nRCPT TO:<all@example.com"));
    run_until_settled();
    EXPECT_EQ(outcome().fate, Fate::rejected);
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(SubmissionTest, DefersAMessageThatTheRateHoldsBackForTooLong) {
    ScriptedServer& server = serve({opening() + kEnvelope + kAccepted + kTaken + kGoodBye});
    SubmissionConfig config = config_for(server.port());
    config.domain_rate = {.per_second = 0.001, .burst = 1};
    config.deadlines.queue = std::chrono::milliseconds{50};
    use(config);
    send(message(1));
    send(message(2));
    run_until_settled();
    EXPECT_EQ(outcome(0).fate, Fate::handed_over);
    EXPECT_EQ(outcome(1).fate, Fate::deferred);
    EXPECT_EQ(outcome(1).detail, "the rate for moss.example is used up");
}

TEST_F(SubmissionTest, DefersEverythingOnceItIsStopped) {
    ScriptedServer& server = serve({});
    use(config_for(server.port()));
    submission_->stop();
    send(message(1));
    run_until_settled();
    EXPECT_EQ(outcome().fate, Fate::deferred);
    EXPECT_EQ(outcome().detail, "mail submission is stopping");
}

}  // namespace
}  // namespace candour::mail
