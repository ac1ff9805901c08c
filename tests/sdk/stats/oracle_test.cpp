/// The program that runs known cases says what fails, and why it cannot run.
#include <gtest/gtest.h>

#include <fstream>

#include "sdk/stats/oracle/compare.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::oracle {
namespace {

TEST(OracleCompare, TakesNumbersWithinTheToleranceAndTheRestExactly) {
    const auto same = [](std::string_view got, std::string_view expected) {
        return !first_difference(json::parse(got), json::parse(expected), 0.5);
    };
    EXPECT_TRUE(same(R"({"a": 1.4, "more": 3})", R"({"a": 1.0})"));
    EXPECT_FALSE(same(R"({"a": 1.6})", R"({"a": 1.0})"));
    EXPECT_TRUE(same(R"({"a": 1})", R"({"a": 1.5})"));
    EXPECT_FALSE(same(R"({"n": 7})", R"({"n": 6})")) << "two whole numbers are exact";
    EXPECT_FALSE(same(R"({"a": "x"})", R"({"a": "y"})"));
    EXPECT_FALSE(same(R"({"a": true})", R"({"a": 1})"));
    EXPECT_FALSE(same(R"({"a": [1]})", R"({"a": [1, 1]})"));
    EXPECT_TRUE(same(R"({})", R"({"a": null})"));
    EXPECT_FALSE(same(R"({})", R"({"a": 0})"));
    EXPECT_FALSE(same(R"({"a": 0})", R"({"a": null})"));
}

TEST(OracleCompare, NamesThePlace) {
    const auto found =
        first_difference(json::parse(R"({"rows": [[1, 2.0]]})"), json::parse(R"({"rows": [[1, 3.0]]})"), 0.1);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->where, "rows[0][1]");
}

support::Finished run(const std::vector<std::string>& words) {
    return support::run_program({STATS_ORACLE, words});
}

support::Finished run_text(std::string_view text) {
    const support::TempDir folder;
    std::ofstream(folder / "cases.json") << text;
    return run({(folder / "cases.json").string()});
}

TEST(OracleProgram, FailsForAWrongFigureAndSkipsWhatItDoesNotKnow) {
    const support::Finished run = run_text(R"({"cases": [
        {"id": "right", "fn": "wilson_interval", "inputs": {"x": 0, "n": 0}, "expected": {"ci": null, "reason": "no_data"}, "tol_abs": 0},
        {"id": "wrong", "fn": "nps_min_n", "inputs": {"margin_points": 10, "variance": 0.7}, "expected": {"n": 1}, "tol_abs": 0},
        {"id": "off the scale", "fn": "wilson_interval", "inputs": {"x": 2, "n": 1}, "expected": {"ci": null}, "tol_abs": 0},
        {"id": "new", "fn": "astrology", "inputs": {}, "expected": {}, "tol_abs": 0},
        {"id": "newer", "fn": "astrology", "inputs": {}, "expected": {}, "tol_abs": 0}]})");
    EXPECT_EQ(run.code, 1);
    EXPECT_EQ(run.output,
              "FAIL wrong (nps_min_n) n: got 266, expected 1 (off by 265)\n"
              "FAIL off the scale (wilson_interval) got an error, expected {\"ci\":null}: x: expected at "
              "most n = 1, found 2\n"
              "SKIP unknown fn: astrology\n"
              "1 passed, 2 failed, 2 skipped\n");
}

TEST(OracleProgram, EndsWithTwoForWhatIsNoOracleFile) {
    EXPECT_EQ(run_text("{").code, 2);
    EXPECT_EQ(run_text("[]").code, 2);
    EXPECT_EQ(run_text(R"({"cases": [{"id": 1}]})").code, 2);
    EXPECT_EQ(run({}).code, 2);
    EXPECT_EQ(run({"/no/such/file"}).code, 2);
    EXPECT_EQ(run({"/"}).code, 2);
    EXPECT_EQ(run({"--what"}).code, 2);
    EXPECT_NE(run_text("[]").errors.find("expected an object with a list \"cases\""), std::string::npos);
}

TEST(OracleProgram, SpeaksToMachinesToo) {
    const support::TempDir folder;
    std::ofstream(folder / "cases.json") << R"({"cases": []})";
    const support::Finished answer = run({"--json", (folder / "cases.json").string()});
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(json::parse(answer.output).at("passed").to_number<int>(), 0);
    EXPECT_NE(run({"--help"}).output.find("build/bin/stats_oracle tests/sdk/stats/metrics.json"),
              std::string::npos);
}

}  // namespace
}  // namespace candour::oracle
