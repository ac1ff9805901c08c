/// A form filled in reads as the same letter composed for this reader alone.
#include "edge/mail/form.hpp"

#include <gtest/gtest.h>

#include "edge/mail/parsed.hpp"

namespace candour::mail {
namespace {

using namespace std::chrono_literals;

const std::array<std::string, 3> kMarks{"namemark", "idmark", "tokenmark"};

struct Somebody {
    std::string name, address;
    MessageId id;
    std::string token;
};

const std::vector<Somebody> kPeople{
    {"Dele Okafor", "dele@moss.example", MessageId(IdBytes{1}), "aaaa"},
    {"山田 太郎", "yamada@moss.example", MessageId(IdBytes{2}), "bbbbbbbbbbbbbbbbbbbb"},
    {"Åse \"Ops\" <Süd> & Söhne, 'Nord'", "aase@moss.example", MessageId(IdBytes{3}), "c"},
    {std::string(300, 'w') + " ü", "w@moss.example", MessageId(IdBytes{4}), std::string(200, 'd')},
    {".", "dot@moss.example", MessageId(IdBytes{5}), "e"},
    {"", "nobody@moss.example", MessageId(IdBytes{6}), "f"},
};

std::string escaped(std::string text) {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}})
        for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    return text;
}

/// With these words in it, whoever they are about.
Letter letter(const std::string& name, const std::string& name_in_html, const std::string& id,
              const std::string& token) {
    Letter one;
    one.id = MessageId::trusted(id);
    one.from = {"Søndergård, Åse", "loop@halden.example"};
    one.to = {"Somebody Else", "else@moss.example"};
    one.reply_to = "loop+" + token + "@halden.example";
    one.subject = "Nothing yet";
    one.text = "Hello " + name + ",\n" + name + "\n\nhttps://halden.example/s/" + token +
               "?a=9 \n = " + name + " " + name + std::string(200, 'x') + token + "\t\n";
    one.html = "<!doctype html><p>Grüße, " + name_in_html + "</p>\r\n<a title=\"" + name_in_html +
               "\" href=\"https://halden.example/s/" + token + "\">x</a>" + std::string(3000, 'y') + token;
    one.language = "en";
    one.date = core::Instant{std::chrono::sys_days{2026y / 11 / 18} + 9h + 5min};
    one.loop = id;
    one.unsubscribe_url = "https://halden.example/u/" + token;
    one.extra = {{"Precedence", "bulk"}};
    return one;
}

Letter marked() {
    return letter(kMarks[0], kMarks[0], kMarks[1], kMarks[2]);
}

Letter alone(const Somebody& one) {
    Letter composed = letter(one.name, escaped(one.name), one.id.text(), one.token);
    composed.to = {one.name, one.address};
    composed.subject = "A question, " + one.name;
    return composed;
}

Result<std::string> fill(const Form& form, const Somebody& one) {
    const std::array values{one.name, one.id.text(), one.token};
    const Result<std::string> parts =
        form.parts_of({{one.name, one.address}, "A question, " + one.name, marked().date, values});
    if (!parts) return parts.error();
    return core::put_together(form.shared()->text, *parts);
}

TEST(Form, FilledInReadsAsComposedForThisReader) {
    const Result<Form> form = Form::of(marked(), kMarks);
    ASSERT_TRUE(form) << form.error().message;
    for (const Somebody& one : kPeople) {
        const Result<std::string> filled = fill(*form, one), composed = compose(alone(one));
        ASSERT_TRUE(filled) << filled.error().message;
        ASSERT_TRUE(composed) << composed.error().message;
        is_clean(*filled);
        const Parsed got(*filled), wanted(*composed);
        for (const char* field :
             {"From", "To", "Reply-To", "Subject", "Date", "Message-Id", "Content-Language", "Content-Type",
              "Auto-Submitted", "X-Candour-Loop", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence"})
            EXPECT_EQ(got.header(field), wanted.header(field)) << field;
        EXPECT_EQ(got.part(0), wanted.part(0));
        EXPECT_EQ(got.part(1), wanted.part(1));
        for (const std::string& mark : kMarks) EXPECT_FALSE(has(*filled, mark)) << mark;
    }
}

TEST(Form, MakesNoLineOfTheBodyLongerThanQuotedPrintableAllows) {
    const Form form = *Form::of(marked(), kMarks);
    for (const Somebody& one : kPeople) {
        const std::string filled = *fill(form, one);
        std::istringstream lines(filled.substr(filled.find("\r\n\r\n")));
        for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 77U) << line;
    }
}

TEST(Form, IsTheSameWhoeverItWasMadeFor) {
    Letter other = marked();
    other.to = {"Whoever", "whoever@moss.example"};
    other.subject = "Something else";
    other.date += 24h;
    EXPECT_EQ(*fill(*Form::of(marked(), kMarks), kPeople[1]), *fill(*Form::of(other, kMarks), kPeople[1]));
}

TEST(Form, MayBeOfTextAlone) {
    Letter plain = marked();
    plain.html.clear();
    const Parsed got(*fill(*Form::of(plain, kMarks), kPeople[0]));
    EXPECT_TRUE(has(got.header("Content-Type"), "text/plain"));
    EXPECT_EQ(got.part(0), alone(kPeople[0]).text);
}

TEST(Form, RefusesWhatComposeRefuses) {
    const Form form = *Form::of(marked(), kMarks);
    const Somebody fine = kPeople[0];
    for (Somebody bad :
         {Somebody{"Dele\r\nBcc: all@moss.example", fine.address, fine.id, fine.token},
          Somebody{fine.name, "dele@moss.example>\r\nRCPT TO:<x@y.example", fine.id, fine.token},
          Somebody{"\xff", fine.address, fine.id, fine.token},
          Somebody{fine.name, fine.address, fine.id, "x\r\nBcc: all@moss.example"},
          Somebody{fine.name, fine.address, fine.id, "x> y"}, Somebody{fine.name, "", fine.id, fine.token}}) {
        const Result<std::string> filled = fill(form, bad);
        ASSERT_FALSE(filled) << *filled;
        EXPECT_EQ(filled.error().code, ErrorCode::invalid);
    }
    Letter bad = marked();
    bad.html += '\0';
    EXPECT_EQ(Form::of(bad, kMarks).error().code, ErrorCode::invalid);
    bad = marked();
    bad.reply_to = "nobody";
    EXPECT_EQ(Form::of(bad, kMarks).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace candour::mail
