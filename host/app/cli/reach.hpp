/// Finding the configuration, and through it the database or the running host.
#pragma once
#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <string>

#include "app/cli/frame.hpp"
#include "app/config.hpp"
#include "edge/http/client.hpp"
#include "edge/store/database.hpp"
#include "edge/store/session.hpp"

namespace candour::app::cli {

/// --config, CANDOUR_CONFIG, ./candour.toml, ./var/candour.toml; the first that is said or is there.
/// Errors: not_found, naming the places.
Result<std::filesystem::path> find_config(const Shared& shared);

/// Calls `use` with a configuration in which nothing is wrong; otherwise prints every problem.
int with_config(const Shared& shared, const ConfigOverrides& overrides,
                const std::function<int(const Config&)>& use);
/// One line per problem, `file:line: what`.
void print_problems(const std::filesystem::path& file, const std::vector<ConfigProblem>& problems);

/// The configured database, when it is there and its schema is up to date. A SQLite file that is missing is
/// not made by looking: it would be an empty database for ever.
Result<store::Target> usable_target(const Config& config);

/// Calls `use` with a session on a database whose schema is up to date. What it throws becomes an error.
int with_session(const Shared& shared, const std::function<int(store::Session&)>& use);
/// The same with the database as flow sees it, for what is written as coroutines.
int with_database(const Shared& shared,
                  const std::function<int(boost::asio::io_context&, store::Database&, const Config&)>& use);

/// `address` beside the configuration: where a host that was told another --port listens, while it runs.
std::filesystem::path address_file(const std::filesystem::path& config_file);

/// --url, CANDOUR_URL, the file `address`, or what the configuration says; the first that is there.
Result<std::string> host_url(const Shared& shared);

/// The running host's API.
class Api {
 public:
    /// Where `host_url` says; --token, CANDOUR_TOKEN or the file `token` beside the
    /// configuration.
    static Result<Api> open(const Shared& shared);

    /// Answers other than 2xx are errors, in the host's own words.
    Result<boost::json::value> get(const std::string& target) const;
    Result<boost::json::value> post(const std::string& target, const boost::json::value& body) const;
    Result<boost::json::value> post_text(const std::string& target, std::string body,
                                         std::string content_type) const;
    /// Every status is an answer.
    Result<http::ClientAnswer> send(const http::ClientRequest& request) const {
        return client_.send(request);
    }
    /// An answer without an end, piece by piece.
    Result<http::ClientAnswer> listen(const http::ClientRequest& request,
                                      const http::PieceTaker& take) const {
        return client_.listen(request, take);
    }
    std::string url() const { return client_.base_url(); }

 private:
    explicit Api(http::Client client) : client_(std::move(client)) {}
    http::Client client_;
};

/// The body of a 2xx as JSON (null when it is empty); anything else as an error that says what to do.
Result<boost::json::value> value_of_answer(const http::ClientAnswer& answer);

/// Calls `use` with the API; what it returns as an error is printed.
int with_api(const Shared& shared, const std::function<Result<int>(const Api&)>& use);

}  // namespace candour::app::cli
