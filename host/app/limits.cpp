#include "app/limits.hpp"

#include <sys/resource.h>

#include <boost/asio/ip/address.hpp>

#include "app/settings.hpp"

namespace candour::app {
namespace {

/// Database sessions, plugins, mail, logs, and what the libraries open for themselves.
constexpr rlim_t kOwnFiles = 256;
constexpr std::int64_t kMostPerMinute = 10'000'000;
constexpr std::int64_t kMostConnections = 1'000'000;

void read_count(Settings& settings, const std::string& key, std::int64_t lowest, std::int64_t highest,
                int& into) {
    std::int64_t count = into;
    settings.number(key, lowest, highest, count);
    into = static_cast<int>(count);
}

}  // namespace

void read_limits(Settings& settings, Limits& limits) {
    read_count(settings, "limits.token_per_minute", 0, kMostPerMinute, limits.token_per_minute);
    read_count(settings, "limits.address_per_minute", 0, kMostPerMinute, limits.address_per_minute);
    read_count(settings, "limits.pages_per_minute", 0, kMostPerMinute, limits.pages_per_minute);
    read_count(settings, "server.max_connections", 10, kMostConnections, limits.max_connections);
    settings.texts("server.proxies", limits.proxies);
    for (const std::string& proxy : limits.proxies) {
        boost::system::error_code no_address;
        boost::asio::ip::make_address(proxy, no_address);
        if (no_address)
            settings.problem("server.proxies",
                             "expected IP addresses such as [\"127.0.0.1\"], found \"" + proxy + "\"");
    }
}

std::string raise_open_files(int max_connections) {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return "cannot ask how many files this process may open";
    const rlim_t wanted = static_cast<rlim_t>(max_connections) + kOwnFiles;
    if (files.rlim_cur >= wanted) return "";
    const rlim_t possible = files.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, files.rlim_max);
    const rlimit raised{possible, files.rlim_max};
    const bool done = setrlimit(RLIMIT_NOFILE, &raised) == 0;
    if (done && possible == wanted) return "";
    return "server.max_connections: " + std::to_string(max_connections) + " connections need " +
           std::to_string(wanted) + " open files, and the system allows " +
           std::to_string(done ? possible : files.rlim_cur) +
           "; raise LimitNOFILE of the service (ulimit -n), or lower max_connections";
}

}  // namespace candour::app
