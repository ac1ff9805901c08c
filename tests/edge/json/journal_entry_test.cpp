#include "edge/json/journal_entry.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace candour::json {
namespace {

flow::CollectRequest full() {
    flow::CollectRequest request;
    request.route = "answer";
    request.method = "POST";
    request.params = {{"survey", "autumn"}};
    request.query = {{"a", "9"}};
    request.form = {{"reason", "\"quotes\", {braces}, ü 🙂"}, {"empty", ""}};
    request.language = "de";
    request.languages = {"sv", "de"};
    request.form_action = "/s/token";
    request.answer_class = core::AnswerClass::likely_bot;
    request.subject.message = MessageId(IdBytes{1});
    request.subject.contact = ContactId(IdBytes{2});
    request.subject.account = AccountId(IdBytes{3});
    request.subject.about = "autumn";
    request.subject.contact_name = "Ada";
    request.subject.account_name = "Halden";
    request.subject.language = "en";
    request.subject.answered = true;
    return request;
}

TEST(JournalEntry, KeepsEverythingThatARequestIsMadeOf) {
    const flow::CollectRequest before = full();
    const auto after = read_journal_entry(write_journal_entry(before));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->route, before.route);
    EXPECT_EQ(after->method, before.method);
    EXPECT_EQ(after->params, before.params);
    EXPECT_EQ(after->query, before.query);
    EXPECT_EQ(after->form, before.form);
    EXPECT_EQ(after->language, before.language);
    EXPECT_EQ(after->languages, before.languages);
    EXPECT_EQ(after->form_action, before.form_action);
    EXPECT_EQ(after->answer_class, before.answer_class);
    EXPECT_EQ(after->subject.message, before.subject.message);
    EXPECT_EQ(after->subject.contact, before.subject.contact);
    EXPECT_EQ(after->subject.account, before.subject.account);
    EXPECT_EQ(after->subject.about, before.subject.about);
    EXPECT_EQ(after->subject.contact_name, before.subject.contact_name);
    EXPECT_EQ(after->subject.account_name, before.subject.account_name);
    EXPECT_EQ(after->subject.language, before.subject.language);
    EXPECT_EQ(after->subject.answered, before.subject.answered);
}

TEST(JournalEntry, IsCorruptWhenItIsNoObject) {
    for (const char* text : {"", "[]", "{", "null", "{} {}"})
        EXPECT_EQ(read_journal_entry(text).error().code, ErrorCode::corrupt) << text;
}

TEST(ObservationContent, IsNothingWhenThereIsNothingToSay) {
    core::Observation observation;
    observation.score = 9;
    EXPECT_EQ(write_observation_content(observation), "");
    observation.answers = "{}";
    EXPECT_EQ(write_observation_content(observation), "");
}

TEST(ObservationContent, HasTheWordsAndTheFieldsOfThePlugin) {
    core::Observation observation;
    observation.verbatim = "too \"slow\"";
    observation.contact_me = true;
    observation.answers = R"({"channel":"phone","n":3})";
    const boost::json::object content =
        boost::json::parse(write_observation_content(observation)).as_object();
    EXPECT_EQ(content.at("verbatim").as_string(), "too \"slow\"");
    EXPECT_TRUE(content.at("contact_me").as_bool());
    EXPECT_FALSE(content.at("may_quote").as_bool());
    EXPECT_EQ(content.at("answers").at("n").as_int64(), 3);
    observation.answers = "not json";
    EXPECT_TRUE(boost::json::parse(write_observation_content(observation)).at("answers").as_object().empty());
}

}  // namespace
}  // namespace candour::json
