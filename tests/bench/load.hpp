/// wrk as a customer crowd: 64 keep-alive connections, every request with a press of its own.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace candour::bench {

struct Load {
    std::string url;  ///< http://127.0.0.1:PORT
    std::vector<std::string>
        requests;  ///< "path body", each sent once; empty: a no-op POST to /noop for ever
    int seconds = 3;
};

struct Measured {
    double per_second = 0;  ///< answers with 2xx
    double p50_ms = 0, p99_ms = 0;
    std::int64_t refused = 0;  ///< answers with anything else
    std::int64_t answered = 0;
};

/// Throws runtime_error when wrk cannot be run.
Measured run_wrk(const Load& load, const std::filesystem::path& scratch);

}  // namespace candour::bench
