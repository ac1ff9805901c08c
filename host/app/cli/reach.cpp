#include "app/cli/reach.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "app/cli/output.hpp"
#include "app/environment.hpp"
#include "app/tls_settings.hpp"
#include "edge/store/failure.hpp"
#include "edge/store/migrate.hpp"

namespace candour::app::cli {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    return line;
}

std::string token_of(const Shared& shared) {
    for (const std::string& token : {shared.token, from_environment("CANDOUR_TOKEN")})
        if (!token.empty()) return token;
    const Result<fs::path> file = find_config(shared);
    return file ? first_line(fs::absolute(*file).parent_path() / "token") : "";
}

/// The host of this configuration is known by its certificate; any other by whoever vouches for it.
std::string certificate_of(const Shared& shared, const std::string& url) {
    if (!shared.url.empty() || !from_environment("CANDOUR_URL").empty()) return {};
    const Result<fs::path> file = find_config(shared);
    return file ? own_certificate(read_config(*file).config, url) : std::string{};
}

}  // namespace

Result<fs::path> find_config(const Shared& shared) {
    for (const std::string& named : {shared.config, from_environment("CANDOUR_CONFIG")})
        if (!named.empty()) return fs::path(named);
    for (const char* const usual : {"candour.toml", "var/candour.toml"})
        if (fs::exists(usual)) return fs::path(usual);
    return Error{
        ErrorCode::invalid,
        "no configuration is found: neither ./candour.toml nor ./var/candour.toml is there; make one with "
        "candour init --dir var, or name yours with --config FILE"};
}

void print_problems(const fs::path& file, const std::vector<ConfigProblem>& problems) {
    for (const ConfigProblem& problem : problems)
        std::cerr << file.string() << (problem.line > 0 ? ":" + std::to_string(problem.line) : "") << ": "
                  << printable(problem.what) << "\n";
    const std::size_t count = problems.size();
    std::cerr << "candour: " << count << (count == 1 ? " thing is" : " things are")
              << " wrong with the configuration\n";
}

int with_config(const Shared& shared, const ConfigOverrides& overrides,
                const std::function<int(const Config&)>& use) {
    const Result<fs::path> file = find_config(shared);
    if (!file) return fail_usage(file.error().message);
    const ReadConfig read = read_config(*file, overrides);
    if (read.problems.empty()) return use(read.config);
    print_problems(*file, read.problems);
    return kFailed;
}

Result<store::Target> usable_target(const Config& config) {
    Result<store::Target> target = store::Target::parse(config.database);
    if (!target) return target;
    if (target->dialect == store::Dialect::sqlite && !fs::exists(target->path))
        return Error{ErrorCode::not_found,
                     "there is no database at " + target->path + "; candour migrate makes it"};
    if (Done ready = store::check_schema(*target); !ready) return ready.error();
    return target;
}

int with_session(const Shared& shared, const std::function<int(store::Session&)>& use) {
    return with_config(shared, {}, [&use](const Config& config) {
        const Result<store::Target> target = usable_target(config);
        if (!target) return fail(target.error());
        try {
            store::Session session(*target);
            return use(session);
        } catch (const std::exception& failure) {
            return fail(store::error_of(failure));
        }
    });
}

int with_database(const Shared& shared,
                  const std::function<int(boost::asio::io_context&, store::Database&, const Config&)>& use) {
    return with_config(shared, {}, [&use](const Config& config) {
        const Result<store::Target> target = usable_target(config);
        if (!target) return fail(target.error());
        boost::asio::io_context io(1);
        store::Database database(io, *target);
        return use(io, database, config);
    });
}

fs::path address_file(const fs::path& config_file) {
    return fs::absolute(config_file).parent_path() / "address";
}

Result<std::string> host_url(const Shared& shared) {
    for (const std::string& url : {shared.url, from_environment("CANDOUR_URL")})
        if (!url.empty()) return url;
    const Result<fs::path> file = find_config(shared);
    if (!file)
        return Error{ErrorCode::invalid, file.error().message + ", or say where the host is with --url"};
    const std::string elsewhere = first_line(address_file(*file));
    return elsewhere.empty() ? read_config(*file).config.own_url() : elsewhere;
}

Result<Api> Api::open(const Shared& shared) {
    const Result<std::string> url = host_url(shared);
    if (!url) return url.error();
    http::ClientOptions options;
    options.certificate_file = certificate_of(shared, *url);
    options.bearer_token = token_of(shared);
    if (options.bearer_token.find_first_of("\r\n") != std::string::npos)
        return Error{ErrorCode::invalid,
                     "the token holds a line end; expected what candour token create printed"};
    Result<http::Client> client = http::Client::at(*url, std::move(options));
    if (!client) return client.error();
    return Api(std::move(*client));
}

Result<boost::json::value> value_of_answer(const http::ClientAnswer& answer) {
    if (!answer.ok()) {
        Error error = http::error_of(answer);
        if (answer.status == 401)
            error.message +=
                "; candour token create --save makes a token where this program finds it, or say one with "
                "--token";
        return error;
    }
    if (answer.body.empty()) return boost::json::value(nullptr);
    boost::system::error_code bad;
    boost::json::value value = boost::json::parse(answer.body, bad);
    if (bad)
        return Error{ErrorCode::corrupt,
                     "expected JSON from the host, found something else; is this a Candour host?"};
    return value;
}

Result<boost::json::value> Api::get(const std::string& target) const {
    http::ClientRequest request;
    request.target = target;
    const Result<http::ClientAnswer> answer = client_.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

Result<boost::json::value> Api::post(const std::string& target, const boost::json::value& body) const {
    return post_text(target, boost::json::serialize(body), "application/json");
}

Result<boost::json::value> Api::post_text(const std::string& target, std::string body,
                                          std::string content_type) const {
    http::ClientRequest request;
    request.method = http::Method::post;
    request.target = target;
    request.body = std::move(body);
    request.content_type = std::move(content_type);
    const Result<http::ClientAnswer> answer = client_.send(request);
    if (!answer) return answer.error();
    return value_of_answer(*answer);
}

int with_api(const Shared& shared, const std::function<Result<int>(const Api&)>& use) {
    const Result<Api> api = Api::open(shared);
    if (!api) return fail_usage(api.error().message);
    const Result<int> code = use(*api);
    return code ? *code : fail(code.error());
}

}  // namespace candour::app::cli
