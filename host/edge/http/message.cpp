#include "edge/http/message.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "edge/http/encoding.hpp"
#include "edge/http/problem.hpp"
#include "log/log.hpp"

namespace candour::http {

void Headers::add(std::string_view name, std::string_view value) {
    if (lines_.empty()) {
        text_.reserve(512);
        lines_.reserve(12);
    }
    const auto at = static_cast<std::uint32_t>(text_.size());
    const auto name_size = static_cast<std::uint32_t>(name.size());
    lines_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
    text_ += name;
    text_ += value;
}

std::string_view Headers::name_of(const Line& line) const {
    return std::string_view(text_).substr(line.name_at, line.name_size);
}

std::string_view Headers::value_of(const Line& line) const {
    return std::string_view(text_).substr(line.value_at, line.value_size);
}

std::string_view Headers::get(std::string_view name) const {
    for (const Line& line : lines_) {
        if (line.name_size == name.size() && equal_ignoring_case(name_of(line), name)) return value_of(line);
    }
    return {};
}

std::size_t Headers::count(std::string_view name) const {
    std::size_t found = 0;
    for (const Line& line : lines_) {
        if (line.name_size == name.size() && equal_ignoring_case(name_of(line), name)) ++found;
    }
    return found;
}

std::string_view Request::parameter(std::string_view name) const {
    for (const PathParameter& parameter : parameters) {
        if (parameter.name == name) return parameter.value;
    }
    return {};
}

Result<Form> Request::query_fields() const {
    return parse_form(query);
}
Result<Form> Request::form() const {
    return parse_form(body);
}

Response Response::html(unsigned status, std::string body) {
    return {status, "text/html; charset=utf-8", {}, std::move(body)};
}

Response Response::text(unsigned status, std::string body) {
    return {status, "text/plain; charset=utf-8", {}, std::move(body)};
}

Response Response::json(unsigned status, std::string body) {
    return {status, "application/json", {}, std::move(body)};
}

Response Response::json(unsigned status, const boost::json::value& body) {
    return json(status, boost::json::serialize(body));
}

Response Response::problem(const Error& error, std::string_view instance) {
    Problem problem = problem_of(error);
    problem.instance = instance;
    // The caller is told that it is our fault; what it was is for whoever can mend it.
    if (problem.status == 500) log::error("http: {} ended in 500: {}", instance, error.message);
    return to_response(std::move(problem));
}

Response Response::redirect(std::string location) {
    Response response{303, {}, {}, {}};
    response.set("Location", std::move(location));
    return response;
}

Response Response::empty(unsigned status) {
    return {status, {}, {}, {}};
}

Response& Response::set(std::string_view name, std::string value) {
    for (Header& header : headers) {
        if (equal_ignoring_case(header.name, name)) {
            header.value = std::move(value);
            return *this;
        }
    }
    headers.push_back({std::string(name), std::move(value)});
    return *this;
}

Response& Response::set_default(std::string_view name, std::string_view value) {
    if (find(name) == nullptr) headers.push_back({std::string(name), std::string(value)});
    return *this;
}

const std::string* Response::find(std::string_view name) const {
    for (const Header& header : headers) {
        if (equal_ignoring_case(header.name, name)) return &header.value;
    }
    return nullptr;
}

}  // namespace candour::http
