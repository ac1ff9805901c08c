#include "edge/http/problem.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace candour::http {
namespace {

boost::json::object body_of(const Response& response) {
    return boost::json::parse(response.body).as_object();
}

struct Mapping {
    ErrorCode code;
    unsigned status;
};

class ErrorCodes : public testing::TestWithParam<Mapping> {};

TEST_P(ErrorCodes, HaveOneStatusEach) {
    const Response response =
        Response::problem({GetParam().code, "item 7: expected 1, found 2"}, "/api/v1/items/7");
    EXPECT_EQ(response.status, GetParam().status);
    EXPECT_EQ(response.content_type, "application/problem+json");
    const boost::json::object body = body_of(response);
    EXPECT_EQ(body.at("type").as_string(), "urn:candour:problem:" + std::string(to_text(GetParam().code)));
    EXPECT_EQ(body.at("status").to_number<unsigned>(), GetParam().status);
    EXPECT_EQ(body.at("instance").as_string(), "/api/v1/items/7");
    EXPECT_FALSE(body.at("title").as_string().empty());
    EXPECT_EQ(response.find("Retry-After") != nullptr, GetParam().status == 503 || GetParam().status == 429);
}

INSTANTIATE_TEST_SUITE_P(Table, ErrorCodes,
                         testing::Values(Mapping{ErrorCode::invalid, 422}, Mapping{ErrorCode::not_found, 404},
                                         Mapping{ErrorCode::conflict, 409}, Mapping{ErrorCode::denied, 403},
                                         Mapping{ErrorCode::unsupported, 501},
                                         Mapping{ErrorCode::unavailable, 503},
                                         Mapping{ErrorCode::deadline, 504},
                                         Mapping{ErrorCode::cancelled, 503},
                                         Mapping{ErrorCode::exhausted, 429}, Mapping{ErrorCode::corrupt, 500},
                                         Mapping{ErrorCode::internal, 500}));

TEST(Problem, TellsACallerWhatIsWrongButNotWhatIsInside) {
    EXPECT_EQ(body_of(Response::problem({ErrorCode::invalid, "score 11"})).at("detail").as_string(),
              "score 11");
    EXPECT_EQ(Response::problem({ErrorCode::internal, "table secrets"}).body.find("secrets"),
              std::string::npos);
}

TEST(Problem, OfAStaleVersionCarriesTheCurrentState) {
    const Response response = to_response(stale_version(3, 5, {{"state", "heard"}}));
    EXPECT_EQ(response.status, 412u);
    EXPECT_EQ(*response.find("ETag"), "\"5\"");
    const boost::json::object body = body_of(response);
    EXPECT_EQ(body.at("current_version").as_int64(), 5);
    EXPECT_EQ(body.at("current").as_object().at("state").as_string(), "heard");
}

TEST(Problem, OfAMissingVersionIs428) {
    EXPECT_EQ(to_response(version_required()).status, 428u);
}

TEST(Problem, OfAnUnknownCallerSaysHowToProveOneself) {
    const Response response = to_response(unauthenticated("send Authorization: Bearer <token>"));
    EXPECT_EQ(response.status, 401u);
    EXPECT_TRUE(response.find("WWW-Authenticate")->starts_with("Bearer"));
}

TEST(Problem, OfAWrongMediaTypeNamesBoth) {
    const Response response = to_response(wrong_media_type("text/plain", "application/json"));
    EXPECT_EQ(response.status, 415u);
    EXPECT_EQ(body_of(response).at("detail").as_string(),
              "expected Content-Type application/json, found text/plain");
}

TEST(Problem, AsAPageShowsTextAsText) {
    const Response page = to_page(plain_problem(404, "<script>alert(1)</script>"));
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_NE(page.body.find("&lt;script&gt;"), std::string::npos);
}

}  // namespace
}  // namespace candour::http
