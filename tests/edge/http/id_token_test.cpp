/// ID tokens: each was made by `openssl dgst -sha256 -sign` over keys that exist here alone.
#include "edge/http/oidc/id_token.hpp"

#include <gtest/gtest.h>

namespace candour::http {
namespace {

constexpr const char* kKeys =
    R"({"keys": [{"kty": "RSA", "kid": "r1", "use": "sig", "n": "w6MMtQp5EVeFERRlE9PVyrd-47Gbyiqo)"
    R"(q9cOk94Uh_FYD4gce83AlDqE9R01mGPPND3cDbR8sBUU52x4Q5HKKxqf_tFN9Qd93_XdHtivYDzRmeP72MH3WyVyv0)"
    R"(jAYFuS12gEeDorma3-KGR-4nMzfGYU9Cq1HYa09g5mfxZ2bWszdAJeQvZW3YjMnHQWbBnveaHtii3bvvYeKIXVKdxu)"
    R"(vgSEJLFmt1WEAmsipV_504T1LkDEDl5Es-AcnZFYrBs8akU5JuinXqCr2ELIfSZXZXcGMA3zBlD3ro4JhAwYWKPdTS)"
    R"(7W1GRbm3urGuZH0enzkFButP7_S4iTB8QEbueDLQ", "e": "AQAB"}, {"kty": "EC", "crv": "P-256", "ki)"
    R"(d": "e1", "x": "XLhLYSTmk9bI6NxfdCGpYcFbeebpBYJWYiqN3KCUSuM", "y": "Af3Ye4upk14FKaCGAX4DqX)"
    R"(lT2mVTtcLn4ea7SMW91ag"}, {"kty": "RSA", "kid": "weak", "n": "2wAI4vcMRtZeMWDIzeS9W6rlJWLBH)"
    R"(kuI8LWX6epdnABUX_WuVJHNNHZgs4rjgarIQqAJg3iW4Ow5VpM6RBH285bVloZGmts6hrMt1AxnOBbPnL5cbjMHkZK)"
    R"(sxHlraLPYQH_OF_tYidc4n_eE-wMCB4un9Lg9rATDLrH9k3g1yos", "e": "AQAB"}, {"kty": "oct", "kid":)"
    R"( "hmac", "k": "AAAA"}]})";
// sub u-17, aud candour, from 1 800 000 000 to 1 800 000 600, nonce n-1.
constexpr const char* kRsa =
    "eyJhbGciOiAiUlMyNTYiLCAia2lkIjogInIxIn0.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhdWQi"
    "OiAiY2FuZG91ciIsICJzdWIiOiAidS0xNyIsICJleHAiOiAxODAwMDAwNjAwLCAiaWF0IjogMTgwMDAwMDAwMCwgIm5vbmNl"
    "IjogIm4tMSIsICJlbWFpbCI6ICJJbmVzQEhhbGRlbi5leGFtcGxlIiwgImVtYWlsX3ZlcmlmaWVkIjogdHJ1ZSwgIm5hbWUi"
    "OiAiSW5lcyBGZXJyZXIiLCAiZ3JvdXBzIjogWyJzdXBwb3J0IiwgImNhbmRvdXItYWRtaW5zIl19.EV2ed3ZJs4V5enRHKDZ"
    "eMeU1FTHTqV7CeI5fb7otPznJxIjGfQHUJR5CLItKvuMAjjzVcCdPz8qc61MqLfGNV5viLQe5lc_14pwgCgHKIAWMz-5-7Yz"
    "dWIPbSbukp9TCVejnapIIYQdHuxfciEZDNiPL_wJyFJrFTLshyfankwLGf3jV8AczlRxQ9kxPeLWLID80-qb53vc6fzAK_lU"
    "dRF4rNJqBX0SWrUDb5jS6BR9cdOCAKXWBr9_js3Fpkt8_Weyroy4TQlZ_uCsdFCfDcpsmyMqCunJc8zdQnOm3-k-jrsKmPbX"
    "2rFfdWGgM18RXpelA8Keu_BhUcDb3i_MHtA";
constexpr const char* kCurve =
    "eyJhbGciOiAiRVMyNTYiLCAia2lkIjogImUxIn0.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhdWQi"
    "OiAiY2FuZG91ciIsICJzdWIiOiAidS0xNyIsICJleHAiOiAxODAwMDAwNjAwLCAiaWF0IjogMTgwMDAwMDAwMCwgIm5vbmNl"
    "IjogIm4tMSIsICJlbWFpbCI6ICJJbmVzQEhhbGRlbi5leGFtcGxlIiwgImVtYWlsX3ZlcmlmaWVkIjogdHJ1ZSwgIm5hbWUi"
    "OiAiSW5lcyBGZXJyZXIiLCAiZ3JvdXBzIjogWyJzdXBwb3J0IiwgImNhbmRvdXItYWRtaW5zIl19.ITMsk_Qf3yydWE34EWO"
    "qC0nVvpVvJq_sgs274OiKczkVGUI_Ib-JZ8DhXOjIMhA0qqNdajfTOWgAe_7DopO-Sg";
constexpr const char* kWeakKey =
    "eyJhbGciOiAiUlMyNTYiLCAia2lkIjogIndlYWsifQ.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhd"
    "WQiOiAiY2FuZG91ciIsICJzdWIiOiAidS0xNyIsICJleHAiOiAxODAwMDAwNjAwLCAiaWF0IjogMTgwMDAwMDAwMCwgIm5vb"
    "mNlIjogIm4tMSIsICJlbWFpbCI6ICJJbmVzQEhhbGRlbi5leGFtcGxlIiwgImVtYWlsX3ZlcmlmaWVkIjogdHJ1ZSwgIm5hb"
    "WUiOiAiSW5lcyBGZXJyZXIiLCAiZ3JvdXBzIjogWyJzdXBwb3J0IiwgImNhbmRvdXItYWRtaW5zIl19.f7HmvbtCBMVtpW72"
    "k2A_irYLtImjCH8l2EC02O34N1r_wtXjan-C4SicAXhKKnbMYFrCvT56If3FtKXuejB_1IfYR9gZBCekFo3pdIHCGkhPjujB"
    "HENJtOFNLK8lizKNqJG7nsMUqyZsgV_Snw4fCAxf4zwbbntfw2Fq5YqS7uY";
constexpr const char* kUnsigned =
    "eyJhbGciOiAibm9uZSIsICJraWQiOiAicjEifQ.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhdWQiO"
    "iAiY2FuZG91ciIsICJzdWIiOiAidS0xNyIsICJleHAiOiAxODAwMDAwNjAwLCAiaWF0IjogMTgwMDAwMDAwMCwgIm5vbmNlI"
    "jogIm4tMSIsICJlbWFpbCI6ICJJbmVzQEhhbGRlbi5leGFtcGxlIiwgImVtYWlsX3ZlcmlmaWVkIjogdHJ1ZSwgIm5hbWUiO"
    "iAiSW5lcyBGZXJyZXIiLCAiZ3JvdXBzIjogWyJzdXBwb3J0IiwgImNhbmRvdXItYWRtaW5zIl19.";
constexpr const char* kUnverified =
    "eyJhbGciOiAiRVMyNTYiLCAia2lkIjogImUxIn0.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhdWQi"
    "OiBbImNhbmRvdXIiLCAib3RoZXIiXSwgInN1YiI6ICJ1LTE3IiwgImV4cCI6IDE4MDAwMDA2MDAsICJpYXQiOiAxODAwMDAw"
    "MDAwLCAibm9uY2UiOiAibi0xIiwgImVtYWlsIjogIkluZXNASGFsZGVuLmV4YW1wbGUiLCAiZW1haWxfdmVyaWZpZWQiOiBm"
    "YWxzZSwgIm5hbWUiOiAiSW5lcyBGZXJyZXIiLCAiZ3JvdXBzIjogWyJzdXBwb3J0IiwgImNhbmRvdXItYWRtaW5zIl0sICJh"
    "enAiOiAiY2FuZG91ciJ9.EVvsAkIsjsFkntEQGrmsSFt3qsitZ_H2AISaolp7oY7SspxfiolW3-R6v2cqaBeVa7dUyD5PpqW"
    "NfwxzmJBIrw";
constexpr const char* kForOthers =
    "eyJhbGciOiAiRVMyNTYiLCAia2lkIjogImUxIn0.eyJpc3MiOiAiaHR0cHM6Ly9sb2dpbi5leGFtcGxlLmNvbSIsICJhdWQi"
    "OiBbImNhbmRvdXIiLCAib3RoZXIiXSwgInN1YiI6ICJ1LTE3IiwgImV4cCI6IDE4MDAwMDA2MDAsICJpYXQiOiAxODAwMDAw"
    "MDAwLCAibm9uY2UiOiAibi0xIiwgImVtYWlsIjogIkluZXNASGFsZGVuLmV4YW1wbGUiLCAiZW1haWxfdmVyaWZpZWQiOiB0"
    "cnVlLCAibmFtZSI6ICJJbmVzIEZlcnJlciIsICJncm91cHMiOiBbInN1cHBvcnQiLCAiY2FuZG91ci1hZG1pbnMiXSwgImF6"
    "cCI6ICJvdGhlciJ9.rjT424LRPSm8l-sPQ0nk8Fqjj2XoZMSNtWD8oSAkY36XVWTfeac1c1I_T4Y1LkrZq9v-yFeBNKClKDx"
    "jfh8r9w";

class IdToken : public testing::Test {
 protected:
    Result<IdClaims> read(std::string_view token) const {
        return read_id_token(token, *read_provider_keys(kKeys), expected);
    }
    /// Why it is refused; empty when it is not.
    std::string refusal(std::string_view token) const {
        const Result<IdClaims> claims = read(token);
        return claims ? "" : claims.error().message;
    }
    static bool has(const std::string& text, const char* part) {
        return text.find(part) != std::string::npos;
    }

    TokenExpectation expected{"https://login.example.com", "candour", "n-1", "groups",
                              core::from_us(1'800'000'100'000'000)};
};

TEST_F(IdToken, SaysWhoItIsWhenTheProviderSignedItForUs) {
    for (const char* token : {kRsa, kCurve}) {
        const Result<IdClaims> claims = read(token);
        ASSERT_TRUE(claims) << claims.error().message;
        EXPECT_EQ(claims->subject, "u-17");
        EXPECT_EQ(claims->email, "ines@halden.example");
        EXPECT_EQ(claims->name, "Ines Ferrer");
        EXPECT_EQ(claims->groups, (std::vector<std::string>{"support", "candour-admins"}));
    }
}

TEST_F(IdToken, CountsOnlyWithASignatureOfTheProvider) {
    std::string changed = kCurve;
    const std::size_t claims = changed.find('.') + 20;
    changed[claims] = changed[claims] == 'a' ? 'b' : 'a';
    EXPECT_NE(refusal(changed), "");
    EXPECT_TRUE(has(refusal(kUnsigned), "not signed")) << "alg none";
    EXPECT_TRUE(has(refusal(kWeakKey), "not signed")) << "a key of 1024 bits";
    EXPECT_FALSE(read_id_token(kRsa, {}, expected));
    for (const char* nonsense : {"", ".", "..", "a.b.c", "e30.e30.", "\xff\xff.e30.AA"})
        EXPECT_FALSE(read(nonsense)) << nonsense;
}

TEST_F(IdToken, BelongsToOneIssuerOneClientOneSignInAndAShortTime) {
    const TokenExpectation right = expected;
    expected.issuer = "https://evil.example";
    EXPECT_TRUE(has(refusal(kRsa), "expected https://evil.example"));
    expected = right;
    expected.client = "somebody";
    EXPECT_TRUE(has(refusal(kRsa), "somebody else"));
    expected = right;
    expected.nonce = "n-2";
    EXPECT_TRUE(has(refusal(kRsa), "another sign-in"));
    expected.nonce = "";
    EXPECT_TRUE(has(refusal(kRsa), "another sign-in"));
    expected = right;
    expected.now = core::from_us(1'800'000'720'000'000);
    EXPECT_TRUE(has(refusal(kRsa), "expired"));
    expected.now = core::from_us(1'799'999'800'000'000);
    EXPECT_TRUE(has(refusal(kRsa), "time to come"));
    expected = right;
    EXPECT_TRUE(has(refusal(kForOthers), "somebody else")) << "two audiences, and the other one asked";
}

TEST_F(IdToken, TellsNoAddressThatNobodyVerified) {
    const Result<IdClaims> claims = read(kUnverified);
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(claims->email, "");
}

TEST(ProviderKeys, AreThoseThatSignAndThatWeKnow) {
    const Result<std::vector<ProviderKey>> keys = read_provider_keys(kKeys);
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->size(), 3U) << "no shared secret is taken for a public key";
    EXPECT_EQ(key_id_of(kCurve), "e1");
    EXPECT_FALSE(read_provider_keys("{}"));
    EXPECT_FALSE(read_provider_keys("keys"));
}

}  // namespace
}  // namespace candour::http
