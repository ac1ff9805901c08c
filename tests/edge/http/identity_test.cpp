#include "edge/http/routes/identity.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "crypto/digest.hpp"
#include "edge/http/body_stream.hpp"
#include "support/manual_clock.hpp"
#include "support/run_task.hpp"

namespace candour::http {
namespace {

using namespace std::chrono_literals;

/// Tokens and repeats as the store promises them, without one.
class Desk final : public flow::Tokens, public flow::Repeats, public flow::Sessions, public flow::AuditLog {
 public:
    void give(const std::string& secret, flow::Scopes scopes, core::Instant expires = core::kNever) {
        flow::Caller caller{TokenId(IdBytes{static_cast<std::uint8_t>(known.size() + 1)}),
                            {},
                            secret,
                            scopes,
                            expires,
                            core::kNever};
        known[crypto::to_hex(crypto::sha256(secret))] = caller;
    }
    flow::Task<Done> create(flow::NewToken, flow::Doer, core::Instant) override { co_return done(); }
    flow::Task<Result<flow::Caller>> find(std::string digest) override {
        if (!known.contains(digest)) co_return Error{ErrorCode::not_found, "nobody has this token"};
        co_return known[digest];
    }
    flow::Task<Result<std::vector<flow::TokenView>>> list() override {
        co_return std::vector<flow::TokenView>{};
    }
    flow::Task<Done> revoke(TokenId, flow::Doer, core::Instant) override { co_return done(); }
    flow::Task<Done> used(TokenId, core::Instant) override {
        ++uses;
        co_return done();
    }
    flow::Task<Result<std::optional<flow::KeptAnswer>>> begin(flow::RepeatKey key, core::Instant) override {
        const auto [at, fresh] = kept.try_emplace(key.token.text() + key.key, key.digest, flow::KeptAnswer{});
        if (fresh) co_return std::optional<flow::KeptAnswer>();
        if (at->second.first != key.digest)
            co_return Error{ErrorCode::invalid, "Idempotency-Key: another request"};
        if (at->second.second.status == 0) co_return Error{ErrorCode::conflict, "still being worked on"};
        co_return std::optional(at->second.second);
    }
    flow::Task<Done> keep(flow::RepeatKey key, flow::KeptAnswer answer, core::Instant) override {
        kept[key.token.text() + key.key].second = std::move(answer);
        co_return done();
    }
    flow::Task<Done> forget(flow::RepeatKey key) override {
        kept.erase(key.token.text() + key.key);
        co_return done();
    }

    flow::Task<Result<flow::Caller>> find_session(std::string digest, core::Instant) override {
        Result<flow::Caller> caller = known.contains(digest)
                                          ? Result<flow::Caller>(known[digest])
                                          : Error{ErrorCode::not_found, "nobody is signed in"};
        if (caller) caller->signed_in = true;
        co_return caller;
    }
    flow::Task<Done> session_used(TokenId, core::Instant) override {
        ++uses;
        co_return done();
    }
    flow::Task<Done> append(flow::AuditEntry entry, core::Instant) override {
        acts.push_back(std::move(entry));
        co_return done();
    }
    flow::Task<Result<std::vector<flow::AuditRow>>> page(flow::AuditQuery) override {
        co_return std::vector<flow::AuditRow>{};
    }

    std::vector<flow::AuditEntry> acts;
    std::map<std::string, flow::Caller> known;
    std::map<std::string, std::pair<std::string, flow::KeptAnswer>> kept;
    int uses = 0;
};

class IdentityTest : public testing::Test {
 protected:
    static Request request(Method method, const std::string& secret, const std::string& body = {},
                           const std::string& key = {}) {
        Request request;
        request.method = method;
        request.path = "/api/v1/things";
        request.body = body;
        if (!secret.empty()) request.headers.add("Authorization", "Bearer " + secret);
        if (!key.empty()) request.headers.add("Idempotency-Key", key);
        return request;
    }
    Response ask(const Handler& handler, Request request) {
        return support::run_task(io, handler(std::move(request)));
    }
    Handler counting(unsigned status = 201, std::optional<flow::Scope> scope = std::nullopt) {
        return identity.required([this, status](Request, const flow::Caller&) { return work(status); },
                                 scope);
    }
    flow::Task<Response> work(unsigned status) {
        ++runs;
        Response response = Response::json(status, "{\"run\":" + std::to_string(runs) + "}");
        response.set("ETag", "\"1\"");
        co_return response;
    }
    static std::string detail(const Response& response) {
        return std::string(boost::json::parse(response.body).at("detail").as_string());
    }

    boost::asio::io_context io;
    support::ManualClock clock;
    Desk desk;
    SessionCookie cookie{"http://127.0.0.1:8080", {}};
    Identity identity{{desk, desk, desk, desk, cookie, clock, 0}};
    int runs = 0;
};

TEST_F(IdentityTest, AsksForTheScopeThatFitsTheMethod) {
    desk.give("reader", {flow::Scope::read});
    desk.give("writer", {flow::Scope::write});
    EXPECT_EQ(ask(counting(200), request(Method::get, "reader")).status, 200U);
    const Response refused = ask(counting(), request(Method::post, "reader"));
    EXPECT_EQ(refused.status, 403U);
    EXPECT_EQ(boost::json::parse(refused.body).at("missing_scope").as_string(), "write");
    EXPECT_NE(detail(refused).find("candour token create --scope write"), std::string::npos);
    EXPECT_EQ(ask(counting(), request(Method::post, "writer")).status, 201U);
    EXPECT_EQ(ask(counting(200), request(Method::get, "writer")).status, 200U)
        << "whoever may write may look";
    EXPECT_EQ(ask(counting(201, flow::Scope::send), request(Method::post, "writer")).status, 403U);
    EXPECT_EQ(runs, 3);
}

TEST_F(IdentityTest, KnowsWhenATokenIsOver) {
    desk.give("guest", flow::Scopes::all(), clock.now() + 1h);
    EXPECT_EQ(ask(counting(), request(Method::post, "guest")).status, 201U);
    clock.advance(1h);
    const Response refused = ask(counting(), request(Method::post, "guest"));
    EXPECT_EQ(refused.status, 401U);
    EXPECT_NE(detail(refused).find("expired"), std::string::npos);
}

TEST_F(IdentityTest, NotesTheUseOfATokenOnceAMinute) {
    desk.give("reader", {flow::Scope::read});
    for (int i = 0; i < 5; ++i) ask(counting(200), request(Method::get, "reader"));
    io.restart();
    io.poll();
    EXPECT_EQ(desk.uses, 1);
    clock.advance(1min);
    ask(counting(200), request(Method::get, "reader"));
    io.restart();
    io.poll();
    EXPECT_EQ(desk.uses, 2);
}

TEST_F(IdentityTest, GivesTheFirstAnswerAgainToTheSameKey) {
    desk.give("writer", {flow::Scope::write});
    const Response first = ask(counting(), request(Method::post, "writer", "{}", "k"));
    const Response again = ask(counting(), request(Method::post, "writer", "{}", "k"));
    EXPECT_EQ(runs, 1);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.status, 201U);
    EXPECT_EQ(*again.find("ETag"), "\"1\"");
    EXPECT_EQ(*again.find("Idempotency-Replayed"), "true");
    EXPECT_EQ(first.find("Idempotency-Replayed"), nullptr);
    EXPECT_EQ(ask(counting(), request(Method::post, "writer", "{\"other\":1}", "k")).status, 422U);
    EXPECT_EQ(runs, 1);
}

TEST_F(IdentityTest, LetsARefusedRequestTryAgainWithItsKey) {
    desk.give("writer", {flow::Scope::write});
    EXPECT_EQ(ask(counting(409), request(Method::post, "writer", "{}", "k")).status, 409U);
    EXPECT_EQ(ask(counting(201), request(Method::post, "writer", "{}", "k")).status, 201U);
    EXPECT_EQ(runs, 2);
}

TEST_F(IdentityTest, ForgetsTheKeyOfAHandlerThatThrew) {
    desk.give("writer", {flow::Scope::write});
    const Handler broken = identity.required([](Request, const flow::Caller&) -> flow::Task<Response> {
        throw std::runtime_error("broken");
        co_return Response::empty();
    });
    EXPECT_THROW(ask(broken, request(Method::post, "writer", "{}", "k")), std::runtime_error);
    EXPECT_TRUE(desk.kept.empty());
}

TEST_F(IdentityTest, KeepsNoAnswerThatHoldsASecret) {
    desk.give("admin", flow::Scopes::all());
    const Handler secret = identity.required_each_time(
        [this](Request, const flow::Caller&) { return work(201); }, flow::Scope::admin);
    EXPECT_EQ(ask(secret, request(Method::post, "admin", "{}", "k")).status, 422U);
    EXPECT_EQ(ask(secret, request(Method::post, "admin", "{}")).status, 201U);
    EXPECT_TRUE(desk.kept.empty());
}

TEST_F(IdentityTest, SlowsDownATokenThatAsksTooOften) {
    Identity strict({desk, desk, desk, desk, cookie, clock, 2});
    desk.give("writer", {flow::Scope::write});
    const Handler handler = strict.required([this](Request, const flow::Caller&) { return work(201); });
    EXPECT_EQ(ask(handler, request(Method::post, "writer")).status, 201U);
    EXPECT_EQ(ask(handler, request(Method::post, "writer")).status, 201U);
    const Response refused = ask(handler, request(Method::post, "writer"));
    EXPECT_EQ(refused.status, 429U);
    EXPECT_NE(refused.find("Retry-After"), nullptr);
}

TEST_F(IdentityTest, TakesACookieOnlyFromOurOwnPages) {
    const std::string secret(64, 'a');
    desk.give(secret, flow::Scopes::all());
    const auto from = [&](Method method, const std::string& site, const std::string& press) {
        Request one = request(method, "");
        one.headers.add("Cookie", "theme=dark; candour=" + secret);
        if (!site.empty()) one.headers.add("Sec-Fetch-Site", site);
        if (!press.empty()) one.headers.add("Candour-Press", press);
        return ask(counting(200), std::move(one)).status;
    };
    const std::string press = SessionCookie::press_token(secret);
    EXPECT_EQ(from(Method::get, "", ""), 200U) << "looking needs the cookie alone";
    EXPECT_EQ(from(Method::post, "same-origin", press), 200U);
    EXPECT_EQ(from(Method::post, "same-origin", ""), 403U);
    EXPECT_EQ(from(Method::post, "same-origin", std::string(32, '0')), 403U);
    EXPECT_EQ(from(Method::post, "", press), 403U) << "a browser that does not say where it comes from";
    for (const char* site : {"cross-site", "same-site", "none"})
        EXPECT_EQ(from(Method::post, site, press), 403U);
    EXPECT_EQ(runs, 2);
}

TEST_F(IdentityTest, WritesDownWhatAdministratorsDoAndNoSecret) {
    desk.give("boss", flow::Scopes::all());
    const Handler handler =
        identity.required([this](Request r, const flow::Caller&) { return work(r.body == "{}" ? 422 : 200); },
                          flow::Scope::admin);
    const auto asked = [&](Method method, const std::string& body) {
        Request one = request(method, "boss", body);
        one.headers.add("Content-Type", "application/json");
        one.parameters = {{"thing", "17"}};
        one.peer = "192.0.2.7";
        return ask(handler, std::move(one));
    };
    asked(Method::post, R"({"name":"x","nested":{"api_key":"k","Password":"p"},"list":[{"secret":1}]})");
    asked(Method::post, "{}");  // refused: nothing was done
    asked(Method::get, "");
    ASSERT_EQ(desk.acts.size(), 1U);
    const flow::AuditEntry& act = desk.acts[0];
    EXPECT_EQ(act.act, "POST /api/v1/things");
    EXPECT_EQ(act.subject, "17");
    EXPECT_EQ(act.doer.name, "boss");
    EXPECT_EQ(act.doer.address, "192.0.2.7");
    EXPECT_EQ(act.after, R"({"name":"x","nested":{"api_key":"…","Password":"…"},"list":[{"secret":"…"}]})");
}

TEST_F(IdentityTest, WritesDownWhatCameOfItAndNothingOfWhatWasOnlyTriedOrDoneBefore) {
    desk.give("boss", flow::Scopes::all());
    const auto asked = [&](std::string_view pattern, std::optional<std::string> deed, const char* key = "") {
        const Handler handler =
            identity.required([deed](Request, const flow::Caller&) -> flow::Task<Response> {
                Response response = Response::json(200, "{}");
                response.deed = deed;
                co_return response;
            });
        Request one = request(Method::post, "boss", R"({"contact":"ada@otter.example"})");
        one.pattern = pattern;
        if (*key != '\0') one.headers.add("Idempotency-Key", key);
        ask(handler, std::move(one));
        return desk.acts.size();
    };
    EXPECT_EQ(asked("/api/v1/imports/answers", "added: 3"), 1U);
    EXPECT_EQ(desk.acts.back().act, "imported");
    EXPECT_EQ(desk.acts.back().after, "added: 3");
    EXPECT_EQ(asked("/api/v1/imports/answers", ""), 1U) << "it was only tried";
    EXPECT_EQ(asked("/api/v1/mails/{mail}/assign", std::nullopt), 2U);
    EXPECT_EQ(desk.acts.back().after, "") << "what is asked for is full of people";
    EXPECT_EQ(asked("/api/v1/items/{item}/note", "x"), 2U) << "that stands on the item's ledger";
    EXPECT_EQ(asked("/api/v1/links/{message}/revoke", std::nullopt, "once"), 3U);
    EXPECT_EQ(asked("/api/v1/links/{message}/revoke", std::nullopt, "once"), 3U) << "it was done before";
}

/// Says something whenever it is asked.
class Talk final : public BodyStream {
 public:
    flow::Task<std::optional<std::string>> next() override {
        if (ended) co_return std::nullopt;
        co_return "word";
    }
    void end() override { ended = true; }
    bool ended = false;
};

TEST_F(IdentityTest, AnAnswerWithoutAnEndEndsWithTheSessionThatAskedForIt) {
    desk.give("listener", {flow::Scope::read});
    const auto talk = std::make_shared<Talk>();
    const Handler handler = identity.required([talk](Request, const flow::Caller&) -> flow::Task<Response> {
        Response response{200, "text/event-stream", {}, {}};
        response.stream = talk;
        co_return response;
    });
    const Response response = ask(handler, request(Method::get, "listener"));
    ASSERT_NE(response.stream, nullptr);
    const auto next = [&] { return support::run_task(io, response.stream->next()); };
    clock.advance(1h);
    EXPECT_EQ(next(), "word");
    desk.known.clear();
    EXPECT_EQ(next(), "word") << "asked half a minute ago, it need not be asked again";
    clock.advance(30s);
    EXPECT_EQ(next(), std::nullopt);
    EXPECT_TRUE(talk->ended);
    EXPECT_TRUE(response.stream->cut_off()) << "what was heard is not all";
}

TEST(SessionCookie, IsAsStrictAsTheHostKnowsOfTls) {
    const auto line = [](const SessionCookie& cookie, const std::string& peer, const std::string& proto) {
        Request request;
        request.peer = peer;
        if (!proto.empty()) request.headers.add("X-Forwarded-Proto", proto);
        Response response;
        cookie.give(response, request, "secret", std::chrono::seconds(60));
        return *response.find("Set-Cookie");
    };
    const SessionCookie plain("http://127.0.0.1:8080", {"10.0.0.1"}), tls("https://feedback.example.com", {});
    EXPECT_EQ(line(plain, "127.0.0.1", ""), "candour=secret; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
    EXPECT_EQ(line(plain, "192.0.2.7", "https"), line(plain, "127.0.0.1", "")) << "nobody we trust says so";
    const std::string secure = "__Host-candour=secret; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure";
    EXPECT_EQ(line(plain, "10.0.0.1", "https"), secure);
    EXPECT_EQ(line(tls, "192.0.2.7", ""), secure);
}

TEST(Roles, HoldEachOtherAndSayWhatTheyMay) {
    EXPECT_EQ(flow::scopes_of(flow::Role::viewer).text(), "read");
    EXPECT_EQ(flow::scopes_of(flow::Role::member).text(), "read,write");
    EXPECT_EQ(flow::scopes_of(flow::Role::manager).text(), "read,write,send");
    EXPECT_EQ(flow::scopes_of(flow::Role::admin), flow::Scopes::all());
    EXPECT_FALSE(flow::read_role("king"));
}

TEST(Scopes, AreReadStrictlyAndGiveAwayNoMoreThanTheyAre) {
    const auto some = flow::Scopes::parse("read,send");
    ASSERT_TRUE(some);
    EXPECT_EQ(some->text(), "read,send");
    EXPECT_FALSE(some->allow(flow::Scope::write));
    EXPECT_TRUE(flow::Scopes::all().cover(*some));
    EXPECT_FALSE(some->cover(flow::Scopes::all()));
    for (const char* wrong : {"", "everything", "read,", "read, write", "READ"})
        EXPECT_FALSE(flow::Scopes::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace candour::http
