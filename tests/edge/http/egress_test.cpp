/// The way out: whom it connects to, and what it makes of what comes back.
#include "edge/http/egress.hpp"

#include <gtest/gtest.h>

#include "edge/http/public_address.hpp"
#include "running_server.hpp"
#include "support/mail/certificates.hpp"
#include "support/run_task.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

TEST(PublicAddress, TellsTheWorldFromTheHouse) {
    for (const char* world : {"93.184.216.34", "8.8.8.8", "172.15.255.255", "172.32.0.1", "100.63.255.255",
                              "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
        EXPECT_TRUE(is_public(asio::ip::make_address(world))) << world;
    for (const char* house : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.0.0.1",
                              "192.0.2.1",
                              "192.168.1.1",
                              "198.18.0.1",
                              "198.19.255.255",
                              "198.51.100.1",
                              "203.0.113.9",
                              "224.0.0.1",
                              "239.1.1.1",
                              "240.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fe80::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:169.254.169.254",
                              "64:ff9b::10.0.0.1",
                              "64:ff9b:1::1",
                              "2002:7f00:1::1",
                              "2001:db8::1",
                              "2001:0:1::1",
                              "3fff::1",
                              "::7f00:1",
                              "fec0::1"})
        EXPECT_FALSE(is_public(asio::ip::make_address(house))) << house;
}

TEST(EgressPlace, IsReadAsItIsConnectedTo) {
    asio::io_context io;
    const Egress egress(io, {});
    EXPECT_EQ(*egress.place_of("https://API.Acme.example./v1?k=1#f"),
              (flow::EgressPlace{true, "api.acme.example", "443"}));
    EXPECT_EQ(*egress.place_of("http://[::1]:8080"), (flow::EgressPlace{false, "::1", "8080"}));
    for (const char* wrong :
         {"", "acme.example", "//acme.example/", "ftp://acme.example/", "file:///etc/passwd", "https://",
          "https://user@acme.example/", "https://acme.example\\@evil.example/", "https://a b/",
          "https://acme.example/\r\nX: y"})
        EXPECT_FALSE(egress.place_of(wrong)) << wrong;
}

class EgressTo : public testing::Test {
 protected:
    Result<flow::EgressAnswer> fetch(const std::string& path, flow::EgressRequest request = {},
                                     bool ours = true) {
        asio::io_context io;
        const std::string place = "127.0.0.1:" + std::to_string(server.port());
        Egress egress(io, ours ? std::vector<std::string>{place} : std::vector<std::string>{});
        request.url = "http://" + place + path;
        return support::run_task(io, egress.fetch(std::move(request)));
    }
    static flow::Task<Response> answer(Request request) {
        if (request.path == "/large") co_return Response::text(200, std::string(5 * 1024 * 1024, 'x'));
        if (request.path == "/away") {
            Response away = Response::text(302, "");
            away.set("Location", "http://169.254.169.254/");
            co_return away;
        }
        if (request.path == "/broken") co_return Response::text(500, "sorry");
        Response echoed = Response::text(200, std::string(core::name_of(kMethods, request.method)) + " " +
                                                  request.body + " " + std::string(request.header("X-Key")));
        co_return echoed;
    }
    static Router routes() {
        Router router;
        for (const Method method : {Method::get, Method::post}) router.add(method, "/{rest*}", &answer);
        return router;
    }
    RunningServer server{routes()};
};

TEST_F(EgressTo, SendsWhatItIsGivenAndBringsTheAnswerBack) {
    const auto answer = fetch("/x", {"POST", "", {{"x-key", "k"}}, "words", 10s});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 200U);
    EXPECT_EQ(answer->body, "POST words k");
    bool typed = false;
    for (const auto& [name, value] : answer->headers) typed = typed || name == "content-type";
    EXPECT_TRUE(typed) << "names are in lower case";
    EXPECT_EQ(fetch("/broken")->status, 500U) << "every status is an answer";
}

TEST_F(EgressTo, RefusesAnAddressOfTheHouseThatNobodyAllowed) {
    const auto refused = fetch("/x", {}, false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::denied);
    EXPECT_EQ(server.counters().accepted, 0U) << "nothing was connected to";
}

TEST_F(EgressTo, FollowsNoRedirection) {
    const auto answer = fetch("/away");
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 302U);
}

TEST_F(EgressTo, GivesUpAnAnswerThatIsTooLong) {
    const auto answer = fetch("/large");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::exhausted);
}

/// Takes one connection and says this, or nothing.
Result<flow::EgressAnswer> ask_one_who_says(std::string_view words, std::string_view scheme = "http") {
    asio::io_context there;
    asio::ip::tcp::acceptor acceptor(there, {asio::ip::address_v4::loopback(), 0});
    const std::string place = "127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
    std::thread other([&] {
        asio::ip::tcp::socket socket = acceptor.accept();
        std::string head;
        boost::system::error_code ignored;
        if (!words.empty()) {
            asio::read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n", ignored);
            asio::write(socket, asio::buffer(words), ignored);
        } else {
            asio::read(socket, asio::dynamic_buffer(head), ignored);
        }
    });
    asio::io_context io;
    Egress egress(io, {place});
    flow::EgressRequest request{"GET", std::string(scheme) + "://" + place + "/path?key=k", {}, {}, 300ms};
    Result<flow::EgressAnswer> answer = support::run_task(io, egress.fetch(request));
    other.join();
    return answer;
}

TEST(EgressFailure, SaysWhatHappenedAndNeverThePath) {
    const auto silent = ask_one_who_says("");
    EXPECT_EQ(silent.error().code, ErrorCode::deadline);
    const auto odd = ask_one_who_says("220 smtp.example ESMTP\r\n\r\n");
    EXPECT_EQ(odd.error().code, ErrorCode::corrupt) << odd.error().message;
    const auto cut = ask_one_who_says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_FALSE(cut);
    const auto plain = ask_one_who_says("HTTP/1.1 400 Bad Request\r\n\r\n", "https");
    EXPECT_FALSE(plain) << "TLS is not optional";
    for (const auto* failed : {&silent, &odd, &cut, &plain})
        EXPECT_EQ(failed->error().message.find("key=k"), std::string::npos) << failed->error().message;
}

/// A server with this certificate that answers one request, asked by a host that trusts one authority.
Result<flow::EgressAnswer> ask_over_tls(const support::Certificates& shown,
                                        const support::Certificates& trusted) {
    asio::io_context there;
    asio::ip::tcp::acceptor acceptor(there, {asio::ip::address_v4::loopback(), 0});
    const std::string place = "localhost:" + std::to_string(acceptor.local_endpoint().port());
    std::thread other([&] {
        asio::ssl::context tls(asio::ssl::context::tls_server);
        tls.use_certificate_chain_file(shown.certificate());
        tls.use_private_key_file(shown.key(), asio::ssl::context::pem);
        asio::ssl::stream<asio::ip::tcp::socket> stream(acceptor.accept(), tls);
        boost::system::error_code failed;
        stream.handshake(asio::ssl::stream_base::server, failed);
        std::string head;
        if (!failed) asio::read_until(stream, asio::dynamic_buffer(head), "\r\n\r\n", failed);
        if (!failed)
            asio::write(stream, asio::buffer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsafe"), failed);
        if (!failed) stream.shutdown(failed);
    });
    setenv("SSL_CERT_FILE", trusted.authority().c_str(), 1);
    asio::io_context io;
    Egress egress(io, {place});
    flow::EgressRequest request{"GET", "https://" + place + "/", {}, {}, 5s};
    Result<flow::EgressAnswer> answer = support::run_task(io, egress.fetch(request));
    unsetenv("SSL_CERT_FILE");
    other.join();
    return answer;
}

TEST(EgressOverTls, ReadsFromAHostThatTheSystemTrusts) {
    const support::Certificates certificates("localhost");
    const auto answer = ask_over_tls(certificates, certificates);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "safe");
}

TEST(EgressOverTls, RefusesAnotherAuthorityAndAnotherName) {
    const support::Certificates certificates("localhost"), others("localhost"), named("other.example");
    EXPECT_FALSE(ask_over_tls(certificates, others));
    EXPECT_FALSE(ask_over_tls(named, named));
}

}  // namespace
}  // namespace candour::http
