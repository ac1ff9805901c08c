/// What shells and man(1) are given is made of the very commands that the program has, and is tried in the
/// real ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/program.hpp"

using namespace candour;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

using Words = std::vector<std::string>;

/// What a real bash offers after `candour …`, the last word being the one that is typed.
Words offered(const Words& typed) {
    const app::Program program;
    std::string line = "source <(\"$0\" completion bash); COMP_WORDS=(candour";
    for (const std::string& word : typed) line += " '" + word + "'";
    line +=
        "); COMP_CWORD=" + std::to_string(typed.size()) + "; _candour; printf '%s\\n' \"${COMPREPLY[@]}\"";
    const support::Finished bash = support::run_program({.program = "bash",
                                                         .arguments = {"--norc", "-c", line, PROGRAM},
                                                         .directory = program.folder.path()});
    EXPECT_EQ(bash.code, 0) << bash.errors;
    EXPECT_THAT(bash.errors, IsEmpty());
    Words words;
    std::istringstream lines(bash.output);
    for (std::string word; std::getline(lines, word);)
        if (!word.empty()) words.push_back(word);
    return words;
}

}  // namespace

TEST(BashCompletion, OffersCommandsWhereCommandsStand) {
    EXPECT_THAT(offered({""}),
                AllOf(Contains("item"), Contains("rules"), Contains("doctor"), Not(Contains("list"))));
    EXPECT_THAT(offered({"item", "sh"}), ElementsAre("show"));
    EXPECT_THAT(offered({"token", ""}), ElementsAre("create", "list", "revoke"));
}

TEST(BashCompletion, OffersTheOptionsOfACommandAndThoseOfAll) {
    EXPECT_THAT(offered({"item", "list", "--s"}), AllOf(Contains("--state"), Contains("--search"),
                                                        Contains("--since"), Not(Contains("--text"))));
    EXPECT_THAT(offered({"item", "list", "--js"}), ElementsAre("--json"));
}

TEST(BashCompletion, OffersTheChoicesOfAnOption) {
    EXPECT_THAT(offered({"item", "list", "--state", "he"}), ElementsAre("heard"));
    EXPECT_THAT(offered({"item", "list", "--json", "--sort", ""}), ElementsAre("newest", "due", "changed"));
}

TEST(BashCompletion, OffersFilesWhereAFileIsWanted) {
    const app::Program program;
    EXPECT_THAT(offered({"--config", "/etc/host"}), Contains("/etc/hosts"));
}

TEST(Completion, IsWrittenForEachShellAndForNoOther) {
    const app::Program program;
    EXPECT_THAT(program.run({"completion", "zsh"}).output,
                AllOf(HasSubstr("#compdef candour"), HasSubstr("'candour item list'")));
    EXPECT_THAT(program.run({"completion", "fish"}).output,
                AllOf(HasSubstr("complete -c candour"), HasSubstr("-l state")));
    const support::Finished other = program.run({"completion", "tcsh"});
    EXPECT_EQ(other.code, 2);
    EXPECT_THAT(other.errors, HasSubstr("tcsh"));
}

TEST(ManualPage, IsRenderedWithoutAWarningAndKnowsEveryCommand) {
    const app::Program program;
    const support::Finished page = program.run({"man"});
    ASSERT_EQ(page.code, 0) << page.errors;
    std::ofstream(program.folder / "candour.1") << page.output;
    support::Launch launch{.program = "man",
                           .arguments = {"--warnings", "-l", (program.folder / "candour.1").string()}};
    launch.environment = {
        {"MANWIDTH", "100"}, {"MAN_KEEP_FORMATTING", ""}, {"LC_ALL", "C.UTF-8"}, {"MANROFFOPT", ""}};
    const support::Finished rendered = support::run_program(launch);
    EXPECT_EQ(rendered.code, 0) << rendered.errors;
    EXPECT_THAT(rendered.errors, IsEmpty());
    for (const char* part : {"CANDOUR(1)", "candour item list", "--state STATE", "EXIT STATUS",
                             "candour rules explain", "CANDOUR_TOKEN"})
        EXPECT_THAT(rendered.output, HasSubstr(part));
}
