#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/program.hpp"
#include "edge/http/problem.hpp"
#include "edge/http/running_server.hpp"

using namespace candour;
using testing::HasSubstr;
using testing::Not;

namespace {

namespace bj = boost::json;

bj::object event(int n, const char* name, const char* text) {
    return {{"n", n},
            {"round", 1},
            {"event", name},
            {"at", "2027-01-15T14:03:00Z"},
            {"actor", bj::object{{"id", "tea_1"}, {"name", "Priya Raman"}}},
            {"content", bj::object{{"text", text}}},
            {"erased", false},
            {"hash", ""}};
}

bj::object item() {
    return {{"id", "itm_1"},
            {"alias", "LP-7"},
            {"version", 3},
            {"state", "heard"},
            {"round", 1},
            {"account", bj::object{{"id", ""}, {"name", "Brass Otter"}}},
            {"contact", bj::object{{"id", ""}, {"name", "Ada"}, {"language", "en"}}},
            {"owner", bj::object{{"id", ""}, {"name", "Priya"}}},
            {"score", 3},
            {"verbatim", "It is\x1b[2J slow."},
            {"sending", false},
            {"will_change", false},
            {"due", bj::object{{"decide", "2001-01-01T00:00:00Z"}}},
            {"history", bj::array{event(1, "raised", ""), event(2, "corrected", "The other export."),
                                  event(3, "heard", "Your export is slow.")}}};
}

/// What a host would say, and what it was asked.
class CannedHost : public testing::Test {
 protected:
    http::Router routes() {
        http::Router router;
        router.add(http::Method::get, "/api/v1/items", [](http::Request) -> flow::Task<http::Response> {
            const bj::object page{{"items", bj::array{item()}}, {"next", "5ee7"}};
            co_return http::Response::json(200, page);
        });
        router.add(http::Method::get, "/api/v1/items/{item}",
                   [](http::Request request) -> flow::Task<http::Response> {
                       if (request.header("Authorization") != "Bearer secret")
                           co_return http::to_response(http::unauthenticated("nobody has this token"));
                       co_return http::Response::json(200, item());
                   });
        router.add(
            http::Method::post, "/api/v1/items/{item}/{step}",
            [this](http::Request request) -> flow::Task<http::Response> {
                asked_ = std::string(request.parameter("step")) + " " +
                         std::string(request.header("If-Match")) + " " + request.body;
                if (request.header("If-Match") != "\"3\"")
                    co_return http::to_response(http::stale_version(2, 3, item()));
                if (request.parameter("step") == "reopen")
                    co_return http::Response::problem(Error{ErrorCode::conflict, "it is not told yet"});
                co_return http::Response::json(200, item());
            });
        router.add(
            http::Method::post, "/api/v1/imports/accounts",
            [](http::Request request) -> flow::Task<http::Response> {
                const bj::object report{
                    {"added", 2},
                    {"changed", 0},
                    {"unchanged", 1},
                    {"dry_run", request.query == "dry_run=true"},
                    {"problems",
                     bj::array{bj::object{{"line", 4}, {"reason", "name: expected a text, found nothing"}}}}};
                co_return http::Response::json(200, report);
            });
        return router;
    }
    support::Finished candour(std::vector<std::string> arguments, const std::string& input = {}) {
        arguments.insert(arguments.end(), {"--url", host_.url(), "--token", "secret"});
        return program_.run(std::move(arguments), input);
    }
    std::string asked() {
        return host_.ask([this] { return asked_; });
    }

    app::Program program_;
    std::string asked_;
    http::RunningServer host_{routes()};
};

}  // namespace

TEST_F(CannedHost, IsGivenACommandOnTheVersionThatItShows) {
    const support::Finished finished =
        candour({"item", "hear", "LP-7", "--text", "-", "--no-mail"}, "Your export is slow.\n");
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_EQ(asked(), R"(hear "3" {"text":"Your export is slow.","mail":false})");
    EXPECT_THAT(finished.output, HasSubstr("LP-7 is heard (version 3)."));
    EXPECT_THAT(finished.output, HasSubstr("Next: candour item decide LP-7"));
}

TEST_F(CannedHost, SaysWhatHappenedMeanwhileWhenSomebodyWasFaster) {
    const support::Finished finished = candour({"item", "hear", "LP-7", "--text", "x", "--version", "2"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("LP-7 has changed since version 2; it is heard now (version 3)"));
    EXPECT_THAT(finished.errors, HasSubstr("heard, Priya Raman: Your export is slow."));
    EXPECT_THAT(finished.errors, Not(HasSubstr("The other export."))) << "the caller had seen that";
}

TEST_F(CannedHost, IsQuotedWhenItRefuses) {
    const support::Finished finished = candour({"item", "reopen", "LP-7", "--reason", "x"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("it is not told yet"));
}

TEST_F(CannedHost, WithoutAGoodTokenLeadsToTheCommandThatMakesOne) {
    const support::Finished finished = program_.run({"item", "show", "LP-7", "--url", host_.url()});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("candour token create --save"));
}

TEST_F(CannedHost, IsShownAsATableThatNoCustomerCanBreak) {
    const support::Finished finished = candour({"item", "list"});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr("LP-7  heard  decide by 2001-01-01, late  3"));
    EXPECT_THAT(finished.output, HasSubstr("It is [2J slow."));
    EXPECT_THAT(finished.output, HasSubstr("There are more: --cursor 5ee7"));
    EXPECT_THAT(finished.output, Not(HasSubstr("\x1b")));
}

TEST_F(CannedHost, IsPassedOnWordForWordToMachines) {
    const support::Finished finished = candour({"item", "show", "LP-7", "--json"});
    EXPECT_EQ(bj::parse(finished.output), bj::value(item()));
}

TEST_F(CannedHost, ReportsBadRowsOfAnImportWithTheirLines) {
    const support::Finished finished = candour({"import", "accounts", "-", "--dry-run"}, "ref,name\n");
    EXPECT_EQ(finished.code, 1) << "something was left out";
    EXPECT_THAT(finished.errors, HasSubstr("line 4: name: expected a text"));
    EXPECT_THAT(finished.output, HasSubstr("Would be: 2 added, 0 changed, 1 unchanged, 1 left out"));
}

TEST_F(CannedHost, IsFoundByTheEnvironment) {
    program_.environment = {{"CANDOUR_URL", host_.url()}, {"CANDOUR_TOKEN", "secret"}};
    EXPECT_EQ(program_.run({"item", "show", "LP-7"}).code, 0);
}
