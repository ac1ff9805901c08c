#include "edge/http/client.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "edge/http/problem.hpp"
#include "edge/http/request_headers.hpp"
#include "running_server.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

flow::Task<Response> mirror(Request request) {
    boost::json::object body;
    body["method"] = core::name_of(kMethods, request.method);
    body["token"] = bearer_token(request).value_or("none");
    body["type"] = request.header("Content-Type");
    body["match"] = request.header("If-Match");
    body["body"] = request.body;
    Response response = Response::json(200, boost::json::value(std::move(body)));
    response.set("ETag", "\"7\"");
    co_return response;
}

TEST(Client, SendsTokenHeadersAndBodyAndBringsTheAnswerBack) {
    RunningServer server(with(Method::post, "/api", mirror));
    const Result<Client> client = Client::at(server.url(), {"cdr_secret", 10s, 1024});
    ASSERT_TRUE(client);
    const ClientRequest request{
        Method::post, "/api", "{\"a\":1}", "application/json", {{"If-Match", "\"6\""}}};
    const Result<ClientAnswer> answer = client->send(request);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->ok());
    EXPECT_EQ(answer->headers.get("etag"), "\"7\"");
    EXPECT_EQ(
        answer->body,
        R"({"method":"POST","token":"cdr_secret","type":"application/json","match":"\"6\"","body":"{\"a\":1}"})");
}

/// What a client that asks for http://[::1] says is its host.
std::string host_said(const std::function<void(const Client&)>& ask) {
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v6::loopback(), 0});
    std::string head;
    std::thread other([&] {
        asio::ip::tcp::socket socket = acceptor.accept();
        boost::system::error_code ignored;
        asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", ignored);
        asio::write(socket, asio::buffer(std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")),
                    ignored);
    });
    const std::string port = std::to_string(acceptor.local_endpoint().port());
    ask(*Client::at("http://[::1]:" + port));
    other.join();
    const bool bracketed = head.find("Host: [::1]:" + port + "\r\n") != std::string::npos;
    return bracketed ? "bracketed" : head;
}

TEST(Client, PutsAnAddressOfSixIntoBracketsWhicheverWayItAsks) {
    EXPECT_EQ(host_said([](const Client& client) { EXPECT_TRUE(client.send({})); }), "bracketed");
    EXPECT_EQ(host_said([](const Client& client) {
                  EXPECT_TRUE(client.listen({}, [](std::string_view) { return true; }));
              }),
              "bracketed");
}

TEST(Client, TakesARefusalForAnAnswerWithAMeaning) {
    RunningServer server(with(Method::post, "/api", [](Request) -> flow::Task<Response> {
        co_return to_response(stale_version(3, 5));
    }));
    const Result<ClientAnswer> answer = Client::at(server.url())->send({Method::post, "/api", {}, {}, {}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 412u);
    const Error error = error_of(*answer);
    EXPECT_EQ(error.code, ErrorCode::conflict);
    EXPECT_TRUE(error.message.starts_with("expected version 3, found 5"));
}

TEST(Client, SaysWhatToDoWhenNobodyAnswers) {
    std::string url;
    {
        const RunningServer server{Router{}};
        url = server.url();
    }
    const Result<ClientAnswer> answer = Client::at(url)->send({});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
    EXPECT_EQ(answer.error().message,
              "no Candour host answers at " + url + ": Connection refused; start it with candour serve");
}

TEST(Client, GivesUpOnAHostThatTakesTooLong) {
    Gate* gate = nullptr;
    RunningServer server(with(Method::get, "/", [&gate](Request) -> flow::Task<Response> {
        co_await gate->pass();
        co_return Response::empty();
    }));
    Gate real(server.io());
    gate = &real;
    const Result<ClientAnswer> answer = Client::at(server.url(), {{}, 30ms, 1024})->send({});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::deadline);
    server.ask([&real] { real.open(); });
}

TEST(Client, NoticesWhenWhatAnswersSpeaksNoHttp) {
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    std::thread other([&] {
        asio::ip::tcp::socket socket = acceptor.accept();
        asio::write(socket, asio::buffer(std::string_view("SSH-2.0-other\r\n")));
        std::array<char, 512> rest{};
        boost::system::error_code ignored;
        while (!ignored) socket.read_some(asio::buffer(rest), ignored);
    });
    const std::string url = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    const Result<ClientAnswer> answer = Client::at(url)->send({});
    other.join();
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::corrupt);
}

TEST(Client, BringsARefusalBackThatComesBeforeTheBodyIsSent) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 10}));
    const Result<ClientAnswer> answer =
        Client::at(server.url())->send({Method::post, "/", std::string(3'000'000, 'x'), "text/csv", {}});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 413u);
}

TEST(Client, RefusesAddressesItCannotUse) {
    for (const char* bad : {"", "127.0.0.1:8080", "ftp://a", "http://", "http://a/b", "http://a?b",
                            "http://u:p@a", "http://a:x"}) {
        const Result<Client> client = Client::at(bad);
        ASSERT_FALSE(client) << bad;
        EXPECT_EQ(client.error().code, ErrorCode::invalid);
    }
    EXPECT_EQ(Client::at("https://candour.example/")->base_url(), "https://candour.example:443");
    EXPECT_EQ(Client::at("http://[::1]:8080")->base_url(), "http://[::1]:8080");
}

}  // namespace
}  // namespace candour::http
