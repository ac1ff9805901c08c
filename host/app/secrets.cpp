#include "app/secrets.hpp"

#include <cstdlib>
#include <fstream>

#include "core/feedback/text.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;

/// A key or a certificate; a larger file is something else.
constexpr std::uintmax_t kLongest = 64 * 1024;

fs::path place_of(const fs::path& folder, const std::string& name) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    std::error_code ignored;
    if (credentials != nullptr && fs::is_regular_file(fs::path(credentials) / name, ignored))
        return fs::path(credentials) / name;
    return folder / name;
}

}  // namespace

Result<std::string> read_secret(const fs::path& folder, std::string_view name) {
    const fs::path file = place_of(folder, std::string(name));
    std::error_code failed;
    const fs::file_status status = fs::status(file, failed);
    if (failed || !fs::is_regular_file(status))
        return Error{ErrorCode::not_found, "expected the secret " + std::string(name) + " in " +
                                               file.string() + ", found no such file"};
    constexpr fs::perms others = fs::perms::others_all;
    if ((status.permissions() & others) != fs::perms::none)
        return Error{ErrorCode::denied,
                     file.string() + ": everybody on this machine may read it; chmod o= mends that"};
    std::ifstream in(file, std::ios::binary);
    std::string text(kLongest + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (text.ends_with('\n')) text.pop_back();
    if (text.ends_with('\r')) text.pop_back();
    if (text.empty() || text.size() > kLongest)
        return Error{ErrorCode::invalid,
                     file.string() + ": expected a text of up to 64 KiB that can be read"};
    if (!core::check_text("secret", text, kLongest))
        return Error{ErrorCode::invalid, file.string() + ": expected UTF-8 without NUL"};
    return text;
}

}  // namespace candour::app
