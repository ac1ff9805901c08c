/// The two Debian packages, made, unpacked into a folder of their own, and used from there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "author/workshop.hpp"

using namespace candour;
using testing::AllOf;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

/// Made once: it takes a while to compress them.
class DebianPackages : public testing::Test {
 protected:
    static void SetUpTestSuite() {
        root_ = new support::TempDir{"debian"};
        const support::Finished made =
            support::run_program({CPACK,
                                  {"--config", std::string(BUILD) + "/CPackConfig.cmake", "-G", "DEB", "-B",
                                   (*root_ / "made").string()}},
                                 author::kPatience);
        ASSERT_EQ(made.code, 0) << made.output << made.errors;
        for (const auto& entry : fs::directory_iterator(*root_ / "made")) {
            if (entry.path().extension() != ".deb") continue;
            const bool dev = entry.path().filename().string().starts_with("candour-plugin-dev_");
            (dev ? dev_ : host_) = entry.path();
            ASSERT_EQ(
                support::run_program({"dpkg", {"-x", entry.path().string(), (*root_ / "root").string()}})
                    .code,
                0);
        }
    }
    static void TearDownTestSuite() { delete root_; }

    static std::string field(const fs::path& package, const char* name) {
        return support::run_program({"dpkg-deb", {"-f", package.string(), name}}).output;
    }
    static fs::path usr() { return *root_ / "root/usr"; }
    static support::Finished candour(std::vector<std::string> arguments) {
        support::Launch launch{usr() / "bin/candour", std::move(arguments)};
        launch.directory = root_->path();
        launch.environment["CANDOUR_CONFIG"] = "";
        return support::run_program(launch);
    }

    static support::TempDir* root_;
    static fs::path host_, dev_;
};
support::TempDir* DebianPackages::root_ = nullptr;
fs::path DebianPackages::host_, DebianPackages::dev_;

}  // namespace

TEST_F(DebianPackages, AreTwoAndNeedEachOther) {
    EXPECT_EQ(field(host_, "Package"), "candour\n");
    EXPECT_THAT(field(host_, "Depends"),
                AllOf(HasSubstr("libssl3"), HasSubstr("libsqlite3-0"), HasSubstr("tzdata")));
    EXPECT_EQ(field(dev_, "Package"), "candour-plugin-dev\n");
    EXPECT_EQ(field(dev_, "Architecture"), "all\n");
    EXPECT_THAT(field(dev_, "Depends"), HasSubstr("candour (>= "));
}

TEST_F(DebianPackages, BringAProgramThatFindsItsPlugins) {
    EXPECT_THAT(candour({"version"}).output, HasSubstr("candour "));
    std::ofstream(*root_ / "mail.eml")
        << "From: ada@example.org\r\nSubject: Re: Hello\r\n\r\nThank you, it works.\r\n";
    const support::Finished explained = candour({"mail", "explain", "mail.eml"});
    EXPECT_EQ(explained.code, 0) << explained.errors;
    EXPECT_THAT(explained.output, HasSubstr("Thank you, it works."));
}

TEST_F(DebianPackages, BringAHostThatCanBeSetUp) {
    ASSERT_EQ(candour({"init", "--dir", "etc"}).code, 0);
    const std::string config = (*root_ / "etc/candour.toml").string();
    std::ofstream(config, std::ios::app)
        << "\n[plugins]\npackages = \"/var/lib/candour/packages\"\n";  // as postinst does
    EXPECT_EQ(candour({"--config", config, "migrate"}).code, 0);
    const support::Finished checked = candour({"--config", config, "config", "check"});
    EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
}

TEST_F(DebianPackages, BringTheSdkAndItsTool) {
    const author::Workshop desk;
    ASSERT_EQ(desk.run((usr() / "bin/candour").string(),
                       {"plugin", "new", "acme", "--role", "metric", "--lang", "c"})
                  .code,
              0);
    const support::Finished configured = desk.run(
        CMAKE, {"-S", "acme", "-B", "build", "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + usr().string()});
    ASSERT_EQ(configured.code, 0) << configured.errors;
    const support::Finished built = desk.run(CMAKE, {"--build", "build"});
    ASSERT_EQ(built.code, 0) << built.output;
    const support::Finished tested = desk.run(CTEST, {"--test-dir", "build", "--output-on-failure"});
    EXPECT_EQ(tested.code, 0) << tested.output;
    EXPECT_THAT(tested.output, HasSubstr("acme.validate")) << "the tool was not found beside the SDK";
}

TEST_F(DebianPackages, BringAServiceThatIsFencedIn) {
    const fs::path unit = usr() / "lib/systemd/system/candour.service";
    std::ifstream stream(unit);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    EXPECT_THAT(text, AllOf(HasSubstr("NoNewPrivileges=yes"), HasSubstr("ProtectSystem=strict"),
                            HasSubstr("User=candour")));
    for (const char* script : {"postinst", "prerm"}) {
        const support::Finished info = support::run_program({"dpkg-deb", {"-I", host_.string(), script}});
        std::ofstream(*root_ / script) << info.output;
        EXPECT_EQ(support::run_program({"sh", {"-n", (*root_ / script).string()}}).code, 0) << script;
    }
}
