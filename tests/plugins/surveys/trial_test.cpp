/// A survey that one of us tries: the whole of it, and nothing of it is kept.
#include "plugins/surveys/desk.hpp"

namespace candour::surveys {
namespace {

class Trials : public Desk {
 protected:
    /// What the plugin says to "send this to one of us".
    boost::json::object offer(boost::json::object wanted, const std::string& language = "") {
        wanted["message"] = kMessage;
        wanted["link"] = "https://ours.example/t/token";
        wanted["language"] = language;
        const auto offered = plugin.event("survey.test", boost::json::serialize(wanted));
        if (!offered) last_error = offered.error();
        return offered ? boost::json::parse(*offered).as_object() : boost::json::object();
    }
    static boost::json::object draft(const char* definition) {
        return {{"definition", boost::json::parse(definition)}};
    }
    static boost::json::object trial_request() {
        boost::json::object request = spring(true);
        request["test"] = true;
        request["subject"].as_object()["message"] = kMessage;
        request["subject"].as_object()["about"] = "nothing on the shelf";
        return request;
    }
    static constexpr const char* kMessage = "msg_00000000000000000000000009";
    static constexpr const char* kSays = "This is a test: nothing that is answered here is kept";
};

TEST_F(Trials, AreAnsweredToTheEndAndLeaveNothing) {
    offer(draft(kWhole));
    const auto request = trial_request();
    const std::size_t stored = host.documents.size();
    const auto first = get(request);
    EXPECT_TRUE(has(first, kSays));
    EXPECT_TRUE(has(first, "Dear Ana Ortiz"));
    const auto flawed = go_on(request, first, {});
    EXPECT_EQ(flawed.status, 422U) << "a test finds what a customer would find";
    const auto second = go_on(request, first, {{"a", "3"}, {"topic.people", "1"}});
    EXPECT_TRUE(has(second, kSays));
    const auto third = go_on(request, second, {{"trust.say", "4"}, {"trust.fair", "4"}});
    EXPECT_TRUE(has(third, "At last")) << third.body;
    const auto thanks = go_on(request, third, {{"role", "Buyer"}, {"why", "Slow"}, {"terms", "1"}});
    EXPECT_EQ(thanks.status, 200U);
    EXPECT_TRUE(has(thanks, "We will look into it.")) << thanks.body;
    EXPECT_TRUE(has(thanks, kSays));
    EXPECT_FALSE(has(thanks, "We will tell you what became of it")) << "nobody will";
    EXPECT_TRUE(host.facts.empty()) << "neither an answer nor a part of one";
    EXPECT_EQ(host.documents.size(), stored) << "no place to go on from";
}

TEST_F(Trials, OfADraftDoNotAddIt) {
    const auto offered = offer(draft(kWhole), "de");
    ASSERT_FALSE(offered.empty()) << last_error.message;
    EXPECT_EQ(offered.at("id"), "spring");
    const auto& mail = offered.at("mail").as_object();
    EXPECT_EQ(mail.at("subject"), "[Test] Umfrage spring");
    EXPECT_EQ(mail.at("blocks").as_array().back().at("link"), "https://ours.example/t/token");
    EXPECT_FALSE(plugin.event("survey.get", R"({"id":"spring"})"));
    EXPECT_TRUE(has(get(trial_request()), "Empfehlen?")) << "in the language that was wished for";
    EXPECT_EQ(get(open_request("spring")).status, 404U);
}

TEST_F(Trials, OfWhatIsOnTheShelfShowTheVersionThatWasNamed) {
    add(R"({"id":"few","languages":["en"],"pages":[{"questions":[{"id":"q","type":"short_text","text":"First?"}]}]})");
    add(R"({"id":"few","languages":["en"],"pages":[{"questions":[{"id":"q","type":"short_text","text":"Second?"}]}]})");
    offer({{"id", "few"}, {"version", 1}});
    EXPECT_TRUE(has(get(trial_request()), "First?"));
    offer({{"id", "few"}});
    EXPECT_TRUE(has(get(trial_request()), "Second?"));
    EXPECT_TRUE(offer({{"id", "none"}}).empty());
    EXPECT_EQ(last_error.code, ErrorCode::not_found);
}

TEST_F(Trials, OfWhatIsWrongSayWhere) {
    EXPECT_TRUE(offer(draft(R"({"id":"few","languages":["en"],"pages":[]})")).empty());
    EXPECT_EQ(last_error.code, ErrorCode::invalid);
    EXPECT_NE(last_error.message.find("/pages"), std::string::npos) << last_error.message;
}

TEST_F(Trials, ThatNobodyOfferedAreNotThere) {
    EXPECT_EQ(get(trial_request()).status, 404U);
}

}  // namespace
}  // namespace candour::surveys
