/// The first ten minutes of README.md, as they stand there: with the demo portfolio, once by command line and
/// once with curl.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <filesystem>

#include "app/cli/output.hpp"
#include "app/program.hpp"
#include "support/free_port.hpp"
#include "support/postgres.hpp"

using namespace candour;
using app::cli::list_at;
using app::cli::number_at;
using app::cli::text_at;

namespace {

namespace json = boost::json;

std::string contents(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// The commands between the fences behind the comment that names this block.
std::string block(const std::string& name) {
    const std::string readme = contents(std::filesystem::path(CANDOUR_SOURCE) / "README.md");
    const std::size_t mark = readme.find("readme_test.cpp runs this block: " + name + " -->");
    const std::size_t fence = readme.find("```\n", mark);
    if (mark == std::string::npos || fence == std::string::npos) return {};
    return readme.substr(fence + 4, readme.find("```", fence + 4) - fence - 4);
}

class Readme : public testing::TestWithParam<bool> {
 protected:
    Readme() {
        const std::string port = std::to_string(support::free_port());
        url_ = "http://127.0.0.1:" + port;
        std::vector<std::string> init{"init", "--dir", "var"};
        if (GetParam()) init.insert(init.end(), {"--database", support::Postgres::fresh_database()});
        must(init);
        must({"migrate"});
        must({"token", "create", "--name", "first", "--save"});
        host_ = std::make_unique<support::Process>(
            support::Launch{.program = PROGRAM,
                            .arguments = {"serve", "--demo", "--port", port},
                            .directory = program_.folder.path()});
        EXPECT_TRUE(host_->wait_for("Candour serves")) << host_->errors();
        must({"demo", "load"});
    }
    std::string must(const std::vector<std::string>& arguments) const {
        const support::Finished finished = program_.run(arguments);
        EXPECT_EQ(finished.code, 0) << arguments.at(0) << ": " << finished.errors << finished.output;
        return finished.output;
    }
    /// As somebody types it who followed the page: in that folder, with `candour` on the path.
    support::Finished type(std::string script) const {
        const std::string written = "http://127.0.0.1:8080";
        if (const std::size_t at = script.find(written); at != std::string::npos)
            script.replace(at, written.size(), url_);
        const std::string path = std::filesystem::path(PROGRAM).parent_path().string();
        support::Launch launch{.program = "bash", .arguments = {"-eu", "-o", "pipefail", "-c", script}};
        launch.environment["PATH"] = path + ":" + std::getenv("PATH");
        for (const char* name : {"CANDOUR_CONFIG", "CANDOUR_URL", "CANDOUR_TOKEN"})
            launch.environment[name] = "";
        launch.directory = program_.folder.path();
        return support::run_program(launch);
    }
    json::value item(const std::string& alias) const {
        return json::parse(must({"item", "show", alias, "--json"}));
    }
    std::string standing(const std::string& alias) const {
        const json::value one = item(alias);
        return text_at(one, "state") + " " + std::to_string(number_at(one, "round"));
    }
    /// How each promise stands, by what it is called.
    std::map<std::string, std::string> promises() const {
        std::map<std::string, std::string> all;
        const json::value list = json::parse(must({"commitment", "list", "--limit", "500", "--json"}));
        for (const json::value& one : list_at(list, "commitments"))
            all[text_at(one, "alias")] = text_at(one, "standing");
        return all;
    }

    app::Program program_;
    std::string url_;
    std::unique_ptr<support::Process> host_;
};
std::string named(const testing::TestParamInfo<bool>& database) {
    return database.param ? "Postgresql" : "Sqlite";
}
INSTANTIATE_TEST_SUITE_P(On, Readme, testing::Values(false, true), named);

}  // namespace

TEST_P(Readme, GoesRoundByCommandLine) {
    const std::string script = block("command line");
    ASSERT_NE(script, "") << "the page lacks the block";
    const support::Finished typed = type(script);
    ASSERT_EQ(typed.code, 0) << typed.errors << typed.output;
    EXPECT_EQ(standing("LP-2"), "changed 1");
    EXPECT_EQ(standing("LP-16"), "decided 1");
    EXPECT_EQ(text_at(item("LP-2"), "theme"), text_at(item("LP-16"), "theme"));
    EXPECT_EQ(promises().at("LP-2"), "kept");
    EXPECT_EQ(promises().at("LP-16"), "open");
    EXPECT_EQ(promises().at("PR-1"), "open");
    EXPECT_EQ(standing("LP-10"), "raised 2") << "refused, told, and back again";
    EXPECT_NE(typed.output.find("decided will not change"), std::string::npos);
    must({"ledger", "verify"});
}

TEST_P(Readme, GoesRoundOverHttp) {
    if (type("command -v curl").code != 0) GTEST_SKIP() << "tests/run installs curl";
    const std::string script = block("api");
    ASSERT_NE(script, "") << "the page lacks the block";
    const support::Finished typed = type(script);
    ASSERT_EQ(typed.code, 0) << typed.errors << typed.output;
    EXPECT_EQ(standing("LP-9"), "decided 1");
    EXPECT_EQ(standing("LP-17"), "decided 1");
    EXPECT_NE(text_at(item("LP-9"), "theme"), "");
    EXPECT_EQ(promises().at("LP-9"), "open");
    EXPECT_EQ(promises().at("PR-1"), "open");
    EXPECT_EQ(standing("LP-30"), "raised 2") << "refused, told, and back again";
    must({"ledger", "verify"});
}

TEST_P(Readme, NamesNoItemOfTheDemoThatIsNotThere) {
    const support::Finished shown = type(
        "candour item show LP-1 && candour ledger export LP-10 >/dev/null && "
        "candour export items --output items.csv --excel");
    EXPECT_EQ(shown.code, 0) << shown.errors;
    EXPECT_TRUE(program_.file("items.csv").starts_with("\xEF\xBB\xBF"));
}
