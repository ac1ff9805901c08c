#include "crypto/link_tokens.hpp"

#include <gtest/gtest.h>

#include "crypto/digest.hpp"

namespace candour::crypto {
namespace {

const MessageId kMessage{IdBytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}};
const LinkTokens kTokens({"the first key"});

TEST(LinkTokensOf, OnePurposeAreReadBackForItAndForNoOther) {
    for (const LinkPurpose purpose : {LinkPurpose::survey, LinkPurpose::loop, LinkPurpose::preferences}) {
        const std::string token = kTokens.issue(purpose, kMessage);
        EXPECT_EQ(token.size(), 42U);
        for (const LinkPurpose asked : {LinkPurpose::survey, LinkPurpose::loop, LinkPurpose::preferences})
            EXPECT_EQ(kTokens.read(asked, token).has_value(), asked == purpose)
                << to_text(purpose) << " as " << to_text(asked);
        EXPECT_EQ(kTokens.read(purpose, token), kMessage);
    }
}

TEST(LinkTokensOf, OurFormatAreTheIdAndTheFirstTenBytesOfItsMac) {
    const IdBytes bytes = kMessage.bytes();
    const std::string id(bytes.begin(), bytes.end());
    std::string signed_bytes("loop\0", 5);
    const std::string raw = id + hmac_sha256("the first key", signed_bytes + id).substr(0, 10);
    std::string bits;
    for (const unsigned char byte : raw)
        for (int bit = 7; bit >= 0; --bit) bits += (byte >> bit & 1) != 0 ? '1' : '0';
    bits += "00";
    std::string by_hand;
    for (std::size_t i = 0; i < bits.size(); i += 5)
        by_hand += kIdAlphabet[std::stoul(bits.substr(i, 5), nullptr, 2)];
    EXPECT_EQ(kTokens.issue(LinkPurpose::loop, kMessage), by_hand);
}

TEST(LinkTokensOf, OursAreRefusedWithAnyCharacterChanged) {
    const std::string token = kTokens.issue(LinkPurpose::loop, kMessage);
    for (std::size_t at = 0; at < token.size(); ++at)
        for (const char other : kIdAlphabet) {
            if (other == token[at]) continue;
            std::string forged = token;
            forged[at] = other;
            ASSERT_FALSE(kTokens.read(LinkPurpose::loop, forged)) << "position " << at << " became " << other;
        }
}

TEST(LinkTokensOf, OursAreReadWhateverAMailServerDidToTheirCase) {
    std::string token = kTokens.issue(LinkPurpose::loop, kMessage);
    for (std::size_t i = 0; i < token.size(); i += 2) token[i] = static_cast<char>(std::toupper(token[i]));
    EXPECT_EQ(kTokens.read(LinkPurpose::loop, token), kMessage);
}

TEST(LinkTokensOf, AnotherServerAreRefused) {
    const LinkTokens other({"another key"});
    EXPECT_FALSE(kTokens.read(LinkPurpose::loop, other.issue(LinkPurpose::loop, kMessage)));
}

TEST(LinkTokensOf, TwoLiveKeysAreBothReadAndTheNewestSigns) {
    const LinkTokens both({"the first key", "the second key"});
    const LinkTokens second({"the second key"});
    EXPECT_EQ(both.read(LinkPurpose::loop, kTokens.issue(LinkPurpose::loop, kMessage)), kMessage);
    EXPECT_EQ(both.issue(LinkPurpose::loop, kMessage), second.issue(LinkPurpose::loop, kMessage));
    EXPECT_FALSE(second.read(LinkPurpose::loop, kTokens.issue(LinkPurpose::loop, kMessage)))
        << "a retired key is retired";
}

TEST(LinkTokensOf, NoOtherShapeAreLookedAt) {
    const std::string token = kTokens.issue(LinkPurpose::loop, kMessage);
    for (const std::string& wrong :
         {std::string(), token.substr(1), token + "0", std::string(42, 'u'), std::string(42, '\0'),
          std::string(42, '\xff'), std::string(100'000, '0')})
        EXPECT_FALSE(kTokens.read(LinkPurpose::loop, wrong));
}

}  // namespace
}  // namespace candour::crypto
