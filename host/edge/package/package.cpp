#include "edge/package/package.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "crypto/base64.hpp"
#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "edge/package/library_file.hpp"

namespace candour::package {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSums = "SHA256SUMS", kSignature = "SHA256SUMS.sig";

Error corrupt(const std::string& message) {
    return Error{ErrorCode::corrupt, message};
}

std::string sums_of(const std::vector<ArchivedFile>& files) {
    std::string text;
    for (const ArchivedFile& file : files)
        if (file.name != kSums && file.name != kSignature)
            text += crypto::to_hex(crypto::sha256(file.bytes)) + "  " + file.name + "\n";
    return text;
}

/// Where the two lists differ, in words.
std::string difference(const std::string& said, const std::string& found) {
    std::istringstream left(said), right(found);
    std::string a, b;
    while (std::getline(right, b))
        if (said.find(b + "\n") == std::string::npos) return b.substr(std::min(b.size(), std::size_t{66}));
    while (std::getline(left, a))
        if (found.find(a + "\n") == std::string::npos) return a.substr(std::min(a.size(), std::size_t{66}));
    return "the order of its parts";
}

Result<Signer> signer_of(const Package& package, const std::string& sums, const TrustRoots& roots) {
    const std::string* text = package.file(kSignature);
    if (text == nullptr) return Signer{};
    std::istringstream words(*text);
    std::string kind, key, signature;
    words >> kind >> key >> signature;
    const std::string public_key = crypto::from_base64(key);
    if (kind != "ed25519" || public_key.size() != 32)
        return corrupt("SHA256SUMS.sig: expected \"ed25519 KEY SIGNATURE\", found something else");
    if (!crypto::is_signed_by(public_key, sums, crypto::from_base64(signature)))
        return corrupt(
            "the signature does not fit the package: somebody changed it after it was signed by key " +
            fingerprint(public_key));
    return Signer{fingerprint(public_key), roots.name_of(public_key)};
}

Result<std::string> read_whole(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream && !stream.eof()) return Error{ErrorCode::unavailable, file.string() + ": cannot be read"};
    return bytes;
}

Result<std::vector<ArchivedFile>> files_below(const fs::path& folder) {
    std::vector<ArchivedFile> files;
    std::error_code ec;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, ec)) {
        if (entry.is_directory(ec) && !entry.is_symlink(ec)) continue;
        const std::string name = entry.path().lexically_relative(folder).generic_string();
        if (!entry.is_regular_file(ec) || entry.is_symlink(ec) || !is_plain_name(name))
            return Error{
                ErrorCode::invalid,
                entry.path().string() + ": expected plain files with names of letters, digits, ., _ and -"};
        if (name == kSums || name == kSignature) continue;
        Result<std::string> bytes = read_whole(entry.path());
        if (!bytes) return bytes.error();
        files.push_back({name, *std::move(bytes)});
    }
    std::ranges::sort(files, {}, &ArchivedFile::name);
    return files;
}

Done write_files(const fs::path& folder, const std::vector<ArchivedFile>& files) {
    for (const ArchivedFile& file : files) {
        std::error_code ec;
        fs::create_directories((folder / file.name).parent_path(), ec);
        std::ofstream stream(folder / file.name, std::ios::binary);
        stream << file.bytes;
        if (!stream.flush())
            return Error{ErrorCode::unavailable, (folder / file.name).string() + ": cannot be written"};
    }
    return done();
}

Done same_files(const fs::path& folder, const std::vector<ArchivedFile>& files) {
    for (const ArchivedFile& file : files) {
        const Result<std::string> bytes = read_whole(folder / file.name);
        if (!bytes || *bytes != file.bytes)
            return corrupt((folder / file.name).string() + " was changed after it was unpacked; remove " +
                           folder.string() + " and start again");
    }
    return done();
}

}  // namespace

const std::string* Package::file(std::string_view name) const {
    const auto found = std::ranges::find(files, name, &ArchivedFile::name);
    return found == files.end() ? nullptr : &found->bytes;
}

Result<std::string> pack(const fs::path& folder, std::string_view secret_pem) {
    const Result<plugin::Manifest> manifest = plugin::read_manifest(folder);
    if (!manifest) return manifest.error();
    Result<std::vector<ArchivedFile>> files = files_below(folder);
    if (!files) return files.error();
    const Result<std::string> library = read_whole(manifest->library);
    if (!library) return library.error();
    if (const Done usable = check_machine(*library, manifest->library.filename().string()); !usable)
        return usable.error();
    const std::string sums = sums_of(*files);
    files->push_back({std::string(kSums), sums});
    if (!secret_pem.empty()) {
        const Result<std::string> signature = crypto::sign(secret_pem, sums);
        const Result<std::string> key = crypto::public_key_in(secret_pem);
        if (!signature || !key) return signature ? key.error() : signature.error();
        files->push_back({std::string(kSignature),
                          "ed25519 " + crypto::to_base64(*key) + " " + crypto::to_base64(*signature) + "\n"});
    }
    return write_tar(*files);
}

Result<Package> open_package(std::string_view bytes, const TrustRoots& roots) {
    Result<std::vector<ArchivedFile>> files = read_tar(bytes);
    if (!files) return files.error();
    Package package;
    package.files = *std::move(files);
    std::ranges::sort(package.files, {}, &ArchivedFile::name);
    const std::string* sums = package.file(kSums);
    if (sums == nullptr) return corrupt("expected SHA256SUMS in the package, found none");
    const std::string found = sums_of(package.files);
    if (*sums != found)
        return corrupt("SHA256SUMS does not fit the package: " + difference(*sums, found) +
                       " is not what was packed");
    Result<Signer> signer = signer_of(package, *sums, roots);
    if (!signer) return signer.error();
    package.signer = *std::move(signer);
    package.digest = crypto::to_hex(crypto::sha256(*sums));
    return package;
}

Done admit(const Package& package, Unsigned policy) {
    if (package.signer.trusted() || policy != Unsigned::refuse) return done();
    const std::string who =
        package.signer.fingerprint.empty()
            ? "nobody signed this package"
            : "it is signed by key " + package.signer.fingerprint + ", which is not among the trusted ones";
    return Error{
        ErrorCode::denied,
        who +
            "; put the author's .pub into the folder plugins.trust, or set plugins.unsigned to worker-only"};
}

Result<fs::path> Shelf::put(const Package& package) const {
    const fs::path folder = root_ / package.digest;
    std::error_code ec;
    if (fs::exists(folder, ec)) {
        if (const Done same = same_files(folder, package.files); !same) return same.error();
        return folder;
    }
    // Complete or not there: the folder gets its name when everything is in it.
    const fs::path staging = root_ / (".new-" + crypto::to_hex(crypto::random_bytes(8)));
    fs::create_directories(staging, ec);
    if (ec) return Error{ErrorCode::unavailable, staging.string() + ": " + ec.message()};
    const Done written = write_files(staging, package.files);
    if (written) fs::rename(staging, folder, ec);
    if (!written || ec) fs::remove_all(staging);
    if (!written) return written.error();
    if (ec && !fs::exists(folder))
        return Error{ErrorCode::unavailable, folder.string() + ": " + ec.message()};
    return folder;
}

Result<plugin::Manifest> Shelf::inspect(const Package& package) const {
    const Result<fs::path> folder = put(package);
    if (!folder) return folder.error();
    Result<plugin::Manifest> manifest = plugin::read_manifest(*folder);
    if (!manifest) {
        // Nobody knows the folder of a package that is not installed.
        std::string message = manifest.error().message;
        for (std::size_t at; (at = message.find(folder->string() + "/")) != std::string::npos;)
            message.erase(at, folder->string().size() + 1);
        return Error{manifest.error().code, message};
    }
    const std::string name = manifest->library.filename().string();
    const std::string* library = package.file(name);
    if (library == nullptr)
        return corrupt("expected " + name + " in the package, as manifest.json says, found none");
    if (const Done usable = check_machine(*library, name); !usable) return usable.error();
    return manifest;
}

}  // namespace candour::package
