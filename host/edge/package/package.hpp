/// A .cdrpkg: a plugin in one file, with the digest of each part and who signed the digests.
///
///     manifest.json          as the plugin's folder has it
///     acme_sms.so            the library that the manifest names
///     …                      further files: README.md, LICENSE, schemas/…
///     SHA256SUMS             "<64 hex digits>  <name>\n" for each file above, by name
///     SHA256SUMS.sig         "ed25519 <public key> <signature>\n", both in base64; absent when unsigned
///
/// The SHA-256 of SHA256SUMS is the package's digest: the same parts are the same package, whoever signs it.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "edge/package/archive.hpp"
#include "edge/package/trust.hpp"
#include "edge/plugin/manifest.hpp"

namespace candour::package {

struct Signer {
    std::string fingerprint;  ///< empty: nobody signed it
    std::string name;         ///< empty: nobody whom we trust
    bool trusted() const { return !name.empty(); }
};

/// Read and checked: every part is what SHA256SUMS says.
struct Package {
    std::string digest;  ///< 64 hexadecimal digits
    std::vector<ArchivedFile> files;
    Signer signer;

    const std::string* file(std::string_view name) const;
};

/// Everything in `folder` with a plain name. An empty key leaves it unsigned. Errors: those of the manifest,
/// invalid (the library is none for this machine, a file that cannot be packed).
Result<std::string> pack(const std::filesystem::path& folder, std::string_view secret_pem);

/// Errors: corrupt (cut off, tampered with, a signature that does not fit), invalid (what has no place in a
/// package).
Result<Package> open_package(std::string_view bytes, const TrustRoots& roots);

/// Whether the installation takes it at all. Errors: denied.
Done admit(const Package& package, Unsigned policy);

/// A shelf of unpacked packages: one folder per digest, written once, never changed.
class Shelf {
 public:
    explicit Shelf(std::filesystem::path root) : root_(std::move(root)) {}

    /// The folder of the package. What lies there already is compared byte by byte. Errors: unavailable
    /// (cannot be written), corrupt (somebody changed it).
    Result<std::filesystem::path> put(const Package& package) const;
    /// What the package is: its manifest, and its library looked at without loading it. Errors: of both.
    Result<plugin::Manifest> inspect(const Package& package) const;

 private:
    std::filesystem::path root_;
};

}  // namespace candour::package
