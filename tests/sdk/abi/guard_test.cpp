/// The guards of the border guard: each way of breaking it that we know of is caught, and growing it is not.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::sdk {
namespace {

namespace fs = std::filesystem;

struct Mutation {
    const char* name;
    const char* file;
    const char* from;
    const char* to;
    std::set<std::string> caught_by;  ///< at least these
};

void PrintTo(const Mutation& mutation, std::ostream* out) {
    *out << mutation.name;
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A copy of the header with one change.
fs::path copy_of_header(const fs::path& folder, const Mutation& mutation) {
    fs::create_directories(folder / "candour");
    for (const char* file : {"abi.h", "abi_services.h"}) {
        std::string text = read(fs::path(SDK) / "include/candour" / file);
        if (std::string_view(file) == mutation.file) {
            const std::size_t at = text.find(mutation.from);
            EXPECT_NE(at, std::string::npos) << "the header no longer says: " << mutation.from;
            if (at != std::string::npos)
                text.replace(at, std::string_view(mutation.from).size(), mutation.to);
        }
        std::ofstream(folder / "candour" / file) << text;
    }
    return folder;
}

/// The detectors that found something, and what all of them said.
std::pair<std::set<std::string>, std::string> look_at(const fs::path& include) {
    const support::Finished guard = support::run_program({fs::path(SDK) / "abi/guard", {include.string()}});
    std::set<std::string> found;
    std::istringstream lines(guard.output);
    for (std::string line; std::getline(lines, line);)
        if (line.find(" FOUND ") != std::string::npos) found.insert(line.substr(0, 2));
    EXPECT_EQ(guard.code, found.empty() ? 0 : 1) << guard.output << guard.errors;
    EXPECT_NE(guard.output.find("T8 1.1"), std::string::npos)
        << "every detector ran: " << guard.output << guard.errors;
    return {found, guard.output + guard.errors};
}

class Breaking : public testing::TestWithParam<Mutation> {};

TEST_P(Breaking, IsCaught) {
    const support::TempDir folder;
    const auto [found, words] = look_at(copy_of_header(folder.path(), GetParam()));
    ASSERT_FALSE(found.empty()) << "nobody noticed";
    for (const std::string& detector : GetParam().caught_by)
        EXPECT_TRUE(found.contains(detector)) << detector << " slept:\n" << words;
}

constexpr const char* kHost = "abi.h";
constexpr const char* kServices = "abi_services.h";
const Mutation kMutations[] = {
    {"a slot in the middle",
     kServices,
     "    cdr_status (*erase)(",
     "    cdr_status (*peek)(void* ctx, cdr_error*);\n    cdr_status (*erase)(",
     {"T1", "T3", "T4", "T6"}},
    {"a slot in the middle inside an if",
     kServices,
     "    /* Errors: NOT_FOUND, CONFLICT.",
     "#if CDR_TARGET_MINOR >= 1\n    cdr_status (*peek)(void* ctx, cdr_error*);\n#endif\n    /* Errors: "
     "NOT_FOUND, CONFLICT.",
     {"T4", "T5", "T6"}},
    {"a narrower parameter",
     kServices,
     "uint64_t expected_version, uint64_t ttl_s",
     "uint64_t expected_version, uint32_t ttl_s",
     {"T1", "T3"}},
    {"a narrower member",
     kHost,
     "int64_t deadline_unix_us; /*",
     "int32_t deadline_unix_us; /*",
     {"T1", "T3", "T4"}},
    {"two parameters of one type swapped",
     kServices,
     "(*put_json)(void* ctx, cdr_str stream, cdr_str idempotency_key",
     "(*put_json)(void* ctx, cdr_str idempotency_key, cdr_str stream",
     {"T1"}},
    {"a reserved member renamed",
     kHost,
     "    uint32_t reserved0;\n    cdr_buf message;",
     "    uint32_t flags;\n    cdr_buf message;",
     {"T1", "T4"}},
    {"two members of one type swapped",
     kHost,
     "abi_major, abi_minor;",
     "abi_minor, abi_major;",
     {"T1", "T4"}},
    {"another number for a status", kHost, "#define CDR_E_CONFLICT 3", "#define CDR_E_CONFLICT 4", {"T2"}},
    {"a slot removed",
     kServices,
     "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n",
     "",
     {"T1", "T3", "T4", "T6"}},
    {"growth without an if",
     kServices,
     "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n",
     "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n    cdr_status (*list)(void* ctx, "
     "cdr_error*);\n",
     {"T1", "T3"}},
    {"another id for an interface", kServices, "\"candour.kv/1\"", "\"candour.kv/2\"", {"T2", "T6"}},
    {"another id for a role", kHost, "\"candour.signal/1\"", "\"candour.watch/1\"", {"T2", "T6"}},
    {"a wider status", kHost, "typedef int32_t cdr_status;", "typedef int64_t cdr_status;", {"T1", "T3"}},
    {"a value that grows",
     kHost,
     "    void* owner;\n} cdr_buf;",
     "    void* owner;\n    void* more;\n} cdr_buf;",
     {"T1", "T3", "T4"}},
    {"another type for a member of a later minor only",
     kHost,
     "    uint64_t call_id;\n    int64_t deadline",
     "#if CDR_TARGET_MINOR >= 1\n    uint32_t call_id;\n#else\n    uint64_t call_id;\n#endif\n    int64_t "
     "deadline",
     {"T4", "T5"}},
    {"another parameter list for a later minor only",
     kServices,
     "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n",
     "#if CDR_TARGET_MINOR >= 1\n    cdr_status (*clear)(void* ctx, cdr_str id, uint32_t how, "
     "cdr_error*);\n#else\n"
     "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n#endif\n",
     {"T5"}},
    {"words of C++ alone",
     kHost,
     "typedef int32_t cdr_status;",
     "typedef int32_t cdr_status; static_assert(true);",
     {"T8"}},
};
INSTANTIATE_TEST_SUITE_P(Border, Breaking, testing::ValuesIn(kMutations), [](const auto& one) {
    std::string name;
    bool upper = true;
    for (const char c : std::string_view(one.param.name)) {
        if (c == ' ' || c == '+')
            upper = true;
        else
            name += std::exchange(upper, false)
                        ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                        : c;
    }
    return name;
});

TEST(Growing, IsWelcome) {
    const support::TempDir folder;
    const Mutation growth{
        "a slot at the end inside an if",
        kServices,
        "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n",
        "    cdr_status (*clear)(void* ctx, cdr_str id, cdr_error*);\n#if CDR_TARGET_MINOR >= 1\n"
        "    cdr_status (*list)(void* ctx, cdr_buf* out_json, cdr_error*);\n#endif\n",
        {}};
    const auto [found, words] = look_at(copy_of_header(folder.path(), growth));
    EXPECT_TRUE(found.empty()) << words;
}

TEST(Border, KeepsWhatItPromised) {
    const auto [found, words] = look_at(fs::path(SDK) / "include");
    EXPECT_TRUE(found.empty()) << words;
}

/// A host of 1.0 in C, which knows nothing of what came later.
TEST(OldHost, RunsAPluginThatWasBuiltTodayForIt) {
    const support::Finished old =
        support::run_program({OLD_HOST, {fs::path(PLUGINS) / "thermometer/thermometer.so", "strange"}});
    EXPECT_EQ(old.code, 0) << old.output << old.errors;
    EXPECT_NE(old.output.find("ingest.put_json thermometer.mood k1"), std::string::npos) << old.output;
    EXPECT_NE(old.output.find("status 202 handle_http -> 0 noted"), std::string::npos) << old.output;
    EXPECT_NE(old.output.find("import_piece -> 5 this plugin imports nothing"), std::string::npos)
        << old.output;
}

TEST(OldHost, RefusesAPluginThatNeedsMore) {
    const support::Finished old =
        support::run_program({OLD_HOST, {fs::path(FIXTURES) / "servant/servant.so"}});
    EXPECT_EQ(old.code, 1);
    EXPECT_EQ(old.output, "refused: needs 1.1, this host is 1.0\n");
}

/// A plugin brings its own compiler; what it includes has to be C++20 for each of them and for each target.
TEST(TheCppLayer, IsReadByBothCompilersForEveryTarget) {
    const support::TempDir folder;
    const fs::path unit = folder.path() / "unit.cpp";
    std::ofstream(unit) << "#include <candour/plugin.hpp>\n#include <candour/measure.hpp>\n"
                           "#include <candour/tally.hpp>\n";
    for (const char* compiler : {"/usr/bin/g++", "/usr/bin/clang++"})
        for (const char* minor : {"0", "1"}) {
            const support::Finished read =
                support::run_program({compiler,
                                      {"-std=c++20", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                                       std::string("-I") + SDK + "/include",
                                       std::string("-DCDR_TARGET_MINOR=") + minor, unit.string()}});
            EXPECT_EQ(read.code, 0) << compiler << " for 1." << minor << ": " << read.errors;
        }
}

}  // namespace
}  // namespace candour::sdk
