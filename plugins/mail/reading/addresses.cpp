#include "reading/addresses.hpp"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "characters.hpp"
#include "reading/bounds.hpp"
#include "reading/charset.hpp"
#include "reading/words.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kMostMailboxes = 1'000;
constexpr std::size_t kMostIds = 200;

/// RFC 5321, 4.5.3.1: 64 octets before the @, 255 behind it; a little more is met in the wild.
constexpr std::size_t kLongestLocal = 128;
constexpr std::size_t kLongestDomain = 255;

bool is_local(char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("!#$%&'*+/=?^_`{|}~.-").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_domain(char c) {
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// GMime cuts a name behind its first padded word, so a name with words is read by us.
std::string name_of(InternetAddress* address, std::string_view raw, bool only_one) {
    const std::size_t bracket = raw.rfind('<');
    if (only_one && raw.find("=?") < bracket && bracket != std::string_view::npos) {
        std::string name = squeezed(decode_words(raw.substr(0, bracket)));
        std::erase(name, '"');
        return name;
    }
    const char* name = internet_address_get_name(address);
    return name == nullptr ? "" : squeezed(repaired(name));
}

void collect(InternetAddressList* list, std::string_view raw, int depth, std::vector<Mailbox>& found) {
    const int count = internet_address_list_length(list);
    for (int i = 0; i < count && found.size() < kMostMailboxes; ++i) {
        InternetAddress* address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address) && depth < 4) {
            collect(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), raw, depth + 1,
                    found);
        } else if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            const char* bare = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
            if (bare != nullptr)
                found.push_back({repaired(bare), name_of(address, raw, count == 1 && depth == 0)});
        }
    }
}

struct Release {
    void operator()(void* object) const { g_object_unref(object); }
};

/// The address around the @ at `at`; empty when there is none.
std::string_view address_around(std::string_view text, std::size_t at) {
    std::size_t from = at, to = at + 1;
    while (from > 0 && at - from < kLongestLocal && is_local(text[from - 1])) --from;
    while (to < text.size() && to - at < kLongestDomain && is_domain(text[to])) ++to;
    // Commas and brackets of other scripts are no part of a domain.
    for (const char* mark : {"\u060C", "\u3001", "\u3002", "\uFF0C", "\u201D", "\u00BB", "\u2026", "\u300D"})
        to = std::min(to, text.find(mark, at));
    while (to > at + 1 && (text[to - 1] == '.' || text[to - 1] == '-')) --to;
    while (from < at && (text[from] == '\'' || text[from] == '`' || text[from] == '=' || text[from] == '.'))
        ++from;
    if (from == at || to - at < 3) return {};
    return text.substr(from, to - from);
}

}  // namespace

std::vector<Mailbox> mailboxes(std::string_view raw) {
    std::vector<Mailbox> found;
    const std::string value = unfolded(cut(raw, kMostValue));
    if (value.empty()) return found;
    const std::unique_ptr<InternetAddressList, Release> list(
        internet_address_list_parse(nullptr, value.c_str()));
    if (list) collect(list.get(), value, 0, found);
    return found;
}

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && address_around(text, at) == text;
}

std::vector<std::string> addresses_in(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = text.find('@'); at != std::string_view::npos && found.size() < kMostMailboxes;
         at = text.find('@', at + 1)) {
        const std::string_view address = address_around(text, at);
        const bool known =
            std::ranges::any_of(found, [&](const std::string& other) { return same(other, address); });
        if (!address.empty() && !known) found.emplace_back(address);
    }
    return found;
}

std::string_view local_part(std::string_view address) {
    return address.substr(0, address.rfind('@'));
}

std::string_view domain_of(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

std::vector<std::string> message_ids(std::string_view value) {
    std::vector<std::string> ids;
    std::size_t from = value.find('<');
    while (from != std::string_view::npos && ids.size() < kMostIds) {
        const std::size_t to = value.find('>', from);
        if (to == std::string_view::npos) break;
        std::string id;
        for (const char c : value.substr(from, to - from + 1))
            if (!is_blank(c)) id += c;
        ids.push_back(std::move(id));
        from = value.find('<', to);
    }
    return ids;
}

}  // namespace candour::mail
