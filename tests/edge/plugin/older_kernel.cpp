// Starts the worker as on a kernel that lacks what this program's name says: "without_landlock",
// "without_seccomp".
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace {

bool lacks(std::string_view layer) {
    const auto filter = seccomp_init(SCMP_ACT_ALLOW);
    const auto deny = [&](int error, int call, auto... condition) {
        return seccomp_rule_add(filter, SCMP_ACT_ERRNO(static_cast<unsigned>(error)), call,
                                sizeof...(condition), condition...) == 0;
    };
    const bool listed = layer == "landlock"
                            ? deny(ENOSYS, SCMP_SYS(landlock_create_ruleset))
                            : deny(EINVAL, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_SECCOMP));
    return listed && seccomp_load(filter) == 0;
}

}  // namespace

int main(int, char** argv) {
    const std::string_view name(argv[0]);
    const std::size_t from = name.rfind("without_");
    if (from == name.npos || !lacks(name.substr(from + 8))) return 2;
    execv(CANDOUR_WORKER, argv);
    return 3;
}
