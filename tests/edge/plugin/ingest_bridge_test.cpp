/// The hand-written reader against the published schema: what one takes the other takes, except where a
/// schema cannot say it (NUL, dates that do not exist, subjects).
#include "edge/plugin/ingest_bridge.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/json.hpp>

#include "edge/plugin/json_schema.hpp"
#include "edge/plugin/text.hpp"
#include "json_schemas.hpp"

namespace candour::plugin {
namespace {

namespace json = boost::json;

const core::Instant kNow = core::from_us(1'700'000'000'000'000);

Result<core::Observation> read(const std::string& text, const flow::Subject* subject = nullptr) {
    IngestContext context;
    context.source = "surveys";
    context.stream = "survey.answer";
    context.key = "key";
    context.subject = subject;
    context.now = kNow;
    return read_observation(text, context);
}

bool schema_takes(const json::value& document) {
    static const JsonSchema schema(schemas::json::observation_schema_json);
    return schema.problems(document).empty();
}

/// The reader meets the one valid subject of the values below as its job's own: whom it denies is no matter
/// of form.
bool reader_takes(const json::value& document) {
    flow::Subject subject;
    subject.message = MessageId::parse("msg_0000000000000000000000000z").value();
    return static_cast<bool>(read(json::serialize(document), &subject));
}

json::array interesting_values() {
    return {nullptr,
            true,
            false,
            0,
            10,
            11,
            -1,
            5.0,
            5.5,
            1e300,
            std::uint64_t{18'446'744'073'709'551'615U},
            "",
            "a",
            std::string(200, 'k'),
            std::string(201, 'k'),
            std::string(8000, 'v'),
            std::string(8001, 'v'),
            "ümläut €",
            "de",
            "de-AT",
            "d",
            "de-",
            "de_AT",
            "deutschland",
            "deutsche-x",
            "2026-02-28T10:00:00Z",
            "2026-02-28T10:00:00.123456789+02:30",
            "2026-02-28T25:00:00Z",
            "2026-02-28 10:00:00Z",
            "2026-02-28T10:00:00",
            "msg_0000000000000000000000000z",
            "msg_8000000000000000000000000z",
            "msg_0",
            "MSG_0000000000000000000000000z",
            json::array{},
            json::array{1},
            json::object{},
            json::object{{"a", 1}}};
}

constexpr const char* kKeys[] = {"subject",   "item_key", "about",   "score",       "verbatim", "contact_me",
                                 "may_quote", "language", "answers", "occurred_at", "extra"};

TEST(ObservationReader, AgreesWithTheSchemaOnEachValueOfEachKey) {
    for (const char* key : kKeys)
        for (const json::value& value : interesting_values()) {
            json::object document{{"about", "x"}};
            document[key] = value;
            EXPECT_EQ(reader_takes(document), schema_takes(document))
                << json::serialize(document).substr(0, 120);
        }
    for (const json::value& value : interesting_values())
        EXPECT_EQ(reader_takes(value), schema_takes(value)) << json::serialize(value).substr(0, 120);
}

TEST(ObservationReader, AgreesWithTheSchemaOnRandomDocuments) {
    const json::array values = interesting_values();
    const bool agrees = rc::check("reader and schema agree", [&] {
        json::object document;
        for (const char* key : kKeys)
            if (*rc::gen::inRange(0, 3) == 0)
                document[key] = values[*rc::gen::inRange<std::size_t>(0, values.size())];
        RC_ASSERT(reader_takes(document) == schema_takes(document));
    });
    EXPECT_TRUE(agrees);
}

TEST(ObservationReader, CountsCharactersNotBytes) {
    std::string wide;
    for (int i = 0; i < 8'000; ++i) wide += "€";
    EXPECT_TRUE(read(json::serialize(json::object{{"about", "x"}, {"verbatim", wide}})));
    const auto longer = read(json::serialize(json::object{{"about", "x"}, {"verbatim", wide + "€"}}));
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().message, "observation /verbatim: expected 0 to 8000 characters, found 8001");
}

TEST(ObservationReader, RefusesScoresThatAreNoIntegersFromZeroToTen) {
    for (const char* score :
         {"11", "-1", "5.5", "9.0", "\"9\"", "null", "true", "[9]", "1e1", "99999999999999999999"}) {
        const auto observation = read(std::string(R"({"about":"x","score":)") + score + "}");
        ASSERT_FALSE(observation) << score;
        EXPECT_EQ(observation.error().code, ErrorCode::invalid);
    }
    for (int score = 0; score <= 10; ++score)
        EXPECT_EQ(read(R"({"about":"x","score":)" + std::to_string(score) + "}").value_or({}).score, score);
}

TEST(ObservationReader, RefusesNulAndBrokenUtf8) {
    for (const std::string& text :
         {std::string(R"({"about":"x","verbatim":"a\u0000b"})"), std::string(R"({"about":"x\u0000"})"),
          std::string(R"({"about":"x","answers":{"k":"\u0000"}})"),
          std::string(R"({"about":"x","answers":{"\u0000":1}})"),
          std::string("{\"about\":\"x\",\"verbatim\":\"\xff\"}"),
          std::string("{\"about\":\"x\",\"verbatim\":\"\xed\xa0\x80\"}"),
          std::string("{\"about\":\"x\",\"verbatim\":\"\xc0\xaf\"}"),
          std::string(R"({"about":"x","verbatim":"\ud800"})")}) {
        const auto observation = read(text);
        ASSERT_FALSE(observation) << text;
        EXPECT_EQ(observation.error().code, ErrorCode::invalid);
    }
}

TEST(ObservationReader, TakesTheContactFromTheJobsSubjectAndFromNobodyElse) {
    flow::Subject subject;
    subject.message = MessageId(IdBytes{1, 2, 3});
    subject.contact = ContactId(IdBytes{4});
    subject.account = AccountId(IdBytes{5});
    const std::string named = R"({"about":"x","subject":")" + subject.message.text() + "\"}";
    const auto own = read(named, &subject);
    ASSERT_TRUE(own) << own.error().message;
    EXPECT_EQ(own->contact, subject.contact);
    EXPECT_EQ(own->account, subject.account);
    EXPECT_EQ(own->message, subject.message);
    const auto anonymous = read(R"({"about":"x"})", &subject);
    ASSERT_TRUE(anonymous);
    EXPECT_TRUE(anonymous->contact.empty());
    EXPECT_EQ(read(named).error().code, ErrorCode::denied);
    subject.message = MessageId(IdBytes{9});
    EXPECT_EQ(read(named, &subject).error().code, ErrorCode::denied);
}

TEST(ObservationReader, FillsInWhatWasLeftOut) {
    const auto observation = read(R"({"about":"q3"})");
    ASSERT_TRUE(observation);
    EXPECT_EQ(observation->item_key, "key");
    EXPECT_EQ(observation->answers, "{}");
    EXPECT_EQ(observation->occurred_at, kNow);
    EXPECT_FALSE(observation->score.has_value());
}

TEST(InstantReader, ReadsRfc3339) {
    using namespace std::chrono;
    const core::Instant noon = core::Instant{sys_days{year{2026} / 3 / 1}} + 12h;
    EXPECT_EQ(read_instant("2026-03-01T12:00:00Z"), noon);
    EXPECT_EQ(read_instant("2026-03-01T13:30:00+01:30"), noon);
    EXPECT_EQ(read_instant("2026-03-01T02:00:00.25-10:00"), noon + 250ms);
    for (const char* wrong :
         {"2026-02-30T12:00:00Z", "2026-03-01T12:00:00", "2026-03-01", "2026-03-01T12:00:60Z",
          "2026-03-01T12:00:00.Z", "2026-03-01T12:00:00.1234567890Z", "2026-3-01T12:00:00ZZ",
          "2026-03-01T-1:00:00Z", ""})
        EXPECT_FALSE(read_instant(wrong)) << wrong;
}

TEST(Text, CountsWholeCharacters) {
    EXPECT_EQ(code_points(""), 0U);
    EXPECT_EQ(code_points("plain text, longer than a word"), 30U);
    EXPECT_EQ(code_points("ü€𝄞"), 3U);
    using namespace std::string_view_literals;
    for (const std::string_view wrong :
         {"\0"sv, "12345678\0"sv, "\x80"sv, "\xc3"sv, "\xe2\x82"sv, "\xf4\x90\x80\x80"sv, "\xed\xa0\x80"sv,
          "\xc0\xaf"sv, "1234567\xff"sv})
        EXPECT_FALSE(code_points(wrong));
}

}  // namespace
}  // namespace candour::plugin
