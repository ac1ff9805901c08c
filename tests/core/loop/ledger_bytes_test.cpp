#include "core/loop/ledger_bytes.hpp"

#include <gtest/gtest.h>

namespace candour::core {
namespace {

using namespace std::string_literals;

TEST(LedgerBytes, AreTheFieldsInOrderEachAfterItsLength) {
    const LedgerRow row{"itm_1", 12, 2, "heard", "tea_x", 1'900'000'000'000'000, "PPPP", "DD"};
    const std::string by_hand =
        "\0\0\0\0\0\0\0\x05"s
        "itm_1"
        "\0\0\0\0\0\0\0\x02"s
        "12"
        "\0\0\0\0\0\0\0\x01"s
        "2"
        "\0\0\0\0\0\0\0\x05"s
        "heard"
        "\0\0\0\0\0\0\0\x05"s
        "tea_x"
        "\0\0\0\0\0\0\0\x10"s
        "1900000000000000"
        "\0\0\0\0\0\0\0\x04"s
        "PPPP"
        "\0\0\0\0\0\0\0\x02"s
        "DD";
    EXPECT_EQ(ledger_bytes(row), by_hand);
}

TEST(LedgerBytes, TellNeighbouringFieldsApart) {
    LedgerRow one{"itm_1", 1, 1, "heard", "tea", 5, "", ""};
    LedgerRow other{"itm_1", 11, 1, "hear", "dtea", 5, "", ""};
    EXPECT_NE(ledger_bytes(one), ledger_bytes(other));
    other = one;
    other.event = "heardtea";
    other.actor_id = "";
    EXPECT_NE(ledger_bytes(one), ledger_bytes(other));
}

TEST(LedgerBytes, CarryLongFieldsAndAnyByte) {
    const std::string binary = std::string(300, '\xff') + '\0';
    const std::string bytes = ledger_bytes({"i", 1, 1, "e", "a", -1, binary, binary});
    EXPECT_NE(bytes.find("\0\0\0\0\0\0\x01\x2d"s + binary), std::string::npos);
    EXPECT_NE(bytes.find("\0\0\0\0\0\0\0\x02-1"s), std::string::npos);
}

}  // namespace
}  // namespace candour::core
