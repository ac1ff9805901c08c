#include "app/doctor.hpp"

#include <sys/timex.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <filesystem>

#include "app/isolation.hpp"
#include "app/limits.hpp"
#include "app/tls_settings.hpp"
#include "edge/http/client.hpp"
#include "edge/http/tls.hpp"
#include "edge/plugin/manifest.hpp"
#include "edge/plugin/worker.hpp"
#include "edge/store/failure.hpp"
#include "edge/store/ledger_check.hpp"
#include "edge/store/migrate.hpp"
#include "edge/store/team_mail.hpp"
#include "flow/task.hpp"

namespace candour::app {
namespace {

namespace fs = std::filesystem;
using Kind = Diagnosis::Kind;

constexpr std::int64_t kSampledItems = 200;
constexpr std::uintmax_t kLittleSpace = 1024ULL * 1024 * 1024;
constexpr std::chrono::seconds kPatience{5};

Diagnosis fine(std::string part, std::string found) {
    return {std::move(part), Kind::fine, std::move(found), {}};
}
Diagnosis remark(std::string part, std::string found, std::string remedy) {
    return {std::move(part), Kind::remark, std::move(found), std::move(remedy)};
}
Diagnosis trouble(std::string part, std::string found, std::string remedy) {
    return {std::move(part), Kind::trouble, std::move(found), std::move(remedy)};
}

Diagnosis look_at_configuration(const Config& config) {
    const auto mode = fs::status(config.file).permissions();
    const bool open = (mode & (fs::perms::group_read | fs::perms::others_read)) != fs::perms::none;
    if (open)
        return trouble("configuration",
                       "others can read " + config.file.string() + ", which holds the keys of all links",
                       "chmod 600 " + config.file.string());
    return fine("configuration", config.file.string() + " is sound and yours alone");
}

std::string server_of(const store::Target& target) {
    return target.dialect == store::Dialect::sqlite ? target.path : "PostgreSQL";
}

/// Empty `target` afterwards: it cannot be used.
Diagnosis look_at_database(const Config& config, std::optional<store::Target>& target) {
    const Result<store::Target> parsed = store::Target::parse(config.database);
    if (!parsed) return trouble("database", parsed.error().message, "mend `database` in the configuration");
    if (parsed->dialect == store::Dialect::sqlite && !fs::exists(parsed->path))
        return trouble("database", "there is none at " + parsed->path, "candour migrate makes it");
    if (const Done schema = store::check_schema(*parsed); !schema) {
        const bool away = schema.error().code == ErrorCode::unavailable;
        return trouble("database", schema.error().message,
                       away ? "start the database, or mend `database` in the configuration"
                            : "candour migrate brings it up to date");
    }
    target = *parsed;
    return fine("database", server_of(*parsed) + " answers and is up to date");
}

Diagnosis look_at_ledger(store::Session& session) {
    const store::Verification sampled = store::sample_ledger(session, kSampledItems);
    if (!sampled.findings.empty())
        return trouble("ledger",
                       "item " + sampled.findings.front().item + ": " + sampled.findings.front().what,
                       "candour ledger verify looks at all of it; restore a backup and find out who wrote to "
                       "the database");
    return fine("ledger", std::to_string(sampled.rows) + " events of " + std::to_string(sampled.items) +
                              " items checked, nothing was changed");
}

Diagnosis look_at_team(store::Session& session) {
    const std::vector<std::string> silent = store::unreachable_teammates(session);
    if (silent.empty()) return fine("teammates", "mail reaches all of them, as far as we know");
    std::string addresses;
    for (const std::string& address : silent) addresses += (addresses.empty() ? "" : ", ") + address;
    return remark("teammates", "mail comes back from " + addresses,
                  "they hear of nothing; mend the address, then candour teammate notify " + silent.front() +
                      " --write-again");
}

Diagnosis look_at_clock() {
    timex state{};
    if (adjtimex(&state) < 0 || (state.status & STA_UNSYNC) == 0)
        return fine("clock", "it is kept by a time server");
    return remark("clock", "the kernel knows of no time server that keeps it",
                  "due dates follow this clock; systemctl enable --now systemd-timesyncd, or chrony");
}

Diagnosis look_at_disk(const Config& config, const std::optional<store::Target>& target) {
    const bool sqlite = target && target->dialect == store::Dialect::sqlite;
    const fs::path place =
        sqlite ? fs::path(target->path).parent_path() : fs::absolute(config.file).parent_path();
    std::error_code unknown;
    const fs::space_info space = fs::space(place, unknown);
    if (unknown)
        return remark("disk", "cannot ask how much is free at " + place.string(), "look at it by hand");
    const std::string free =
        std::to_string(space.available / (1024 * 1024)) + " MB free at " + place.string();
    if (space.available < kLittleSpace)
        return trouble("disk", free, "make room: a full disk refuses every answer");
    return fine("disk", free);
}

Diagnosis look_at_files(const Config& config) {
    const std::string wrong = raise_open_files(config.limits.max_connections);
    if (wrong.empty())
        return fine("open files",
                    "enough for " + std::to_string(config.limits.max_connections) + " connections");
    return trouble("open files", wrong.substr(0, wrong.find(';')),
                   wrong.substr(std::min(wrong.find(';') + 2, wrong.size())));
}

Diagnosis look_at_plugins(const Config& config) {
    std::error_code unreadable;
    int sound = 0;
    std::string wrong;
    for (const auto& entry : fs::directory_iterator(config.plugin_folder, unreadable)) {
        if (!entry.is_directory()) continue;
        const auto manifest = plugin::read_manifest(entry.path());
        if (manifest)
            ++sound;
        else if (fs::exists(entry.path() / "manifest.json"))
            wrong += (wrong.empty() ? "" : "; ") + entry.path().filename().string() + ": " +
                     manifest.error().message;
    }
    const std::string folder = config.plugin_folder.lexically_normal().string();
    if (unreadable)
        return trouble("plugins", folder + " cannot be read", "mend plugins.folder in the configuration");
    if (!wrong.empty()) return trouble("plugins", wrong, "mend or remove them; the host leaves them out");
    if (sound == 0)
        return trouble("plugins", "there are none in " + folder,
                       "without one nothing is collected; mend plugins.folder");
    return fine("plugins", std::to_string(sound) + " in " + folder);
}

/// A worker of its own, asked to fence itself in: what the kernel lacks shows there and nowhere else.
Diagnosis look_at_isolation(const Config& config) {
    const plugin::Isolation rules = isolation_of(config, {});
    const auto worker = plugin::Worker::spawn(rules.program);
    if (!worker) return trouble("sandbox", worker.error().message, "install candour-worker beside candour");
    const auto missing = (*worker)->confine({});
    (*worker)->retire();
    if (!missing)
        return trouble("sandbox", missing.error().message, "no plugin can run in it on this machine");
    if (missing->empty()) return fine("sandbox", "Landlock and seccomp stand around every plugin in it");
    std::string lacks;
    for (const std::string& layer : *missing) lacks += (lacks.empty() ? "" : " and ") + layer;
    return remark("sandbox", "this kernel offers no " + lacks,
                  "plugins that need it are refused, unless plugins.allow_degraded = true");
}

/// The greeting of a mail server, or why there is none.
flow::Task<Result<std::string>> greeting(std::string host, std::string port) {
    const flow::Executor executor = co_await boost::asio::this_coro::executor;
    boost::beast::basic_stream<boost::asio::ip::tcp, flow::Executor> stream(executor);
    boost::asio::ip::basic_resolver<boost::asio::ip::tcp, flow::Executor> resolver(executor);
    boost::system::error_code failed;
    auto resolving = boost::asio::redirect_error(flow::use_task, failed);
    const auto places = co_await resolver.async_resolve(host, port, resolving);
    stream.expires_after(kPatience);
    auto connecting = boost::asio::redirect_error(flow::use_task, failed);
    if (!failed) co_await stream.async_connect(places, connecting);
    std::string text(512, '\0');
    auto reading = boost::asio::redirect_error(flow::use_task, failed);
    const auto space = boost::asio::buffer(text);
    std::size_t count = 0;
    if (!failed) count = co_await stream.async_read_some(space, reading);
    if (failed) co_return Error{ErrorCode::unavailable, failed.message()};
    text.resize(count);
    co_return text.substr(0, text.find_first_of("\r\n"));
}

Diagnosis look_at_mail(const Config& config) {
    if (!config.has_submission)
        return remark("mail", "no relay is configured: no mail leaves this host",
                      "[mail] relay, when customers are to hear from you");
    const std::string port = std::to_string(config.submission.port),
                      where = config.submission.host + ":" + port;
    if (config.submission.tls == mail::TlsPolicy::on_connect)
        return remark("mail", where + " speaks TLS from the first byte: not looked at",
                      "send a message to yourself");
    boost::asio::io_context io(1);
    Result<std::string> said;
    boost::asio::co_spawn(
        io, greeting(config.submission.host, port),
        [&said](const std::exception_ptr&, Result<std::string> result) { said = std::move(result); });
    io.run();
    if (!said)
        return trouble("mail", "the relay " + where + " does not answer: " + said.error().message,
                       "start it, or mend [mail] relay");
    if (!said->starts_with("220"))
        return trouble("mail", "the relay " + where + " says: " + *said,
                       "expected a greeting that begins with 220");
    return fine("mail", "the relay " + where + " answers");
}

Diagnosis look_at_address(const std::string& part, const std::string& url, const std::string& remedy,
                          const std::string& certificate = {}) {
    http::ClientOptions options;
    options.timeout = kPatience;
    options.certificate_file = certificate;
    const Result<http::Client> client = http::Client::at(url, options);
    if (!client)
        return remark(part, url + " has a path or another form: not looked at", "open it in a browser");
    http::ClientRequest request;
    request.target = "/readyz";
    const Result<http::ClientAnswer> answer = client->send(request);
    if (!answer) return trouble(part, answer.error().message, remedy);
    if (answer->ok()) return fine(part, url + " answers");
    return trouble(
        part,
        url + " answers with status " + std::to_string(answer->status) + ": " + answer->body.substr(0, 200),
        remedy);
}

Diagnosis look_at_public_url(const Config& config) {
    const std::string& url = config.policies.public_url;
    if (url == config.own_url())
        return remark("public URL", url + ": customers' links lead to this machine's own address",
                      "[server] public_url, before the first mail leaves");
    if (!url.starts_with("https://"))
        return trouble("public URL", url + " is not encrypted",
                       "[server.tls] names a certificate, or put a proxy that has one in front; then name "
                       "the address in [server] public_url");
    return look_at_address("public URL", url,
                           "customers' links begin with it: mend the proxy, the name or [server] public_url");
}

/// Whoever renews certificates does it a month before; two weeks before the end nobody has.
constexpr std::chrono::days kSoon{14};

Diagnosis look_at_certificate(const http::TlsFiles& files, const Config& config) {
    const auto read = http::TlsCredentials::read(files);
    if (!read)
        return trouble("certificate", read.error().message, "mend [server.tls]; then kill -HUP the host");
    const auto mode = fs::status(files.key).permissions();
    if ((mode & fs::perms::others_read) != fs::perms::none)
        return trouble("certificate", "everybody can read its key " + files.key.string(),
                       "chmod 600 " + files.key.string());
    const http::CertificateFacts& facts = (*read)->facts();
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const std::string renew = "renew it and send the host SIGHUP", names = facts.names_in_words();
    if (const std::string why = facts.why_not(now); !why.empty())
        return trouble("certificate", "browsers refuse it (" + names + "): " + why, renew);
    const std::string left =
        "for " + names + ", " +
        std::to_string(std::chrono::duration_cast<std::chrono::days>(facts.ends - now).count()) +
        " days left";
    if (!facts.covers(config.policies.public_url))
        return trouble("certificate", left + "; it does not name " + config.policies.public_url,
                       "get one for that name, or mend [server] public_url");
    if (facts.ends - now < kSoon) return remark("certificate", left, renew);
    return fine("certificate", left);
}

}  // namespace

std::vector<Diagnosis> examine(const Config& config, const std::string& host_url) {
    std::vector<Diagnosis> all{look_at_configuration(config)};
    std::optional<store::Target> target;
    all.push_back(look_at_database(config, target));
    if (target) {
        try {
            store::Session session(*target);
            all.push_back(look_at_ledger(session));
            all.push_back(look_at_team(session));
        } catch (const std::exception& failure) {
            all.push_back(trouble("ledger", store::error_of(failure).message, "mend the database first"));
        }
    }
    all.push_back(look_at_clock());
    all.push_back(look_at_disk(config, target));
    all.push_back(look_at_files(config));
    all.push_back(look_at_plugins(config));
    all.push_back(look_at_isolation(config));
    all.push_back(look_at_mail(config));
    all.push_back(
        look_at_address("host", host_url, "candour serve starts it", own_certificate(config, host_url)));
    if (config.tls) all.push_back(look_at_certificate(*config.tls, config));
    all.push_back(look_at_public_url(config));
    return all;
}

}  // namespace candour::app
