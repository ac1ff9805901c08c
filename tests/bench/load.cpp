#include "bench/load.hpp"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "support/process.hpp"

namespace candour::bench {
namespace {

/// One thread, so that requests are taken from one list in order. Should the list end, what follows counts as
/// refused.
constexpr const char* kScript = R"lua(
local requests, at, noop = {}, 0, nil
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
local refused = 0
function init(args)
  for line in io.lines(args[1]) do
    local path, body = line:match("^(%S+) (.*)$")
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
  noop = wrk.format("POST", "/noop", headers, string.rep("x", 100))
end
function request()
  if #requests == 0 then return noop end
  at = at + 1
  return requests[at] or wrk.format("POST", "/the-list-is-over", headers, "")
end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %f %f\n", summary.requests, summary.errors.status, summary.duration,
                         latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
)lua";

}  // namespace

Measured run_wrk(const Load& load, const std::filesystem::path& scratch) {
    const std::filesystem::path script = scratch / "load.lua", list = scratch / "requests.txt";
    std::ofstream(script) << kScript;
    {
        std::ofstream out(list);
        for (const std::string& request : load.requests) out << request << "\n";
    }
    const support::Finished finished =
        support::run_program({.program = "wrk",
                              .arguments = {"-t1", "-c64", "-d" + std::to_string(load.seconds) + "s", "-s",
                                            script.string(), load.url, "--", list.string()}},
                             std::chrono::minutes(2));
    const std::size_t line = finished.output.find("RESULT ");
    long requests = 0, errors = 0, duration = 0;
    Measured measured;
    if (line == std::string::npos ||
        std::sscanf(finished.output.c_str() + line, "RESULT %ld %ld %ld %lf %lf", &requests, &errors,
                    &duration, &measured.p50_ms, &measured.p99_ms) != 5)
        throw std::runtime_error("wrk: " + finished.output + finished.errors);
    measured.refused = errors;
    measured.answered = requests - errors;
    measured.per_second = static_cast<double>(measured.answered) / (static_cast<double>(duration) / 1e6);
    return measured;
}

}  // namespace candour::bench
