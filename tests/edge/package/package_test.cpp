#include "edge/package/package.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "edge/package/library_file.hpp"
#include "support/temp_dir.hpp"

using namespace candour;
using namespace candour::package;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// A folder as an author has it, whose parts a test may spoil, and whom we trust.
class Packages : public testing::Test {
 protected:
    Packages() {
        fs::create_directories(trust_);
        fs::copy(GOOD, folder_);
        std::ofstream(trust_ / "acme.pub") << key_.public_pem;
    }
    std::string packed() { return *pack(folder_, key_.secret_pem); }
    Result<Package> opened(const std::string& bytes) {
        return open_package(bytes, *TrustRoots::read(trust_));
    }
    /// The package with one part replaced, added or (with nothing) left out; digests and signature stay.
    std::string with(const std::string& name, const std::string& bytes) {
        std::vector<ArchivedFile> files = *read_tar(packed());
        std::erase_if(files, [&](const ArchivedFile& file) { return file.name == name; });
        if (!bytes.empty()) files.push_back({name, bytes});
        return *write_tar(files);
    }
    void spoil(const std::string& from, const std::string& to) {
        std::string manifest = content(folder_ / "manifest.json");
        const std::size_t at = manifest.find(from);
        ASSERT_NE(at, std::string::npos);
        std::ofstream(folder_ / "manifest.json") << manifest.replace(at, from.size(), to);
    }

    support::TempDir desk_{"package"};
    fs::path folder_ = desk_ / "good", trust_ = desk_ / "trust";
    crypto::KeyPair key_ = crypto::new_key_pair();
    Shelf shelf_{desk_ / "shelf"};
};

std::string raw_tar(const std::function<void(archive*, archive_entry*)>& add) {
    std::string buffer(64 * 1024, '\0');
    std::size_t used = 0;
    archive* tar = archive_write_new();
    archive_write_set_format_pax_restricted(tar);
    archive_write_open_memory(tar, buffer.data(), buffer.size(), &used);
    archive_entry* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    add(tar, entry);
    archive_entry_free(entry);
    archive_write_close(tar);
    archive_write_free(tar);
    return buffer.substr(0, used);
}

std::string tar_with_name(const char* name) {
    return raw_tar([name](archive* tar, archive_entry* entry) {
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, 1);
        archive_write_header(tar, entry);
        archive_write_data(tar, "x", 1);
    });
}

}  // namespace

TEST_F(Packages, HoldWhatWasPackedAndSayWhoSignedIt) {
    const Result<Package> package = opened(packed());
    ASSERT_TRUE(package) << package.error().message;
    EXPECT_EQ(package->signer.name, "acme");
    EXPECT_EQ(package->digest.size(), 64u);
    EXPECT_EQ(*package->file("good.so"), content(folder_ / "good.so"));
    const auto manifest = shelf_.inspect(*package);
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_EQ(manifest->id, "good");
    EXPECT_TRUE(admit(*package, Unsigned::refuse));
}

TEST_F(Packages, AreTheSameBytesEachTime) {
    EXPECT_EQ(packed(), packed());
}

TEST_F(Packages, OfTheSamePartsAreTheSameWhoeverSignsThem) {
    const std::string other = *pack(folder_, crypto::new_key_pair().secret_pem);
    EXPECT_EQ(opened(packed())->digest, opened(other)->digest);
}

TEST_F(Packages, CutOffAnywhereAreRefused) {
    const std::string whole = packed();
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{511}, std::size_t{700},
                                     whole.size() / 2, whole.size() - 1'300})
        EXPECT_FALSE(opened(whole.substr(0, length))) << length;
}

TEST_F(Packages, WithoutTheirSignatureAreThoseOfAStranger) {
    const Result<Package> stripped = opened(with("SHA256SUMS.sig", ""));
    ASSERT_TRUE(stripped);
    EXPECT_FALSE(stripped->signer.trusted());
    EXPECT_FALSE(admit(*stripped, Unsigned::refuse));
}

TEST_F(Packages, ThatAreSomethingElseAreRefused) {
    EXPECT_THAT(opened("PK\x03\x04 a zip").error().message, HasSubstr("no tar archive"));
    EXPECT_EQ(opened(std::string(4096, 'x')).error().code, ErrorCode::corrupt);
}

TEST_F(Packages, WithAChangedPartNameIt) {
    const Result<Package> changed = opened(with("good.so", content(folder_ / "good.so") + "!"));
    ASSERT_FALSE(changed);
    EXPECT_THAT(changed.error().message, HasSubstr("good.so is not what was packed"));
    EXPECT_THAT(opened(with("more.txt", "smuggled")).error().message, HasSubstr("more.txt"));
    EXPECT_THAT(opened(with("manifest.json", "")).error().message, HasSubstr("manifest.json"));
    EXPECT_THAT(opened(with("SHA256SUMS", "")).error().message, HasSubstr("expected SHA256SUMS"));
}

TEST_F(Packages, SignedOverOtherDigestsAreCalledTampered) {
    const std::string honest = content(folder_ / "manifest.json");
    const std::string signature = *opened(packed())->file("SHA256SUMS.sig");
    std::ofstream(folder_ / "manifest.json") << honest + "\n";
    const std::string unsigned_package = *pack(folder_, "");
    std::vector<ArchivedFile> files = *read_tar(unsigned_package);
    files.push_back({"SHA256SUMS.sig", signature});
    EXPECT_THAT(opened(*write_tar(files)).error().message, HasSubstr("changed it after it was signed"));
}

TEST_F(Packages, WithABrokenSignatureAreRefused) {
    EXPECT_THAT(opened(with("SHA256SUMS.sig", "ed25519 AAAA BBBB\n")).error().message,
                HasSubstr("expected \"ed25519 KEY"));
    EXPECT_THAT(opened(with("SHA256SUMS.sig", "trust me")).error().message, HasSubstr("something else"));
}

TEST_F(Packages, OfStrangersFollowThePolicy) {
    const Result<Package> unsigned_package = opened(*pack(folder_, ""));
    const Result<Package> stranger = opened(*pack(folder_, crypto::new_key_pair().secret_pem));
    ASSERT_TRUE(unsigned_package && stranger);
    EXPECT_TRUE(unsigned_package->signer.fingerprint.empty());
    EXPECT_FALSE(stranger->signer.trusted());
    EXPECT_THAT(admit(*unsigned_package, Unsigned::refuse).error().message,
                HasSubstr("nobody signed this package"));
    EXPECT_THAT(admit(*stranger, Unsigned::refuse).error().message, HasSubstr("not among the trusted ones"));
    EXPECT_TRUE(admit(*stranger, Unsigned::worker_only));
    EXPECT_TRUE(admit(*unsigned_package, Unsigned::allow));
}

TEST(Trust, RefusesAFileThatIsNoKey) {
    const support::TempDir folder{"trust"};
    std::ofstream(folder / "acme.pub") << "hello";
    const auto roots = TrustRoots::read(folder.path());
    ASSERT_FALSE(roots);
    EXPECT_THAT(roots.error().message, HasSubstr("acme.pub: expected an Ed25519 key"));
}

struct BadName {
    const char* what;
    const char* name;
};
class PathsInPackages : public testing::TestWithParam<BadName> {};

TEST_P(PathsInPackages, NeverLeadElsewhere) {
    const Result<std::vector<ArchivedFile>> files = read_tar(tar_with_name(GetParam().name));
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error().code, ErrorCode::invalid);
}
INSTANTIATE_TEST_SUITE_P(, PathsInPackages,
                         testing::Values(BadName{"upwards", "../evil.so"},
                                         BadName{"absolute", "/etc/cron.d/evil"},
                                         BadName{"upwards_within", "schemas/../../evil"},
                                         BadName{"hidden", ".bashrc"},
                                         BadName{"hidden_folder", "a/.git/config"}, BadName{"double", "a//b"},
                                         BadName{"escape", "a\x1b[2J"}, BadName{"backslash", "..\\evil"}),
                         [](const auto& name) { return std::string(name.param.what); });

TEST(Archive, TakesPlainFilesOnly) {
    const std::string link = raw_tar([](archive* tar, archive_entry* entry) {
        archive_entry_set_pathname(entry, "manifest.json");
        archive_entry_set_filetype(entry, AE_IFLNK);
        archive_entry_set_symlink(entry, "/etc/passwd");
        archive_write_header(tar, entry);
    });
    EXPECT_THAT(read_tar(link).error().message, HasSubstr("no plain file"));
    const std::string hard = raw_tar([](archive* tar, archive_entry* entry) {
        archive_entry_set_pathname(entry, "manifest.json");
        archive_entry_set_hardlink(entry, "/etc/passwd");
        archive_write_header(tar, entry);
    });
    EXPECT_THAT(read_tar(hard).error().message, HasSubstr("no plain file"));
}

TEST(Archive, TakesEachNameOnce) {
    const std::string twice = raw_tar([](archive* tar, archive_entry* entry) {
        for (int i = 0; i < 2; ++i) {
            archive_entry_set_pathname(entry, "manifest.json");
            archive_entry_set_size(entry, 1);
            archive_write_header(tar, entry);
            archive_write_data(tar, "x", 1);
        }
    });
    EXPECT_THAT(read_tar(twice).error().message, HasSubstr("twice"));
}

TEST_F(Packages, ForAnotherMachineSayWhichOne) {
    std::string library = content(folder_ / "good.so");
    library[18] = 40;  // e_machine: 32-bit ARM
    library[19] = 0;
    std::ofstream(folder_ / "good.so", std::ios::binary) << library;
    const auto refused = pack(folder_, "");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("built for machine 40, this host runs on"));
}

TEST_F(Packages, WithATruncatedLibraryAreNotPacked) {
    const std::string library = content(folder_ / "good.so");
    std::ofstream(folder_ / "good.so", std::ios::binary) << library.substr(0, library.size() / 2);
    EXPECT_THAT(pack(folder_, "").error().message, HasSubstr("cut off"));
    std::ofstream(folder_ / "good.so", std::ios::binary) << "#!/bin/sh\n";
    EXPECT_THAT(pack(folder_, "").error().message, HasSubstr("expected a shared library"));
}

TEST_F(Packages, ForAnotherAbiSayWhichOne) {
    spoil("\"major\": 1", "\"major\": 7");
    EXPECT_THAT(pack(folder_, "").error().message, HasSubstr("the plugin needs 7.0"));
}

TEST_F(Packages, AreUnpackedOnceAndNeverBelievedBlindly) {
    const Package package = *opened(packed());
    const auto first = shelf_.put(package), again = shelf_.put(package);
    ASSERT_TRUE(first && again);
    EXPECT_EQ(*first, *again);
    std::ofstream(*first / "manifest.json", std::ios::app) << " ";
    const auto changed = shelf_.put(package);
    ASSERT_FALSE(changed);
    EXPECT_THAT(changed.error().message, HasSubstr("was changed after it was unpacked"));
}

TEST(LibraryFiles, SayWhatTheyAre) {
    const auto library = read_library(content(fs::path(GOOD) / "good.so"), "good.so");
    ASSERT_TRUE(library);
    EXPECT_EQ(library->machine, this_machine());
    EXPECT_THAT(library->exported, ElementsAre("candour_plugin_v1"));
    EXPECT_THAT(library->unique, testing::IsEmpty());
    EXPECT_THAT(library->needed, Contains("libc.so.6"));
    EXPECT_THAT(library->newest_glibc(), HasSubstr("GLIBC_2."));
    EXPECT_TRUE(library->shared && library->relro && library->bind_now);
    EXPECT_FALSE(library->text_relocations || library->executable_stack);
}

TEST(Signatures, FitOneKeyAndOneText) {
    const crypto::KeyPair key = crypto::new_key_pair(), other = crypto::new_key_pair();
    const std::string signature = *crypto::sign(key.secret_pem, "text");
    EXPECT_TRUE(crypto::is_signed_by(*crypto::public_key_in(key.public_pem), "text", signature));
    EXPECT_FALSE(crypto::is_signed_by(*crypto::public_key_in(key.public_pem), "Text", signature));
    EXPECT_FALSE(crypto::is_signed_by(*crypto::public_key_in(other.secret_pem), "text", signature));
    EXPECT_FALSE(crypto::sign(key.public_pem, "text"));
    EXPECT_FALSE(crypto::sign("no key", "text"));
}

/// Vector 2 of RFC 8032, section 7.1.
TEST(Signatures, AreThoseOfTheStandard) {
    const std::string key =
        crypto::from_hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const std::string signature = crypto::from_hex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(crypto::is_signed_by(key, std::string("\x72", 1), signature));
    EXPECT_FALSE(crypto::is_signed_by(key, std::string("\x73", 1), signature));
}
