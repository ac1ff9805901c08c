/// Encodings, dates, pieces, and files that nobody should send.
#include "characters.hpp"
#include "csv_rows.hpp"
#include "desk.hpp"
#include "exported.hpp"
#include "moment.hpp"
#include "response.hpp"

namespace candour::imports {
namespace {

constexpr const char* kOptions = R"({"survey":"s","zone":"UTC"})";

std::string utf16(std::string_view ascii, bool big) {
    std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : ascii) wide += big ? std::string{'\0', c} : std::string{c, '\0'};
    return wide;
}

std::string many_rows(int count) {
    std::string text = "id,email,date,score,comment\r\n";
    for (int i = 0; i < count; ++i)
        text += std::to_string(i) + ",a" + std::to_string(i % 7) + "@x.example,2025-03-31," +
                std::to_string(i % 11) + ",\"line one,\nline \"\"two\"\" " + std::to_string(i) + "\"\r\n";
    return text;
}

TEST(Moments, AreReadAsToolsWriteThem) {
    const auto read = [](std::string_view text, DateOrder order = DateOrder::unsaid) {
        const Result<Moment> moment = read_moment(text, order);
        return moment ? moment->instant + moment->wall : moment.error().message;
    };
    EXPECT_EQ(read("1743461400"), "2025-03-31T22:50:00Z");
    EXPECT_EQ(read("1743461400123"), "2025-03-31T22:50:00Z");
    EXPECT_EQ(read("2025-03-31 23:50:07"), "2025-03-31T23:50:07");
    EXPECT_EQ(read("2025-03-31T23:50:07.123Z"), "2025-03-31T23:50:07Z");
    EXPECT_EQ(read("2025-03-31 23:50:07 UTC"), "2025-03-31T23:50:07Z");
    EXPECT_EQ(read("2025-03-31 23:50:07 +0530"), "2025-03-31T23:50:07+05:30");
    EXPECT_EQ(read("31.03.2025"), "2025-03-31T12:00:00");
    EXPECT_EQ(read("31/3/2025 7:05"), "2025-03-31T07:05:00") << "there is no month 31";
    EXPECT_EQ(read("03/31/2025 12:00 AM"), "2025-03-31T00:00:00");
    EXPECT_EQ(read("03/04/2025 12:30:00 pm", DateOrder::month_first), "2025-03-04T12:30:00");
    EXPECT_EQ(read("03/04/2025", DateOrder::day_first), "2025-04-03T12:00:00");
    EXPECT_NE(read("03/04/2025").find("say which is first"), std::string::npos);
    for (const char* wrong :
         {"", "yesterday", "2025-02-30", "2025-13-01", "2025-03-31 24:00", "2025-03-31 10:00 Mars",
          "31.03.25", "13:00 PM", "2025-03-31 13:00 PM", "17434614001234567", "2025-03/31"})
        EXPECT_FALSE(read_moment(wrong, DateOrder::unsaid)) << wrong;
}

TEST(Scores, AreWholeNumbersFromNoneToTen) {
    EXPECT_EQ(read_score("10 - Extremely likely").value_or(std::nullopt), 10);
    EXPECT_EQ(read_score("9.0").value_or(std::nullopt), 9);
    EXPECT_EQ(read_score("0").value_or(std::nullopt), 0);
    ASSERT_TRUE(read_score(""));
    EXPECT_FALSE(*read_score(""));
    for (const char* wrong : {"11", "-1", "9.5", "ten", "5-6", "99999999999"})
        EXPECT_FALSE(read_score(wrong)) << wrong;
}

TEST(Languages, BecomeTagsOrNothing) {
    EXPECT_EQ(language_tag("EN"), "en");
    EXPECT_EQ(language_tag("pt_BR"), "pt-BR");
    for (const char* none : {"English", "", "e", "en-", "en--us", "1a"})
        EXPECT_EQ(language_tag(none), "") << none;
}

TEST(Guards, AreTakenOffExactlyWhereAnExportPutThem) {
    EXPECT_EQ(as_said("'=1+1"), "=1+1");
    EXPECT_EQ(as_said("'' =1"), "' =1");
    EXPECT_EQ(as_said("'tis fine"), "'tis fine");
    EXPECT_EQ(as_said("=1"), "=1");
    EXPECT_EQ(as_said("'\xEF\xBC\x9D"
                      "1"),
              "\xEF\xBC\x9D"
              "1");
}

TEST(Encodings, AreToldByTheirMarksOrTheirNuls) {
    EXPECT_EQ(encoding_of("\xEF\xBB\xBFid"), Encoding::utf8_marked);
    EXPECT_EQ(encoding_of(utf16("id", false)), Encoding::utf16_little);
    EXPECT_EQ(encoding_of(utf16("id", true)), Encoding::utf16_big);
    EXPECT_EQ(encoding_of(utf16("id,x", false).substr(2)), Encoding::utf16_little) << "without its mark";
    EXPECT_EQ(encoding_of("id,email"), Encoding::utf8);
    const std::string pair("\x3D\xD8\x00\xDE", 4);  // U+1F600
    EXPECT_EQ(from_utf16(pair, Encoding::utf16_little), "\xF0\x9F\x98\x80");
    EXPECT_EQ(bytes_in_file("\xF0\x9F\x98\x80", Encoding::utf16_little), 4U);
    EXPECT_EQ(from_utf16(pair.substr(0, 2), Encoding::utf16_little), "") << "its other half comes later";
    EXPECT_EQ(from_windows_1252("\x80\xE9\x81"), "€é\xEF\xBF\xBD");
    for (const char* wrong : {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\x80"})
        EXPECT_FALSE(is_utf8(wrong));
}

TEST(Files, SayTheSameInEveryEncodingAndEveryPiece) {
    Desk desk;
    const std::string text = many_rows(40);
    const Imported whole = desk.read("csv", text, kOptions);
    ASSERT_EQ(whole.rows.size(), 40U) << whole.error << json::serialize(whole.refused);
    EXPECT_EQ(whole.count, 40);
    EXPECT_EQ(at(whole.rows[39], "/observation/verbatim"), "line one,\nline \"two\" 39");
    EXPECT_EQ(at(whole.rows[39], "/row"), "41");
    EXPECT_EQ(at(whole.rows[39], "/observation/occurred_at"), "2025-03-31T12:00:00Z");
    for (const std::string& same : {"\xEF\xBB\xBF" + text, utf16(text, false), utf16(text, true)})
        for (const std::size_t piece : {200UL, 333UL, 1'000'000UL}) {
            const Imported got = desk.read("csv", same, kOptions, piece);
            ASSERT_EQ(got.error, "");
            EXPECT_EQ(got.rows, whole.rows);
        }
    const Imported unended = desk.read("csv", text.substr(0, text.size() - 2), kOptions);
    EXPECT_EQ(unended.rows, whole.rows) << "the last line may lack its end";
}

TEST(Files, NeedNoSeparatorToBeNamedNorAnId) {
    Desk desk;
    const std::string rows =
        "email;datum;date;score\nada@x.example;x;2025-03-31;9\nbo@x.example;x;2025-03-31;8\n";
    const Imported got = desk.read("csv", rows, kOptions), again = desk.read("csv", rows, kOptions);
    ASSERT_EQ(got.rows.size(), 2U) << got.error << json::serialize(got.refused);
    EXPECT_EQ(got.rows, again.rows) << "the content of a row is its name";
    EXPECT_NE(at(got.rows[0], "/key"), at(got.rows[1], "/key"));
}

TEST(Files, NeedNoMemoryForALineWithoutAnEnd) {
    Desk desk;
    const std::string endless = "id,score,comment\n1,9,\"" + std::string(3 * 1024 * 1024, 'x');
    const Imported got = desk.read("csv", endless, kOptions);
    EXPECT_EQ(got.error,
              "row 2: expected a row of up to 1024 KiB, found no end of it; is this file CSV or JSON, and is "
              "every quote in it closed?");
    EXPECT_TRUE(got.rows.empty());
    const Imported object = desk.read("delighted", "[{\"id\":\"" + std::string(2 * 1024 * 1024, 'x'), "{}");
    EXPECT_NE(object.error.find("expected a row of up to 1024 KiB"), std::string::npos) << object.error;
}

TEST(Files, NameTheRowsThatTheyCannotMean) {
    Desk desk;
    const Imported got =
        desk.read("csv",
                  "id,email,date,score,comment\n1,a@x.example,2025-03-31,11,\n2,a@x.example,soon,9,\n"
                  "3,a@x.example,,9,\n4,a@x.example,2025-03-31,,\n5,a@x.example,2025-03-31,9," +
                      std::string(8001, 'x') + "\n6,a@x.example,2025-03-31,9,fine,more\n7,,2025-03-31,9,\n",
                  kOptions);
    ASSERT_EQ(got.error, "");
    EXPECT_EQ(got.count, 7);
    EXPECT_EQ(got.why(2), "score: expected a whole number from 0 to 10, found \"11\"");
    EXPECT_NE(got.why(3).find("found \"soon\""), std::string::npos);
    EXPECT_EQ(got.why(4), "date: expected the day on which it was said, found nothing");
    EXPECT_EQ(got.why(5), "it says nothing: neither a score nor a word");
    EXPECT_EQ(got.why(6), "comment: expected up to 8000 characters, found 8001");
    EXPECT_NE(got.why(7).find("expected 5 cells as in the header, found 6"), std::string::npos);
    ASSERT_EQ(got.rows.size(), 1U);
    EXPECT_EQ(got.rows[0].as_object().contains("person"), false) << "nobody said it, and that is said";
}

TEST(Files, ThatAreNoneAreRefusedWhole) {
    Desk desk;
    const auto error = [&desk](const std::string& format, const std::string& bytes,
                               const std::string& options = kOptions) {
        return desk.read(format, bytes, options).error;
    };
    EXPECT_EQ(error("csv", ""), "expected a header that names the columns, found an empty file");
    EXPECT_EQ(error("csv", "id,score\n1,\"9"), "row 2: a quote is opened and never closed");
    EXPECT_NE(error("qualtrics", "StartDate,Q1\nStart,How\n2025-03-31,9\n")
                  .find("row 3: expected {\"ImportId\": …}"),
              std::string::npos);
    EXPECT_NE(error("delighted", "[1,2]").find("expected a list of JSON objects"), std::string::npos);
    EXPECT_NE(error("delighted", "[{\"id\": \"1\"").find("the file ends in the middle of an object"),
              std::string::npos);
}

TEST(Files, ThatLeaveNonsenseForTheirNextPieceAreRefused) {
    Desk desk;
    for (const char* state : {R"({"row":5,"header":[]})", R"({"row":9,"separator":"\"","header":[[7]]})",
                              R"({"row":-1,"header":{}})", R"({"row":5,"header":[[]],"pending":[[]]})"})
        for (const char* format : {"csv", "qualtrics", "surveymonkey", "formbricks", "candour", "people"})
            EXPECT_TRUE(desk.survives(format, state)) << format << state;
}

TEST(Options, AreNamedWhereTheyAreWrong) {
    Desk desk;
    const auto error = [&desk](const std::string& options) {
        return desk.read("csv", "id,score,Why?\n1,9,x\n", options).error;
    };
    EXPECT_EQ(error(R"({"survey":"s","columns":{"score":7}})"),
              "options /columns/score: expected the name of a column, a list of them, or null for none");
    EXPECT_EQ(error(R"({"survey":"s","columns":{"name":["a",7]}})"),
              "options /columns/name/1: expected the name of a column");
    EXPECT_EQ(error(R"({"survey":"s","columns":{"score":"NPS"}})"),
              "options /columns/score: the file has no column \"NPS\"; it has \"id\", \"score\", \"Why?\"");
    EXPECT_NE(error(R"({"survey":"s","columns":{"scor":"x"}})")
                  .find("options /columns/scor: expected one of id, email"),
              std::string::npos);
    EXPECT_EQ(error(R"({"survey":"s","as":"mail.reply"})"),
              "options /as: expected survey.answer or relationship.answer");
    EXPECT_EQ(error(R"({"survey":"s","dates":"american"})"),
              "options /dates: expected day_first or month_first");
    EXPECT_EQ(error(R"({"survey":"s","zoen":"UTC"})"),
              "options /zoen: expected survey, as, zone, dates, partial and columns alone");
}

}  // namespace
}  // namespace candour::imports
