/// Answers without an end: written piece by piece, beyond every deadline of an ordinary answer, and ended
/// with the house.
#include <gtest/gtest.h>

#include "edge/http/body_stream.hpp"
#include "edge/http/client.hpp"
#include "edge/http/running_server.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

/// Says one piece, then waits at a gate, then says the last, or that it cannot.
class TwoPieces final : public BodyStream {
 public:
    TwoPieces(Gate& gate, bool breaks) : gate_(gate), breaks_(breaks) {}
    flow::Task<std::optional<std::string>> next() override {
        ++said_;
        if (said_ == 1) co_return "first\n";
        if (said_ > 2 || ended_) co_return std::nullopt;
        auto waiting = gate_.pass();
        co_await std::move(waiting);
        if (ended_ || breaks_) co_return std::nullopt;
        co_return "second\n";
    }
    bool cut_off() const override { return breaks_; }
    void end() override {
        ended_ = true;
        gate_.open();
    }

 private:
    Gate& gate_;
    bool breaks_;
    int said_ = 0;
    bool ended_ = false;
};

class StreamTest : public testing::Test {
 protected:
    static ServerOptions hasty() {
        ServerOptions options;
        options.patience = {100ms, 100ms, 100ms, 100ms, 100ms, 100ms};
        return options;
    }
    StreamTest()
        : server_(with(Method::get, "/events", [this](const Request&) { return answer(); }), hasty()) {}
    flow::Task<Response> answer() {
        gate_ = std::make_unique<Gate>(server_.io());
        Response response{200, "text/event-stream", {}, {}};
        response.stream = std::make_shared<TwoPieces>(*gate_, breaks_);
        co_return response;
    }
    bool waits() {
        return server_.comes_true([this](const Counters&) {
            return server_.ask([this] { return gate_ && gate_->waiting() == 1; });
        });
    }

    void open_gate() {
        server_.ask([this] {
            gate_->open();
            return 0;
        });
    }
    static std::string body_of(const std::string& all) { return all.substr(all.find("\r\n\r\n") + 4); }

    std::unique_ptr<Gate> gate_;
    bool breaks_ = false;
    RunningServer server_;
};

constexpr const char* kAsk = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(StreamTest, GoesOnBeyondEveryDeadlineUntilItsEnd) {
    RawClient client(server_.port());
    client.send(kAsk);
    ASSERT_TRUE(waits());
    const auto begun = std::chrono::steady_clock::now();
    server_.comes_true([begun](const Counters&) { return std::chrono::steady_clock::now() - begun > 500ms; });
    open_gate();
    const std::string all = client.read_to_end();
    EXPECT_NE(all.find("HTTP/1.1 200 OK\r\n"), std::string::npos);
    EXPECT_EQ(all.find("Content-Length"), std::string::npos);
    EXPECT_NE(all.find("Connection: close\r\n"), std::string::npos);
    EXPECT_NE(all.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(body_of(all), "6\r\nfirst\n\r\n7\r\nsecond\n\r\n0\r\n\r\n");
    EXPECT_EQ(server_.counters().timeouts, 0U);
}

TEST_F(StreamTest, EndsWhenTheHouseCloses) {
    RawClient client(server_.port());
    client.send(kAsk);
    ASSERT_TRUE(waits());
    EXPECT_EQ(server_.stop(5s), 0U) << "nothing had to be cut off";
    const std::string all = client.read_to_end();
    EXPECT_EQ(body_of(all), "6\r\nfirst\n\r\n0\r\n\r\n");
}

TEST_F(StreamTest, HasNoLastChunkWhenItBrokeOnTheWay) {
    breaks_ = true;
    RawClient client(server_.port());
    client.send(kAsk);
    ASSERT_TRUE(waits());
    open_gate();
    EXPECT_EQ(body_of(client.read_to_end()), "6\r\nfirst\n\r\n");
}

TEST_F(StreamTest, IsWrittenWithoutChunksForWhoSpeaksTheOldVersion) {
    RawClient client(server_.port());
    client.send("GET /events HTTP/1.0\r\n\r\n");
    ASSERT_TRUE(waits());
    open_gate();
    EXPECT_EQ(body_of(client.read_to_end()), "first\nsecond\n");
}

TEST_F(StreamTest, TellsTheClientWhetherItWasAll) {
    for (const bool breaks : {false, true}) {
        breaks_ = breaks;
        std::string all;
        const auto take = [&](std::string_view piece) {
            if (all.empty() && waits()) open_gate();
            all += piece;
            return true;
        };
        ClientRequest request;
        request.target = "/events";
        const Result<ClientAnswer> answer = Client::at(server_.url())->listen(request, take);
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_EQ(answer->complete, !breaks);
        EXPECT_EQ(all, breaks ? "first\n" : "first\nsecond\n");
    }
}

TEST_F(StreamTest, HasNoBodyForHead) {
    RawClient client(server_.port());
    client.send("HEAD /events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client.read(false).status, 200);
}

}  // namespace
}  // namespace candour::http
