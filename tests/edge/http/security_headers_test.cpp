#include "edge/http/security_headers.hpp"

#include <gtest/gtest.h>

#include "edge/http/wire.hpp"

namespace candour::http {
namespace {

const char* const kPage = "<html><head><style>body{color:red}</style></head></html>";
/// printf %s 'body{color:red}' | openssl dgst -sha256 -binary | base64
const char* const kHash = "'sha256-FcQqt3aNlV7AZnGV4zkQRVeCeJOxbMPnQSx258L803E='";

TEST(CustomerPage, RunsNothingAndShowsItsOwnStyleAlone) {
    StyleHashes hashes;
    Response page = Response::html(200, kPage);
    protect_customer_page(page, hashes);
    EXPECT_EQ(*page.find("Content-Security-Policy"),
              "default-src 'none'; style-src " + std::string(kHash) +
                  "; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    EXPECT_EQ(*page.find("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(*page.find("X-Robots-Tag"), "noindex");
    EXPECT_EQ(*page.find("Cache-Control"), "no-store");
    EXPECT_EQ(*page.find("X-Content-Type-Options"), "nosniff");
}

TEST(CustomerPage, WithoutAStyleAllowsNone) {
    StyleHashes hashes;
    Response page = Response::html(200, "<p>Thank you</p>");
    protect_customer_page(page, hashes);
    EXPECT_EQ(page.find("Content-Security-Policy")->find("style-src"), std::string::npos);
}

TEST(CustomerPage, OverrulesWhatAPluginAskedFor) {
    StyleHashes hashes;
    Response page = Response::html(200, kPage);
    page.set("content-security-policy", "default-src *").set("Cache-Control", "public");
    protect_customer_page(page, hashes);
    EXPECT_EQ(page.find("Content-Security-Policy")->find('*'), std::string::npos);
    EXPECT_EQ(*page.find("Cache-Control"), "no-store");
    EXPECT_EQ(page.headers.size(), 5u);
}

TEST(ApiAnswer, IsNeitherStoredNorSniffed) {
    Response answer = Response::json(200, "{}");
    protect_api(answer);
    EXPECT_EQ(*answer.find("Cache-Control"), "no-store");
    EXPECT_EQ(*answer.find("X-Content-Type-Options"), "nosniff");
}

TEST(ApiAnswer, KeepsTheCachingItsHandlerChose) {
    Response answer = Response::json(200, "{}");
    answer.set("Cache-Control", "max-age=60");
    protect_api(answer);
    EXPECT_EQ(*answer.find("Cache-Control"), "max-age=60");
}

TEST(OperatorPage, TakesEverythingFromThisHostAndIsNeverFramed) {
    StyleHashes hashes;
    Response page = Response::html(200, kPage);
    protect_operator_page(page, hashes);
    const std::string& policy = *page.find("Content-Security-Policy");
    EXPECT_NE(policy.find("script-src 'self'; style-src 'self' " + std::string(kHash) + ";"),
              std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_NE(policy.find("require-trusted-types-for 'script'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(OperatorPage, NeedsNoPolicyForWhatIsNoPage) {
    StyleHashes hashes;
    Response file{200, "text/css", {}, "body{}"};
    file.set("Cache-Control", "public, immutable");
    protect_operator_page(file, hashes);
    EXPECT_EQ(file.find("Content-Security-Policy"), nullptr);
    EXPECT_EQ(*file.find("Cache-Control"), "public, immutable");
}

TEST(StyleHash, ForgetsOldStylesBeforeTheyFillTheMemory) {
    StyleHashes hashes;
    const std::string first = hashes.source_of("a{}");
    for (int i = 0; i < 1000; ++i) (void)hashes.source_of("a" + std::to_string(i) + "{}");
    EXPECT_EQ(hashes.source_of("a{}"), first);
}

TEST(StyleElement, IsReadWithAttributesAndNotWhenItHasNoEnd) {
    EXPECT_EQ(style_of("<style media=\"all\">a{}</style><style>b{}</style>"), "a{}");
    EXPECT_EQ(style_of("<style>a{}"), "");
    EXPECT_EQ(style_of("<style"), "");
}

TEST(ResponseHead, CannotBeGivenALineByAValue) {
    Response response = Response::empty(200);
    response.set("X-Plugin", "a\r\nSet-Cookie: b");
    std::string bytes;
    append_head(bytes, response, {"now", false, false});
    EXPECT_NE(bytes.find("X-Plugin: a  Set-Cookie: b\r\n"), std::string::npos);
}

TEST(ResponseHead, LeavesOutNamesThatAreNoneOrThatFrameTheMessage) {
    Response response = Response::text(200, "12345");
    response.set("X-Fine", "1").set("Bad: x\r\nY", "1").set("", "1");
    response.set("content-length", "2").set("Transfer-Encoding", "chunked").set("Connection", "close");
    std::string bytes;
    append_head(bytes, response, {"now", false, false});
    EXPECT_EQ(bytes,
              "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain; charset=utf-8\r\nX-Fine: 1\r\n"
              "Content-Length: 5\r\n\r\n");
}

TEST(ResponseHead, WritesTheDateOfTheStandardsExample) {
    EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace candour::http
