#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "author/workshop.hpp"

using namespace candour;
using testing::HasSubstr;

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

}  // namespace

TEST(InstalledSdk, IsFoundByCMakeFromAnEmptyFolder) {
    const author::Workshop desk;
    write(desk.folder / "CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.25)\nproject(x CXX)\nfind_package(candour 1.0 REQUIRED)\n"
          "get_target_property(where candour::sdk INTERFACE_INCLUDE_DIRECTORIES)\nmessage(STATUS "
          "\"${where}\")\n");
    const support::Finished found = desk.run(CMAKE, {"-B", "build", "-G", "Ninja"});
    EXPECT_EQ(found.code, 0) << found.errors;
    EXPECT_THAT(found.output, HasSubstr((author::Workshop::sdk() / "include").string()));
}

TEST(InstalledSdk, RefusesToBeAnotherMajor) {
    const author::Workshop desk;
    write(desk.folder / "CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.25)\nproject(x NONE)\nfind_package(candour 2.0 REQUIRED)\n");
    const support::Finished found = desk.run(CMAKE, {"-B", "build", "-G", "Ninja"});
    EXPECT_NE(found.code, 0);
    EXPECT_THAT(found.errors, HasSubstr("requested version \"2.0\""));
}

TEST(InstalledSdk, IsFoundByPkgConfig) {
    const author::Workshop desk;
    const std::string file = (author::Workshop::sdk() / "lib").string();
    std::string folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(file))
        if (entry.path().filename() == "candour-plugin.pc") folder = entry.path().parent_path();
    support::Launch launch{"pkg-config", {"--variable=exports", "candour-plugin"}};
    launch.environment["PKG_CONFIG_PATH"] = folder;
    const support::Finished said = support::run_program(launch);
    const std::string exports = said.output.substr(0, said.output.find('\n'));
    EXPECT_TRUE(std::filesystem::exists(exports)) << said.output << said.errors;
}

TEST(NewPlugin, StandsOnItsOwnFeet) {
    const author::Workshop desk;
    ASSERT_EQ(desk.candour({"plugin", "new", "acme-mood"}).code, 0);
    EXPECT_EQ(desk.build("acme-mood"), "");
    EXPECT_TRUE(std::filesystem::exists(desk.folder / "build/plugins/acme-mood/acme_mood.so"));
    EXPECT_TRUE(std::filesystem::exists(desk.folder / "build/plugins/acme-mood/manifest.json"));
    const support::Finished tested = desk.run(CTEST, {"--test-dir", "build", "--output-on-failure"});
    EXPECT_EQ(tested.code, 0) << tested.output;
    EXPECT_THAT(tested.output, HasSubstr("acme-mood.validate"));
}

/// Every role in every language and every example, side by side in one build: it would take minutes one by
/// one.
TEST(NewPlugin, BuildsAndPassesItsTestInEveryRoleAndLanguage) {
    const author::Workshop desk;
    std::string list = "cmake_minimum_required(VERSION 3.25)\nproject(all CXX C)\nenable_testing()\n";
    for (const std::string language : {"cpp", "c", "rust"}) {
        if (language == "rust" && std::string_view(RUSTC).empty()) continue;
        for (const std::string role : {"collector", "deliverer", "metric", "signal", "campaign"}) {
            if (language == "cpp" && role == "collector") continue;  // the test above
            const std::string id = "try." + language + "_" + role;
            const support::Finished made =
                desk.candour({"plugin", "new", id, "--role", role, "--lang", language});
            ASSERT_EQ(made.code, 0) << made.errors;
            list += "add_subdirectory(" + id + ")\n";
        }
    }
    for (const auto& example : std::filesystem::directory_iterator(EXAMPLES)) {
        const std::string name = example.path().filename();
        std::filesystem::copy(example.path(), desk.folder / name);
        list += "add_subdirectory(" + name + ")\n";
    }
    write(desk.folder / "CMakeLists.txt", list);
    ASSERT_EQ(desk.build("."), "");
    const support::Finished tested = desk.run(CTEST, {"--test-dir", "build", "-j2", "--output-on-failure"});
    EXPECT_EQ(tested.code, 0) << tested.output;
}

TEST(NewPlugin, SaysWhatANameLooksLike) {
    const author::Workshop desk;
    const support::Finished refused = desk.candour({"plugin", "new", "Acme SMS"});
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.errors, HasSubstr("such as acme-sms; found \"Acme SMS\""));
}

TEST(NewPlugin, OverwritesNothing) {
    const author::Workshop desk;
    write(desk.folder / "acme/thesis.txt", "five years of work");
    const support::Finished refused = desk.candour({"plugin", "new", "acme"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.errors, HasSubstr("exists already and is not empty"));
    EXPECT_FALSE(std::filesystem::exists(desk.folder / "acme/manifest.json"));
}
