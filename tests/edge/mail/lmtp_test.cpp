// The LMTP server over real sockets.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "edge/mail/intake/handing_over.hpp"
#include "lmtp_server.hpp"
#include "support/mail/program.hpp"

namespace candour::mail {
namespace {

TEST(Lmtp, KeepsAMailBeforeItSaysYes) {
    RunningLmtp server;
    LmtpClient client(server.port());
    EXPECT_EQ(client.greeting, "220 candour LMTP");
    client.open();
    server.hold();
    client.ask("DATA");
    client.send("Subject: x\r\n\r\n..hello\r\n.\r\n");
    EXPECT_TRUE(support::eventually([&] { return server.holding(); }));
    EXPECT_TRUE(server.mails().empty());
    server.let_go();
    EXPECT_EQ(client.reply(), "250 2.0.0 kept");
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_EQ(server.mails()[0].bytes, "Subject: x\r\n\r\n.hello\r\n");
    EXPECT_EQ(server.mails()[0].sender, "ada@example.org");
    EXPECT_EQ(server.mails()[0].recipients, std::vector<std::string>{"reply@house.example"});
    EXPECT_EQ(client.ask("QUIT"), "221 2.0.0 bye");
    EXPECT_EQ(client.line(), "");
}

TEST(Lmtp, AnswersAWholePipelineInOrder) {
    RunningLmtp server;
    LmtpClient client(server.port());
    client.ask("LHLO test");
    client.send(
        "MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nRCPT TO:<>\r\nRCPT TO:<e@f.example>\r\nDATA\r\n"
        "Subject: one\r\n\r\nfirst\r\n.\r\n"
        "MAIL FROM:<>\r\nRCPT TO:<g@h.example>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n");
    std::vector<std::string> codes;
    for (std::string reply = client.reply(); !reply.empty(); reply = client.reply())
        codes.push_back(reply.substr(0, 3));
    EXPECT_EQ(codes, (std::vector<std::string>{"250", "250", "501", "250", "354", "250", "250", "250", "250",
                                               "354", "250", "221"}))
        << "two recipients of the first mail, two replies after its dot";
    ASSERT_EQ(server.mails().size(), 2U);
    EXPECT_EQ(server.mails()[1].bytes, "second\r\n");
}

TEST(Lmtp, SaysLaterWhenTheStoreIsAway) {
    RunningLmtp server;
    server.fail_with(ErrorCode::unavailable);
    LmtpClient client(server.port());
    client.open();
    client.ask("RCPT TO:<second@house.example>");
    client.ask("DATA");
    client.send("hello\r\n.\r\n");
    EXPECT_TRUE(client.reply().starts_with("451 4.3.0"));
    EXPECT_TRUE(client.reply().starts_with("451 4.3.0")) << "for each recipient";
    EXPECT_EQ(client.ask("NOOP"), "250 2.0.0 still here") << "the next mail may fare better";
    server.fail_with(ErrorCode::exhausted);
    client.open();
    EXPECT_TRUE(client.deliver("hello\r\n").starts_with("452 4.3.1"));
    server.fail_with(ErrorCode::internal);
    client.open();
    EXPECT_TRUE(client.deliver("hello\r\n").starts_with("451"))
        << "our fault is never a reason to send the mail back";
}

TEST(Lmtp, SendsBackWhatIsTooLargeAndGoesOn) {
    IntakeConfig config;
    config.max_message = 1'000;
    RunningLmtp server(config);
    LmtpClient client(server.port());
    client.open();
    EXPECT_EQ(client.deliver(std::string(5'000, 'x') + "\r\n"), "552 5.3.4 more than 1000 bytes");
    client.open();
    EXPECT_TRUE(client.deliver("small\r\n").starts_with("250"));
    EXPECT_EQ(server.mails().size(), 1U);
}

TEST(Lmtp, TakesNoMoreBytesAtOnceThanItMayHold) {
    IntakeConfig config;
    config.max_held = 100'000;
    RunningLmtp server(config);
    LmtpClient first(server.port()), second(server.port());
    first.open();
    second.open();
    server.hold();
    first.ask("DATA");
    first.send(std::string(80'000, 'x') + "\r\n.\r\n");
    ASSERT_TRUE(support::eventually([&] { return server.holding(); }));
    EXPECT_TRUE(second.deliver(std::string(80'000, 'y') + "\r\n").starts_with("452"));
    server.let_go();
    EXPECT_TRUE(first.reply().starts_with("250"));
    second.open();
    EXPECT_TRUE(second.deliver(std::string(80'000, 'y') + "\r\n").starts_with("250"))
        << "there is room again";
}

TEST(Lmtp, RefusesLinesThatAreNone) {
    RunningLmtp server;
    LmtpClient client(server.port());
    client.send("LHLO test\n");
    EXPECT_EQ(client.reply(), "500 5.5.2 a line ends with CR LF");
    EXPECT_EQ(client.ask("NOOP " + std::string(5'000, 'x')), "500 5.5.2 the line is too long");
    EXPECT_EQ(client.ask("NOOP " + std::string(500'000, 'x')), "500 5.5.2 the line is too long");
    EXPECT_EQ(client.ask(std::string("NO\0OP", 5)), "500 5.5.2 control characters in a command");
    EXPECT_EQ(client.ask("LHLO test"), "250 SIZE 26214400") << "it can still be talked to";
}

TEST(Lmtp, HidesNoMailInAMail) {
    RunningLmtp server;
    LmtpClient client(server.port());
    client.open();
    const std::string smuggled =
        "a\n.\nMAIL FROM:<x@evil.example>\nRCPT TO:<y@house.example>\nDATA\nevil\n.\n";
    EXPECT_TRUE(client.deliver(smuggled + "\r\n").starts_with("250"));
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_EQ(server.mails()[0].bytes, smuggled + "\r\n");
}

TEST(Lmtp, TurnsAwayMoreSessionsThanItWants) {
    IntakeConfig config;
    config.max_sessions = 2;
    RunningLmtp server(config);
    LmtpClient first(server.port());
    {
        const LmtpClient second(server.port());
        LmtpClient third(server.port());
        EXPECT_EQ(third.greeting, "421 4.7.0 too many sessions; try again later");
        EXPECT_EQ(third.line(), "");
        EXPECT_EQ(server.counters().turned_away, 1U);
    }
    EXPECT_TRUE(
        support::eventually([&] { return LmtpClient(server.port()).greeting == "220 candour LMTP"; }));
}

TEST(Lmtp, HangsUpOnWhoeverSaysNothing) {
    IntakeConfig config;
    config.idle = std::chrono::milliseconds{50};
    RunningLmtp server(config);
    LmtpClient silent(server.port());
    EXPECT_EQ(silent.line(), "");
    LmtpClient slow(server.port());
    slow.open();
    slow.ask("DATA");
    slow.send("half a mail");
    EXPECT_EQ(slow.line(), "");
    EXPECT_TRUE(server.mails().empty()) << "half a mail is none";
}

TEST(Lmtp, LosesNothingWhenTheClientGoesInTheMiddle) {
    RunningLmtp server;
    {
        LmtpClient client(server.port());
        client.open();
        client.ask("DATA");
        client.send("half a mail\r\n.");
    }
    EXPECT_TRUE(support::eventually([&] { return server.counters().open == 0; }));
    EXPECT_TRUE(server.mails().empty());
}

TEST(Lmtp, FinishesTheMailAtHandWhenItStops) {
    RunningLmtp server;
    LmtpClient idle(server.port()), busy(server.port());
    busy.open();
    server.hold();
    busy.ask("DATA");
    busy.send("hello\r\n.\r\n");
    ASSERT_TRUE(support::eventually([&] { return server.holding(); }));
    std::future<std::size_t> stopped = server.begin_stop();
    EXPECT_EQ(idle.line(), "421 4.3.2 closing; try again later");
    EXPECT_EQ(idle.line(), "");
    server.let_go();
    EXPECT_EQ(busy.reply(), "250 2.0.0 kept");
    EXPECT_EQ(busy.line(), "421 4.3.2 closing; try again later");
    EXPECT_EQ(stopped.get(), 0U);
    EXPECT_EQ(server.mails().size(), 1U);
}

TEST(Lmtp, SaysWhenItsAddressIsTaken) {
    RunningLmtp server;
    IntakeConfig config;
    config.port = server.port();
    boost::asio::io_context io;
    LmtpServer second(
        io, config, [](flow::ArrivedMail) -> flow::Task<Done> { co_return done(); }, [](std::string_view) {});
    const Done bound = second.listen();
    ASSERT_FALSE(bound);
    EXPECT_NE(bound.error().message.find("mail.intake.lmtp"), std::string::npos) << bound.error().message;
}

class UnixLmtp : public testing::Test {
 protected:
    IntakeConfig config() const {
        IntakeConfig unix_socket;
        unix_socket.path = (folder.path() / "lmtp").string();
        return unix_socket;
    }
    support::TemporaryFolder folder;
};

TEST_F(UnixLmtp, TakesMailAtASocketThatTheMailServerMayUse) {
    RunningLmtp server(config());
    struct stat found {};
    ASSERT_EQ(::stat(config().path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0666U);
    const Done kept = hand_over(
        config(),
        {"ada@example.org", {"reply@house.example", "b@house.example"}, "Subject: x\r\n\r\n.dot\r\n"});
    ASSERT_TRUE(kept) << kept.error().message;
    ASSERT_EQ(server.mails().size(), 1U);
    EXPECT_EQ(server.mails()[0].bytes, "Subject: x\r\n\r\n.dot\r\n");
}

TEST_F(UnixLmtp, ClearsAwayWhatADeadHostLeftAndNothingElse) {
    {
        boost::asio::io_context io;
        boost::asio::local::stream_protocol::acceptor dead(
            io, boost::asio::local::stream_protocol::endpoint(config().path));
    }
    { RunningLmtp server(config()); }
    EXPECT_FALSE(std::filesystem::exists(config().path)) << "ours is gone with us";
    RunningLmtp first(config());
    EXPECT_THROW(RunningLmtp second(config()), std::runtime_error) << "somebody answers there";
    EXPECT_TRUE(hand_over(config(), {"", {"a@b.example"}, "x\r\n"}));
}

TEST(HandOver, SaysWhetherToTryAgain) {
    IntakeConfig nowhere;
    nowhere.port = support::free_port();
    EXPECT_EQ(hand_over(nowhere, {"", {"a@b.example"}, "x\r\n"}).error().code, ErrorCode::unavailable);
    IntakeConfig small;
    small.max_message = 10;
    RunningLmtp server(small);
    IntakeConfig there;
    there.port = server.port();
    const Done refused = hand_over(there, {"", {"a@b.example"}, "more than ten bytes\r\n"});
    EXPECT_EQ(refused.error().code, ErrorCode::invalid);
    EXPECT_NE(refused.error().message.find("552"), std::string::npos);
    server.fail_with(ErrorCode::unavailable);
    EXPECT_EQ(hand_over(there, {"", {"a@b.example"}, "x\r\n"}).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace candour::mail
