#include "journeys/house.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "support/mail/program.hpp"
#include "support/postgres.hpp"

namespace candour::journeys {
namespace {

/// On top of what `candour init` writes. Three of the five segments want something else of the evidence.
constexpr const char* kSections = R"(
[segments.edge]
minimum_evidence = "confirmed"

[segments.opportunity]
accept_recorded = false
)";

void replace(std::string& text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("the configuration that init writes lacks " + from);
    text.replace(at, from.size(), to);
}

}  // namespace

House::House(Kind kind) : kind_(kind), port_(support::free_port()), clock_(folder_ / "clock") {
    database_ = kind == Kind::sqlite ? "sqlite:" + (folder_ / "candour.db").string()
                                     : support::Postgres::fresh_database();
    command({"init", "--dir", folder_.path().string(), "--database", database_});
    first_config_ = support::contents(config());
    write_config();
    command({"migrate"});
    command({"token", "create", "--name", "journey", "--teammate", "priya@halden.example", "--teammate-name",
             "Priya Raman", "--save"});
    token_ = support::contents(folder_ / "token");
    token_.pop_back();
}

House::House(Beside beside)
    : kind_(beside.first.kind_),
      database_(beside.first.database_),
      first_config_(beside.first.first_config_),
      token_(beside.first.token_),
      port_(support::free_port()),
      relay_(beside.first.relay_),
      clock_(folder_ / "clock"),
      now_(beside.first.now_) {
    std::filesystem::copy_file(beside.first.folder_ / "token", folder_ / "token");
    write_config();
}

void House::write_config() const {
    std::string text = first_config_;
    replace(text, "database = ", "test = true\ndatabase = ");
    replace(text, "127.0.0.1:8080", "127.0.0.1:" + std::to_string(port_));
    replace(text, "Our company", "Halden Systems");
    text += kSections;
    if (!certificate_.empty())
        text += "\n[server.tls]\ncertificate = \"" + certificate_ + "\"\nkey = \"" + key_ + "\"\n";
    if (relay_ != 0)
        text += "\n[mail]\nrelay = \"127.0.0.1:" + std::to_string(relay_) +
                "\"\ntls = \"off\"\nfrom = \"loop@halden.example\"\nfrom_name = \"Halden Systems\"\n";
    if (intake_ != 0)
        text += "\n[mail.intake]\nlmtp = \"127.0.0.1:" + std::to_string(intake_) +
                "\"\naddress = \"reply@feedback.example\"\n";
    std::ofstream(config(), std::ios::binary | std::ios::trunc) << text;
}

void House::start(const std::vector<std::string>& options) {
    for (int tries = 0; tries < 3; ++tries) {
        write_config();
        if (launch(options)) {
            url_ = (certificate_.empty() ? "http" : "https") + std::string("://127.0.0.1:") +
                   std::to_string(port_);
            if (now_.count() == 0)
                now_ = clock_.now();
            else
                clock_.set(now_);
            return;
        }
        if (!url_.empty() || host_->errors().find("in use") == std::string::npos) break;
        port_ = support::free_port();  // somebody was faster
    }
    throw std::runtime_error("the host did not start: " + host_->errors() + host_->output());
}

bool House::launch(const std::vector<std::string>& options) {
    std::vector<std::string> arguments{"--config", config().string(), "serve", "--test-clock",
                                       (folder_ / "clock").string()};
    // The same stories with every plugin elsewhere.
    const char* mode = std::getenv("CANDOUR_PLUGIN_MODE");
    if (mode != nullptr && std::find(options.begin(), options.end(), "--plugin-mode") == options.end())
        arguments.insert(arguments.end(), {"--plugin-mode", mode});
    arguments.insert(arguments.end(), options.begin(), options.end());
    host_ = std::make_unique<support::Process>(
        support::Launch{.program = CANDOUR_PROGRAM, .arguments = arguments});
    return host_->wait_for("Candour serves");
}

int House::stop() {
    host_->signal(SIGTERM);
    return host_->wait().value_or(-1);
}

void House::kill() {
    host_->signal(SIGKILL);
    host_->wait();
}

support::Finished House::run(std::vector<std::string> arguments, const std::string& input) const {
    arguments.insert(arguments.begin(), {"--config", config().string()});
    return support::run_program(
        {.program = CANDOUR_PROGRAM, .arguments = std::move(arguments), .input = input});
}

std::string House::command(std::vector<std::string> arguments, const std::string& input) const {
    std::string line = "candour";
    for (const std::string& argument : arguments) line += " " + argument;
    support::Finished finished = run(std::move(arguments), input);
    if (finished.code != 0)
        throw std::runtime_error(line + " ended with " + std::to_string(finished.code) + ": " +
                                 finished.errors + finished.output);
    return std::move(finished.output);
}

boost::json::value House::json(std::vector<std::string> arguments, const std::string& input) const {
    arguments.push_back("--json");
    return boost::json::parse(command(std::move(arguments), input));
}

void House::advance(std::chrono::microseconds by) {
    clock_.advance(by);
    now_ += by;
}

std::string House::date(int days) const {
    const auto today =
        std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::microseconds>{now_});
    const std::chrono::year_month_day date{today + std::chrono::days{days}};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

}  // namespace candour::journeys
