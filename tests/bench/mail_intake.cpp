/// Mails per second over LMTP, handed over by Postfix's smtp-source (10 sessions, 4 KB each): thrown away,
/// which is the protocol alone, and made durable in both databases. `mail_intake [MAILS] [ROUNDS]`.
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include "edge/mail/intake.hpp"
#include "edge/store/mails.hpp"
#include "edge/store/migrate.hpp"
#include "support/postgres_server.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::bench {
namespace {

core::Instant wall_clock() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// A server on a thread of its own for as long as it lives.
class Running {
 public:
    Running(boost::asio::io_context& io, mail::Receive receive)
        : io_(io), server_(io, {}, std::move(receive), [](std::string_view) {}) {
        if (const Done bound = server_.listen(); !bound) throw std::runtime_error(bound.error().message);
        server_.start();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Running() {
        io_.stop();
        thread_.join();
    }
    std::uint16_t port() const { return server_.port(); }

 private:
    boost::asio::io_context& io_;
    mail::LmtpServer server_;
    std::thread thread_;
};

double per_second(std::uint16_t port, const std::string& mails) {
    const auto begin = std::chrono::steady_clock::now();
    const support::Finished finished = support::run_program(
        {.program = "/usr/sbin/smtp-source",
         .arguments = {"-L", "-d", "-s", "10", "-m", mails, "-l", "4096", "-f", "ada@bench.example", "-t",
                       "reply@bench.example", "127.0.0.1:" + std::to_string(port)}},
        std::chrono::minutes(5));
    if (finished.code != 0) throw std::runtime_error("smtp-source: " + finished.errors);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return std::stod(mails) / took.count();
}

void report(const char* what, boost::asio::io_context& io, mail::Receive receive, const std::string& mails,
            int rounds, const char* goal) {
    const Running server(io, std::move(receive));
    std::vector<double> rates;
    for (int i = 0; i < rounds; ++i) rates.push_back(per_second(server.port(), mails));
    std::sort(rates.begin(), rates.end());
    std::printf("  %-28s %8.0f/s   (%.0f..%.0f)   %s\n", what, rates[rates.size() / 2], rates.front(),
                rates.back(), goal);
}

void report_durable(const char* what, const std::string& url, const std::string& mails, int rounds) {
    const Result<store::Target> target = store::Target::parse(url);
    if (!target) throw std::runtime_error(target.error().message);
    if (const auto migrated = store::migrate(*target, wall_clock()); !migrated)
        throw std::runtime_error(migrated.error().message);
    boost::asio::io_context io(1);
    store::Database database(io, *target);
    store::Mails shelf(database, std::make_shared<const core::Policies>(), 0);
    report(
        what, io, [&](flow::ArrivedMail mail) { return shelf.receive(std::move(mail), wall_clock()); }, mails,
        rounds, "");
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const std::string mails = count > 1 ? arguments[1] : "20000";
    const int rounds = count > 2 ? std::atoi(arguments[2]) : 5;
    try {
        std::printf("Mails over LMTP, %s of 4 KB in 10 sessions, medians of %d:\n", mails.c_str(), rounds);
        {
            boost::asio::io_context io(1);
            const auto forget = [](flow::ArrivedMail) -> flow::Task<Done> { co_return done(); };
            bench::report("taken and thrown away", io, forget, mails, rounds, "goal 10000/s");
        }
        {
            const support::TempDir folder("bench");
            bench::report_durable("durable in SQLite", "sqlite:" + (folder / "candour.db").string(), mails,
                                  rounds);
        }
        const support::PostgresServer server({.durable = true});
        bench::report_durable("durable in PostgreSQL", server.url(), mails, rounds);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "mail_intake: %s\n", failure.what());
        return 1;
    }
}
