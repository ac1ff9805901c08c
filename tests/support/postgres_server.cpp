#include "support/postgres_server.hpp"

#include <libpq-fe.h>
#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "support/free_port.hpp"

namespace candour::support {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrograms = "/usr/lib/postgresql/15/bin";

/// PostgreSQL refuses to run as root.
std::string unprivileged_user() {
    if (geteuid() != 0) return {};
    return getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

/// Woken and asked to end at once first (it then frees its shared memory), killed when it does not listen.
std::string clean_up(const fs::path& directory) {
    return "dir='" + directory.string() + R"('
pid=$(head -n 1 "$dir/data/postmaster.pid" 2>/dev/null) && [ -n "$pid" ] && {
  kill -CONT "$pid"; for child in $(cat /proc/"$pid"/task/*/children); do kill -CONT "$child"; done
  kill -QUIT "$pid"
  tries=0
  while kill -0 "$pid" && [ $tries -lt 50 ]; do tries=$((tries + 1)); sleep 0.1; done
  kill -KILL "$pid"
}
rm -rf "$dir")";
}

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};

bool answers(const std::string& url) {
    return PQping((url + "?connect_timeout=2").c_str()) == PQPING_OK;
}

}  // namespace

PostgresServer::PostgresServer(Settings settings)
    : settings_(settings),
      user_(unprivileged_user()),
      directory_("postgres"),
      watchdog_(clean_up(directory_.path())) {
    if (!fs::exists(fs::path(kPrograms) / "postgres"))
        throw std::runtime_error("PostgreSQL was expected in " + std::string(kPrograms) +
                                 "; tests/run installs it (Debian package postgresql-15)");
    make_cluster();
    start();
}

PostgresServer::~PostgresServer() {
    try {
        stop();
    } catch (const std::exception&) {
        kill();
    }
}

void PostgresServer::make_cluster() {
    if (!user_.empty()) {
        const passwd* user = getpwnam(user_.c_str());
        if (chown(directory_.path().c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error(directory_.path().string() + " cannot be given to user " + user_);
    }
    Launch initdb{.program = fs::path(kPrograms) / "initdb", .directory = directory_.path(), .user = user_};
    initdb.arguments = {"--pgdata=" + (directory_ / "data").string(), "--username=candour", "--auth=trust",
                        "--encoding=UTF8", "--locale=C.UTF-8"};
    if (!settings_.durable) initdb.arguments.push_back("--no-sync");
    const Finished made = run_program(initdb, std::chrono::seconds{120});
    if (made.code != 0) throw std::runtime_error("initdb failed:\n" + made.output + made.errors);
    std::ofstream configuration(directory_ / "data" / "postgresql.conf", std::ios::app);
    configuration << "listen_addresses = '127.0.0.1'\nunix_socket_directories = '"
                  << directory_.path().string() << "'\nmax_connections = " << settings_.max_connections
                  << "\nshared_buffers = 64MB\ntimezone = 'UTC'\nautovacuum_naptime = 10min\n";
    if (!settings_.durable) configuration << "fsync = off\nfull_page_writes = off\n";
    if (!configuration.flush()) throw std::runtime_error("postgresql.conf cannot be written");
}

std::string PostgresServer::url(std::string_view database) const {
    return "postgresql://candour@127.0.0.1:" + std::to_string(port_) + "/" + std::string(database);
}

void PostgresServer::execute(const std::string& sql) const {
    const Connection connection(PQconnectdb(url().c_str()));
    if (PQstatus(connection.get()) != CONNECTION_OK)
        throw std::runtime_error(std::string("PostgreSQL of the tests: ") + PQerrorMessage(connection.get()));
    const auto silent = [](void*, const char*) {};
    PQsetNoticeProcessor(connection.get(), silent, nullptr);
    const std::unique_ptr<PGresult, ClearResult> result(PQexec(connection.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
}

void PostgresServer::start() {
    if (frozen_) thaw();
    if (postmaster_ && postmaster_->running()) return;
    constexpr int tries = 5;  // another program may take the port between our look and PostgreSQL's bind
    const bool first = port_ == 0;
    for (int left = tries; left > 0; --left) {
        if (first) port_ = free_port();
        if (launch()) return;
    }
    throw std::runtime_error("PostgreSQL did not start:\n" + postmaster_->output() + postmaster_->errors());
}

bool PostgresServer::launch() {
    Launch postgres{
        .program = fs::path(kPrograms) / "postgres", .directory = directory_.path(), .user = user_};
    postgres.arguments = {"-D", (directory_ / "data").string(), "-p", std::to_string(port_)};
    postgres.dies_with_parent = 0;  // the watchdog ends it more gently, and whichever thread started it
    postmaster_ = std::make_unique<Process>(postgres);
    eventually([&] { return !postmaster_->running() || answers(url()); }, std::chrono::seconds{60});
    return postmaster_->running() && answers(url());
}

void PostgresServer::stop() {
    if (frozen_) thaw();
    if (!postmaster_ || !postmaster_->running()) return;
    postmaster_->signal(SIGINT);
    if (!postmaster_->wait(std::chrono::seconds{60})) throw std::runtime_error("PostgreSQL does not stop");
}

std::vector<pid_t> PostgresServer::all() const {
    std::vector<pid_t> processes = children_of(postmaster_->pid());
    processes.push_back(postmaster_->pid());
    return processes;
}

void PostgresServer::kill() {
    frozen_ = false;
    if (!postmaster_ || !postmaster_->running()) return;
    postmaster_->signal(SIGSTOP);  // it must not start a backend between our look and our blow
    const std::vector<pid_t> doomed = all();
    for (const pid_t pid : doomed) ::kill(pid, SIGKILL);
    postmaster_->wait();
    // Who still lives still holds the shared memory, and the next start would be refused.
    eventually([&] { return std::none_of(doomed.begin(), doomed.end(), alive); });
}

void PostgresServer::freeze() {
    if (!postmaster_ || !postmaster_->running())
        throw std::runtime_error("PostgreSQL does not run: nothing to freeze");
    postmaster_->signal(SIGSTOP);
    for (const pid_t pid : all()) ::kill(pid, SIGSTOP);
    frozen_ = true;
}

void PostgresServer::thaw() {
    if (!frozen_) return;
    for (const pid_t pid : all()) ::kill(pid, SIGCONT);
    frozen_ = false;
}

}  // namespace candour::support
