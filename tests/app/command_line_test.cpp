#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/program.hpp"
#include "support/free_port.hpp"

using namespace candour;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

using Words = std::vector<std::string>;

Words with(Words words, const std::string& last) {
    words.push_back(last);
    return words;
}

/// The commands that a help page lists: two spaces, a word, spaces, what it does.
Words listed(const std::string& help) {
    Words names;
    std::istringstream lines(help.substr(help.find("Usage:")));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("Options") || line.starts_with("Example")) break;
        const bool entry = line.size() > 4 && line.starts_with("  ") && line[2] >= 'a' && line[2] <= 'z';
        if (entry) names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
}

/// Asks every command below `path` for its help; returns how many there are.
int ask_all(const app::Program& program, const Words& path) {
    const support::Finished help = program.run(with(path, "--help"));
    std::string name = "candour";
    for (const std::string& word : path) name += " " + word;
    EXPECT_EQ(help.code, 0) << name;
    EXPECT_THAT(help.errors, IsEmpty()) << name;
    EXPECT_THAT(help.output, AllOf(HasSubstr("Usage: " + name), HasSubstr("\nExample\n  "))) << name;
    int count = 1;
    for (const std::string& child : listed(help.output)) count += ask_all(program, with(path, child));
    return count;
}

}  // namespace

TEST(CommandLine, ExplainsEveryCommandWithAnExample) {
    const app::Program program;
    EXPECT_GE(ask_all(program, {}), 45) << "a group of commands is missing from its help page";
}

TEST(CommandLine, SaysItsVersion) {
    const app::Program program;
    EXPECT_THAT(program.run({"version"}).output, HasSubstr("candour 0."));
    EXPECT_THAT(program.run({"--version"}).output, HasSubstr("candour 0."));
    EXPECT_THAT(program.run({"version", "--json"}).output, HasSubstr("{\"version\":\"0."));
}

struct Usage {
    const char* name;
    Words arguments;
    const char* expected;
};

class WrongUsage : public testing::TestWithParam<Usage> {};

TEST_P(WrongUsage, ExitsWithTwoAndSaysWhatWasExpected) {
    const app::Program program;
    const support::Finished finished = program.run(GetParam().arguments);
    EXPECT_EQ(finished.code, 2);
    EXPECT_THAT(finished.output, IsEmpty());
    EXPECT_THAT(finished.errors, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    , WrongUsage,
    testing::Values(
        Usage{"nothing", {}, "expected a command"},
        Usage{"half_a_command", {"item"}, "expected a command after \"candour item\""},
        Usage{"unknown_command", {"itme", "list"}, "there is no command \"itme\"; did you mean item?"},
        Usage{"unknown_inner_command", {"item", "lsit"}, "did you mean list?"},
        Usage{"unknown_option",
              {"item", "list", "--stat", "raised"},
              "there is no option \"--stat\"; did you mean --state?"},
        Usage{"unknown_state", {"item", "list", "--state", "closed"}, "closed"},
        Usage{"limit_out_of_range", {"item", "list", "--limit", "0"}, "--limit"},
        Usage{"item_missing", {"item", "show"}, "ITEM"},
        Usage{"text_missing", {"item", "hear", "LP-1"}, "--text"},
        Usage{"version_that_is_no_number",
              {"item", "hear", "LP-1", "--text", "x", "--version", "new"},
              "--version"},
        Usage{"decision_without_a_direction",
              {"item", "decide", "LP-1", "--text", "x"},
              "expected --change or --no-change"},
        Usage{"both_directions",
              {"item", "decide", "LP-1", "--text", "x", "--change", "--no-change"},
              "--change"},
        Usage{"promise_without_a_date",
              {"item", "decide", "LP-1", "--text", "x", "--change"},
              "--by: expected the date"},
        Usage{"refusal_without_a_reason",
              {"item", "decide", "LP-1", "--text", "x", "--no-change"},
              "--why: expected the reason"},
        Usage{"in_person_without_words", {"item", "tell", "LP-1", "--in-person"}, "needs --said"},
        Usage{"unknown_dismissal", {"item", "dismiss", "LP-1", "--reason", "boring"}, "boring"},
        Usage{"no_configuration", {"migrate"}, "candour init --dir var"},
        Usage{"no_host_known", {"item", "list"}, "--url"},
        Usage{"url_that_is_none", {"--url", "localhost", "item", "list"}, "expected http://host:port"},
        Usage{"port_out_of_range", {"serve", "--port", "70000"}, "--port"},
        Usage{"rebuild_without_a_wish", {"rebuild"}, "--check"},
        Usage{"rebuild_with_both", {"rebuild", "--check", "--yes"}, "--yes"}),
    [](const auto& usage) { return std::string(usage.param.name); });

TEST(CommandLine, ExitsWithThreeWhenNoHostAnswers) {
    const app::Program program;
    const std::string url = "http://127.0.0.1:" + std::to_string(support::free_port());
    const support::Finished finished = program.run({"item", "list", "--url", url, "--token", "x"});
    EXPECT_EQ(finished.code, 3);
    EXPECT_THAT(finished.errors, HasSubstr("no Candour host answers at " + url));
}

TEST(CommandLine, ExitsWithThreeWhenTheDatabaseCannotBeReached) {
    app::Program program;
    program.set_up();
    program.environment["CANDOUR_DATABASE"] =
        "postgresql://nobody@127.0.0.1:" + std::to_string(support::free_port()) + "/candour";
    for (const Words& command : {Words{"migrate"}, Words{"ledger", "verify"}, Words{"serve", "--port", "1"}})
        EXPECT_EQ(program.run(command).code, 3) << command.front();
}

TEST(CommandLine, SaysThatATextFileIsMissingBeforeItAsksTheHost) {
    const app::Program program;
    const support::Finished finished =
        program.run({"item", "hear", "LP-1", "--text", "@none.txt", "--url", "http://127.0.0.1:1"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("none.txt: expected a file"));
}
