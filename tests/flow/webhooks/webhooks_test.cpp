#include "flow/webhooks/webhooks.hpp"

#include <gtest/gtest.h>

#include "flow/webhooks/postman.hpp"

namespace candour::flow {
namespace {

TEST(WebhookSignature, IsOverIdSecondAndBytes) {
    // The example of the Standard Webhooks specification.
    const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const Result<std::string> signature =
        webhook_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})");
    ASSERT_TRUE(signature);
    EXPECT_EQ(*signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    for (const char* wrong : {"", "whsec_", "whsec_???", "secret"})
        EXPECT_FALSE(webhook_signature(wrong, "m", 1, ""));
    EXPECT_NE(new_webhook_secret(), new_webhook_secret());
}

TEST(WebhookSignature, IsThereTwiceWhileTheSecretBeforeStillSigns) {
    const core::Instant now{std::chrono::seconds(1614265330)};
    const DeliveryId id(IdBytes{3});
    Webhook webhook;
    webhook.secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const std::string alone = webhook_signatures(webhook, id, now, "{}");
    EXPECT_EQ(alone, *webhook_signature(webhook.secret, id.text(), 1614265330, "{}"));
    webhook.old_secret = "whsec_b25l";
    webhook.old_secret_until = now + std::chrono::hours(1);
    EXPECT_EQ(webhook_signatures(webhook, id, now, "{}"),
              alone + " " + *webhook_signature(webhook.old_secret, id.text(), 1614265330, "{}"));
    EXPECT_EQ(webhook_signatures(webhook, id, webhook.old_secret_until, "{}").find(' '), std::string::npos);
}

TEST(Webhook, WantsWhatItNamesOfItemsAlone) {
    Webhook webhook;
    Change told;
    told.number = 7;
    told.event = "told";
    EXPECT_TRUE(webhook.wants(told)) << "all of them";
    webhook.events = {"heard", "told"};
    EXPECT_TRUE(webhook.wants(told));
    told.event = "noted";
    EXPECT_FALSE(webhook.wants(told));
    told.event = "told";
    told.number = 0;
    EXPECT_FALSE(webhook.wants(told)) << "the ledger of a theme";
}

TEST(Postman, ComesAgainLaterAndLaterAndGivesUpInTheEnd) {
    std::chrono::seconds before{0}, all{0};
    int attempts = 1;
    for (; const auto patience = patience_after(attempts, 0); ++attempts) {
        EXPECT_GT(*patience, before);
        EXPECT_GE(*patience_after(attempts, 1), *patience);
        EXPECT_LE(*patience_after(attempts, 1), *patience * 6 / 5);
        before = *patience;
        all += *patience;
    }
    EXPECT_EQ(attempts, 9);
    EXPECT_GT(all, std::chrono::hours(40));
    EXPECT_FALSE(patience_after(0, 0));
}

}  // namespace
}  // namespace candour::flow
