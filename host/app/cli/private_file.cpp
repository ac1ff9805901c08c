#include "app/cli/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace candour::app::cli {
namespace {

Error write_failure(const std::filesystem::path& file) {
    const ErrorCode code = errno == EEXIST   ? ErrorCode::conflict
                           : errno == EACCES ? ErrorCode::denied
                                             : ErrorCode::invalid;
    return {code, file.string() + ": cannot be written: " + std::system_category().message(errno)};
}

}  // namespace

Done write_private(const std::filesystem::path& file, std::string_view content) {
    const int target = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (target < 0) return write_failure(file);
    bool written = true;
    while (written && !content.empty()) {
        const ssize_t count = ::write(target, content.data(), content.size());
        written = count > 0 || (count < 0 && errno == EINTR);
        if (count > 0) content.remove_prefix(static_cast<std::size_t>(count));
    }
    written = written && fsync(target) == 0;
    const Error why = write_failure(file);
    close(target);
    if (written) return done();
    unlink(file.c_str());
    return why;
}

Done replace_private(const std::filesystem::path& file, std::string_view content) {
    const std::filesystem::path beside = file.string() + ".new";
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    if (Done written = write_private(beside, content); !written) return written;
    if (rename(beside.c_str(), file.c_str()) == 0) return done();
    return write_failure(file);
}

}  // namespace candour::app::cli
