#include "edge/http/answer_form.hpp"

#include <gtest/gtest.h>

#include "edge/http/security_headers.hpp"

namespace candour::http {
namespace {

const core::Instant kNow{std::chrono::microseconds{1'750'000'000'000'000}};

Form form(const std::string& name, const std::string& value) {
    return Form(std::vector<FormField>{{name, value}});
}

class AnswerForm : public testing::Test {
 protected:
    std::string fields(bool personal) const {
        return answer_fields(guard, "answer", "msg", kNow, "/s/token", personal);
    }
    static Request request(Method method, const std::string& agent = "", const std::string& referrer = "") {
        Request one;
        one.method = method;
        if (!agent.empty()) one.headers.add("User-Agent", agent);
        if (!referrer.empty()) one.headers.add("Referer", referrer);
        return one;
    }

    FormGuard guard{{std::string(32, 'k')}};
    MessageId message{IdBytes{1}};
};

TEST_F(AnswerForm, HidesOneMoreTrapOnAPersonalLinkAndNoneOnAnOpenOne) {
    EXPECT_NE(fields(true).find("<div class=\"leave\" aria-hidden=\"true\"><a href=\"/s/token?leave=1\""),
              std::string::npos);
    EXPECT_NE(fields(true).find("tabindex=\"-1\">Do not follow"), std::string::npos) << "no key reaches it";
    EXPECT_EQ(fields(false).find("<a "), std::string::npos);
}

TEST_F(AnswerForm, BringsTheOneScriptWhosePageAllowsItAndNoOther) {
    StyleHashes hashes;
    Response with = Response::html(200, "<form>" + fields(true) + "</form>");
    protect_customer_page(with, hashes);
    EXPECT_NE(with.find("Content-Security-Policy")->find("; script-src 'self'; "), std::string::npos);
    for (const char* other : {"<script src=\"/gesture.js?x\" defer></script>", "<script>alert(1)</script>",
                              "<p>/gesture.js</p>"}) {
        Response without = Response::html(200, other);
        protect_customer_page(without, hashes);
        EXPECT_EQ(without.find("Content-Security-Policy")->find("script-src"), std::string::npos) << other;
    }
}

TEST_F(AnswerForm, TakesAHandForAPersonUnlessThePressWasAMachines) {
    const auto pressed = [](core::AnswerClass press, const std::string& gesture) {
        return pressed_by({"key", kNow, press}, form("gesture", gesture));
    };
    for (const char* hand : {"pointer", "touch", "key"})
        EXPECT_EQ(pressed(core::AnswerClass::unverified, hand), core::AnswerClass::human) << hand;
    for (const char* none : {"", "yes", "pointer "})
        EXPECT_EQ(pressed(core::AnswerClass::unverified, none), core::AnswerClass::unverified) << none;
    EXPECT_EQ(pressed(core::AnswerClass::likely_bot, "pointer"), core::AnswerClass::likely_bot);
}

TEST_F(AnswerForm, NotesRawSignalsAndNothingThatNamesAPerson) {
    Request fetched = request(Method::get, "Mozilla/5.0", "https://eur01.safelinks.protection.outlook.com/x");
    fetched.headers.add("Accept-Language", "de");
    const flow::LinkFetch fetch = fetch_of(fetched, message, form("a", "9"), kNow);
    EXPECT_EQ(fetch.method, "GET");
    EXPECT_EQ(fetch.score, 9);
    EXPECT_FALSE(fetch.trap);
    EXPECT_EQ(fetch.scanner, "safelinks");
    EXPECT_TRUE(fetch.has_language);
    EXPECT_EQ(fetch.agent.size(), 16U);
    EXPECT_EQ(fetch.agent, fetch_of(request(Method::head, "Mozilla/5.0"), message, Form(), kNow).agent);
    EXPECT_EQ(fetch_of(request(Method::get), message, Form(), kNow).agent, "");
}

TEST_F(AnswerForm, NotesNoScoreThatIsNone) {
    for (const char* wrong : {"11", "-1", "9.0", "", "nine"})
        EXPECT_EQ(fetch_of(request(Method::get), message, form("a", wrong), kNow).score, -1) << wrong;
}

TEST_F(AnswerForm, KnowsTheTrapByItsAddressAlone) {
    EXPECT_TRUE(fetch_of(request(Method::get), message, form("leave", "1"), kNow).trap);
    EXPECT_TRUE(fetch_of(request(Method::head), message, form("leave", ""), kNow).trap);
    EXPECT_FALSE(fetch_of(request(Method::post), message, form("leave", "1"), kNow).trap)
        << "a form has other traps";
}

}  // namespace
}  // namespace candour::http
