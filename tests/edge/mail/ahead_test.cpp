/// How many messages are promised before they can leave: as few as the speed of the server allows.
#include "scripts.hpp"
#include "sending.hpp"

namespace candour::mail {
namespace {

/// Twelve messages over one session; how many were promised and not sent at most.
class Ahead : public Sending {
 protected:
    int most_promised(bool in_time) {
        constexpr int kMails = 12;
        Script script = opening() + kEnvelope + kAccepted;
        for (int mail = 1; mail < kMails; ++mail)
            script =
                script + Script{hear_content()} + kEnvelope + Script{say("250 2.0.0 ok\r\n")} + kAccepted;
        support::ScriptedServer& server = serve({script + kTaken + kGoodBye});
        use(config_for(server.port()));
        int most = 0;
        for (int mail = 0; mail < kMails; ++mail)
            send(message(static_cast<unsigned>(mail)), [this, &server, &most, mail, in_time] {
                ++promised_;
                most = std::max(most, promised_ - static_cast<int>(server.contents().size()));
                return in_time ? at_once() : late(server, mail);
            });
        run_until_settled();
        finish();
        for (std::size_t mail = 0; mail < kMails; ++mail)
            EXPECT_EQ(outcome(mail).fate, flow::Fate::handed_over);
        EXPECT_EQ(promised_, kMails) << "each once";
        return most;
    }

 private:
    static flow::Task<Done> at_once() { co_return done(); }
    /// Long after the server wants its content.
    flow::Task<Done> late(support::ScriptedServer& server, int mail) {
        for (int longer = 0; longer < 200;) {
            auto turn = asio::post(io_.get_executor(), flow::use_task);
            co_await std::move(turn);
            if (std::ranges::count(server.log(), "DATA") > mail) ++longer;
        }
        co_return done();
    }
};

TEST_F(Ahead, NothingButTheCompanionIsPromisedWhenPromisesAreKeptInTime) {
    EXPECT_LE(most_promised(true), 2);
}

TEST_F(Ahead, AFewMoreArePromisedWhenTheServerIsFaster) {
    const int most = most_promised(false);
    EXPECT_GT(most, 2);
    EXPECT_LE(most, 5);
}

}  // namespace
}  // namespace candour::mail
