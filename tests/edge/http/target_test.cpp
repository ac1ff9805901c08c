#include "edge/http/target.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "edge/http/encoding.hpp"

namespace candour::http {
namespace {

TEST(Target, SplitsPathFromQueryAndDecodesOnlyThePath) {
    const Result<Target> target = read_target("/s/caf%C3%A9?a=9&r=%20");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/s/café");
    EXPECT_EQ(target->query, "a=9&r=%20");
}

TEST(Target, AcceptsTheFormThatIsSentToProxies) {
    EXPECT_EQ(read_target("http://candour.example/a?b")->path, "/a");
    EXPECT_EQ(read_target("http://candour.example")->path, "/");
    EXPECT_EQ(read_target("HTTPS://candour.example?x=1")->query, "x=1");
}

TEST(Target, AcceptsTheStarOfOptions) {
    EXPECT_EQ(read_target("*")->path, "*");
}

TEST(Target, RefusesWhatNoLinkOfOursHolds) {
    const char* const bad[] = {"",        "a",          "/..",         "/../etc",   "/a/../b",      "/a/.",
                               "/./a",    "/%2e%2e",    "/a/%2E%2e/b", "/a%00b",    "/a%0d%0aX: y", "/a%5Cb",
                               "/a\\b",   "/a%2Fb",     "/a%2fb",      "/%",        "/%4",          "/%GG",
                               "/%C0%AE", "/%ED%A0%80", "/%7F",        "ftp://a/b", "/%FF"};
    for (const char* raw : bad) {
        const Result<Target> target = read_target(raw);
        ASSERT_FALSE(target) << raw;
        EXPECT_EQ(target.error().code, ErrorCode::invalid) << raw;
    }
}

TEST(Target, LetsDotsInsideASegmentPass) {
    EXPECT_TRUE(read_target("/a..b/...//.well-known"));
    EXPECT_TRUE(read_target("/?next=../.."));
}

RC_GTEST_PROP(Target, NeverYieldsAnUnsafePath, (const std::string& tail)) {
    const Result<Target> target = read_target("/" + tail);
    if (!target) return;
    const std::string path = target->path + "/";
    RC_ASSERT(is_utf8(path));
    RC_ASSERT(path.find("/../") == std::string::npos);
    RC_ASSERT(path.find("/./") == std::string::npos);
    for (const char c : path) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '\\');
}

}  // namespace
}  // namespace candour::http
