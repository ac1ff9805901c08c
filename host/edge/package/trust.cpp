#include "edge/package/trust.hpp"

#include <fstream>
#include <iterator>

#include "crypto/digest.hpp"
#include "crypto/signature.hpp"

namespace candour::package {

namespace fs = std::filesystem;

Result<Unsigned> unsigned_policy(std::string_view text) {
    for (const Unsigned policy : {Unsigned::refuse, Unsigned::worker_only, Unsigned::allow})
        if (to_text(policy) == text) return policy;
    return Error{ErrorCode::invalid,
                 "expected refuse, worker-only or allow, found \"" + std::string(text) + "\""};
}

std::string_view to_text(Unsigned policy) {
    if (policy == Unsigned::refuse) return "refuse";
    return policy == Unsigned::allow ? "allow" : "worker-only";
}

Result<TrustRoots> TrustRoots::read(const fs::path& folder) {
    TrustRoots roots;
    std::error_code ec;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ec)) {
        if (entry.path().extension() != ".pub") continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string pem{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
        const Result<std::string> key = crypto::public_key_in(pem);
        if (!key) return Error{ErrorCode::invalid, entry.path().string() + ": " + key.error().message};
        roots.names_.emplace(*key, entry.path().stem().string());
    }
    return roots;
}

std::string TrustRoots::name_of(std::string_view public_key) const {
    const auto found = names_.find(public_key);
    return found == names_.end() ? std::string() : found->second;
}

std::string fingerprint(std::string_view public_key) {
    return crypto::to_hex(crypto::sha256(public_key)).substr(0, 16);
}

}  // namespace candour::package
