/// Whose packages this installation takes: public keys in a folder, one file per signer.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "candour/result.hpp"

namespace candour::package {

/// What happens to a package that nobody whom we trust signed.
enum class Unsigned : std::uint8_t { refuse, worker_only, allow };

/// "refuse", "worker-only", "allow". Errors: invalid.
Result<Unsigned> unsigned_policy(std::string_view text);
std::string_view to_text(Unsigned policy);

class TrustRoots {
 public:
    /// Each *.pub below `folder`; the file's name is the signer's. A folder that is not there trusts nobody.
    /// Errors: invalid (a file that is no key: an installation should not believe less than it seems to).
    static Result<TrustRoots> read(const std::filesystem::path& folder);

    /// Empty when the key is not among ours.
    std::string name_of(std::string_view public_key) const;
    bool empty() const { return names_.empty(); }

 private:
    std::map<std::string, std::string, std::less<>> names_;
};

/// What people compare on the telephone: the first 16 hexadecimal digits of the key's SHA-256.
std::string fingerprint(std::string_view public_key);

}  // namespace candour::package
