#include "edge/http/target.hpp"

#include "edge/http/encoding.hpp"

namespace candour::http {

namespace {

Error refused(std::string_view why) {
    return {ErrorCode::invalid, "request target: " + std::string(why)};
}

/// `http://host/path` is what a client sends to a proxy; the host part was checked as the Host header.
std::string_view without_authority(std::string_view raw) {
    const std::size_t scheme_end = raw.find("://");
    if (raw.empty() || raw.front() == '/' || scheme_end == std::string_view::npos) return raw;
    const std::string_view scheme = raw.substr(0, scheme_end);
    if (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")) return raw;
    const std::size_t path = raw.find_first_of("/?", scheme_end + 3);
    if (path == std::string_view::npos) return "/";
    return raw.substr(path);
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
    }
    return false;
}

bool has_escaped_slash(std::string_view raw) {
    for (std::size_t at = raw.find('%'); at != std::string_view::npos; at = raw.find('%', at + 1)) {
        const std::string_view escape = raw.substr(at, 3);
        if (equal_ignoring_case(escape, "%2f")) return true;
    }
    return false;
}

Done check_path(std::string_view path) {
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) return refused("a control character in the path");
        if (c == '\\') return refused("a backslash in the path");
    }
    if (has_dot_segment(path)) return refused("the path holds . or ..");
    return done();
}

Result<std::string> read_path(std::string_view raw) {
    if (raw.empty() || raw.front() != '/') return refused("expected a path that starts with /");
    std::string path;
    if (raw.find('%') == std::string_view::npos) {
        path = raw;
    } else {
        if (has_escaped_slash(raw)) return refused("an escaped slash (%2F) in the path");
        Result<std::string> decoded = percent_decode(raw);
        if (!decoded) return refused(decoded.error().message);
        path = *std::move(decoded);
    }
    const Done safe = check_path(path);
    if (!safe) return safe.error();
    if (!is_utf8(path)) return refused("the path is not UTF-8");
    return path;
}

}  // namespace

Result<Target> read_target(std::string_view raw) {
    if (raw == "*") return Target{"*", {}};
    raw = without_authority(raw);
    const std::size_t question = raw.find('?');
    std::string_view path = raw.substr(0, question);
    if (path.empty() && question == 0) path = "/";
    Result<std::string> decoded = read_path(path);
    if (!decoded) return decoded.error();
    std::string query =
        question == std::string_view::npos ? std::string{} : std::string(raw.substr(question + 1));
    return Target{*std::move(decoded), std::move(query)};
}

}  // namespace candour::http
