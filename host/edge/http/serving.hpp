/// What all connections of one server share. One thread, so plain members.
#pragma once
#include <chrono>
#include <string>

#include "edge/http/security_headers.hpp"
#include "edge/http/server.hpp"

namespace candour::http {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Serving {
    const Router& router;
    ServerOptions options;
    StyleHashes styles;
    Counters counters;
    std::string date;  ///< for the Date header, at most one tick old
    SteadyTime
        now;  ///< of the last tick: reading the clock for each request would cost more than it is worth
    std::chrono::milliseconds tick{1000};
    bool draining = false;

    /// `now` may be a tick old; adding one keeps every promise of "not before".
    SteadyTime in(std::chrono::milliseconds patience) const { return now + tick + patience; }
    void report(std::string_view sentence) const {
        if (options.report) options.report(sentence);
    }
};

}  // namespace candour::http
