/// What the server does with clients that are broken, slow, greedy or hostile.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "edge/http/server.hpp"
#include "running_server.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kSoon = 40ms;

struct Bad {
    std::string bytes;
    int status;
};

class BadRequests : public testing::TestWithParam<Bad> {};

TEST_P(BadRequests, AreAnsweredAndTheConnectionIsClosed) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 1000}));
    RawClient client(server.port());
    const RawAnswer answer = client.send(GetParam().bytes).read();
    EXPECT_EQ(answer.status, GetParam().status) << GetParam().bytes.substr(0, 200);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(answer.has("Content-Type: application/problem+json"));
    client.finish_sending();
    EXPECT_TRUE(client.is_closed_by_server());
}

const std::string kPost = "POST / HTTP/1.1\r\nHost: h\r\n";

INSTANTIATE_TEST_SUITE_P(
    Table, BadRequests,
    testing::Values(
        Bad{"hello\r\n\r\n", 400}, Bad{"\x16\x03\x01\x02", 400}, Bad{"GET / HTTP/2.0\r\n\r\n", 505},
        Bad{kPost + "Bad Name: x\r\n\r\n", 400}, Bad{kPost + "X: a\x01 b\r\n\r\n", 400},
        Bad{kPost + "Content-Length: -1\r\n\r\n", 400}, Bad{kPost + "Content-Length: 3, 4\r\n\r\nabcd", 400},
        Bad{kPost + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400},
        Bad{kPost + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 400},
        Bad{kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Bad{kPost + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
        Bad{kPost + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Bad{kPost + "Content-Length: 1001\r\n\r\n", 413},
        Bad{kPost + "Content-Length: 99999999999999\r\n\r\n", 413},
        Bad{kPost + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n",
            413},
        Bad{kPost + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x') +
                "\r\n1\r\nx\r\n0\r\n\r\n",
            413},
        Bad{kPost + "X: " + std::string(17 * 1024, 'x') + "\r\n\r\n", 431},
        Bad{"GET /" + std::string(17 * 1024, 'x') + " HTTP/1.1\r\n", 431},
        Bad{kPost + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(64 * 1024, 'x'), 431},
        Bad{kPost + "Expect: gold\r\nContent-Length: 1\r\n\r\n", 417}));

TEST(BadRequest, WithTooManyHeaderLinesIsRefused) {
    RunningServer server(with(Method::post, "/", echo));
    std::string bytes = "POST / HTTP/1.1\r\n";
    for (int i = 0; i < 101; ++i) bytes += "X: y\r\n";
    EXPECT_EQ(RawClient(server.port()).send(bytes + "\r\n").read().status, 431);
}

TEST(BadRequest, ThatIsWellFormedLeavesTheConnectionOpen) {
    RunningServer server(with(Method::get, "/", echo));
    RawClient client(server.port());
    EXPECT_EQ(client.send("GET / HTTP/1.1\r\n\r\n").read().status, 400);
    EXPECT_EQ(client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").read().status, 400);
    EXPECT_EQ(client.send("GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 400);
    EXPECT_EQ(client.send("GET /../x HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 400);
    EXPECT_EQ(client.send("BREW / HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 501);
    EXPECT_EQ(client.send("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 501);
    EXPECT_EQ(client.send("GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n").read().status, 501);
    EXPECT_EQ(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 200);
}

TEST(OversizedBody, IsAnsweredEvenWhileTheClientStillSends) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 1000}));
    RawClient client(server.port());
    client.send(kPost + "Content-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'x'));
    const RawAnswer answer = client.read();
    EXPECT_EQ(answer.status, 413);
    EXPECT_NE(answer.body.find("at most 1000 bytes, found 3000000"), std::string::npos);
}

TEST(Body, OfExactlyTheLimitIsWelcome) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 1000}));
    RawClient client(server.port());
    client.send(kPost + "Content-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
    EXPECT_EQ(client.read().body.size(), 1000u);
    client.send(kPost + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + std::string(1000, 'x') +
                "\r\n0\r\n\r\n");
    EXPECT_EQ(client.read().body.size(), 1000u);
}

TEST(SlowClient, ThatNeverEndsItsHeaderIsTold408) {
    ServerOptions options;
    options.patience.header = kSoon;
    RunningServer server(with(Method::post, "/", echo), options);
    RawClient client(server.port());
    const RawAnswer answer = client.send("POST / HTTP/1.1\r\nHos").read();
    EXPECT_EQ(answer.status, 408);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(server.comes_true([](const Counters& counters) { return counters.timeouts >= 1; }));
}

TEST(SlowClient, ThatNeverEndsItsBodyIsTold408) {
    ServerOptions options;
    options.patience.body = kSoon;
    RunningServer server(with(Method::post, "/", echo), options);
    RawClient client(server.port());
    EXPECT_EQ(client.send(kPost + "Content-Length: 10\r\n\r\nabc").read().status, 408);
}

TEST(SlowClient, ThatSaysNothingIsLetGoWithoutAWord) {
    ServerOptions options;
    options.patience.idle = kSoon;
    RunningServer server(with(Method::post, "/", echo), options);
    RawClient fresh(server.port()), kept(server.port());
    EXPECT_EQ(kept.send(kPost + "Content-Length: 1\r\n\r\nx").read().status, 200);
    EXPECT_TRUE(fresh.is_closed_by_server());
    EXPECT_TRUE(kept.is_closed_by_server());
}

TEST(SlowClient, ThatDoesNotReadItsAnswerIsCutOff) {
    ServerOptions options;
    options.patience.writing = kSoon;
    RunningServer server(with(Method::get, "/",
                              [](Request) -> flow::Task<Response> {
                                  co_return Response::text(200, std::string(64 * 1024 * 1024, 'x'));
                              }),
                         options);
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_TRUE(server.comes_true(
        [](const Counters& counters) { return counters.open == 0 && counters.timeouts == 1; }));
}

TEST(SlowClient, ThatNeverHangsUpIsLeft) {
    ServerOptions options;
    options.patience.linger = kSoon;
    RunningServer server(with(Method::post, "/", echo), options);
    RawClient client(server.port());
    EXPECT_EQ(client.send("nonsense\r\n\r\n").read().status, 400);
    EXPECT_TRUE(server.comes_true(
        [](const Counters& counters) { return counters.accepted == 1 && counters.open == 0; }));
}

TEST(SlowHandler, IsReportedToTheClientAndRunsToItsEnd) {
    ServerOptions options;
    options.patience.handler = kSoon;
    std::promise<void> ended;
    Gate* gate = nullptr;
    RunningServer server(with(Method::post, "/",
                              [&](Request) -> flow::Task<Response> {
                                  co_await gate->pass();
                                  ended.set_value();
                                  co_return Response::empty();
                              }),
                         options);
    Gate real(server.io());
    gate = &real;
    RawClient client(server.port());
    const RawAnswer answer = client.send(kPost + "Content-Length: 0\r\n\r\n").read();
    EXPECT_EQ(answer.status, 504);
    EXPECT_TRUE(client.is_closed_by_server());
    EXPECT_EQ(server.counters().open, 1u);
    server.ask([&] { real.open(); });
    ended.get_future().get();
    EXPECT_TRUE(server.comes_true([](const Counters& counters) { return counters.open == 0; }));
}

TEST(FullHouse, TurnsTheNextClientAwayWith503AndTakesItLater) {
    ServerOptions options;
    options.max_connections = 1;
    RunningServer server(with(Method::post, "/", echo), options);
    {
        RawClient first(server.port());
        EXPECT_EQ(first.send(kPost + "Content-Length: 1\r\n\r\nx").read().status, 200);
        RawClient second(server.port());
        const RawAnswer answer = second.send(kPost + "Content-Length: 1\r\n\r\nx").read();
        EXPECT_EQ(answer.status, 503);
        EXPECT_TRUE(answer.has("Retry-After: 5"));
    }
    EXPECT_TRUE(server.comes_true([](const Counters& counters) { return counters.open == 0; }));
    EXPECT_EQ(RawClient(server.port()).send(kPost + "Content-Length: 1\r\n\r\nx").read().status, 200);
    EXPECT_EQ(server.counters().turned_away, 1u);
}

RC_GTEST_PROP(Noise, IsAnsweredOrRefusedButNeverFatal, (const std::string& noise)) {
    static RunningServer server(with(Method::post, "/", echo));
    RawClient broken(server.port());
    broken.send(noise);
    broken.finish_sending();
    (void)broken.read_to_end();
    RawClient sane(server.port());
    RC_ASSERT(sane.send(kPost + "Content-Length: 2\r\n\r\nok").read().body == "ok");
}

}  // namespace
}  // namespace candour::http
