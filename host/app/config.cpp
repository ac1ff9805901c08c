#include "app/config.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/addresses.hpp"
#include "app/config_keys.hpp"
#include "app/environment.hpp"
#include "app/intake_settings.hpp"
#include "app/plugin_settings.hpp"
#include "app/settings.hpp"
#include "app/sign_in_settings.hpp"
#include "app/tls_settings.hpp"
#include "core/feedback/text.hpp"
#include "crypto/digest.hpp"
#include "edge/store/target.hpp"
#include "zone/civil.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;

/// 128 bits of guessing are out of reach; twice that is what `init` writes.
constexpr std::size_t kLeastKeyBytes = 16;
constexpr std::int64_t kLongestDays = 3'650;

constexpr std::string_view kSegmentKeys[] = {"hear_days", "decide_days",      "change_days",
                                             "tell_days", "minimum_evidence", "accept_recorded"};
/// The languages that the host's own mails and pages are written in.
constexpr std::string_view kLanguages[] = {"en", "de", "fr", "es"};

std::string first_line(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

fs::path program_folder() {
    std::error_code unknown;
    const fs::path program = fs::read_symlink("/proc/self/exe", unknown);
    return unknown ? fs::current_path() : program.parent_path();
}

template <class Enum, std::size_t N>
std::string names_of(const core::NameTable<Enum, N>& table) {
    std::string all;
    for (const auto& [key, name] : table) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

/// One method per section; each says everything that is wrong with its own.
class Reading {
 public:
    Reading(ReadConfig& result, const ConfigOverrides& overrides)
        : config_(result.config),
          problems_(result.problems),
          overrides_(overrides),
          settings_(result.problems) {}

    void run() {
        settings_.read(config_.file);
        if (!problems_.empty()) return;
        settings_.refuse_unknown(config_keys());
        settings_.flag("test", config_.test);
        read_database();
        read_tls(settings_, beside_file("."), config_);
        read_server();
        read_limits(settings_, config_.limits);
        read_keys();
        read_organisation();
        read_asking();
        read_segments();
        read_sign_in(settings_, beside_file("."), config_);
        read_plugins(settings_, beside_file("."), config_);
        read_mail();
        read_intake(settings_, beside_file("."), config_);
        std::ranges::stable_sort(problems_, {}, &ConfigProblem::line);
    }

 private:
    template <class Enum, std::size_t N>
    void choice(const std::string& key, const core::NameTable<Enum, N>& table, Enum& into) {
        std::string text;
        settings_.text(key, text);
        if (text.empty()) return;
        if (const auto value = core::value_of(table, text))
            into = *value;
        else
            settings_.problem(key, "expected one of " + names_of(table) + "; found \"" + text + "\"");
    }
    void line(const std::string& key, std::string& into) {
        settings_.text(key, into);
        if (const Done sound = core::check_text(key, into, core::kMaxLine); !sound)
            settings_.problem(key, sound.error().message.substr(key.size() + 2));
    }
    fs::path beside_file(const fs::path& path) const {
        return fs::absolute(config_.file).parent_path() / path;
    }

    void read_database();
    void read_server();
    void read_keys();
    void read_organisation();
    void read_asking();
    void read_days(const std::string& key, std::chrono::days& into);
    void read_segments();
    void read_mail();
    void read_relay();
    void read_mail_auth();

    Config& config_;
    std::vector<ConfigProblem>& problems_;
    const ConfigOverrides& overrides_;
    Settings settings_;
};

void Reading::read_database() {
    settings_.text("database", config_.database);
    bool from_file = true;
    for (const std::string& other :
         {from_environment("CANDOUR_DATABASE"), overrides_.database.value_or("")}) {
        if (other.empty()) continue;
        config_.database = other;
        from_file = false;
    }
    if (config_.database.empty())
        return settings_.problem("database",
                                 "expected sqlite:PATH or postgresql://USER@HOST/NAME, found nothing");
    const Result<store::Target> target = store::Target::parse(config_.database);
    if (!target) {
        const std::string what = target.error().message;
        return settings_.problem("database", what.substr(what.find(": ") + 2));
    }
    // A relative path is read where it is written: beside the file, or where the command was typed.
    if (target->dialect == store::Dialect::sqlite)
        config_.database =
            "sqlite:" + (from_file ? beside_file(target->path) : fs::absolute(target->path)).string();
}

void Reading::read_server() {
    std::string listen = "127.0.0.1:8080";
    settings_.text("server.listen", listen);
    if (const std::string other = from_environment("CANDOUR_LISTEN"); !other.empty()) listen = other;
    const auto endpoint = read_endpoint(listen, 0);
    boost::system::error_code no_address;
    const std::string host = endpoint && endpoint->host == "localhost" ? "127.0.0.1"
                             : endpoint                                ? endpoint->host
                                                                       : "";
    boost::asio::ip::make_address(host, no_address);
    if (no_address) {
        settings_.problem("server.listen",
                          "expected an address and a port such as 127.0.0.1:8080, found \"" + listen + "\"");
    } else {
        config_.address = host;
        config_.port = overrides_.port.value_or(endpoint->port);
    }
    std::string& url = config_.policies.public_url;
    line("server.public_url", url);
    if (const std::string other = from_environment("CANDOUR_PUBLIC_URL"); !other.empty()) url = other;
    while (url.ends_with('/')) url.pop_back();
    if (url.empty()) url = config_.own_url();
    if (!is_web_address(url))
        settings_.problem("server.public_url",
                          "expected an address such as https://feedback.example.com, found \"" + url + "\"");
}

void Reading::read_keys() {
    std::vector<std::string> keys;
    settings_.texts("links.keys", keys);
    if (const std::string other = from_environment("CANDOUR_SERVER_KEYS"); !other.empty()) {
        keys.clear();
        std::istringstream list(other);
        for (std::string key; std::getline(list, key, ',');) keys.push_back(key);
    }
    if (keys.empty())
        return settings_.problem("links.keys",
                                 "expected at least one key, found none; openssl rand -hex 32 makes one");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string bytes = crypto::from_hex(keys[i]);
        if (bytes.size() < kLeastKeyBytes)  // the key itself never stands in a message
            settings_.problem(
                "links.keys",
                "key " + std::to_string(i + 1) + ": expected " + std::to_string(2 * kLeastKeyBytes) +
                    " or more hexadecimal digits, found something else; openssl rand -hex 32 makes one");
        else
            config_.server_keys.push_back(bytes);
    }
}

void Reading::read_organisation() {
    core::Policies& policies = config_.policies;
    line("organisation.name", policies.organisation);
    line("organisation.address_line", policies.address_line);
    line("organisation.privacy_url", policies.privacy_url);
    line("organisation.zone", policies.zone);
    line("organisation.language", policies.language);
    line("organisation.default_owner", policies.default_owner);
    if (policies.organisation.empty())
        settings_.problem("organisation.name", "expected the name that customers know, found nothing");
    if (!policies.privacy_url.empty() && !is_web_address(policies.privacy_url))
        settings_.problem("organisation.privacy_url",
                          "expected an http or https address, found \"" + policies.privacy_url + "\"");
    if (!zone::known_zone(policies.zone))
        settings_.problem("organisation.zone", "expected an IANA time zone such as Europe/Berlin, found \"" +
                                                   policies.zone + "\"");
    if (std::ranges::find(kLanguages, policies.language) == std::end(kLanguages))
        settings_.problem("organisation.language",
                          "expected one of en, de, fr, es; found \"" + policies.language + "\"");
    if (!policies.default_owner.empty() && !is_mail_address(policies.default_owner))
        settings_.problem("organisation.default_owner",
                          "expected a teammate's e-mail address, found \"" + policies.default_owner + "\"");
    std::int64_t first_month = policies.fiscal_start_month;
    settings_.number("organisation.fiscal_start_month", 1, 12, first_month);
    policies.fiscal_start_month = static_cast<int>(first_month);
    std::int64_t undo = policies.undo.count();
    settings_.number("loop.undo_seconds", 0, 3'600, undo);
    policies.undo = std::chrono::seconds{undo};
    read_days("loop.escalate_days", policies.patience.escalate);
    read_days("loop.visibility_days", policies.patience.visibility);
    std::int64_t group = policies.group.count();
    settings_.number("team.group_minutes", 0, 1'440, group);
    policies.group = std::chrono::minutes{group};
}

/// How often customers are asked, and when an address is given up.
void Reading::read_asking() {
    core::Policies& policies = config_.policies;
    std::int64_t rest = config_.rest.count();
    settings_.number("asking.rest_days", 0, kLongestDays, rest);
    config_.rest = std::chrono::days{rest};
    settings_.number("asking.per_account_per_day", 0, 1'000'000, config_.per_account_per_day);
    std::int64_t soft = policies.soft_bounces.bounces;
    settings_.number("asking.soft_bounces", 1, 100, soft);
    policies.soft_bounces.bounces = static_cast<int>(soft);
    read_days("asking.soft_days", policies.soft_bounces.within);
}

void Reading::read_days(const std::string& key, std::chrono::days& into) {
    std::int64_t count = into.count();
    settings_.number(key, 1, kLongestDays, count);
    into = std::chrono::days{count};
}

void Reading::read_segments() {
    for (const auto& [segment, name] : core::kSegments) {
        const std::string section = "segments." + std::string(name) + ".";
        core::SegmentPolicy& policy = config_.policies.segments[static_cast<std::size_t>(segment)];
        read_days(section + "hear_days", policy.hear);
        read_days(section + "decide_days", policy.decide);
        read_days(section + "change_days", policy.change);
        read_days(section + "tell_days", policy.tell);
        core::Strength& minimum = policy.evidence.minimum;
        static constexpr core::NameTable<core::Strength, 2> minima{
            {{core::Strength::seen, "seen"}, {core::Strength::confirmed, "confirmed"}}};
        choice(section + "minimum_evidence", minima, minimum);
        settings_.flag(section + "accept_recorded", policy.evidence.accept_recorded);
    }
}

void Reading::read_mail() {
    line("mail.from", config_.mail_from);
    line("mail.from_name", config_.mail_from_name);
    if (config_.mail_from_name.empty()) config_.mail_from_name = config_.policies.organisation;
    if (!config_.mail_from.empty() && !is_mail_address(config_.mail_from))
        settings_.problem("mail.from", "expected an e-mail address, found \"" + config_.mail_from + "\"");
    const bool named = settings_.has("mail.relay");
    const auto problems = problems_.size();
    read_relay();
    read_mail_auth();
    if (!named) {
        if (settings_.has("mail.auth") || settings_.has("mail.tls"))
            settings_.problem(
                "mail.relay",
                "expected the relay that takes our mail, such as \"smtp.example.com:587\", found nothing");
        return;
    }
    if (config_.mail_from.empty())
        settings_.problem("mail.from", "expected the address that our mail comes from, found nothing");
    if (problems_.size() != problems) return;
    if (const Done sound = mail::check(config_.submission); !sound) {
        const std::string what = sound.error().message;
        settings_.problem("mail.relay", what.substr(std::min(what.find(": ") + 2, what.size())));
    }
    config_.has_submission = true;
}

void Reading::read_relay() {
    mail::SubmissionConfig& submission = config_.submission;
    choice("mail.tls", mail::kTlsPolicies, submission.tls);
    std::string relay;
    settings_.text("mail.relay", relay);
    // 465 speaks TLS from the first byte (RFC 8314), 587 is submission, 25 is a relay of the house.
    const std::uint16_t usual = submission.tls == mail::TlsPolicy::on_connect ? 465
                                : submission.tls == mail::TlsPolicy::required ? 587
                                                                              : 25;
    if (const auto endpoint = read_endpoint(relay, usual)) {
        submission.host = endpoint->host;
        submission.port = endpoint->port;
    } else if (settings_.has("mail.relay")) {
        settings_.problem("mail.relay",
                          "expected a host and a port such as smtp.example.com:587, found \"" + relay + "\"");
    }
    line("mail.helo", submission.helo_name);
    std::int64_t sessions = submission.sessions;
    settings_.number("mail.sessions", 1, 100, sessions);
    submission.sessions = static_cast<int>(sessions);
    settings_.text("mail.ca_file", submission.ca_file);
    if (!submission.ca_file.empty()) submission.ca_file = beside_file(submission.ca_file);
}

void Reading::read_mail_auth() {
    mail::Auth& auth = config_.submission.auth;
    choice("mail.auth", mail::kMechanisms, auth.mechanism);
    settings_.text("mail.user", auth.user);
    std::string secret_file;
    settings_.text("mail.secret_file", secret_file);
    if (!secret_file.empty()) {
        auth.secret = first_line(beside_file(secret_file));
        if (auth.secret.empty())
            settings_.problem("mail.secret_file",
                              "expected a file with the secret on its first line, found none at " +
                                  beside_file(secret_file).string());
    }
    if (const std::string other = from_environment("CANDOUR_SMTP_SECRET"); !other.empty())
        auth.secret = other;
    if (auth.mechanism == mail::Mechanism::none && !auth.user.empty())
        settings_.problem(
            "mail.auth",
            "mail.user is given, so expected one of plain, login, xoauth2, oauthbearer; found none");
}

}  // namespace

bool Config::on_loopback() const {
    boost::system::error_code no_address;
    const auto where = boost::asio::ip::make_address(address, no_address);
    return !no_address && where.is_loopback();
}

std::string Config::own_url() const {
    // Whoever listens everywhere can be reached here.
    const std::string host = address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "::1" : address;
    return (tls ? "https://" : "http://") + (host.find(':') == std::string::npos ? host : "[" + host + "]") +
           ":" + std::to_string(port);
}

fs::path usual_plugin_folder() {
    // As cmake --install lays it out, else as the build does.
    const fs::path installed = program_folder() / ".." / "lib/candour/plugins";
    return fs::is_directory(installed) ? installed : program_folder() / ".." / "plugins";
}

std::vector<std::string> config_keys() {
    std::vector<std::string> keys(std::begin(kConfigKeys), std::end(kConfigKeys));
    for (const auto& [segment, name] : core::kSegments)
        for (const std::string_view key : kSegmentKeys)
            keys.push_back("segments." + std::string(name) + "." + std::string(key));
    return keys;
}

ReadConfig read_config(const fs::path& file, const ConfigOverrides& overrides) {
    ReadConfig result;
    result.config.file = file;
    Reading(result, overrides).run();
    return result;
}

}  // namespace candour::app
