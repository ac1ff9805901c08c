/// A host of one test: a folder, a configuration, a database and a clock of its own, and the program that
/// others run.
#pragma once
#include <boost/json/value.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "journeys/test_clock.hpp"
#include "support/free_port.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace candour::journeys {

enum class Kind { sqlite, postgresql };

class House {
 public:
    /// Initialised and migrated by the program itself; not started.
    explicit House(Kind kind);

    struct Beside {
        const House& first;
    };
    /// A second host on the database of the first one, which has been started; not started itself.
    explicit House(Beside beside);

    /// Where mail goes from the next start on; without one it waits in the outbox.
    void use_relay(std::uint16_t port) { relay_ = port; }

    /// From the next start on the host speaks TLS, with these files.
    void use_tls(std::string certificate, std::string key) {
        certificate_ = std::move(certificate);
        key_ = std::move(key);
    }

    /// From the next start on mail comes in as well, at an address of the domain feedback.example.
    void take_mail_in() { intake_ = support::free_port(); }
    std::uint16_t intake() const { return intake_; }

    /// Returns when the host serves. The clock goes on where it stood, also after a crash.
    void start(const std::vector<std::string>& options = {});
    /// SIGTERM; returns the exit code.
    int stop();
    /// SIGKILL to the host alone.
    void kill();
    support::Process& host() { return *host_; }

    /// Runs a command to its end, whatever comes of it.
    support::Finished run(std::vector<std::string> arguments, const std::string& input = {}) const;
    /// Runs a command that has to succeed and returns what it said. Throws runtime_error with its errors.
    std::string command(std::vector<std::string> arguments, const std::string& input = {}) const;
    /// The same with --json.
    boost::json::value json(std::vector<std::string> arguments, const std::string& input = {}) const;

    std::chrono::microseconds now() const { return now_; }
    void advance(std::chrono::microseconds by);
    /// The civil date (UTC) so many days from now.
    std::string date(int days) const;

    const std::string& url() const { return url_; }
    const std::string& token() const { return token_; }
    const std::string& database() const { return database_; }
    Kind kind() const { return kind_; }
    std::filesystem::path folder() const { return folder_.path(); }
    std::filesystem::path config() const { return folder_ / "candour.toml"; }
    std::uint16_t port() const { return port_; }

 private:
    void write_config() const;
    bool launch(const std::vector<std::string>& options);

    Kind kind_;
    support::TempDir folder_{"house"};
    std::string database_, first_config_, token_, url_, certificate_, key_;
    std::uint16_t port_ = 0, relay_ = 0, intake_ = 0;
    TestClock clock_;
    std::chrono::microseconds now_{};
    std::unique_ptr<support::Process> host_;
};

}  // namespace candour::journeys
