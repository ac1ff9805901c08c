/// The process of a worker, from its first instruction to its last.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

#include "candour/result.hpp"
#include "remote/lane.hpp"

namespace candour::plugin {

/// The caller closes both descriptors.
struct WorkerProcess {
    pid_t pid = -1;
    int pidfd = -1;
    int socket = -1;
};

/// It inherits its end of the socket and both lanes, and nothing else of ours. Errors: unavailable.
Result<WorkerProcess> start_worker(const std::filesystem::path& program, const remote::Lane& to,
                                   const remote::Lane& from);

/// SIGKILL by descriptor: no other process can be meant.
void kill_worker(int pidfd);

/// Waits for its end, which must be near. In words for a person.
std::string reap_worker(int pidfd);

}  // namespace candour::plugin
