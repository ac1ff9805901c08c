#include "response.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "characters.hpp"

namespace candour::imports {
namespace {

// What an observation may hold: schemas/json/observation.schema.json.
constexpr std::size_t kMaxComment = 8'000, kMaxName = 200;
constexpr std::size_t kMaxKey = 200;  // bytes
constexpr std::size_t kMaxRow = 250 * 1024;

void append_member(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.back() == '{' ? "\"" : ",\"";
    out += name;
    out += "\":";
    append_text(out, value);
}

void append_list(std::string& out, std::string_view name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    out += out.back() == '{' ? "\"" : ",\"";
    out += name;
    out += "\":[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) out += ',';
        append_text(out, values[i]);
    }
    out += ']';
}

void append_pairs(std::string& out, std::string_view name,
                  const std::vector<std::pair<std::string, std::string>>& pairs) {
    if (pairs.empty()) return;
    out += out.back() == '{' ? "\"" : ",\"";
    out += name;
    out += "\":{";
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (i > 0) out += ',';
        append_text(out, pairs[i].first);
        out += ':';
        append_text(out, pairs[i].second);
    }
    out += '}';
}

/// The system's own names of people stand behind its name; an id of Candour's is one already.
std::string person_ref(const Response& response, const Wish& wish) {
    if (response.person.empty() || response.person.starts_with("con_")) return response.person;
    return wish.people_of() + ":" + response.person;
}

void append_person(std::string& out, const Response& response, const Wish& wish) {
    out += "\"person\":{";
    append_member(out, "id", person_ref(response, wish));
    append_member(out, "email", response.email);
    append_member(out, "name", response.name);
    append_member(out, "account", response.account);
    append_member(out, "language", response.language);
    out += '}';
}

void append_observation(std::string& out, const Response& response, const Wish& wish) {
    out += "\"observation\":{";
    append_member(out, "about",
                  wish.survey.empty() ? std::string_view(wish.from) : std::string_view(wish.survey));
    if (response.score) out += ",\"score\":" + std::to_string(*response.score);
    append_member(out, "verbatim", response.comment);
    append_member(out, "language", response.language);
    append_member(out, "occurred_at", response.at.instant);
    out += ",\"answers\":{";
    append_member(out, "answered", response.written_at);
    append_member(out, "zone", response.zone);
    append_pairs(out, "questions", response.questions);
    append_pairs(out, "properties", response.properties);
    append_list(out, "tags", response.tags);
    append_list(out, "notes", response.notes);
    append_member(out, "permalink", response.permalink);
    append_member(out, "partial", response.partial ? "yes" : "");
    out += "}}";
}

std::string response_key(const Response& response, const Wish& wish) {
    const std::string key = wish.people_of() + "/" + response.id;
    return key.size() <= kMaxKey ? key : wish.from + "/#" + fingerprint(key);
}

Done check_length(std::string_view what, std::string_view text, std::size_t most) {
    if (text.size() <= most) return done();
    const std::size_t found = characters_in(text);
    if (found <= most) return done();
    return Error{ErrorCode::invalid, std::string(what) + ": expected up to " + std::to_string(most) +
                                         " characters, found " + std::to_string(found)};
}

}  // namespace

Result<std::optional<int>> read_score(std::string_view text) {
    if (text.empty()) return std::optional<int>();
    int number = -1;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (rest.starts_with('.') && rest.find_first_not_of("0", 1) == std::string_view::npos) rest = {};
    if (ec == std::errc() && number >= 0 && number <= 10 && (rest.empty() || rest.front() == ' '))
        return std::optional<int>(number);
    return Error{ErrorCode::invalid, "score: expected a whole number from 0 to 10, found \"" +
                                         std::string(text.substr(0, 60)) + "\""};
}

std::string language_tag(std::string_view text) {
    std::string tag(text);
    std::size_t part = 0;
    bool first = true;
    for (char& c : tag) {
        if (c == '_') c = '-';
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
        if (c == '-') {
            if (part < (first ? 2U : 1U)) return {};
            first = false;
            part = 0;
            continue;
        }
        if (!letter && (first || !digit)) return {};
        if (first && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (++part > (first ? 3U : 8U)) return {};
    }
    return tag.size() <= 35 && part >= (first ? 2U : 1U) ? tag : std::string();
}

std::string trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::string address(std::string_view text) {
    std::string low = trimmed(text);
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

std::vector<std::string> listed(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(",;"), text.size());
        if (std::string item = trimmed(text.substr(0, end)); !item.empty()) items.push_back(std::move(item));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

void append_text(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte >= 0x20) {
            out += c;
        } else {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    out += '"';
}

Result<std::string> row_json(const Response& response, const Wish& wish) {
    if (Done fits = check_length("comment", response.comment, kMaxComment); !fits) return fits.error();
    for (const auto& [what, text] :
         {std::pair{"e-mail address", &response.email}, std::pair{"name", &response.name},
          std::pair{"account", &response.account}, std::pair{"person", &response.person}})
        if (Done fits = check_length(what, *text, kMaxName - 100 * (text == &response.person)); !fits)
            return fits.error();
    std::string row = "{\"key\":";
    append_text(row, response_key(response, wish));
    row += ",\"row\":" + std::to_string(response.row) + ",";
    append_observation(row, response, wish);
    if (!response.person.empty() || !response.email.empty()) {
        row += ',';
        append_person(row, response, wish);
    }
    if (!response.at.wall.empty()) {
        row += ",\"wall\":{";
        append_member(row, "at", response.at.wall);
        append_member(row, "zone", response.zone);
        row += '}';
    }
    row += '}';
    if (row.find("\\u0000") != std::string::npos)
        return Error{ErrorCode::invalid, "expected text, found a NUL character"};
    if (row.size() > kMaxRow)
        return Error{ErrorCode::invalid, "expected a row of up to 250 KiB, found a longer one"};
    return row;
}

std::string person_json(const Response& response, const Wish& wish) {
    std::string row = "{\"row\":" + std::to_string(response.row) + ",";
    append_person(row, response, wish);
    return row + "}";
}

std::string fingerprint(std::string_view text) {
    // FNV-1a, twice with different beginnings: 128 bits that stay the same for ever.
    std::uint64_t first = 14695981039346656037U, second = 9650029242287828579U;
    for (const char c : text) {
        first = (first ^ static_cast<unsigned char>(c)) * 1099511628211U;
        second = (second ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    std::array<char, 40> digits{};
    const int length =
        std::snprintf(digits.data(), digits.size(), "%016llx%016llx", static_cast<unsigned long long>(first),
                      static_cast<unsigned long long>(second));
    return {digits.data(), static_cast<std::size_t>(length)};
}

}  // namespace candour::imports
