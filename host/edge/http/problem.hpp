/// Errors on the wire: RFC 9457, application/problem+json. One table turns an ErrorCode into a status; the
/// answers that HTTP alone knows (a stale version, a missing credential…) have a function each.
#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"
#include "edge/http/message.hpp"

namespace candour::http {

struct Problem {
    unsigned status = 500;
    std::string code;  ///< the last part of `urn:candour:problem:<code>`
    std::string title;
    std::string detail;
    std::string instance;  ///< the path that was asked for; left out when empty
    boost::json::object members;
    std::vector<Header> headers;
};

/// invalid 422, not_found 404, conflict 409, denied 403, unsupported 501, unavailable 503 + Retry-After,
/// deadline 504, cancelled 503, exhausted 429 + Retry-After, corrupt and internal 500. What went wrong inside
/// stays inside: the detail of a 500 is not the error's message.
Problem problem_of(const Error& error);

/// 400: the request cannot be read at all (JSON that does not parse, a bad If-Match).
Problem bad_request(std::string detail);
/// 401 with WWW-Authenticate.
Problem unauthenticated(std::string detail);
/// 412: somebody was faster. `current` is the state as it is now, so that the caller need not ask again.
Problem stale_version(std::int64_t expected, std::int64_t found, boost::json::object current = {});
/// 428: a command without If-Match.
Problem version_required();
/// 415.
Problem wrong_media_type(std::string_view found, std::string_view expected);

/// For refusals that have nothing but a status: `urn:candour:problem:<title in lower case with _>`.
Problem plain_problem(unsigned status, std::string detail);

Response to_response(Problem problem);
/// The same for people: one small page in place of JSON.
Response to_page(const Problem& problem);

std::string_view reason_phrase(unsigned status);

}  // namespace candour::http
