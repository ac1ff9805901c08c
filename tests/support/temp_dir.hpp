/// A directory of a test's own, gone when the test is.
#pragma once
#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace candour::support {

class TempDir final {
 public:
    explicit TempDir(std::string_view purpose = "test") {
        std::string name = std::filesystem::temp_directory_path() / "candour-";
        name.append(purpose).append("-XXXXXX");
        if (mkdtemp(name.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), "temporary directory " + name);
        path_ = name;
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
    std::filesystem::path path_;
};

}  // namespace candour::support
