/// The host speaks TLS itself.
#include "edge/http/tls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "edge/http/client.hpp"
#include "running_server.hpp"
#include "support/certificate.hpp"
#include "support/temp_dir.hpp"

namespace candour::http {
namespace {

using support::Certificate;
using testing::HasSubstr;

constexpr core::Instant kThisYear{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};

flow::Task<Response> say_how(Request request) {
    co_return Response::text(200, request.tls ? "by TLS" : "plainly");
}

class Tls : public testing::Test {
 protected:
    ServerOptions options() {
        auto read = TlsCredentials::read({certificate_.certificate, certificate_.key});
        if (!read) throw std::runtime_error(read.error().message);
        credentials_ = *read;
        ServerOptions options;
        options.tls = credentials_;
        options.transport_rule = "max-age=60";
        return options;
    }
    static Client client(const RunningServer& server, const std::filesystem::path& certificate) {
        ClientOptions options;
        options.certificate_file = certificate.string();
        return *Client::at("https://127.0.0.1:" + std::to_string(server.port()), options);
    }
    Result<ClientAnswer> send(const RunningServer& server, const ClientRequest& request) const {
        return client(server, certificate_.certificate).send(request);
    }
    Result<ClientAnswer> get(const RunningServer& server) const { return send(server, {}); }
    static void put(const std::filesystem::path& file, const std::string& text) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    }

    support::TempDir folder_{"tls"};
    Certificate certificate_{folder_ / "ours"};
    std::shared_ptr<TlsCredentials> credentials_;
};

TEST_F(Tls, TellsHandlersHowSomebodyCame) {
    RunningServer server(with(Method::get, "/", say_how), options());
    const Result<ClientAnswer> answer = get(server);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->body, "by TLS");
    EXPECT_EQ(answer->headers.get("Strict-Transport-Security"), "max-age=60");
}

TEST_F(Tls, CarriesLargeBodiesBothWays) {
    RunningServer server(with(Method::post, "/", echo, {Audience::api, 20'000'000}), options());
    ClientRequest request;
    request.method = Method::post;
    request.body.resize(9'000'000);
    for (std::size_t i = 0; i < request.body.size(); ++i) request.body[i] = static_cast<char>('a' + i % 23);
    const Result<ClientAnswer> answer = send(server, request);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->body == request.body) << answer->body.size();
}

TEST_F(Tls, TellsWhoeverSpeaksPlainlyWhereToGo) {
    RunningServer server(with(Method::get, "/", say_how), options());
    RawClient plain(server.port());
    const RawAnswer answer =
        plain.send("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\n\r\n").read();
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("begins with https://"));
    EXPECT_THAT(answer.head, Not(HasSubstr("Strict-Transport")));
    EXPECT_TRUE(get(server)) << "others are not disturbed";
}

TEST_F(Tls, EndsALineOnWhichNobodyUnderstandsAnything) {
    RunningServer server(with(Method::get, "/", say_how), options());
    for (const std::string& noise :
         {std::string("\x16\x03\x01\x00\x05hello"), std::string("\x16"), std::string(70'000, '\x16')}) {
        RawClient broken(server.port());
        broken.send(noise).finish_sending();
        broken.read_to_end();
    }
    EXPECT_TRUE(get(server));
    EXPECT_TRUE(server.comes_true([](const Counters& counters) { return counters.open == 0; }));
}

TEST_F(Tls, ShowsTheRenewedCertificateWithoutARestart) {
    RunningServer server(with(Method::get, "/", say_how), options());
    const Certificate next(folder_ / "next", "feedback.example.com");
    EXPECT_FALSE(client(server, next.certificate).send({}));
    std::filesystem::copy_file(next.certificate, certificate_.certificate,
                               std::filesystem::copy_options::overwrite_existing);
    const Done half = server.ask([this] { return credentials_->read_again(); });
    ASSERT_FALSE(half) << "the new certificate beside the old key";
    EXPECT_THAT(half.error().message, HasSubstr("expected the key that belongs to"));
    EXPECT_FALSE(client(server, next.certificate).send({})) << "what it had still holds";
    std::filesystem::copy_file(next.key, certificate_.key, std::filesystem::copy_options::overwrite_existing);
    const Done whole = server.ask([this] { return credentials_->read_again(); });
    ASSERT_TRUE(whole) << whole.error().message;
    EXPECT_TRUE(client(server, next.certificate).send({}));
    EXPECT_EQ(credentials_->facts().names_in_words(), "feedback.example.com");
}

TEST_F(Tls, TheCommandLineTrustsTheOneCertificateItKnows) {
    RunningServer server(with(Method::get, "/", say_how), options());
    EXPECT_FALSE(client(server, Certificate(folder_ / "other").certificate).send({}));
    EXPECT_FALSE(client(server, folder_ / "missing.pem").send({}));
    EXPECT_FALSE(client(server, {}).send({})) << "nobody vouches for it";
}

TEST_F(Tls, SaysWhichFileIsWrongAndWhatIsExpected) {
    const Certificate other(folder_ / "other");
    put(folder_ / "text.pem", "not a certificate\n");
    const auto why = [](const TlsFiles& files) {
        const auto read = TlsCredentials::read(files);
        return read ? std::string("it was taken") : read.error().message;
    };
    EXPECT_THAT(why({folder_ / "none.pem", certificate_.key}), HasSubstr("none.pem: expected a certificate"));
    EXPECT_THAT(why({folder_ / "text.pem", certificate_.key}), HasSubstr("BEGIN CERTIFICATE"));
    EXPECT_THAT(why({certificate_.certificate, folder_ / "none.key"}), HasSubstr("No such file"));
    EXPECT_THAT(why({certificate_.certificate, folder_ / "text.pem"}), HasSubstr("pass phrase"));
    EXPECT_THAT(why({certificate_.certificate, other.key}), HasSubstr("the key of another certificate"));
}

TEST_F(Tls, KnowsWhenACertificateEndsAndWhomItIsFor) {
    const CertificateFacts ended{{"a.example"}, kThisYear - std::chrono::days(90), kThisYear};
    EXPECT_EQ(ended.why_not(kThisYear), "it ended on 2026-06-01");
    EXPECT_EQ(ended.why_not(kThisYear - std::chrono::seconds(1)), "");
    EXPECT_EQ(ended.why_not(kThisYear - std::chrono::days(91)), "it holds only from 2026-03-03 on");
    const CertificateFacts wild{{"*.example.com", "127.0.0.1"}, {}, kThisYear};
    EXPECT_TRUE(wild.covers("https://feedback.example.com"));
    EXPECT_TRUE(wild.covers("https://127.0.0.1:8443"));
    EXPECT_FALSE(wild.covers("https://example.com"));
    EXPECT_FALSE(wild.covers("https://a.b.example.com"));
    EXPECT_FALSE(wild.covers("not a URL"));
}

TEST(StrictTransport, IsSaidToThoseWhoCameByTlsAsAProxySays) {
    ServerOptions options;
    options.transport_rule = "max-age=60";
    options.proxies = {"127.0.0.1"};
    RunningServer server(with(Method::get, "/", say_how), options);
    RawClient client(server.port());
    const auto head = [&client](const std::string& more) {
        return client.send("GET / HTTP/1.1\r\nHost: h\r\n" + more + "\r\n").read().head;
    };
    EXPECT_THAT(head("X-Forwarded-Proto: https\r\n"), HasSubstr("Strict-Transport-Security: max-age=60\r\n"));
    EXPECT_THAT(head(""), Not(HasSubstr("Strict-Transport"))) << "also on the same connection";
    EXPECT_THAT(head("X-Forwarded-Proto: http\r\n"), Not(HasSubstr("Strict-Transport")));
    EXPECT_THAT(head("Forwarded: proto=https\r\n"), Not(HasSubstr("Strict-Transport")));
}

TEST(StrictTransport, IsNotBelievedOfStrangers) {
    ServerOptions options;
    options.transport_rule = "max-age=60";
    options.proxies = {"192.0.2.1"};
    RunningServer server(with(Method::get, "/", say_how), options);
    RawClient client(server.port());
    const RawAnswer answer =
        client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-Proto: https\r\n\r\n").read();
    EXPECT_THAT(answer.head, Not(HasSubstr("Strict-Transport")));
}

}  // namespace
}  // namespace candour::http
