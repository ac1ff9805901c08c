/// What crosses the border: sizes, ownership, errors.
#include "candour/border.hpp"

#include <gtest/gtest.h>

#include "candour/plugin.hpp"

namespace candour::sdk {
namespace {

TEST(Border, LaysOutItsStructsAsTheFirstReleaseDid) {
    EXPECT_EQ(sizeof(cdr_str), 16U);
    EXPECT_EQ(sizeof(cdr_buf), 32U);
    EXPECT_EQ(sizeof(cdr_error), 48U);
    EXPECT_EQ(sizeof(cdr_call), 24U);
    EXPECT_EQ(sizeof(cdr_host), 56U);
    EXPECT_EQ(sizeof(cdr_kv), 40U) << "32 in 1.0; 1.1 added scan";
    EXPECT_EQ(sizeof(cdr_ingest), 24U);
    EXPECT_EQ(sizeof(cdr_timer), 24U);
    EXPECT_EQ(sizeof(cdr_http), 16U);
    EXPECT_EQ(sizeof(cdr_mail), 16U);
    EXPECT_EQ(sizeof(cdr_plugin), 96U);
    EXPECT_EQ(offsetof(cdr_plugin, create), 48U);
    EXPECT_EQ(sizeof(cdr_collector), 32U);
    EXPECT_EQ(offsetof(cdr_metric, movements), 24U);
    EXPECT_EQ(sizeof(cdr_metric), 40U);
    EXPECT_EQ(sizeof(cdr_campaign), 16U);
    EXPECT_EQ(sizeof(cdr_data), 16U);
    EXPECT_EQ(sizeof(cdr_deliverer), 16U);
}

TEST(Border, KnowsAFieldExactlyFromTheSizeThatHoldsIt) {
    cdr_kv kv{};
    for (std::uint32_t size = 0; size <= sizeof kv + 8; ++size) {
        kv.struct_size = size;
        const cdr_kv* given = &kv;
        EXPECT_EQ(CDR_HAS(given, put), size >= offsetof(cdr_kv, put) + sizeof(kv.put)) << size;
    }
    const cdr_kv* none = nullptr;
    EXPECT_FALSE(CDR_HAS(none, put));
}

TEST(Border, HandsTextOverAndReleasesItOnce) {
    Buffer buffer;
    *buffer.out() = hand_over(std::string(1000, 'x'));
    EXPECT_EQ(buffer.view(), std::string(1000, 'x'));
    cdr_buf* raw = buffer.out();
    raw->release(raw);
    EXPECT_EQ(raw->release, nullptr);
    EXPECT_EQ(buffer.view(), "");
}

TEST(Border, SurvivesBuffersThatAreMovedByCopyingTheStruct) {
    cdr_buf first = hand_over("moved");
    Buffer second;
    *second.out() = first;
    EXPECT_EQ(second.text(), "moved");
}

TEST(Border, CountsUnknownStatusesAsInternal) {
    EXPECT_EQ(to_code(CDR_E_DENIED), ErrorCode::denied);
    EXPECT_EQ(to_code(-3), ErrorCode::internal);
    EXPECT_EQ(to_code(99), ErrorCode::internal);
}

TEST(Guard, TurnsWhateverIsThrownIntoAStatusAndAMessage) {
    const auto thrown = [](auto exception) {
        Failure failure;
        const cdr_status status = guard(failure.out(), [&]() -> cdr_status { throw exception; });
        return failure.take(status);
    };
    EXPECT_EQ(thrown(std::runtime_error("why")), (Error{ErrorCode::internal, "why"}));
    EXPECT_EQ(thrown(std::bad_alloc()), (Error{ErrorCode::exhausted, "out of memory"}));
    EXPECT_EQ(thrown(7).code, ErrorCode::internal);
}

TEST(Guard, NeedsNobodyWhoWantsToKnow) {
    EXPECT_EQ(guard(nullptr, []() -> cdr_status { throw std::runtime_error("why"); }), CDR_E_INTERNAL);
}

TEST(Headers, AreJsonAndRefuseWhatIsNone) {
    EXPECT_EQ(headers_json({200, "", "text/plain", "de"}).value_or(""),
              R"({"content-type":"text/plain","content-language":"de"})");
    EXPECT_EQ(headers_json({200, "", "", ""}).value_or(""), "{}");
    for (const char* wrong : {"a\"b", "a\\b", "a\nb", "ü"})
        EXPECT_FALSE(headers_json({200, "", wrong, ""})) << wrong;
}

}  // namespace
}  // namespace candour::sdk
