/// The bars of the mail corpus, asked of the program itself. The corpus is not part of this repository; it is
/// looked for in
/// ../shared, and without it there is nothing to ask.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "support/process.hpp"

namespace candour::mail {
namespace {

/// "ok   auto reply   3/3 …" and "FAIL …": the lines of the table.
std::string line_of(const std::string& table, const std::string& bar) {
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);)
        if (line.find(" " + bar + " ") != std::string::npos) return line;
    return {};
}

TEST(Corpus, MeetsItsBars) {
    const std::filesystem::path score =
        std::filesystem::path(CANDOUR_SOURCE) / ".." / "shared" / "mail_corpus" / "score.py";
    if (!std::filesystem::exists(score))
        GTEST_SKIP() << "needs " << score << ", which is no part of this repository";
    support::Launch launch{"python3", {score.string(), PROGRAM, "--show", "3"}};
    const support::Finished finished = support::run_program(launch);
    for (const char* bar : {"answered", "not a bounce", "auto reply", "a second per file"})
        EXPECT_EQ(line_of(finished.output, bar).substr(0, 2), "ok") << line_of(finished.output, bar);
    EXPECT_EQ(finished.code, 0) << finished.output << finished.errors;
}

}  // namespace
}  // namespace candour::mail
