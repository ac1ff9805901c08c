/// `candour mail explain`, as somebody types it: without a host, without a database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/program.hpp"

using namespace candour;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

const std::string kMail =
    "From: Ann Lee <ann@customer.example>\r\nSubject: The export\r\n\r\nIt times out.\r\n\r\nBest "
    "regards,\r\nAnn\r\n";

void keep(const app::Program& program, const std::string& name, const std::string& content) {
    std::ofstream(program.folder / name, std::ios::binary) << content;
}

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST(MailExplain, TellsAPersonWhatAMailIsAndWhy) {
    const app::Program program;
    keep(program, "answer.eml", kMail);
    const support::Finished finished = program.run({"mail", "explain", "answer.eml"});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_THAT(finished.output,
                AllOf(HasSubstr("answer.eml: human, because "), HasSubstr("Ann Lee <ann@customer.example>"),
                      HasSubstr("| It times out."), HasSubstr("the signature")));
}

TEST(MailExplain, GivesMachinesOneLineForEachFileInOrder) {
    const app::Program program;
    keep(program, "one.eml", kMail);
    keep(program, "two.eml", "Auto-Submitted: auto-replied\r\nFrom: b@c.example\r\n\r\nAway.\r\n");
    const support::Finished finished = program.run({"mail", "explain", "--json", "two.eml", "one.eml"});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_EQ(lines_in(finished.output), 2U);
    EXPECT_THAT(finished.output, testing::StartsWith(R"({"file":"two.eml","disposition":"auto_reply",)"));
    EXPECT_THAT(finished.output, HasSubstr("\n{\"file\":\"one.eml\",\"disposition\":\"human\","));
}

TEST(MailExplain, ReadsStandardInputAndTextsThatComeAlone) {
    const app::Program program;
    const support::Finished finished = program.run({"mail", "explain", "--json", "--as", "html", "-"},
                                                   "<p>Yes.</p><blockquote>Really?</blockquote>");
    EXPECT_EQ(finished.code, 0) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr(R"("reply":"Yes.")"));
}

TEST(MailExplain, ExplainsTheOthersWhenOneCannotBeRead) {
    const app::Program program;
    keep(program, "good.eml", kMail);
    const support::Finished finished =
        program.run({"mail", "explain", "--json", "missing.eml", ".", "good.eml"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_EQ(lines_in(finished.output), 1U);
    EXPECT_THAT(finished.errors,
                AllOf(HasSubstr("missing.eml: expected a file"), HasSubstr("found a folder")));
}

TEST(MailExplain, SaysWhereItLooksForThePluginThatIsNotThere) {
    const app::Program program;
    keep(program, "good.eml", kMail);
    const support::Finished finished = program.run({"mail", "explain", "--plugins", "nowhere", "good.eml"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.output, IsEmpty());
    EXPECT_THAT(finished.errors, HasSubstr("nowhere/mail/manifest.json"));
}

TEST(MailExplain, RefusesAKindThatItDoesNotKnow) {
    const app::Program program;
    const support::Finished finished = program.run({"mail", "explain", "--as", "picture", "x"});
    EXPECT_EQ(finished.code, 2);
    EXPECT_THAT(finished.errors, HasSubstr("picture"));
}
