/// `candour demo load` with the real program, on both databases.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <map>

#include "app/cli/output.hpp"
#include "app/program.hpp"
#include "support/free_port.hpp"
#include "support/postgres.hpp"
#include "support/process.hpp"

using namespace candour;
using namespace candour::app;
using cli::flag_at;
using cli::list_at;
using cli::number_at;
using cli::text_at;

namespace {

namespace json = boost::json;

class Demo : public testing::TestWithParam<bool> {
 protected:
    Demo() {
        const std::string port = std::to_string(support::free_port());
        std::vector<std::string> init{"init", "--dir", "var"};
        if (GetParam()) init.insert(init.end(), {"--database", support::Postgres::fresh_database()});
        must(init);
        must({"migrate"});
        must({"token", "create", "--name", "demo", "--save"});
        host_ = std::make_unique<support::Process>(
            support::Launch{.program = PROGRAM,
                            .arguments = {"serve", "--demo", "--port", port},
                            .directory = program_.folder.path()});
        EXPECT_TRUE(host_->wait_for("Candour serves"));
    }

    std::string must(const std::vector<std::string>& arguments) const {
        const support::Finished finished = program_.run(arguments);
        EXPECT_EQ(finished.code, 0) << arguments.at(0) << ": " << finished.errors << finished.output;
        return finished.output;
    }
    json::value json_of(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        return json::parse(must(arguments));
    }
    json::array items() const { return list_at(json_of({"item", "list", "--limit", "500"}), "items"); }
    /// Items by state; a second round stands apart.
    std::map<std::string, int> states() const {
        std::map<std::string, int> all;
        for (const json::value& item : items())
            ++all[text_at(item, "state") + (number_at(item, "round") > 1 ? " again" : "")];
        return all;
    }

    Program program_;
    std::unique_ptr<support::Process> host_;
};
std::string named(const testing::TestParamInfo<bool>& database) {
    return database.param ? "Postgresql" : "Sqlite";
}
INSTANTIATE_TEST_SUITE_P(On, Demo, testing::Values(false, true), named);

TEST_P(Demo, BringsAnItemInEveryStateAndASecondTimeNothing) {
    EXPECT_NE(must({"demo", "load", "--dry-run"}).find("none of it is here yet"), std::string::npos);
    EXPECT_TRUE(items().empty()) << "a dry run changes nothing";

    must({"demo", "load"});
    EXPECT_EQ(list_at(json_of({"account", "list"}), "accounts").size(), 12U);
    const std::map<std::string, int> first = states();
    for (const char* state : {"raised", "heard", "decided", "changed", "told", "visibly_closed", "dismissed",
                              "abandoned", "raised again", "heard again"})
        EXPECT_TRUE(first.contains(state)) << state;
    std::map<std::string, int> sources;
    for (const json::value& item : items())
        if (text_at(item, "state") == "visibly_closed")
            ++sources[text_at(cli::at(item, "evidence"), "source")];
    EXPECT_TRUE(sources.contains("page") && sources.contains("recorded"));
    std::map<std::string, int> promises;
    const json::value commitments = json_of({"commitment", "list"});
    for (const json::value& promise : list_at(commitments, "commitments"))
        ++promises[text_at(promise, "standing")];
    EXPECT_TRUE(promises.contains("kept") && promises.contains("broken") && promises.contains("open"));

    EXPECT_NE(must({"demo", "load"}).find("nothing was changed"), std::string::npos);
    EXPECT_EQ(states().size(), first.size());
    EXPECT_EQ(items().size(), 34U);
    must({"ledger", "verify"});
}

TEST_P(Demo, LeavesAnItemAloneThatSomebodyPlaysWith) {
    must({"demo", "load"});
    must({"item", "hear", "LP-2", "--text", "You never know whom to call."});  // its plan ends at raised
    EXPECT_NE(must({"demo", "load"}).find("nothing was changed"), std::string::npos);
    EXPECT_EQ(text_at(json_of({"item", "show", "LP-2"}), "state"), "heard");
}

TEST_P(Demo, KnowsItsAccountsByNumberNameAndBeginningAndAsksWhenSeveralFit) {
    must({"demo", "load"});
    const std::string id = text_at(json_of({"account", "show", "D-101"}), "id");
    for (const char* said : {"Brass Otter Instruments", "brass", id.c_str()})
        EXPECT_EQ(text_at(json_of({"account", "show", said}), "id"), id) << said;
    EXPECT_TRUE(cli::at(json_of({"account", "threads", "Brass Otter Instruments"}), "threads").is_array());
    const support::Finished several = program_.run({"account", "threads", "D-1"});
    EXPECT_NE(several.code, 0);
    EXPECT_NE(several.errors.find("Brass Otter Instruments (D-101)"), std::string::npos) << several.errors;
    EXPECT_NE(program_.run({"account", "show", "Nobody at all"}).code, 0);
}

}  // namespace
