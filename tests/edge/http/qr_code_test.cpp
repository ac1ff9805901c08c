#include "edge/http/qr_code.hpp"

#include <gtest/gtest.h>

namespace candour::http {
namespace {

TEST(QrCode, IsASquareOfBlackOnWhiteWithAQuietZone) {
    const Result<std::string> svg = qr_svg("https://feedback.example/c/surveys/autumn");
    ASSERT_TRUE(svg);
    EXPECT_TRUE(svg->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\"")) << *svg;
    // The first finder: seven dark squares in a row, four from the edge, and again at the other end.
    EXPECT_NE(svg->find("\"M4 4h7v1h-7z"), std::string::npos);
    EXPECT_NE(svg->find("M30 4h7v1h-7z"), std::string::npos);
    EXPECT_EQ(svg->find("M3 "), std::string::npos);
}

TEST(QrCode, SaysTheSameForTheSameAndAnotherThingForAnother) {
    EXPECT_EQ(qr_svg("https://a.example").value_or(""), qr_svg("https://a.example").value_or(""));
    EXPECT_NE(qr_svg("https://a.example").value_or(""), qr_svg("https://b.example").value_or(""));
    EXPECT_NE(qr_svg(std::string(1, '\0')).value_or(""), qr_svg("0").value_or(""));
}

TEST(QrCode, RefusesWhatDoesNotFit) {
    EXPECT_EQ(qr_svg("").error().code, ErrorCode::invalid);
    EXPECT_TRUE(qr_svg(std::string(1'600, 'x')));
    EXPECT_EQ(qr_svg(std::string(1'601, 'x')).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace candour::http
