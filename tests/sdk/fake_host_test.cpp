/// The test host that we ship keeps the promises of abi.h, and the C++ layer reports what it says.
#include "fake_host.hpp"

#include <gtest/gtest.h>

#include "driven_plugin.hpp"

namespace candour::sdk::testing {
namespace {

/// Does what the route is called.
struct Doer {
    explicit Doer(Host h) : host(h) {}
    Result<Response> handle_http(const Call& call, const Request& request) {
        if (request.route == "put") return after(host.ingest().put("s.t", "k", "{}"));
        if (request.route == "put_and_fail") {
            (void)host.ingest().put("s.t", "k", "{}");
            return Error{ErrorCode::unavailable, "no"};
        }
        if (request.route == "throw") throw std::runtime_error("oops");
        if (request.route == "park") return Response::parked();
        if (request.route == "wanted") return Response{200, host.cancelled(call) ? "no" : "yes"};
        return Response{200, std::string(request.body)};
    }
    static Result<Response> after(const Done& step) {
        if (!step) return step.error();
        return Response{200, "kept"};
    }
    Done stop(Instant) {
        stopped = true;
        return done();
    }
    Host host;
    bool stopped = false;
};

class FakeHostTest : public ::testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(plugin.start()); }
    FakeHost host;
    DrivenPlugin plugin{host, plugin_of<Doer>("doer", "1.0.0")};
};

TEST_F(FakeHostTest, KeepsFactsOfAJobThatSucceeds) {
    host.grant("ingest:s.t");
    DrivenPlugin granted(host, plugin_of<Doer>("doer", "1.0.0"));
    ASSERT_TRUE(granted.start());
    EXPECT_FALSE(granted.submit("put_and_fail", "{}"));
    EXPECT_TRUE(host.facts.empty());
    EXPECT_TRUE(granted.submit("put", "{}"));
    EXPECT_TRUE(granted.submit("put", "{}"));
    EXPECT_EQ(host.facts.size(), 1U);
    EXPECT_EQ(granted.view("put", "{}").error().code, ErrorCode::denied);
}

TEST_F(FakeHostTest, GivesNoInterfaceWithoutItsGrant) {
    const auto page = plugin.submit("put", "{}");
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::denied);
    EXPECT_NE(page.error().message.find("candour.ingest/1"), std::string::npos);
    EXPECT_NE(page.error().message.find("manifest.json"), std::string::npos);
}

TEST_F(FakeHostTest, CarriesExceptionsAsErrors) {
    EXPECT_EQ(plugin.view("throw", "{}").error(), (Error{ErrorCode::internal, "oops"}));
}

TEST_F(FakeHostTest, ShowsParkedRequestsAsStatusZero) {
    EXPECT_EQ(plugin.view("park", "{}").value_or({}).status, 0U);
}

TEST_F(FakeHostTest, SaysWhenACallIsNotWanted) {
    host.unwanted.insert(1);
    EXPECT_EQ(plugin.view("wanted", "{}").value_or({}).body, "no");
    EXPECT_EQ(plugin.view("wanted", "{}").value_or({}).body, "yes");
}

TEST_F(FakeHostTest, RefusesRolesThatThePluginDoesNotHave) {
    EXPECT_EQ(plugin.deliver("{}").error().code, ErrorCode::unsupported);
    EXPECT_EQ(plugin.event("any", "{}").error().code, ErrorCode::unsupported);
}

TEST(FakeHostServices, FailOnDemandAndNoteOffences) {
    FakeHost host;
    host.grants = {"kv", "timer", "http", "mail"};
    const Host services(host.raw());
    EXPECT_EQ(services.kv().put("a", "1").value_or(0), 1U);
    EXPECT_EQ(services.kv().put("a", "2", 0).error().code, ErrorCode::conflict);
    EXPECT_EQ(services.kv().get("a").value_or({}).value, "1");
    host.fail_next("kv.get", Error{ErrorCode::unavailable, "away"});
    EXPECT_EQ(services.kv().get("a").error(), (Error{ErrorCode::unavailable, "away"}));
    EXPECT_TRUE(services.kv().erase("a"));
    EXPECT_EQ(services.kv().get("a").error().code, ErrorCode::not_found);
    EXPECT_TRUE(services.timer().set("t", services.now(), std::chrono::seconds{5}, "p"));
    EXPECT_EQ(host.timers.at("t").period, std::chrono::seconds{5});
    EXPECT_TRUE(services.timer().clear("t"));
    EXPECT_EQ(services.mail().send("k", "con_1", "{}").value_or(""),
              services.mail().send("k", "con_1", "{}").value_or("x"));
    EXPECT_TRUE(services.http().respond(4, {200, "late"}));
    EXPECT_EQ(services.http().respond(4, {200, "again"}).error().code, ErrorCode::not_found);
    services.log("hello");
    EXPECT_EQ(host.lines.at(0).message, "hello");
    EXPECT_EQ(services.config().value_or(""), "{}");
    host.stopped = true;
    services.log("too late");
    EXPECT_EQ(host.offences, std::vector<std::string>{"log after stop"});
    EXPECT_EQ(host.lines.size(), 1U);
}

}  // namespace
}  // namespace candour::sdk::testing
