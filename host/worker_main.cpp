#include <fcntl.h>

#include <cstdio>

#include "worker/guest.hpp"

/// Started by the host with a socket and two pieces of shared memory; useless by hand.
int main() {
    if (fcntl(candour::remote::kSocketFd, F_GETFD) < 0 ||
        fcntl(candour::remote::kLaneToHostFd, F_GETFD) < 0) {
        std::fputs(
            "candour-worker: the process in which `candour serve` runs a plugin; it is started by the host "
            "alone.\nTo choose which plugins run in one: candour serve --help, plugins.isolation\n",
            stderr);
        return 2;
    }
    // What waits in a plugin at the end is not unwound.
    auto& guest = *new candour::worker::Guest;
    guest.run();
}
