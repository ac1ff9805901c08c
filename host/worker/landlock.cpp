#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "worker/sandbox.hpp"

namespace candour::worker {

namespace {

/// Every right of the first version of the interface, and those that came later: Debian 12's header knows
/// two.
constexpr std::uint64_t kFirstRights = (std::uint64_t{1} << 13U) - 1;
constexpr std::uint64_t kRefer = std::uint64_t{1} << 13U, kTruncate = std::uint64_t{1} << 14U;
constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE, kReadFolder = LANDLOCK_ACCESS_FS_READ_DIR;

Error landlock_refused(const std::string& what) {
    return Error{ErrorCode::internal, "landlock: " + what + ": " + std::strerror(errno)};
}

std::uint64_t rights_of(long version) {
    return kFirstRights | (version >= 2 ? kRefer : 0) | (version >= 3 ? kTruncate : 0);
}

/// What is not there needs no permission.
Done allow(int rules, const std::string& path) {
    const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (fd < 0) return done();
    struct stat about {};
    const bool is_folder = fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
    const landlock_path_beneath_attr rule{is_folder ? kReadFile | kReadFolder : kReadFile, fd};
    const long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    const Done outcome = added == 0 ? done() : Done(landlock_refused(path + " cannot be allowed"));
    close(fd);
    return outcome;
}

}  // namespace

Result<bool> allow_only_reading(const std::vector<std::string>& readable) {
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return false;
    const landlock_ruleset_attr handled{rights_of(version)};
    const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0) return landlock_refused("no rules can be made");
    for (const std::string& path : readable)
        if (const Done allowed = allow(rules, path); !allowed) return allowed.error();
    const long restricted = syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    if (restricted != 0) return landlock_refused("the rules cannot be applied");
    return true;
}

}  // namespace candour::worker
