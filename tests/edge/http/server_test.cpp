#include "edge/http/server.hpp"

#include <gtest/gtest.h>

#include "running_server.hpp"

namespace candour::http {
namespace {

const char* const kGetRoot = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

std::string post(const std::string& path, const std::string& body, const std::string& more = {}) {
    return "POST " + path + " HTTP/1.1\r\nHost: h\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

flow::Task<Response> describe(Request request) {
    std::string text =
        std::string(core::name_of(kMethods, request.method)) + " " + request.path + " ?" + request.query;
    text += " item=" + std::string(request.parameter("item")) + " x=" + std::string(request.header("X-Test"));
    text += " peer=" + request.peer;
    co_return Response::text(200, std::move(text));
}

TEST(Server, GivesTheHandlerTheWholeRequest) {
    RunningServer server(with(Method::get, "/items/{item}", describe));
    RawClient client(server.port());
    client.send("GET /items/caf%C3%A9?q=%20 HTTP/1.1\r\nHost: h\r\nx-TEST:  one \r\n\r\n");
    EXPECT_EQ(client.read().body, "GET /items/café ?q=%20 item=café x=one peer=127.0.0.1");
}

TEST(Server, AnswersManyRequestsOnOneConnection) {
    RunningServer server(with(Method::post, "/", echo));
    RawClient client(server.port());
    for (int i = 0; i < 20; ++i) {
        const RawAnswer answer = client.send(post("/", "text " + std::to_string(i))).read();
        ASSERT_EQ(answer.status, 200);
        ASSERT_EQ(answer.body, "text " + std::to_string(i));
    }
    EXPECT_EQ(server.counters().accepted, 1u);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
    RunningServer server(with(Method::post, "/", echo));
    std::string all;
    for (int i = 0; i < 500; ++i) all += post("/", std::to_string(i));
    RawClient client(server.port());
    client.send(all);
    for (int i = 0; i < 500; ++i) ASSERT_EQ(client.read().body, std::to_string(i));
}

TEST(Server, UnderstandsARequestThatComesByteByByte) {
    RunningServer server(with(Method::post, "/", echo));
    RawClient client(server.port());
    for (const char c : post("/", "slow but sure")) client.send(std::string_view(&c, 1));
    EXPECT_EQ(client.read().body, "slow but sure");
}

TEST(Server, PutsChunksTogetherAndForgetsTrailers) {
    RunningServer server(with(Method::post, "/", echo));
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n");
    client.send("a\r\n0123456789\r\n0\r\nX-Test: late\r\n\r\n");
    EXPECT_EQ(client.read().body, "abc0123456789");
    EXPECT_EQ(client.send(post("/", "next")).read().body, "next");
}

TEST(Server, SendsTheBodyOfHeadNowhereButItsLength) {
    RunningServer server(with(
        Method::get, "/", [](Request) -> flow::Task<Response> { co_return Response::text(200, "12345"); }));
    RawClient client(server.port());
    const RawAnswer head = client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").read(false);
    EXPECT_EQ(head.status, 200);
    EXPECT_TRUE(head.has("Content-Length: 5"));
    EXPECT_EQ(client.send(kGetRoot).read().body, "12345");
}

TEST(Server, CarriesLargeAnswersWhole) {
    const std::string large(8 * 1024 * 1024, 'x');
    RunningServer server(with(Method::get, "/", [&large](Request) -> flow::Task<Response> {
        co_return Response::text(200, large);
    }));
    RawClient client(server.port());
    EXPECT_EQ(client.send(kGetRoot).read().body.size(), large.size());
    EXPECT_EQ(client.send(kGetRoot).read().body.size(), large.size());
}

TEST(Server, ClosesWhenTheClientWantsIt) {
    RunningServer server(with(Method::get, "/", describe));
    RawClient client(server.port());
    const RawAnswer answer = client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Connection: close"));
    EXPECT_TRUE(client.is_closed_by_server());
}

TEST(Server, SpeaksToClientsOfTheOldVersion) {
    RunningServer server(with(Method::get, "/", describe));
    RawClient once(server.port()), twice(server.port());
    EXPECT_TRUE(once.send("GET / HTTP/1.0\r\n\r\n").read().has("Connection: close"));
    EXPECT_TRUE(once.is_closed_by_server());
    EXPECT_TRUE(
        twice.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").read().has("Connection: keep-alive"));
    EXPECT_EQ(twice.send(kGetRoot).read().status, 200);
}

TEST(Server, AsksForTheBodyOfAClientThatWaitsForIt) {
    RunningServer server(with(Method::post, "/", echo));
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    EXPECT_EQ(client.send("body").read().body, "body");
}

TEST(Server, TellsAClientThatWaitsWhenItsBodyIsUnwelcome) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 10}));
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(client.read().status, 413);
}

TEST(Server, SaysWhichMethodsAnAddressKnows) {
    Router router = with(Method::get, "/", describe);
    router.add(Method::post, "/", echo);
    RunningServer server(std::move(router));
    RawClient client(server.port());
    const RawAnswer refused = client.send("DELETE / HTTP/1.1\r\nHost: h\r\n\r\n").read();
    EXPECT_EQ(refused.status, 405);
    EXPECT_TRUE(refused.has("Allow: GET, HEAD, POST, OPTIONS"));
    const RawAnswer options = client.send("OPTIONS / HTTP/1.1\r\nHost: h\r\n\r\n").read();
    EXPECT_EQ(options.status, 204);
    EXPECT_TRUE(options.has("Allow: GET, HEAD, POST, OPTIONS"));
    EXPECT_EQ(client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 204);
    EXPECT_EQ(client.send("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n").read().status, 404);
    EXPECT_EQ(client.send(kGetRoot).read().status, 200);
}

TEST(Server, RefusesInTheLanguageOfTheReader) {
    RunningServer server(Router{});
    RawClient client(server.port());
    const RawAnswer page = client.send("GET /x HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n").read();
    EXPECT_TRUE(page.has("Content-Type: text/html; charset=utf-8"));
    EXPECT_NE(page.head.find("Content-Security-Policy: default-src 'none'; style-src 'sha256-"),
              std::string::npos);
    const RawAnswer problem = client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n").read();
    EXPECT_TRUE(problem.has("Content-Type: application/problem+json"));
}

TEST(Server, ProtectsEachRouteForItsAudience) {
    RunningServer server(with(Method::get, "/", describe, kCustomerPage));
    RawClient client(server.port());
    EXPECT_TRUE(client.send(kGetRoot).read().has("Referrer-Policy: no-referrer"));
}

TEST(Server, TurnsAnExceptionIntoAnAnswerAndAReport) {
    std::promise<std::string> reported;
    ServerOptions options;
    options.report = [&reported](std::string_view sentence) { reported.set_value(std::string(sentence)); };
    Router router = with(Method::get, "/{a}",
                         [](Request) -> flow::Task<Response> { throw std::runtime_error("secret 4711"); });
    router.add(Method::post, "/", echo);
    RunningServer server(std::move(router), options);
    RawClient client(server.port());
    const RawAnswer answer = client.send("GET /token HTTP/1.1\r\nHost: h\r\n\r\n").read();
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("4711"), std::string::npos);
    EXPECT_EQ(reported.get_future().get(), "GET /{a} failed: secret 4711");
    EXPECT_EQ(client.send(post("/", "still here")).read().body, "still here");
    EXPECT_EQ(server.counters().faults, 1u);
}

TEST(Server, CountsWhatItAnswered) {
    RunningServer server(with(Method::get, "/", describe));
    RawClient client(server.port());
    client.send(kGetRoot).read();
    client.send("GET /no HTTP/1.1\r\nHost: h\r\n\r\n").read();
    const Counters counters = server.counters();
    EXPECT_EQ(counters.requests, 2u);
    EXPECT_EQ(counters.answers[2], 1u);
    EXPECT_EQ(counters.answers[4], 1u);
    EXPECT_EQ(counters.open, 1u);
}

TEST(Server, SaysWhichAddressIsTaken) {
    RunningServer first{Router{}};
    asio::io_context io;
    const Router router;
    ServerOptions options;
    options.port = first.port();
    Server second(io, router, options);
    const Done listening = second.listen();
    ASSERT_FALSE(listening);
    EXPECT_EQ(listening.error().code, ErrorCode::unavailable);
    EXPECT_NE(listening.error().message.find(std::to_string(first.port())), std::string::npos);
}

}  // namespace
}  // namespace candour::http
