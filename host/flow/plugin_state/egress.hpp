/// HTTP to the world outside, on behalf of a plugin.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// Where a URL leads: what permissions are compared with, and what is connected to.
struct EgressPlace {
    bool tls = true;
    std::string host;  ///< lower case, without brackets and without a dot at its end
    std::string port;
    friend bool operator==(const EgressPlace&, const EgressPlace&) = default;
};

struct EgressRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::chrono::milliseconds timeout{10'000};  ///< for the whole exchange
};

struct EgressAnswer {
    unsigned status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;
};

class Egress {
 public:
    virtual ~Egress() = default;
    /// Errors: invalid (no absolute http or https URL, or one with a user in it).
    virtual Result<EgressPlace> place_of(std::string_view url) const = 0;
    /// The same reading of the URL; every status is an answer and no redirection is followed.
    /// Errors: denied (its address is not public), unavailable, deadline, exhausted (too long an answer),
    /// corrupt (no HTTP).
    virtual Task<Result<EgressAnswer>> fetch(EgressRequest request) = 0;
};

}  // namespace candour::flow
