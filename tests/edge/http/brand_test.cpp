/// What stands on customers' pages beside their own words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "edge/http/livery.hpp"
#include "edge/http/logo.hpp"
#include "edge/http/security_headers.hpp"

namespace candour::http {
namespace {

using testing::HasSubstr;

std::string svg(const std::string& inside, const std::string& attributes = {}) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"" + attributes + ">" + inside +
           "</svg>";
}

std::string png(std::uint32_t width, std::uint32_t height) {
    std::string bytes("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    for (const std::uint32_t side : {width, height})
        for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(side >> shift & 0xFFU);
    return bytes + "rest";
}

TEST(Logo, IsADrawingOrAPicture) {
    const std::string drawing =
        "<?xml version=\"1.0\"?>\n<!-- by hand -->\n" +
        svg("<defs><linearGradient id=\"g\"/></defs><rect fill=\"url(#g)\" width=\"9\" height=\"9\"/><use "
            "href=\"#a\"/>"
            "<use xlink:href='#b'/><style>rect{opacity:.5}</style><title>on a line = 5</title>");
    const Result<flow::Logo> drawn = read_logo(drawing);
    ASSERT_TRUE(drawn) << drawn.error().message;
    EXPECT_EQ(drawn->type, "image/svg+xml");
    EXPECT_EQ(drawn->bytes, drawing);
    EXPECT_EQ(read_logo(png(200, 100))->type, "image/png");
}

class UnsafeLogo : public testing::TestWithParam<std::string> {};

TEST_P(UnsafeLogo, IsRefusedInWords) {
    const Result<flow::Logo> logo = read_logo(GetParam());
    ASSERT_FALSE(logo) << GetParam().substr(0, 100);
    EXPECT_EQ(logo.error().code, ErrorCode::invalid);
    EXPECT_THAT(logo.error().message, HasSubstr("logo: expected an SVG that only draws or a PNG, found "));
}

INSTANTIATE_TEST_SUITE_P(
    Table, UnsafeLogo,
    testing::Values(svg("<script>alert(1)</script>"), svg("<SCRIPT href=\"#a\"/>"),
                    svg("<a onclick=\"x()\"/>"), svg("", " onload=\"x()\""), svg("", "\nONLOAD = 'x()'"),
                    svg("<g/onfocus=x>"), svg("<foreignObject/>"), svg("<image href=\"#a\"/>"),
                    svg("<use href=\"https://e.example/a#b\"/>"), svg("<use xlink:href = 'other.svg#b'/>"),
                    svg("<rect fill=\"url(https://e.example/a)\"/>"),
                    svg("<rect fill=\"url( 'x.svg#a' )\"/>"), svg("<style>@import 'x.css';</style>"),
                    svg("<a href=\"javascript:x()\"/>"), svg("<a href=\"&#106;avascript:x()\"/>"),
                    svg("<animate attributeName=\"href\"/>"), svg("<set/>"),
                    "<!DOCTYPE svg [<!ENTITY a \"b\">]>" + svg(""),
                    "<?xml-stylesheet href=\"#a\"?>" + svg(""), "<html><svg></svg></html>", "GIF89a", "",
                    svg("\xFF"), png(2'001, 10), png(0, 10), png(1, 1).substr(0, 15),
                    svg(std::string(kLargestLogo, ' '))));

flow::Brand brand() {
    flow::Brand brand;
    brand.colour = "#ffe600";
    brand.text_colour = "#000000";
    return brand;
}

TEST(Livery, IsPutIntoTheStyleThatThePolicyNames) {
    StyleHashes hashes;
    Response page = Response::html(200, "<head><style>body{margin:0}</style></head><main><p>x</p></main>");
    dress(page.body, brand());
    EXPECT_THAT(page.body, HasSubstr("body{margin:0}\nbody{border-top:.375rem solid #ffe600}"));
    EXPECT_THAT(page.body, HasSubstr("color:#000000}</style>"));
    const std::string source = hashes.source_of(style_of(page.body));
    protect_customer_page(page, hashes);
    EXPECT_THAT(*page.find("Content-Security-Policy"), HasSubstr("style-src " + source + ";"));
    EXPECT_THAT(*page.find("Content-Security-Policy"), Not(HasSubstr("img-src")));
}

TEST(Livery, ShowsTheLogoAboveEverythingAndAllowsThatPictureAlone) {
    StyleHashes hashes;
    flow::Brand with_logo = brand();
    with_logo.logo_type = "image/png";
    with_logo.logo_digest = "0123456789abcdef";
    Response page = Response::html(200, "<style></style><main><p>x</p></main>");
    dress(page.body, with_logo);
    EXPECT_THAT(
        page.body,
        HasSubstr("<main>\n<p class=\"livery\"><img src=\"/brand/logo?v=0123456789abcdef\" alt=\"\">"));
    protect_customer_page(page, hashes);
    EXPECT_THAT(*page.find("Content-Security-Policy"), HasSubstr("img-src 'self'; form-action"));
}

TEST(Livery, LeavesAPageAloneWhenThereIsNothingToWear) {
    const std::string page = "<style>a{}</style><main></main>";
    std::string plain = page, fragment = "<p>Thank you</p>";
    dress(plain, {});
    dress(fragment, brand());
    EXPECT_EQ(plain, page);
    EXPECT_EQ(fragment, "<p>Thank you</p>");
}

}  // namespace
}  // namespace candour::http
