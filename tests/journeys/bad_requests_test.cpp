/// The API refuses by name, keeps nothing, and never lets two people overwrite each other.
#include "journeys/journey.hpp"

namespace candour::journeys {
namespace {

using Method = http::Method;

class BadRequests : public Journey {
 protected:
    void SetUp() override {
        open();
        alias_ = raise("dele@moss.example");
    }
    std::string steps() const { return "/api/v1/items/" + alias_ + "/"; }
    Answer hear(const std::string& body, std::vector<http::Header> headers = {{"If-Match", "\"1\""}},
                const std::string& type = "application/json") const {
        return call(Method::post, steps() + "hear", body, std::move(headers), type);
    }
    void expect_problem(const Answer& answer, unsigned status, const std::string& words) const {
        EXPECT_EQ(answer.status, status) << answer.body;
        EXPECT_EQ(answer.headers.get("Content-Type"), "application/problem+json");
        EXPECT_NE(answer.body.find(words), std::string::npos) << words << " is not in " << answer.body;
    }

    std::string alias_;
};

TEST_P(BadRequests, WithoutAKnownTokenAreNotHeard) {
    const auto with = [this](const std::string& authorization) {
        const Result<http::Client> client = http::Client::at(house.url());
        http::ClientRequest request;
        request.target = "/api/v1/items";
        if (!authorization.empty()) request.headers = {{"Authorization", authorization}};
        const Result<http::ClientAnswer> answer = client->send(request);
        return Answer{answer->status, answer->headers, answer->body};
    };
    for (const std::string& authorization :
         {std::string(), std::string("Bearer cdr_00000000000000000000000000000000"), "Basic " + house.token(),
          "Bearer " + house.token() + "x"}) {
        const Answer answer = with(authorization);
        expect_problem(answer, 401, "token");
        EXPECT_NE(answer.headers.get("WWW-Authenticate").find("Bearer"), std::string::npos);
    }
    EXPECT_EQ(with("Bearer " + house.token()).status, 200U);
}

TEST_P(BadRequests, OnAnItemThatHasMovedGetItsCurrentState) {
    EXPECT_EQ(hear(R"({"text": "First.", "mail": false})").status, 200U);
    const Answer late = hear(R"({"text": "Second.", "mail": false})");
    expect_problem(late, 412, "heard");
    EXPECT_EQ(late.headers.get("ETag"), "\"2\"");
    EXPECT_NE(late.body.find("\"version\":2"), std::string::npos) << late.body;
    expect_problem(hear(R"({"text": "x"})", {}), 428, "If-Match");
    for (const char* version : {"*", "W/\"2\"", "2, 3", "two", "\"-1\""})
        EXPECT_EQ(hear(R"({"text": "x"})", {{"If-Match", version}}).status, 400U) << version;
    expect_problem(call(Method::post, steps() + "tell", "{}", {{"If-Match", "\"2\""}}), 409, "heard");
    EXPECT_EQ(events(alias_), (std::vector<std::string>{"raised", "heard"}));
}

TEST_P(BadRequests, WithFieldsOrTypesNobodyKnowsAreRefusedByName) {
    expect_problem(hear(R"({"text": "x", "mial": false})"), 422, "mial");
    expect_problem(hear(R"({"text": 7})"), 422, "text");
    expect_problem(hear(R"({"text": "x", "mail": "no"})"), 422, "mail");
    expect_problem(hear(R"({"text": "  "})"), 422, "text");
    expect_problem(hear("{}"), 422, "text");
    expect_problem(hear("[1]"), 422, "object");
    expect_problem(hear("{\"text\": "), 422, "JSON");
    expect_problem(hear(json::serialize(json::object{{"text", std::string(8001, 'x')}})), 422, "8000");
    expect_problem(hear("{\"text\": \"\xFF\"}"), 422, "");
    expect_problem(hear(R"({"text": "a\u0000b"})"), 422, "text");
    expect_problem(hear("text=x", {{"If-Match", "\"1\""}}, "application/x-www-form-urlencoded"), 415,
                   "application/json");
    expect_problem(call(Method::post, steps() + "dismiss", R"({"reason": "bored"})", {{"If-Match", "\"1\""}}),
                   422, "thanked");
    EXPECT_EQ(text(item(alias_), "/version"), "1");
}

TEST_P(BadRequests, ToDecideNeedAReasonOrADateInTheFuture) {
    take(alias_, "hear", {{"text", "Heard."}, {"mail", false}});
    const auto decide = [this](const json::object& body) { return step(alias_, "decide", body); };
    expect_problem(decide({{"text", "x"}}), 422, "will_change");
    expect_problem(decide({{"will_change", false}, {"text", "No."}}), 422, "why");
    expect_problem(decide({{"will_change", true}, {"text", "Yes."}}), 422, "by");
    expect_problem(decide({{"will_change", true}, {"text", "Yes."}, {"by", house.date(-2)}}), 422, "future");
    expect_problem(decide({{"will_change", true}, {"text", "Yes."}, {"by", "2026-02-30"}}), 422,
                   "YYYY-MM-DD");
    EXPECT_EQ(state(alias_), "heard");
}

TEST_P(BadRequests, AtTheWrongDoorAreShownTheRightOne) {
    const Answer wrong = call(Method::del, "/api/v1/items/" + alias_);
    expect_problem(wrong, 405, "");
    EXPECT_NE(wrong.headers.get("Allow").find("GET"), std::string::npos);
    expect_problem(call(Method::get, "/api/v1/nothing"), 404, "");
    expect_problem(call(Method::get, "/api/v1/items/LP-999"), 404, "");
    expect_problem(call(Method::get, "/api/v1/items/LP-x"), 422, "LP-187");
    expect_problem(call(Method::get, "/api/v1/items?state=lost"), 422, "raised");
    expect_problem(call(Method::get, "/api/v1/items?limit=0"), 422, "limit");
    EXPECT_EQ(browser().get("/../etc/passwd").status, 400U);
    EXPECT_EQ(browser().post("/healthz", "x=1").status, 405U);
}

TEST_P(BadRequests, ThatAreTooLargeAreStopped) {
    expect_problem(hear("{\"text\": \"" + std::string(600'000, 'x') + "\"}"), 413, "");
    const std::string survey = survey_link("mara@moss.example");
    EXPECT_EQ(browser().post(survey, "why=" + std::string(140'000, 'x')).status, 413U);
    // The longest text that is allowed, in the widest encoding, is read: what this form lacks is its hidden
    // part.
    std::string longest = "why=";
    for (int i = 0; i < 8'000; ++i) longest += "%F0%9F%98%80";
    EXPECT_EQ(browser().post(survey, longest).status, 400U);
    EXPECT_EQ(browser().post(survey, "{}", "application/json").status, 415U);
    EXPECT_EQ(browser().post(survey, "a=3", "multipart/form-data; boundary=x").status, 415U);
    EXPECT_EQ(browser().post(survey, "a=3", "text/plain").status, 415U);
    EXPECT_EQ(items(), 1U);
}

TEST_P(BadRequests, ToImportLeaveBadRowsOutWithTheirLine) {
    const Answer report = call(Method::post, "/api/v1/imports/contacts",
                               "account_ref,name,email\nA-1,New "
                               "One,new@moss.example\nA-9,Lost,lost@moss.example\nA-1,Bad,no-address\n",
                               {}, "text/csv");
    EXPECT_EQ(report.status, 200U) << report.body;
    EXPECT_EQ(text(report.value(), "/added"), "1");
    EXPECT_EQ(report.value().at("problems").as_array().size(), 2U) << report.body;
    EXPECT_EQ(text(report.value(), "/problems/0/line"), "3");
    expect_problem(
        call(Method::post, "/api/v1/imports/contacts", "account_ref,name\nA-1,\xFF\n", {}, "text/csv"), 422,
        "line 2");
    expect_problem(call(Method::post, "/api/v1/imports/contacts", "account_ref,nmae\n", {}, "text/csv"), 422,
                   "nmae");
    expect_problem(call(Method::post, "/api/v1/imports/accounts", "{}", {}, "application/json"), 415,
                   "text/csv");
    expect_problem(call(Method::post, "/api/v1/surveys", R"({"id": "Bad Id"})"), 422, "languages");
    expect_problem(call(Method::post, "/api/v1/surveys/none/links", R"({"contact": "dele@moss.example"})"),
                   404, "");
    expect_problem(
        call(Method::post, "/api/v1/surveys/autumn/links", R"({"contact": "nobody@moss.example"})"), 404,
        "nobody@moss.example");
}

INSTANTIATE_TEST_SUITE_P(On, BadRequests, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
