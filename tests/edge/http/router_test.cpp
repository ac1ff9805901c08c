#include "edge/http/router.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace candour::http {
namespace {

flow::Task<Response> nothing(Request) {
    co_return Response::empty();
}

Router house() {
    Router router;
    router.add(Method::get, "/", nothing)
        .add(Method::get, "/api/v1/items", nothing)
        .add(Method::post, "/api/v1/items", nothing)
        .add(Method::get, "/api/v1/items/{item}", nothing)
        .add(Method::post, "/api/v1/items/{item}/hear", nothing)
        .add(Method::get, "/api/v1/items/overdue", nothing)
        .add(Method::get, "/s/{token}", nothing, kCustomerPage)
        .add(Method::post, "/s/{token}", nothing, kCustomerPage)
        .add(Method::get, "/c/{plugin}/{rest*}", nothing, kCustomerPage)
        .add(Method::get, "/c/{plugin}/health", nothing)
        .add(Method::post, "/c/surveys/open/answers", nothing);
    return router;
}

struct Row {
    Method method;
    std::string path;
    std::string pattern;  ///< empty: no route
    std::string parameters;
    std::string allow;
};

class RouteTable : public testing::TestWithParam<Row> {};

TEST_P(RouteTable, FindsTheRouteItSays) {
    static const Router router = house();
    const Found found = router.find(GetParam().method, GetParam().path);
    std::string parameters;
    for (const PathParameter& parameter : found.parameters)
        parameters += parameter.name + "=" + parameter.value + ";";
    EXPECT_EQ(found.route == nullptr ? "" : found.route->pattern, GetParam().pattern);
    EXPECT_EQ(parameters, GetParam().parameters);
    EXPECT_EQ(found.allow, GetParam().allow);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RouteTable,
    testing::Values(Row{Method::get, "/", "/", "", ""},
                    Row{Method::get, "/api/v1/items", "/api/v1/items", "", ""},
                    Row{Method::get, "/api/v1/items/itm_1", "/api/v1/items/{item}", "item=itm_1;", ""},
                    Row{Method::get, "/api/v1/items/overdue", "/api/v1/items/overdue", "", ""},
                    Row{Method::head, "/api/v1/items", "/api/v1/items", "", ""},
                    Row{Method::post, "/api/v1/items/a b/hear", "/api/v1/items/{item}/hear", "item=a b;", ""},
                    Row{Method::get, "/api/v1/items/itm_1/hear", "", "", "POST, OPTIONS"},
                    Row{Method::del, "/api/v1/items", "", "", "GET, HEAD, POST, OPTIONS"},
                    Row{Method::options, "/s/x", "", "", "GET, HEAD, POST, OPTIONS"},
                    Row{Method::get, "/api/v1/items/", "", "", ""}, Row{Method::get, "/api/v1", "", "", ""},
                    Row{Method::get, "/nowhere", "", "", ""}, Row{Method::get, "//", "", "", ""},
                    Row{Method::get, "", "", "", ""}, Row{Method::get, "*", "", "", ""},
                    Row{Method::get, "/c/surveys/health", "/c/{plugin}/health", "plugin=surveys;", ""},
                    Row{Method::get, "/c/surveys/open/answers", "/c/{plugin}/{rest*}",
                        "plugin=surveys;rest=open/answers;", ""},
                    Row{Method::post, "/c/surveys/open/answers", "/c/surveys/open/answers", "", ""},
                    Row{Method::get, "/c/surveys/", "/c/{plugin}/{rest*}", "plugin=surveys;rest=;", ""},
                    Row{Method::get, "/c/surveys", "", "", ""}, Row{Method::get, "/c//x", "", "", ""},
                    Row{Method::get, "/c/p/health/more", "/c/{plugin}/{rest*}", "plugin=p;rest=health/more;",
                        ""}));

TEST(Router, RefusesPatternsThatCannotMeanAnything) {
    for (const char* pattern : {"", "a", "/{}", "/{a*}/b", "/a{b}", "/{a", "/a*", "/{*}"}) {
        Router router;
        EXPECT_THROW(router.add(Method::get, pattern, nothing), std::invalid_argument) << pattern;
    }
}

TEST(Router, RefusesTheSameRouteTwiceWhateverItsParameterIsCalled) {
    Router router;
    router.add(Method::get, "/s/{token}", nothing);
    EXPECT_THROW(router.add(Method::get, "/s/{other}", nothing), std::invalid_argument);
    EXPECT_NO_THROW(router.add(Method::post, "/s/{other}", nothing));
}

TEST(Router, NamesParametersAsTheRouteOfThatMethodDoes) {
    Router router;
    router.add(Method::get, "/s/{token}", nothing).add(Method::post, "/s/{other}", nothing);
    EXPECT_EQ(router.find(Method::post, "/s/1").parameters.at(0).name, "other");
}

RC_GTEST_PROP(Router, SurvivesAnyPath, (const std::string& text)) {
    static const Router router = house();
    for (const std::string& prefix :
         {std::string(), std::string("/"), std::string("/c/"), std::string("/api/v1/items/")}) {
        const Found found = router.find(Method::get, prefix + text);
        if (found.route != nullptr) RC_ASSERT(found.parameters.size() == found.route->names.size());
    }
}

}  // namespace
}  // namespace candour::http
