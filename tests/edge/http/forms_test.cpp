#include "edge/http/forms.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "edge/http/encoding.hpp"

namespace candour::http {
namespace {

TEST(Forms, ReadsWhatABrowserSends) {
    const Result<Form> form = parse_form("score=9&reason=quick+and+caf%C3%A9&note=&flag&two=a&two=b");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->get("score"), "9");
    EXPECT_EQ(form->get("reason"), "quick and café");
    EXPECT_NE(form->find("note"), nullptr);
    EXPECT_NE(form->find("flag"), nullptr);
    EXPECT_EQ(form->find("absent"), nullptr);
    EXPECT_EQ(form->get("two"), "a");
    EXPECT_EQ(form->fields().size(), 6u);
}

TEST(Forms, KeepsEqualsSignsInsideAValue) {
    EXPECT_EQ(parse_form("a=b=c")->get("a"), "b=c");
}

TEST(Forms, TakeAnEmptyBodyForAnEmptyForm) {
    EXPECT_TRUE(parse_form("")->fields().empty());
    EXPECT_EQ(parse_form("&&a=1&")->fields().size(), 1u);
}

struct BadForm {
    std::string text;
    std::string names;
};

class RefusedForms : public testing::TestWithParam<BadForm> {};

TEST_P(RefusedForms, AreRefusedByTheNameOfTheirField) {
    const Result<Form> form = parse_form(GetParam().text, {3, 8, 16});
    ASSERT_FALSE(form);
    EXPECT_EQ(form.error().code, ErrorCode::invalid);
    EXPECT_NE(form.error().message.find(GetParam().names), std::string::npos) << form.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedForms,
    testing::Values(BadForm{"reason=%zz", "\"reason\""}, BadForm{"reason=50%", "\"reason\""},
                    BadForm{"reason=%FF", "not UTF-8"}, BadForm{"reason=%ED%A0%80", "not UTF-8"},
                    BadForm{"reason=a%00b", "NUL"}, BadForm{"a%00=1", "NUL"}, BadForm{"%zz=1", "hexadecimal"},
                    BadForm{"=1", "without a name"}, BadForm{"a=1&b=2&c=3&d=4", "at most 3 fields"},
                    BadForm{"overlong1=1", "at most 8"},
                    BadForm{"reason=12345678901234567", "17 bytes, at most 16"}));

TEST(Forms, HaveAtMostSixtyFourFields) {
    std::string text;
    for (int i = 0; i < 64; ++i) text += "f" + std::to_string(i) + "=1&";
    EXPECT_TRUE(parse_form(text));
    EXPECT_FALSE(parse_form(text + "one=more"));
}

RC_GTEST_PROP(Forms, NeverFailOtherThanByRefusing, (const std::string& text)) {
    const Result<Form> form = parse_form(text);
    if (!form) {
        RC_ASSERT(form.error().code == ErrorCode::invalid);
        return;
    }
    for (const FormField& field : form->fields()) RC_ASSERT(!field.name.empty() && is_utf8(field.value));
}

RC_GTEST_PROP(Forms, ComeBackAsTheyWereWritten, (const std::vector<std::string>& texts)) {
    std::vector<FormField> fields;
    for (const std::string& text : texts) {
        if (fields.size() < 64 && is_utf8(text) && text.find('\0') == std::string::npos) {
            fields.push_back({"field " + std::to_string(fields.size()) + "&=%", text});
        }
    }
    const Form written(fields);
    const Result<Form> read = parse_form(encode_form(written));
    RC_ASSERT(static_cast<bool>(read));
    RC_ASSERT(*read == written);
}

}  // namespace
}  // namespace candour::http
