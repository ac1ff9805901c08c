/// The command line's way to a running host: one request, one answer, plain words when it fails. Blocking.
#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

struct HostPlace {
    std::string host;  ///< a name or an address; IPv6 without brackets
    std::string port;
    bool tls = false;
    /// The one certificate that may answer, whatever name stands in it; empty: any that is vouched for.
    std::string certificate_file = {};

    /// `host:port` as it stands in addresses and in the Host header; IPv6 in brackets.
    std::string text() const;
};

struct ClientOptions {
    std::string bearer_token;
    /// For one whole exchange, connecting included.
    std::chrono::milliseconds timeout{30'000};
    std::size_t answer_limit = 64 * 1024 * 1024;
    /// Of a host that is known by its certificate's file, as the host on this machine is.
    std::string certificate_file = {};
};

struct ClientRequest {
    Method method = Method::get;
    std::string target = "/";  ///< path and query, encoded
    std::string body;
    std::string content_type = "application/json";  ///< sent only with a body
    std::vector<Header> headers;
};

struct ClientAnswer {
    unsigned status = 0;
    Headers headers;
    std::string body;
    bool complete = true;  ///< of a streamed answer: its end came, and was the host's
    bool ok() const { return status >= 200 && status < 300; }
};

using PieceTaker = std::function<bool(std::string_view)>;

class Client {
 public:
    /// `http://host:port` or `https://host:port`, without a path. https checks the certificate and its host
    /// name.
    static Result<Client> at(std::string_view base_url, ClientOptions options = {});

    /// Any status is an answer. unavailable: nobody answers; deadline: not in time; corrupt: what answers
    /// speaks no HTTP.
    Result<ClientAnswer> send(const ClientRequest& request) const;
    /// For an answer without an end: hands over each piece as it comes, until `take` says false or the host
    /// ends it. Other statuses than 200 come back with their body.
    Result<ClientAnswer> listen(const ClientRequest& request, const PieceTaker& take) const;
    std::string base_url() const;

 private:
    friend class Exchange;
    friend class Listening;
    Client() = default;
    HostPlace place_;
    ClientOptions options_;
};

/// What a refusal means, from its problem+json or else from its status: for showing to a person.
Error error_of(const ClientAnswer& answer);

}  // namespace candour::http
