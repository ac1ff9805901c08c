/// The rules hold for the tree as it is. What each rule finds is proved in rules_test.cpp.
#include <gtest/gtest.h>

#include "layering/arrows.hpp"
#include "layering/habits.hpp"
#include "layering/layout.hpp"

namespace candour::layering {
namespace {

const std::filesystem::path kRoot = CANDOUR_SOURCE;

std::vector<Source> sources_of(const std::vector<std::string_view>& folders) {
    std::vector<Source> all;
    for (const std::string_view folder : folders)
        for (Source& source : read_sources(kRoot, folder)) all.push_back(std::move(source));
    return all;
}

const std::vector<Source>& product() {
    static const std::vector<Source> sources = sources_of({"host", "sdk", "plugins", "schemas"});
    return sources;
}

const std::vector<Source>& everything() {
    static const std::vector<Source> sources =
        sources_of({"host", "sdk", "plugins", "schemas", "tests", ".cmake"});
    return sources;
}

void none(const Violations& violations) {
    EXPECT_TRUE(violations.empty()) << "\n" << to_text(violations);
}

std::string drawn(const std::vector<std::string>& cycle) {
    std::string text;
    for (const std::string& folder : cycle) text += (text.empty() ? "" : " -> ") + folder;
    return text;
}

TEST(House, IsReadAtAll) {
    EXPECT_GT(product().size(), 20U);
    EXPECT_GT(arrows_of(product()).size(), 5U);
}

TEST(House, FoldersIncludeOnlyWhatTheTableAllows) {
    none(forbidden_includes(product()));
}

TEST(House, HasNoCycleAmongItsFolders) {
    EXPECT_EQ(drawn(cycle_in(arrows_of(product()))), "");
}

TEST(House, IsDrawnWithoutACycleInTheTable) {
    EXPECT_EQ(drawn(cycle_in(arrows_of_the_table())), "");
}

TEST(House, HasNoLongFileAndNoLongFunction) {
    none(too_long(everything()));
}

TEST(House, NamesNothingAfterNothing) {
    none(empty_names(everything()));
}

TEST(House, WritesNoCoroutineThatIsFreedTwice) {
    none(risky_coroutines(everything()));
}

TEST(House, NeverSleeps) {
    none(sleeps(everything()));
}

TEST(House, HasTheAgreedEntriesAtItsTopAndAWordInEach) {
    none(untidy_top_level(kRoot));
}

TEST(House, MigratesBothDatabasesInTheSameSteps) {
    none(lonely_migrations(kRoot));
}

}  // namespace
}  // namespace candour::layering
