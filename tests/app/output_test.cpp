#include "app/cli/output.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "app/nearest.hpp"

using namespace candour;
using namespace candour::app::cli;

TEST(Printable, LetsNoCustomerSteerTheTerminal) {
    EXPECT_EQ(printable("a\x1b[2Jb"), "a [2Jb");
    EXPECT_EQ(printable("a\x07"
                        "b\x7f"
                        "c"),
              "a b c");
    EXPECT_EQ(printable("a\xC2\x9B"
                        "31mb"),
              "a 31mb")
        << "the one-character form of an escape sequence";
    EXPECT_EQ(printable("invoice\xE2\x80\xAEgpj.exe"), "invoice gpj.exe")
        << "a mark that turns the direction of text";
    EXPECT_EQ(printable("two\r\nlines"), "two\nlines");
    EXPECT_EQ(printable("Grüße, 世界"), "Grüße, 世界");
}

TEST(Printable, StandsOnOneLineInATable) {
    EXPECT_EQ(on_one_line(" two\n\n lines\tand\x1b more "), "two lines and more");
}

TEST(Texts, ComeFromTheArgumentAFileOrAreEscaped) {
    EXPECT_EQ(read_text("plain").value_or(""), "plain");
    EXPECT_EQ(read_text("@@priya said so").value_or(""), "@priya said so");
    EXPECT_EQ(read_text("@/nowhere/at/all").error().code, ErrorCode::not_found);
}

TEST(Instants, AreShownToTheMinute) {
    EXPECT_EQ(when(boost::json::value("2027-01-15T14:03:59.123456Z")), "2027-01-15 14:03");
    EXPECT_EQ(when(boost::json::value(nullptr)), "");
}

TEST(Nearest, SuggestsWhatIsATypingMistakeAwayAndNothingElse) {
    const std::vector<std::string> known{"list", "show", "decide", "cancel-tell"};
    EXPECT_EQ(app::nearest("lsit", known), "list");
    EXPECT_EQ(app::nearest("dcide", known), "decide");
    EXPECT_EQ(app::nearest("canceltell", known), "cancel-tell");
    EXPECT_EQ(app::nearest("banana", known), "");
}
