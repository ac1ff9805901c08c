/// How much of the host one caller, and all of them together, may take.
#pragma once
#include <string>
#include <vector>

namespace candour::app {

class Settings;

struct Limits {
    int token_per_minute = 6'000;     ///< requests; 0: as many as they like
    int address_per_minute = 12'000;  ///< of the API, from one address
    int pages_per_minute = 600;       ///< of customers, from one address
    int max_connections = 4'000;
    std::vector<std::string> proxies;  ///< their X-Forwarded-For says who asks
};

/// [limits], and of [server] the connections and proxies.
void read_limits(Settings& settings, Limits& limits);

/// Raises what the system allows this process to hold open to what these connections need beside the host's
/// own files. Returns what is wrong, or nothing.
std::string raise_open_files(int max_connections);

}  // namespace candour::app
