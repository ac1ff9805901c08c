/// What an organisation says itself: checked before anything leaves, filled when it does.
#include "core/campaign/own_words.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

OwnWords words(const std::string& subject, const std::string& text, int mail = 0) {
    return {{mail, {{"en", {subject, text}}}}};
}
std::string refusal(const OwnWords& words, std::size_t reminders = 0) {
    const Done sound = check(words, reminders);
    return sound ? "" : sound.error().message;
}

TEST(OwnWords, MayNameTheReaderTheirAccountAndUs) {
    EXPECT_EQ(refusal(words("Hello {{contact}}", "How is it at {{ account }}? Yours, {{organisation}}")), "");
    const Names names{"Ada {{account}}", "Moss", "Halden"};
    EXPECT_EQ(filled("{{contact}} of {{ account }}: {{organisation}}!", names),
              "Ada {{account}} of Moss: Halden!")
        << "what was put in is not read again";
    EXPECT_EQ(filled("no braces", names), "no braces");
}

TEST(OwnWords, AreRefusedWithVariablesThatNobodyKnows) {
    EXPECT_NE(refusal(words("", "Dear {{first_name}}")).find("{{first_name}}"), std::string::npos);
    EXPECT_NE(refusal(words("{{}}", "")), "");
    EXPECT_NE(refusal(words("", "Dear {{contact")).find("}}"), std::string::npos);
}

TEST(OwnWords, AreRefusedWhenASubjectCouldBeginAFieldOfItsOwn) {
    EXPECT_NE(refusal(words("Hello\r\nBcc: all@example.org", "")), "");
    EXPECT_NE(refusal(words("Hello\tyou", "")), "");
    EXPECT_NE(refusal(words(std::string(201, 'x'), "")), "");
    EXPECT_NE(refusal(words("", std::string(4'001, 'x'))), "");
    EXPECT_NE(refusal(words("", "")), "");
}

TEST(OwnWords, AreRefusedForRemindersThatNobodySends) {
    EXPECT_NE(refusal(words("Again", "", 1), 0), "");
    EXPECT_EQ(refusal(words("Again", "", 1), 1), "");
    EXPECT_NE(refusal({{0, {{"english, please", {"x", ""}}}}}), "");
}

TEST(OwnWords, AreSaidInTheReadersLanguageOrNotAtAll) {
    const OwnWords two{{0, {{"de", {"Hallo", ""}}, {"pt-BR", {"Olá", ""}}}}};
    EXPECT_EQ(words_for(two, 0, "de-AT", "en")->subject, "Hallo");
    EXPECT_EQ(words_for(two, 0, "pt-BR", "en")->subject, "Olá");
    EXPECT_FALSE(words_for(two, 0, "fr", "de"))
        << "the plugin speaks French: nobody is written to in two languages";
    EXPECT_EQ(words_for(two, 0, "", "de")->subject, "Hallo");
    EXPECT_FALSE(words_for(two, 1, "de", "de"));
}

}  // namespace
}  // namespace candour::core
