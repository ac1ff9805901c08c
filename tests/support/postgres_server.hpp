/// A PostgreSQL of the tests' own: made in a temporary directory, on a free port of the loopback, never the
/// system's.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "support/process.hpp"
#include "support/temp_dir.hpp"
#include "support/watchdog.hpp"

namespace candour::support {

class PostgresServer final {
 public:
    struct Settings {
        bool durable =
            false;  ///< fsync and full_page_writes as in production; benchmarks need it, tests need speed
        int max_connections = 200;
    };

    /// Makes and starts a cluster, as an unprivileged user when we are root. Throws runtime_error with the
    /// reason.
    explicit PostgresServer(Settings settings);
    ~PostgresServer();
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;

    /// `postgresql://candour@127.0.0.1:PORT/NAME`; stays the same across restarts.
    std::string url(std::string_view database = "postgres") const;
    /// One administrative statement in database `postgres`. Throws runtime_error with the server's message.
    void execute(const std::string& sql) const;

    /// Starts it again after `stop` or `kill`; wakes it after `freeze`; nothing when it runs.
    void start();
    /// Fast shutdown: sessions are ended, transactions rolled back.
    void stop();
    /// SIGKILL to the postmaster and every backend at once, as if the machine were gone.
    void kill();
    /// SIGSTOP to all of them: the port still accepts (the kernel does), and nobody ever answers.
    void freeze();
    void thaw();

 private:
    void make_cluster();
    bool launch();
    std::vector<pid_t> all() const;

    Settings settings_;
    std::string user_;
    TempDir directory_;
    Watchdog watchdog_;
    std::uint16_t port_ = 0;
    bool frozen_ = false;
    std::unique_ptr<Process> postmaster_;
};

}  // namespace candour::support
