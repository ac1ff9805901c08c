/// A campaign as the real host sends it, every step of every mail durable, beside Postfix's smtp-source,
/// which keeps nothing: into the same smtp-sink, with mails of the same size over as many connections.
///     campaign_sending [BUILD] [MAILS]
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <thread>

#include "bench/bench_host.hpp"
#include "edge/store/session.hpp"
#include "support/eventually.hpp"
#include "support/free_port.hpp"
#include "support/mail/program.hpp"
#include "support/postgres_server.hpp"

namespace candour::bench {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr const char* kConnections = "10";
constexpr auto kSendingPatience = 10min;

/// Takes every mail and forgets it.
class Sink {
 public:
    Sink() : process_({.program = "/usr/sbin/smtp-sink", .arguments = arguments(port_)}) {}
    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
    static std::vector<std::string> arguments(std::uint16_t port) {
        std::vector<std::string> words;
        if (::getuid() == 0) words = {"-u", "nobody"};  // it refuses to stay root
        words.insert(words.end(), {"127.0.0.1:" + std::to_string(port), "128"});
        return words;
    }

    std::uint16_t port_ = support::free_port();
    support::Process process_;
};

long long number(store::Session& session, const std::string& sql) {
    long long value = 0;
    session.raw() << sql, soci::into(value);
    return value;
}

struct Sent {
    double per_second = 0;
    long long size = 0;
    double cpu = 0;  ///< seconds of one core
};

/// A hundred people in each domain: as many as the host sends to one at once.
std::string people(int mails) {
    std::string contacts = "account_ref,name,email\n";
    for (int i = 0; i < mails; ++i) {
        const std::string account = std::to_string(i / 100), person = std::to_string(i);
        contacts += "W" + account + ",Person " + person + ",w" + person + "@wave-" + account + ".example\n";
    }
    return contacts;
}

std::string accounts(int mails) {
    std::string rows = "ref,name,segment\n";
    for (int i = 0; i * 100 < mails; ++i)
        rows += "W" + std::to_string(i) + ",Wave " + std::to_string(i) + ",reliable\n";
    return rows;
}

/// From the first mail to the last, by the instants on their receipts.
Sent send_campaign(const std::filesystem::path& build, const std::string& database, const Sink& sink,
                   int mails) {
    const BenchHost host(build, database,
                         "[mail]\nrelay = \"" + sink.address() + "\"\ntls = \"off\"\nsessions = " +
                             kConnections + "\nfrom = \"loop@bench.example\"\n");
    host.post("/api/v1/imports/accounts", accounts(mails), "text/csv");
    host.post("/api/v1/imports/contacts", people(mails), "text/csv");
    store::Session session(*store::Target::parse(host.database()));
    const double before = host.cpu_seconds();
    host.post("/api/v1/campaigns", R"({"plugin":"relationship_nps","audience":{"segments":["reliable"]}})",
              "application/json");
    const std::string handed_over = " FROM messages WHERE kind = 'invitation' AND handed_over_at > 0";
    const auto patience = steady_clock::now() + kSendingPatience;
    while (number(session, "SELECT COUNT(1)" + handed_over) < mails) {
        if (steady_clock::now() > patience) throw std::runtime_error("the campaign did not end");
        std::this_thread::sleep_for(200ms);  // allowed: looking more often would be part of what is measured
    }
    const double seconds = static_cast<double>(number(
                               session, "SELECT MAX(handed_over_at) - MIN(handed_over_at)" + handed_over)) /
                           1e6;
    return {mails / seconds,
            number(session,
                   "SELECT CAST(AVG(LENGTH(c.content) + COALESCE(LENGTH(s.text), 0)) AS BIGINT) FROM "
                   "message_copies c "
                   "LEFT JOIN shared_letters s ON s.id = c.shared_id"),
            host.cpu_seconds() - before};
}

double send_bare(const Sink& sink, int mails, long long size, bool keeps_connections) {
    std::vector<std::string> arguments{"-s", kConnections,         "-m",          std::to_string(mails),
                                       "-l", std::to_string(size), "-f",          "loop@bench.example",
                                       "-t", "w@wave.example",     sink.address()};
    if (keeps_connections) arguments.insert(arguments.begin(), "-d");
    const auto begin = steady_clock::now();
    const support::Finished done =
        support::run_program({.program = "/usr/sbin/smtp-source", .arguments = arguments}, kSendingPatience);
    if (done.code != 0) throw std::runtime_error("smtp-source: " + done.errors);
    return mails / std::chrono::duration<double>(steady_clock::now() - begin).count();
}

void compare(const char* name, const std::filesystem::path& build, const std::string& database, int mails) {
    const Sink sink;
    if (!support::eventually([&] { return support::accepts_connections(sink.port()); }))
        throw std::runtime_error("smtp-sink did not start");
    const Sent ours = send_campaign(build, database, sink, mails);
    const double fresh = send_bare(sink, mails, ours.size, false),
                 kept = send_bare(sink, mails, ours.size, true);
    std::printf(
        "  %-12s %7.0f/s (%.0f us of CPU each)   smtp-source %7.0f/s, ratio %.2f (goal 0.70); with kept "
        "connections "
        "%7.0f/s, ratio %.2f\n",
        name, ours.per_second, ours.cpu / mails * 1e6, fresh, ours.per_second / fresh, kept,
        ours.per_second / kept);
}

}  // namespace
}  // namespace candour::bench

int main(int count, char** arguments) {
    using namespace candour;
    const std::filesystem::path build = count > 1 ? arguments[1] : "build";
    const int mails = count > 2 ? std::atoi(arguments[2]) : 20'000;
    try {
        std::printf("%d mails over %s connections into smtp-sink:\n", mails, bench::kConnections);
        bench::compare("SQLite", build, "", mails);
        const support::PostgresServer server({.durable = true});
        bench::compare("PostgreSQL", build, server.url(), mails);
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "campaign_sending: %s\n", failure.what());
        return 1;
    }
}
