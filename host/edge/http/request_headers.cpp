#include "edge/http/request_headers.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "edge/http/encoding.hpp"

namespace candour::http {

namespace {

std::string_view take_part(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = trim(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

/// `;q=0.8` in thousandths; 1000 without one, 0 for what is not a weight.
int weight_of(std::string_view parameters) {
    while (!parameters.empty()) {
        const std::string_view parameter = take_part(parameters, ';');
        if (parameter.size() < 2 || !equal_ignoring_case(parameter.substr(0, 2), "q=")) continue;
        std::string digits(parameter.substr(2));
        if (digits.empty() || digits.size() > 5 || (digits[0] != '0' && digits[0] != '1')) return 0;
        if (digits.size() == 1) digits += '.';
        digits.resize(5, '0');
        int thousandths = 0;
        const auto parsed = std::from_chars(digits.data() + 2, digits.data() + 5, thousandths);
        if (digits[1] != '.' || parsed.ptr != digits.data() + 5) return 0;
        return std::min(1000, (digits[0] - '0') * 1000 + thousandths);
    }
    return 1000;
}

/// How exactly a language range names an offered language: 3 the same, 2 the same main language, 1 any, 0 not
/// at all.
int nearness(std::string_view range, std::string_view offered) {
    if (range == "*") return 1;
    if (equal_ignoring_case(range, offered)) return 3;
    return equal_ignoring_case(range.substr(0, range.find('-')), offered.substr(0, offered.find('-'))) ? 2
                                                                                                       : 0;
}

/// The most exact range decides about a language, whatever its weight: `de;q=0, *` refuses German.
int weight_for(std::string_view header, std::string_view offered) {
    int best_nearness = 0, weight = 0;
    while (!header.empty()) {
        std::string_view part = take_part(header, ',');
        const std::string_view range = take_part(part, ';');
        const int near = nearness(range, offered);
        if (near <= best_nearness) continue;
        best_nearness = near;
        weight = weight_of(part) * 4 + near;
        if (weight < 4) weight = 0;
    }
    return weight;
}

bool is_language_tag(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return text.size() >= 2 && text.size() <= 35 && std::all_of(text.begin(), text.end(), fits);
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

}  // namespace

bool has_content_type(const Request& request, std::string_view expected) {
    std::string_view rest = request.header("Content-Type");
    if (!equal_ignoring_case(take_part(rest, ';'), expected)) return false;
    while (!rest.empty()) {
        const std::string_view parameter = take_part(rest, ';');
        if (parameter.size() < 8 || !equal_ignoring_case(parameter.substr(0, 8), "charset=")) continue;
        std::string_view charset = parameter.substr(8);
        if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"') {
            charset = charset.substr(1, charset.size() - 2);
        }
        if (!equal_ignoring_case(charset, "utf-8") && !equal_ignoring_case(charset, "us-ascii")) return false;
    }
    return true;
}

std::string_view accept_language(std::string_view header, std::span<const std::string_view> offered) {
    std::string_view best = offered.empty() ? std::string_view{} : offered.front();
    int best_weight = 0;
    for (const std::string_view language : offered) {
        const int weight = weight_for(header, language);
        if (weight > best_weight) {
            best_weight = weight;
            best = language;
        }
    }
    return best;
}

std::vector<std::string> accepted_languages(std::string_view header) {
    constexpr std::size_t most = 8;
    std::vector<std::pair<int, std::string>> wanted;
    while (!header.empty()) {
        std::string_view part = take_part(header, ',');
        const std::string_view range = take_part(part, ';');
        const int weight = weight_of(part);
        if (weight > 0 && is_language_tag(range)) wanted.emplace_back(weight, range);
    }
    std::ranges::stable_sort(wanted, std::ranges::greater(), &std::pair<int, std::string>::first);
    std::vector<std::string> languages;
    for (std::size_t i = 0; i < wanted.size() && i < most; ++i)
        languages.push_back(std::move(wanted[i].second));
    return languages;
}

std::optional<std::string> bearer_token(const Request& request) {
    std::string_view value = request.header("Authorization");
    if (value.size() < 8 || !equal_ignoring_case(value.substr(0, 7), "Bearer ")) return std::nullopt;
    const std::string_view token = trim(value.substr(7));
    if (token.empty() || !is_visible(token)) return std::nullopt;
    return std::string(token);
}

Result<std::optional<std::int64_t>> if_match(const Request& request) {
    const std::string_view value = trim(request.header("If-Match"));
    if (request.headers.count("If-Match") == 0) return std::optional<std::int64_t>{};
    const auto refused = [value](std::string_view found) {
        return Error{ErrorCode::invalid, "If-Match: expected one version in quotes, like \"3\", found " +
                                             std::string(found) + " (" + std::string(value.substr(0, 60)) +
                                             ")"};
    };
    if (value == "*") return refused("the wildcard");
    if (value.starts_with("W/")) return refused("a weak version");
    if (value.find(',') != std::string_view::npos || request.headers.count("If-Match") > 1)
        return refused("several versions");
    if (value.size() < 3 || value.front() != '"' || value.back() != '"') return refused("no quotes");
    std::int64_t version = 0;
    const char* last = value.data() + value.size() - 1;
    const auto parsed = std::from_chars(value.data() + 1, last, version);
    if (parsed.ec != std::errc{} || parsed.ptr != last || version < 0) return refused("something else");
    return std::optional<std::int64_t>(version);
}

Result<std::optional<std::string>> idempotency_key(const Request& request) {
    if (request.headers.count("Idempotency-Key") == 0) return std::optional<std::string>{};
    std::string_view value = trim(request.header("Idempotency-Key"));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    if (value.empty() || value.size() > 255 || !is_visible(value)) {
        return Error{ErrorCode::invalid, "Idempotency-Key: expected 1 to 255 visible characters, found " +
                                             std::to_string(value.size())};
    }
    return std::optional<std::string>(value);
}

bool accepts_coding(std::string_view header, std::string_view coding) {
    return weight_for(header, coding) > 0;
}

bool names_etag(const Request& request, std::string_view etag) {
    std::string_view rest = request.header("If-None-Match");
    while (!rest.empty()) {
        std::string_view part = take_part(rest, ',');
        if (part.starts_with("W/")) part.remove_prefix(2);
        if (part == etag || part == "*") return true;
    }
    return false;
}

bool prefers_html(const Request& request) {
    const std::string_view accept = request.header("Accept");
    const std::size_t html = accept.find("text/html");
    return html != std::string_view::npos && html < accept.find("json");
}

}  // namespace candour::http
