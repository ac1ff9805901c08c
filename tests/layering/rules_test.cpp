/// Every rule can fail: each is shown something it must refuse, and its neighbour that it must let pass.
#include <gtest/gtest.h>

#include <fstream>

#include "layering/arrows.hpp"
#include "layering/habits.hpp"
#include "layering/house.hpp"
#include "layering/layout.hpp"
#include "support/temp_dir.hpp"

namespace candour::layering {
namespace {

/// A small house whose files exist, so that includes of them can be resolved.
std::vector<Source> house_with(const std::string& path, const std::string& text) {
    return {{"host/app/app.hpp", ""},
            {"host/core/loop/state.hpp", ""},
            {"host/flow/task.hpp", "#include <boost/asio/awaitable.hpp>\n#include \"core/loop/state.hpp\"\n"},
            {"host/edge/store/database.hpp", "#include <soci/soci.h>\n#include \"flow/task.hpp\"\n"},
            {"host/voice/CMakeLists.txt", "candour_embed_texts(x OUTPUT voice_texts.hpp FILES y)"},
            {"sdk/include/candour/abi.h", "#include <stdint.h>\n"},
            {"sdk/include/candour/result.hpp", "#include <variant>\n"},
            {"plugins/mail/parse.hpp", ""},
            {path, text}};
}

std::string refused(const std::string& path, const std::string& text) {
    return to_text(forbidden_includes(house_with(path, text)));
}

struct Sentence {
    const char* path;
    const char* text;
    const char* rule;  ///< the whole complaint, or "" when it is allowed
};

class IncludeRule : public testing::TestWithParam<Sentence> {};

TEST_P(IncludeRule, SaysWhatTheTableSays) {
    EXPECT_EQ(refused(GetParam().path, GetParam().text), GetParam().rule);
}

constexpr Sentence kIncludes[] = {
    {"host/core/a.hpp", "#include \"candour/result.hpp\"\n#include <map>\n", ""},
    {"host/core/a.hpp", "\n#include \"flow/task.hpp\"\n",
     "host/core/a.hpp:2: host/core may not include host/flow (flow/task.hpp)\n"},
    {"host/core/a.hpp", "#  include <boost/asio.hpp>\n",
     "host/core/a.hpp:1: host/core may not use asio (boost/asio.hpp)\n"},
    {"host/core/a.hpp", "#include \"candour/abi.h\"\n",
     "host/core/a.hpp:1: host/core may not include sdk (candour/abi.h)\n"},
    {"host/core/a.hpp", "// #include <soci/soci.h>\n/* #include <soci/soci.h>\n#include <soci/soci.h> */\n",
     ""},
    {"host/flow/a.cpp", "#include <soci/soci.h>\n",
     "host/flow/a.cpp:1: host/flow may not use soci (soci/soci.h)\n"},
    {"host/flow/a.cpp", "#include \"edge/store/database.hpp\"\n",
     "host/flow/a.cpp:1: host/flow may not include host/edge/store (edge/store/database.hpp)\n"},
    {"host/flow/a.cpp", "#include \"../edge/store/database.hpp\"\n",
     "host/flow/a.cpp:1: host/flow may not include host/edge/store (../edge/store/database.hpp)\n"},
    {"host/flow/a.cpp", "#include <unistd.h>\n",
     "host/flow/a.cpp:1: host/flow may not use posix (unistd.h)\n"},
    {"host/edge/http/a.cpp", "#include \"voice_texts.hpp\"\n", ""},
    {"host/edge/store/a.cpp", "#include \"voice_texts.hpp\"\n",
     "host/edge/store/a.cpp:1: host/edge/store may not include host/voice (voice_texts.hpp)\n"},
    {"host/edge/http/a.cpp", "#include \"edge/store/database.hpp\"\n",
     "host/edge/http/a.cpp:1: host/edge/http may not include host/edge/store (edge/store/database.hpp)\n"},
    {"host/edge/http/a.cpp", "#include \"app/app.hpp\"\n",
     "host/edge/http/a.cpp:1: host/edge/http may not include host/app (app/app.hpp)\n"},
    {"host/app/a.cpp", "#include \"edge/store/database.hpp\"\n#include <toml++/toml.h>\n#include <csignal>\n",
     ""},
    {"host/edge/plugin/json_schema.cpp", "#include <valijson/schema.hpp>\n", ""},
    {"host/edge/plugin/registry.cpp", "#include <valijson/schema.hpp>\n",
     "host/edge/plugin/registry.cpp:1: host/edge/plugin may not use valijson (valijson/schema.hpp)\n"},
    {"host/core/a.hpp", "#include <no/such/library.h>\n",
     "host/core/a.hpp:1: no/such/library.h is neither a file of ours nor in the table\n"},
    {"host/attic/a.hpp", "", "host/attic/a.hpp: is in no folder of the table\n"},
    {"plugins/surveys/a.cpp", "#include \"candour/abi.h\"\n#include <boost/json.hpp>\n", ""},
    {"plugins/surveys/a.cpp", "#include \"core/loop/state.hpp\"\n",
     "plugins/surveys/a.cpp:1: plugins/surveys may not include host/core (core/loop/state.hpp)\n"},
    {"plugins/surveys/a.cpp", "#include \"../mail/parse.hpp\"\n",
     "plugins/surveys/a.cpp:1: plugins/surveys may not include plugins/mail (../mail/parse.hpp)\n"},
    {"plugins/surveys/a.cpp", "#include <sys/socket.h>\n",
     "plugins/surveys/a.cpp:1: plugins may not use posix sockets (sys/socket.h)\n"},
    {"sdk/include/candour/a.hpp", "#include <boost/json.hpp>\n",
     "sdk/include/candour/a.hpp:1: sdk may not use json (boost/json.hpp)\n"},
    {"sdk/include/candour/stats/a.hpp", "#include <boost/math/special_functions.hpp>\n", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, IncludeRule, testing::ValuesIn(kIncludes));

constexpr Sentence kWords[] = {
    {"host/flow/a.cpp", "int a;\nvoid f(soci::session& s);\n",
     "host/flow/a.cpp:2: host/flow may not use soci (soci::)\n"},
    {"host/flow/a.cpp", "// soci::session\nauto t = \"soci::session\"; auto u = R\"x(soci::into)x\";\n", ""},
    {"host/flow/a.cpp", "void f(associ::thing);\n", ""},
    {"host/edge/store/a.cpp", "void f(soci::session& s);\n", ""},
    {"host/core/a.cpp", "using boost::json::value;\n",
     "host/core/a.cpp:1: host/core may not use json (boost::json)\n"},
};
INSTANTIATE_TEST_SUITE_P(Words, IncludeRule, testing::ValuesIn(kWords));

TEST(CycleRule, FindsAWayBackAndOnlyThat) {
    EXPECT_TRUE(cycle_in({{"a", "b"}, {"a", "c"}, {"b", "d"}, {"c", "d"}}).empty());
    const std::vector<std::string> expected{"b", "c", "b"};
    EXPECT_EQ(cycle_in({{"a", "b"}, {"b", "c"}, {"c", "b"}, {"c", "d"}}), expected);
}

TEST(CycleRule, SeesAnIncludeThatClosesOne) {
    const auto tree = house_with("host/core/loop/a.hpp", "#include \"flow/task.hpp\"\n");
    EXPECT_EQ(cycle_in(arrows_of(tree)).size(), 3U);
    EXPECT_TRUE(cycle_in(arrows_of(house_with("host/core/loop/a.hpp", ""))).empty());
}

std::string lines(int count, const std::string& line) {
    std::string text;
    for (int left = count; left > 0; --left) text += line;
    return text;
}

TEST(SizeRule, RefusesAFileOver400Lines) {
    EXPECT_TRUE(too_long({{"a.sql", lines(400, "x\n")}}).empty());
    EXPECT_EQ(to_text(too_long({{"a.sql", lines(401, "x\n")}})),
              "a.sql: a file of 401 lines; split it by 400\n");
}

TEST(SizeRule, RefusesAFunctionOver60Lines) {
    const auto with = [](int body) {
        return "\nint f(int a,\n      int b) {\n" + lines(body, "    g();\n") + "}\n";
    };
    EXPECT_TRUE(too_long({{"a.cpp", with(57)}}).empty());
    EXPECT_EQ(to_text(too_long({{"a.cpp", with(58)}})), "a.cpp:2: a function of 61 lines; split it by 60\n");
}

TEST(SizeRule, TakesNoTableOrNamespaceForAFunction) {
    EXPECT_TRUE(too_long({{"a.cpp", "const int k[] = {\n" + lines(80, "    1,\n") + "};\n"}}).empty());
    EXPECT_TRUE(
        too_long({{"a.cpp", "namespace a {\n" + lines(80, "int b;\n") + "}  // namespace a\n"}}).empty());
    EXPECT_TRUE(too_long({{"a.cpp", "class A {\n" + lines(80, "    int b;\n") + "};\n"}}).empty());
}

TEST(NameRule, RefusesNamesThatSayNothing) {
    for (const char* path : {"host/utils/a.hpp", "host/a/string_util.hpp", "sdk/Helpers.hpp",
                             "host/plugin_manager.cpp", "host/common/a.hpp", "tests/misc.cpp"})
        EXPECT_EQ(empty_names({{path, ""}}).size(), 1U) << path;
    for (const char* path : {"host/futile.hpp", "host/commons.hpp", "host/management.hpp"})
        EXPECT_TRUE(empty_names({{path, ""}}).empty()) << path;
}

TEST(CoroutineRule, RefusesWhatIsFreedTwice) {
    for (const char* text : {
             "auto r = co_await run([this, &work] { return work(); });",
             "co_await run([=]() mutable {});",
             "co_await channel.async_send(ec, Draft{}, token);",
             "co_await log(std::string(\"x\"));",
             "co_await send(\n    std::vector<int>{1, 2});",
             "int a = co_await f() + co_await g();",
         })
        EXPECT_EQ(risky_coroutines({{"a.cpp", text}}).size(), 1U) << text;
}

TEST(CoroutineRule, LetsPlainOnesPass) {
    for (const char* text : {
             "auto work = [this] { return 1; };\nauto r = co_await run(work);",
             "Draft draft{};\nco_await channel.async_send(ec, draft, token);",
             "// co_await run([this] {});\nconst char* t = \"co_await f(Draft{})\";",
             "while (co_await next()) {\n    int a = co_await f();\n}",
             "co_await stream.async_read(buffers[0], token);",
         })
        EXPECT_TRUE(risky_coroutines({{"a.cpp", text}}).empty()) << text;
}

TEST(SleepRule, RefusesSleepingWithoutAReason) {
    for (const char* text : {"std::this_thread::sleep_for(1s);", "usleep(10);", "::sleep (1);",
                             "sleep_for(1s);  // allowed:", "std::this_thread::sleep_until(t); // soon"})
        EXPECT_EQ(sleeps({{"a.cpp", text}}).size(), 1U) << text;
    for (const char* text : {"sleep_for(1s);  // allowed: between two looks", "// sleep_for(1s)",
                             "oversleep(1);", "auto t = \"sleep(1)\";", "int sleep = 1;"})
        EXPECT_TRUE(sleeps({{"a.cpp", text}}).empty()) << text;
}

class LayoutRule : public testing::Test {
 protected:
    void SetUp() override {
        for (const char* folder : {"host", "plugins", "sdk", "schemas", "tests"})
            write(std::string(folder) + "/README.md");
        for (const char* name : {"CMakeLists.txt", "README.md", ".gitignore", "build-asan/x", "var/x"})
            write(name);
        for (const char* name : {"0001_spine.sql", "0002_notes.sql"}) {
            write(std::string("schemas/sqlite/") + name);
            write(std::string("schemas/postgresql/") + name);
        }
    }
    void write(const std::string& name) {
        std::filesystem::create_directories((root / name).parent_path());
        std::ofstream(root / name) << "x";
    }
    void remove(const std::string& name) { std::filesystem::remove_all(root / name); }
    std::string top() const { return to_text(untidy_top_level(root.path())); }
    std::string migrations() const { return to_text(lonely_migrations(root.path())); }

    support::TempDir root;
};

TEST_F(LayoutRule, IsContentWithWhatWasAgreed) {
    EXPECT_EQ(top(), "");
    EXPECT_EQ(migrations(), "");
}

TEST_F(LayoutRule, RefusesAStrangerAtTheTop) {
    write("docs/guide.md");
    EXPECT_EQ(top(), "docs: is not one of the agreed top-level entries\n");
}

TEST_F(LayoutRule, MissesAFolderAndAReadme) {
    remove("sdk");
    remove("tests/README.md");
    EXPECT_EQ(top(), "sdk: is missing\ntests/README.md: is missing\n");
}

TEST_F(LayoutRule, MissesATwin) {
    write("schemas/sqlite/0003_more.sql");
    EXPECT_EQ(migrations(), "schemas/sqlite/0003_more.sql: has no twin for PostgreSQL\n");
    remove("schemas/sqlite/0003_more.sql");
    write("schemas/postgresql/0003_more.sql");
    EXPECT_EQ(migrations(), "schemas/postgresql/0003_more.sql: has no twin for SQLite\n");
}

TEST_F(LayoutRule, RefusesAGapAndABadName) {
    for (const char* dialect : {"schemas/sqlite/", "schemas/postgresql/"}) {
        write(dialect + std::string("0004_gap.sql"));
        write(dialect + std::string("notes.sql"));
    }
    EXPECT_EQ(
        migrations(),
        "schemas/sqlite/0004_gap.sql: expected number 3\nschemas/sqlite/notes.sql: expected NNNN_name.sql\n"
        "schemas/postgresql/0004_gap.sql: expected number 3\n"
        "schemas/postgresql/notes.sql: expected NNNN_name.sql\n");
}

TEST(TableOfTheHouse, NamesOnlyFoldersAndLibrariesThatItKnows) {
    for (const Folder& folder : folders()) {
        for (const std::string_view own : folder.own)
            EXPECT_TRUE(own == "*" || folder_of(own)->path == own) << folder.path << " " << own;
        for (const std::string_view name : folder.libraries) {
            const auto same = [name](const Library& library) { return library.name == name; };
            EXPECT_TRUE(name == "*" || std::ranges::any_of(libraries(), same)) << folder.path << " " << name;
        }
    }
}

}  // namespace
}  // namespace candour::layering
