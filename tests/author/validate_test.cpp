/// `candour plugin validate` against plugins with one fault each: a validator that finds nothing is worth
/// nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "author/workshop.hpp"

using namespace candour;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace {

namespace fs = std::filesystem;

boost::json::value report(const author::Workshop& desk, const fs::path& plugin,
                          std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"plugin", "validate", plugin.string(), "--json", "--timeout", "20"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const support::Finished finished = desk.candour(arguments);
    boost::json::error_code ec;
    boost::json::value document = boost::json::parse(finished.output, ec);
    if (ec) throw std::runtime_error(finished.output + finished.errors);
    return document;
}

std::string outcome(const boost::json::value& report, std::string_view name) {
    for (const boost::json::value& one : report.at("cases").as_array())
        if (one.at("case").as_string() == name)
            return std::string(one.at("outcome").as_string()) + ": " + std::string(one.at("why").as_string());
    return "not tried";
}

struct Fault {
    const char* plugin;  ///< of tests/edge/plugin/fixtures
    const char* found_by;
    const char* because;
};
class Validator : public testing::TestWithParam<Fault> {};

}  // namespace

TEST_P(Validator, Finds) {
    const author::Workshop desk;
    const boost::json::value found =
        report(desk, fs::path(FIXTURES) / GetParam().plugin, {"--only", GetParam().found_by});
    EXPECT_THAT(outcome(found, GetParam().found_by),
                AllOf(HasSubstr("failed: "), HasSubstr(GetParam().because)));
}

INSTANTIATE_TEST_SUITE_P(, Validator,
                         testing::Values(Fault{"lacks_entry", "load.identity", "candour_plugin_v1"},
                                         Fault{"wrong_major", "load.identity", "ABI"},
                                         Fault{"newer_minor", "load.identity", "update the host"},
                                         Fault{"other_role", "load.roles", "candour.deliverer/1"},
                                         Fault{"calls_after_stop", "life.stop", "after stop"},
                                         Fault{"fails_in_start", "host.everything", "start"},
                                         Fault{"metric_backwards", "metric.until", "not ahead"},
                                         Fault{"metric_short", "metric.pure", "cells"},
                                         Fault{"metric_nan", "metric.zero", ""},
                                         Fault{"tallies_past", "metric.tallies", "before the first row"}),
                         [](const auto& fault) { return std::string(fault.param.plugin); });

TEST(Validation, PassesAPluginThatKeepsItsPromises) {
    const author::Workshop desk;
    const support::Finished finished = desk.candour(
        {"plugin", "validate", (fs::path(PLUGINS) / "surveys").string(), "--junit", "found.xml"});
    EXPECT_EQ(finished.code, 0) << finished.output;
    EXPECT_THAT(finished.output, AllOf(HasSubstr(" 0 failed"), HasSubstr("seed 1")));
    std::ifstream stream(desk.folder / "found.xml");
    const std::string xml{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    EXPECT_THAT(xml, AllOf(HasSubstr("<testsuite name=\"surveys\""), HasSubstr("failures=\"0\""),
                           HasSubstr("name=\"input.fuzz\"")));
}

TEST(Validation, SurvivesAPluginThatHangs) {
    const author::Workshop desk;
    const support::Finished finished =
        desk.candour({"plugin", "validate", (fs::path(FIXTURES) / "hangs_in_start").string(), "--only",
                      "life.stop", "--timeout", "1"});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.output, HasSubstr("it did not end within 1000 ms"));
}

TEST(Validation, TriesOnlyWhatItIsAskedFor) {
    const author::Workshop desk;
    const boost::json::value found = report(desk, fs::path(PLUGINS) / "surveys", {"--level", "1"});
    EXPECT_EQ(outcome(found, "life.many"), "not tried");
    EXPECT_THAT(outcome(found, "file.exports"), HasSubstr("passed"));
    EXPECT_EQ(
        desk.candour({"plugin", "validate", (fs::path(PLUGINS) / "surveys").string(), "--only", "nothing"})
            .code,
        1);
    EXPECT_EQ(desk.candour({"plugin", "validate"}).code, 2);
    EXPECT_THAT(desk.candour({"plugin", "validate", "--list"}).output, HasSubstr("metric.until"));
}

TEST(Validation, NamesAPluginThatIsNone) {
    const author::Workshop desk;
    std::ofstream(desk.folder / "manifest.json") << "{}";
    const support::Finished finished = desk.candour({"plugin", "validate", "."});
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("manifest.json"));
}

TEST(Packing, MakesAFileThatSaysWhatItIs) {
    const author::Workshop desk;
    ASSERT_EQ(desk.candour({"plugin", "keygen", "acme"}).code, 0);
    EXPECT_EQ(desk.candour({"plugin", "keygen", "acme"}).code, 1) << "a key is never overwritten";
    const std::string folder = (fs::path(PLUGINS) / "surveys").string();
    ASSERT_EQ(desk.candour({"plugin", "pack", folder, "--key", "acme.key", "--out", "s.cdrpkg"}).code, 0);
    EXPECT_THAT(desk.candour({"plugin", "inspect", "s.cdrpkg"}).output,
                AllOf(HasSubstr("which is not among the trusted ones"),
                      HasSubstr("asks for   kv: Keeps the definitions")));
    EXPECT_THAT(desk.candour({"plugin", "inspect", "s.cdrpkg", "--trust", "."}).output,
                HasSubstr("signed by  acme (key "));
    EXPECT_EQ(desk.candour({"plugin", "pack", folder, "--key", "acme.pub"}).code, 1)
        << "a public key signs nothing";
    EXPECT_EQ(desk.candour({"plugin", "pack", "."}).code, 1);
}

TEST(Replay, ShowsWhatAPluginAnswersAndLeaves) {
    const author::Workshop desk;
    fs::create_directories(desk.folder / "calls");
    std::ofstream(desk.folder / "calls/1.json")
        << R"({"call": "event", "kind": "unknown.kind", "payload": {}})";
    const std::string plugin = (fs::path(PLUGINS) / "surveys").string();
    for (const std::string mode : {"in_process", "sandbox"}) {
        const support::Finished ran =
            desk.candour({"plugin", "run", plugin, "--replay", "calls", "--mode", mode});
        EXPECT_EQ(ran.code, 0) << ran.errors;
        EXPECT_THAT(ran.output, HasSubstr("1.json: on_event unknown.kind → unsupported"));
    }
    std::ofstream(desk.folder / "calls/2.json") << R"({"call": "dance"})";
    EXPECT_THAT(desk.candour({"plugin", "run", plugin, "--replay", "calls"}).errors,
                HasSubstr("found \"dance\""));
    EXPECT_EQ(desk.candour({"plugin", "run", plugin, "--replay", "nowhere"}).code, 1);
}

TEST(Bench, MeasuresEveryMode) {
    const author::Workshop desk;
    const support::Finished ran = desk.candour(
        {"plugin", "bench", (fs::path(PLUGINS) / "relationship_nps").string(), "--rows", "8192", "--json"});
    EXPECT_EQ(ran.code, 0) << ran.output << ran.errors;
    const boost::json::value speeds = boost::json::parse(ran.output).at("speeds");
    ASSERT_EQ(speeds.as_array().size(), 3u);
    for (const boost::json::value& speed : speeds.as_array())
        EXPECT_GT(speed.at("rows_per_second").to_number<double>(), 0);
}
