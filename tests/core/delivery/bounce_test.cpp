#include "core/delivery/bounce.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

TEST(Bounce, IsJudgedByItsStatusCode) {
    const std::pair<const char*, BounceKind> cases[] = {
        {"5.1.1", BounceKind::hard},    {"5.1.10", BounceKind::hard},   {"5.1.2", BounceKind::hard},
        {"5.2.1", BounceKind::hard},    {"5.4.4", BounceKind::hard},    {"5.2.2", BounceKind::soft},
        {"5.3.2", BounceKind::soft},    {"5.4.1", BounceKind::soft},    {"4.2.2", BounceKind::soft},
        {"4.1.1", BounceKind::soft},    {"5.7.1", BounceKind::neither}, {"5.7.26", BounceKind::neither},
        {"5.6.0", BounceKind::neither}, {"5.5.2", BounceKind::neither}, {"5.2.3", BounceKind::neither},
        {"5.1.7", BounceKind::neither}, {"5.1.8", BounceKind::neither}, {"5.3.4", BounceKind::neither},
        {"2.1.5", BounceKind::neither},
    };
    for (const auto& [status, kind] : cases) EXPECT_EQ(kind_of_bounce(status, 550), kind) << status;
}

TEST(Bounce, WithoutAStatusIsJudgedByTheReplyCode) {
    EXPECT_EQ(kind_of_bounce("", 550), BounceKind::hard);
    EXPECT_EQ(kind_of_bounce("", 552), BounceKind::soft);
    EXPECT_EQ(kind_of_bounce("", 554), BounceKind::neither);
    EXPECT_EQ(kind_of_bounce("", 451), BounceKind::soft);
    EXPECT_EQ(kind_of_bounce("", 0), BounceKind::hard) << "somebody said that it bounced";
}

TEST(Bounce, WithATextThatIsNoStatusIsJudgedAsIfItHadNone) {
    for (const char* text : {"5", "5.1", "five", "5..1", "-5.1.1", "99999999999.1.1"})
        EXPECT_EQ(kind_of_bounce(text, 552), BounceKind::soft) << text;
}

TEST(Bounce, ThatSomebodyReadIsJudgedByWhatTheyMadeOfIt) {
    EXPECT_EQ(kind_of_bounce("5.0.0", 0, "recipient", true), BounceKind::hard);
    EXPECT_EQ(kind_of_bounce("5.1.1", 550, "policy", true), BounceKind::neither);
    EXPECT_EQ(kind_of_bounce("5.2.2", 552, "mailbox_full", false), BounceKind::soft);
    EXPECT_EQ(kind_of_bounce("", 0, "temporary", false), BounceKind::soft);
    EXPECT_EQ(kind_of_bounce("5.1.1", 550, "", true), BounceKind::hard);
}

}  // namespace
}  // namespace candour::core
