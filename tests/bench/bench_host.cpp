#include "bench/bench_host.hpp"

#include <unistd.h>

#include <boost/json.hpp>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "crypto/digest.hpp"
#include "support/free_port.hpp"

namespace candour::bench {
namespace {

constexpr int kPeople = 200;
/// 32 bytes; the configuration has them in hexadecimal.
const std::string kKey(32, '\x5a');

std::string survey() {
    return R"({"id":"bench","from":"Bench","languages":{"en":{"question":"How likely are you to recommend us?"}}})";
}

core::Instant a_moment_ago() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()) -
           std::chrono::seconds(30);
}

}  // namespace

BenchHost::BenchHost(const std::filesystem::path& build, const std::string& database_url,
                     const std::string& sections)
    : build_(std::filesystem::absolute(build)),
      scratch_("bench"),
      database_(database_url.empty() ? "sqlite:" + (scratch_ / "candour.db").string() : database_url),
      guard_(std::make_unique<http::FormGuard>(std::vector<std::string>{kKey})) {
    make(sections);
    start();
    post("/api/v1/surveys", survey(), "application/json");
    std::string contacts = "account_ref,name,email\n";
    for (int i = 0; i < kPeople; ++i)
        contacts += "B1,Person " + std::to_string(i) + ",p" + std::to_string(i) + "@bench.example\n";
    post("/api/v1/imports/accounts", "ref,name\nB1,Bench\n", "text/csv");
    post("/api/v1/imports/contacts", contacts, "text/csv");
}

void BenchHost::make(const std::string& sections) {
    const std::string port = std::to_string(support::free_port());
    url_ = "http://127.0.0.1:" + port;
    std::ofstream(scratch_ / "candour.toml")
        << "database = \"" << database_ << "\"\ntest = true\n[server]\nlisten = \"127.0.0.1:" << port
        << "\"\n[links]\nkeys = [\"" << crypto::to_hex(kKey) << "\"]\n[plugins]\nfolder = \""
        << (build_ / "plugins").string() << "\"\n"
        << sections;
    candour({"migrate"});
    candour({"token", "create", "--name", "bench", "--save"});
    std::ifstream(scratch_ / "token") >> token_;
}

void BenchHost::start() {
    process_ = std::make_unique<support::Process>(
        support::Launch{.program = build_ / "bin/candour",
                        .arguments = {"--config", (scratch_ / "candour.toml").string(), "serve"}});
    if (!process_->wait_for("Candour serves"))
        throw std::runtime_error("the host did not start: " + process_->errors());
}

std::string BenchHost::candour(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"--config", (scratch_ / "candour.toml").string()});
    const support::Finished finished =
        support::run_program({.program = build_ / "bin/candour", .arguments = arguments});
    if (finished.code != 0) throw std::runtime_error("candour " + arguments[2] + ": " + finished.errors);
    return finished.output;
}

http::ClientAnswer BenchHost::call(const http::ClientRequest& request) const {
    const Result<http::Client> client = http::Client::at(url_, {.bearer_token = token_});
    Result<http::ClientAnswer> answer =
        client ? client->send(request) : Result<http::ClientAnswer>(client.error());
    if (!answer) throw std::runtime_error(request.target + ": " + answer.error().message);
    if (!answer->ok()) throw std::runtime_error(request.target + ": " + answer->body);
    return std::move(*answer);
}

http::ClientAnswer BenchHost::post(const std::string& target, const std::string& body,
                                   const std::string& type) const {
    return call({http::Method::post, target, body, type, {}});
}

/// The press that a page would have carried half a minute ago.
std::string BenchHost::press(const std::string& subject) const {
    const std::string html = guard_->form_fields("answer", subject, a_moment_ago());
    const std::size_t name = html.find("value=\"") + 7;
    return html.substr(name, html.find('"', name) - name);
}

std::vector<std::string> BenchHost::open_answers(std::size_t count) const {
    std::vector<std::string> requests;
    const std::string path = "/c/surveys/bench";
    for (std::size_t i = 0; i < count; ++i)
        requests.push_back(path + " nonce=" + press(path) + "&topic_code=&a=9&why=");
    return requests;
}

std::vector<std::string> BenchHost::personal_answers(std::size_t count) {
    for (int i = static_cast<int>(links_.size()); i < kPeople; ++i) {
        const http::ClientAnswer answer =
            post("/api/v1/surveys/bench/links",
                 R"({"contact":"p)" + std::to_string(i) + R"(@bench.example"})", "application/json");
        const boost::json::object link = boost::json::parse(answer.body).as_object();
        const std::string url(link.at("url").as_string());
        links_.push_back(url.substr(url.find("/s/")));
        messages_.emplace_back(link.at("message").as_string());
    }
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t who = i % links_.size();
        const bool unhappy = who % 10 == 0;
        requests.push_back(links_[who] + " nonce=" + press(messages_[who]) +
                           "&topic_code=&a=" + (unhappy ? "3&why=Too+slow+on+Mondays." : "9&why="));
    }
    return requests;
}

double BenchHost::cpu_seconds() const {
    std::ifstream stat("/proc/" + std::to_string(process_->pid()) + "/stat");
    std::string line;
    std::getline(stat, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string field;
    double user = 0, system = 0;
    for (int i = 3; i < 14; ++i) fields >> field;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace candour::bench
