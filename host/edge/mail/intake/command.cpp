#include "edge/mail/intake/command.hpp"

#include <algorithm>
#include <array>

#include "core/letters.hpp"
#include "edge/mail/utf8.hpp"

namespace candour::mail {
namespace {

/// RFC 5321 allows 256 with the angle brackets.
constexpr std::size_t kLongestAddress = 254;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

Error syntax_error(const std::string& what) {
    return Error{ErrorCode::invalid, what};
}

/// The end of `<…>`, which a quoted local part may hold as well: <"a>b"@example.org>.
std::size_t end_of_path(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == '>' && !quoted)
            return i;
    }
    return std::string_view::npos;
}

/// Routes are a thing of the past; what stands behind them counts.
std::string_view without_route(std::string_view address) {
    if (!address.starts_with('@')) return address;
    const std::size_t colon = address.find(':');
    return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

Done check_path(std::string_view address) {
    const auto odd = [](unsigned char c) { return c < 32 || c == 127; };
    if (std::any_of(address.begin(), address.end(), odd))
        return syntax_error("control characters in an address");
    if (!valid_utf8(address)) return syntax_error("an address is ASCII or UTF-8");
    if (address.size() > kLongestAddress) return syntax_error("an address has at most 254 octets");
    return done();
}

void read_parameters(std::string_view text, std::map<std::string, std::string>& into) {
    while (!text.empty()) {
        text = trimmed(text);
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(word.size());
        const std::size_t equals = word.find('=');
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1);
        if (!word.empty()) into[core::ascii_upper(word.substr(0, equals))] = value;
    }
}

}  // namespace

Command read_command(std::string_view line) {
    constexpr std::array<std::pair<std::string_view, Verb>, 10> verbs{{
        {"LHLO", Verb::lhlo},
        {"EHLO", Verb::smtp_hello},
        {"HELO", Verb::smtp_hello},
        {"MAIL", Verb::mail},
        {"RCPT", Verb::rcpt},
        {"DATA", Verb::data},
        {"RSET", Verb::rset},
        {"NOOP", Verb::noop},
        {"QUIT", Verb::quit},
        {"VRFY", Verb::vrfy},
    }};
    const std::string word = core::ascii_upper(line.substr(0, line.find(' ')));
    for (const auto& [name, verb] : verbs)
        if (word == name) return {verb, std::string(trimmed(line.substr(word.size())))};
    return {};
}

Result<Path> read_path(std::string_view argument, std::string_view keyword) {
    if (core::ascii_upper(argument.substr(0, keyword.size())) != keyword)
        return syntax_error("expected " + std::string(keyword) + "<address>");
    const std::string_view rest = trimmed(argument.substr(keyword.size()));
    const std::size_t end = rest.starts_with('<') ? end_of_path(rest) : std::string_view::npos;
    if (end == std::string_view::npos) return syntax_error("expected an address in angle brackets");
    const std::string_view after = rest.substr(end + 1);
    if (!after.empty() && after.front() != ' ') return syntax_error("expected a space after the address");
    Path path;
    path.address = without_route(rest.substr(1, end - 1));
    if (const Done fine = check_path(path.address); !fine) return fine.error();
    read_parameters(after, path.parameters);
    return path;
}

}  // namespace candour::mail
