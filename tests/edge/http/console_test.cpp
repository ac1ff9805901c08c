#include "edge/http/routes/console.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "support/run_task.hpp"

namespace candour::http {
namespace {

constexpr ConsoleFile kBuilt[] = {
    {"index.html",
     "text/html; charset=utf-8",
     "00112233445566778899aabbccddeeff0011",
     "<div id=app>",
     {},
     {}},
    {"assets/main-Bq2x.js", "text/javascript", "aa", "plain script", "gzipped", "brotli"},
    {"assets/voice-C1.woff2", "font/woff2", "bb", "font", {}, {}},
};

class ConsolePages : public testing::Test {
 protected:
    ConsolePages() { console_.add_to(router_); }

    Response get(const std::string& path, std::vector<Header> headers = {}) {
        const Found found = router_.find(Method::get, path);
        if (found.route == nullptr) return Response::empty(404);
        Request request;
        request.path = path;
        request.parameters = found.parameters;
        for (const Header& header : headers) request.headers.add(header.name, header.value);
        return support::run_task(io_, found.route->handler(std::move(request)));
    }

    boost::asio::io_context io_;
    Console console_{kBuilt};
    Router router_;
};

TEST_F(ConsolePages, AreOnePageAtEachOfTheirAddresses) {
    for (const char* path : {"/", "/today", "/item/LP-12", "/accounts/acc_1", "/settings/tokens"}) {
        const Response page = get(path, {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"}});
        EXPECT_EQ(page.status, 200U) << path;
        EXPECT_EQ(page.body, "<div id=app>") << path;
        EXPECT_EQ(*page.find("Cache-Control"), "no-cache") << path;
    }
}

TEST_F(ConsolePages, AreNotWhatElseIsAskedFor) {
    for (const char* path :
         {"/api/v1/nothing", "/s/abc", "/l/abc", "/c/surveys/x", "/todays", "/item", "/assets"})
        EXPECT_EQ(get(path, {{"Accept", "text/html"}}).status, 404U) << path;
    EXPECT_EQ(get("/today", {{"Accept", "application/json"}}).status, 404U) << "a program took a wrong turn";
    EXPECT_EQ(router_.find(Method::post, "/api/v1/nothing").allow, "");
}

TEST_F(ConsolePages, AreSentAgainOnlyWhenTheyChanged) {
    const std::string etag = *get("/").find("ETag");
    const Response same = get("/today", {{"Accept", "text/html"}, {"If-None-Match", "\"x\", W/" + etag}});
    EXPECT_EQ(same.status, 304U);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(*same.find("ETag"), etag);
    EXPECT_EQ(get("/", {{"If-None-Match", "\"another\""}}).status, 200U);
}

TEST_F(ConsolePages, LoadFilesInTheSmallestFormTheReaderTakes) {
    struct Case {
        const char *accepted, *coding, *body;
    };
    for (const Case& each : {Case{"gzip, deflate, br", "br", "brotli"}, Case{"gzip", "gzip", "gzipped"},
                             Case{"br;q=0, gzip", "gzip", "gzipped"}, Case{"identity", "", "plain script"}}) {
        const Response file = get("/assets/main-Bq2x.js", {{"Accept-Encoding", each.accepted}});
        EXPECT_EQ(file.body, each.body) << each.accepted;
        EXPECT_EQ(file.find("Content-Encoding") == nullptr ? "" : *file.find("Content-Encoding"),
                  each.coding);
        EXPECT_EQ(*file.find("Vary"), "Accept-Encoding");
        EXPECT_EQ(*file.find("Cache-Control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(file.content_type, "text/javascript");
    }
    EXPECT_EQ(get("/assets/voice-C1.woff2", {{"Accept-Encoding", "br"}}).body, "font")
        << "has no smaller form";
    EXPECT_EQ(get("/assets/main-old.js").status, 404U);
}

TEST(Console, LeavesTheRootToThePlainPagesWhereItIsNotBuilt) {
    Router router;
    const Console none{std::span<const ConsoleFile>{}};
    none.add_to(router);
    EXPECT_FALSE(none.is_built());
    EXPECT_EQ(router.find(Method::get, "/").route, nullptr);
}

}  // namespace
}  // namespace candour::http
