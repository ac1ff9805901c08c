#include "edge/json/disposition.hpp"

#include <gtest/gtest.h>

namespace candour::json {
namespace {

TEST(DispositionDocument, ReadsWhatThePluginSays) {
    const auto mail = read_disposition(
        R"({"disposition":"bounce","reason":"why","from":"Ada@Example.ORG","references":["<a>","<b>"],"tokens":["t"],
            "original_message_id":"<m>","original_envelope_id":"e","reply_trimmed":"words","truncated":true,
            "bounces":[{"recipient":"x@y","status":"5.1.1","reply_code":"550","class":"recipient","hard":true,
                        "diagnostic":"no such user","waits":true}]})");
    ASSERT_TRUE(mail) << mail.error().message;
    EXPECT_EQ(mail->kind, core::MailKind::bounce);
    EXPECT_EQ(mail->from, "ada@example.org");
    EXPECT_EQ(mail->references, (std::vector<std::string>{"<a>", "<b>"}));
    EXPECT_EQ(mail->tokens, std::vector<std::string>{"t"});
    ASSERT_EQ(mail->bounces.size(), 1U);
    EXPECT_EQ(mail->bounces[0].what, "recipient");
    EXPECT_TRUE(mail->bounces[0].hard);
    EXPECT_TRUE(mail->bounces[0].waits);
    EXPECT_TRUE(mail->truncated);
}

TEST(DispositionDocument, ReadsWhatIsMissingOrOfAnotherTypeAsEmpty) {
    const auto mail = read_disposition(
        R"({"disposition":"human","from":7,"references":"x","bounces":[null,{"hard":"yes"}]})");
    ASSERT_TRUE(mail) << mail.error().message;
    EXPECT_EQ(mail->from, "");
    EXPECT_TRUE(mail->references.empty());
    ASSERT_EQ(mail->bounces.size(), 1U);
    EXPECT_FALSE(mail->bounces[0].hard);
}

TEST(DispositionDocument, RefusesWordsThatItDoesNotKnow) {
    for (const char* text : {"", "[]", "{}", R"({"disposition":"letter"})", R"({"disposition":3})"}) {
        const auto mail = read_disposition(text);
        ASSERT_FALSE(mail) << text;
        EXPECT_EQ(mail.error().code, ErrorCode::invalid);
    }
}

}  // namespace
}  // namespace candour::json
