#include "edge/http/problem.hpp"

#include <boost/json/serialize.hpp>

#include "core/markup.hpp"

namespace candour::http {

namespace {

constexpr std::array<std::pair<unsigned, std::string_view>, 31> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

struct Meaning {
    ErrorCode code;
    unsigned status;
    std::string_view title;
};

constexpr std::array<Meaning, 11> kMeanings{{
    {ErrorCode::invalid, 422, "What was sent cannot be accepted"},
    {ErrorCode::not_found, 404, "There is nothing here"},
    {ErrorCode::conflict, 409, "This does not fit what has happened before"},
    {ErrorCode::denied, 403, "This is not allowed"},
    {ErrorCode::unsupported, 501, "This host cannot do that"},
    {ErrorCode::unavailable, 503, "Not available at the moment"},
    {ErrorCode::deadline, 504, "No answer in time"},
    {ErrorCode::cancelled, 503, "The host stopped this request"},
    {ErrorCode::exhausted, 429, "Too much at once"},
    {ErrorCode::corrupt, 500, "Something went wrong here"},
    {ErrorCode::internal, 500, "Something went wrong here"},
}};

const Meaning& meaning_of(ErrorCode code) {
    for (const Meaning& meaning : kMeanings) {
        if (meaning.code == code) return meaning;
    }
    return kMeanings.back();
}

std::string code_of(std::string_view title) {
    std::string code;
    for (const char c : title) code += c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return code;
}

}  // namespace

std::string_view reason_phrase(unsigned status) {
    for (const auto& [known, phrase] : kReasons) {
        if (known == status) return phrase;
    }
    return status == 505 ? "HTTP Version Not Supported" : "Unknown";
}

Problem problem_of(const Error& error) {
    const Meaning& meaning = meaning_of(error.code);
    Problem problem{meaning.status,
                    std::string(to_text(error.code)),
                    std::string(meaning.title),
                    error.message,
                    {},
                    {},
                    {}};
    if (meaning.status == 503) problem.headers.push_back({"Retry-After", "5"});
    if (meaning.status == 429) problem.headers.push_back({"Retry-After", "1"});
    if (meaning.status == 500)
        problem.detail = "The host has written down what happened; trying again may help.";
    return problem;
}

Problem bad_request(std::string detail) {
    return {400, "bad_request", "The request cannot be read", std::move(detail), {}, {}, {}};
}

Problem unauthenticated(std::string detail) {
    return {401,
            "unauthenticated",
            "Who is asking?",
            std::move(detail),
            {},
            {},
            {{"WWW-Authenticate", "Bearer realm=\"candour\""}}};
}

Problem stale_version(std::int64_t expected, std::int64_t found, boost::json::object current) {
    Problem problem{412, "stale_version", "Somebody was faster", {}, {}, {}, {}};
    problem.detail = "expected version " + std::to_string(expected) + ", found " + std::to_string(found) +
                     ": read it again, then decide whether the step still fits";
    problem.members["expected_version"] = expected;
    problem.members["current_version"] = found;
    if (!current.empty()) problem.members["current"] = std::move(current);
    problem.headers.push_back({"ETag", "\"" + std::to_string(found) + "\""});
    return problem;
}

Problem version_required() {
    return {428,
            "version_required",
            "Which version did you see?",
            "send If-Match with the version you read, for example If-Match: \"3\"",
            {},
            {},
            {}};
}

Problem wrong_media_type(std::string_view found, std::string_view expected) {
    std::string detail = "expected Content-Type " + std::string(expected) + ", found ";
    detail += found.empty() ? "none" : found;
    return {415, "media_type", "Wrong kind of content", std::move(detail), {}, {}, {}};
}

Problem plain_problem(unsigned status, std::string detail) {
    const std::string_view title = reason_phrase(status);
    return {status, code_of(title), std::string(title), std::move(detail), {}, {}, {}};
}

Response to_response(Problem problem) {
    boost::json::object body;
    body["type"] = "urn:candour:problem:" + problem.code;
    body["title"] = problem.title;
    body["status"] = problem.status;
    if (!problem.detail.empty()) body["detail"] = problem.detail;
    if (!problem.instance.empty()) body["instance"] = problem.instance;
    for (auto& member : problem.members) body.insert_or_assign(member.key(), std::move(member.value()));
    return {problem.status, "application/problem+json", std::move(problem.headers),
            boost::json::serialize(body)};
}

Response to_page(const Problem& problem) {
    std::string body =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>";
    const std::string title = core::escape_markup(problem.title);
    body += title +
            "</title><style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;"
            "padding:0 1rem}</style></head><body><main><h1>";
    body += title + "</h1><p>" + core::escape_markup(problem.detail) + "</p></main></body></html>\n";
    Response page = Response::html(problem.status, std::move(body));
    page.headers = problem.headers;
    return page;
}

}  // namespace candour::http
