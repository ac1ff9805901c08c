/// Secrets by name, from files that not everybody may read.
#include "app/secrets.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "support/temp_dir.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;

class Secret : public testing::Test {
 protected:
    void TearDown() override { unsetenv("CREDENTIALS_DIRECTORY"); }
    void write(const fs::path& file, const std::string& text, fs::perms mode = fs::perms::owner_read) const {
        std::ofstream(file, std::ios::binary) << text;
        fs::permissions(file, mode | fs::perms::owner_write);
    }
    Result<std::string> read(const std::string& name) const { return read_secret(folder.path(), name); }
    support::TempDir folder;
};

TEST_F(Secret, IsTheTextOfItsFileWithoutTheLineEnd) {
    write(folder / "acme_key", "s3cr3t\n");
    EXPECT_EQ(*read("acme_key"), "s3cr3t");
    write(folder / "two_lines", "a\nb\r\n");
    EXPECT_EQ(*read("two_lines"), "a\nb");
}

TEST_F(Secret, IsRefusedWhenEverybodyMayReadIt) {
    write(folder / "open", "s3cr3t", fs::perms::others_read);
    const Result<std::string> refused = read("open");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::denied);
    EXPECT_EQ(refused.error().message.find("s3cr3t"), std::string::npos);
}

TEST_F(Secret, IsMissedWithItsPlace) {
    const Result<std::string> missing = read("nothing");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_NE(missing.error().message.find((folder / "nothing").string()), std::string::npos);
    fs::create_directory(folder / "directory");
    EXPECT_EQ(read("directory").error().code, ErrorCode::not_found);
}

TEST_F(Secret, IsAText) {
    write(folder / "empty", "\n");
    write(folder / "binary", std::string("a\0b", 3));
    write(folder / "large", std::string(70'000, 'x'));
    for (const char* name : {"empty", "binary", "large"})
        EXPECT_EQ(read(name).error().code, ErrorCode::invalid) << name;
}

TEST_F(Secret, MayBeACredentialOfTheService) {
    const support::TempDir credentials;
    write(credentials / "acme_key", "from systemd");
    write(folder / "acme_key", "from the folder");
    setenv("CREDENTIALS_DIRECTORY", credentials.path().c_str(), 1);
    EXPECT_EQ(*read("acme_key"), "from systemd");
    write(folder / "other", "from the folder");
    EXPECT_EQ(*read("other"), "from the folder");
}

}  // namespace
}  // namespace candour::app
