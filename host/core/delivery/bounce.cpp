#include "core/delivery/bounce.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace candour::core {
namespace {

struct Status {
    int kind = 0;
    int subject = 0;
    int detail = 0;
};

std::optional<int> next_number(std::string_view& text) {
    int number = 0;
    const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (bad != std::errc() || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
    return number;
}

std::optional<Status> read_status(std::string_view text) {
    const std::optional<int> kind = next_number(text), subject = next_number(text),
                             detail = next_number(text);
    if (!kind || !subject || !detail) return std::nullopt;
    return Status{*kind, *subject, *detail};
}

struct Meaning {
    int subject;
    int detail;
    BounceKind kind;
};

/// RFC 3463 and the registry of enhanced status codes; what is not here is judged by its subject below.
constexpr std::array kMeanings{
    Meaning{1, 7, BounceKind::neither},  // our own address is malformed
    Meaning{1, 8, BounceKind::neither},  // our own system cannot be answered
    Meaning{1, 9, BounceKind::neither},  // not relayed as it is
    Meaning{2, 1, BounceKind::hard},     // mailbox disabled
    Meaning{2, 3, BounceKind::neither},  // this mail is too long
    Meaning{3, 4, BounceKind::neither},  // the same
    Meaning{4, 4, BounceKind::hard},     // there is no such domain
};

/// By subject: 1 addresses, 2 mailboxes, 3 systems, 4 networks, 5 protocol, 6 content, 7 policy.
BounceKind by_subject(int subject) {
    if (subject == 1) return BounceKind::hard;
    return subject >= 5 ? BounceKind::neither : BounceKind::soft;
}

BounceKind by_code(int code) {
    if (code == 0 || code == 550 || code == 551 || code == 553) return BounceKind::hard;
    return code == 552 || code / 100 == 4 ? BounceKind::soft : BounceKind::neither;
}

}  // namespace

BounceKind kind_of_bounce(std::string_view text, int code) {
    const std::optional<Status> status = read_status(text);
    if (!status) return by_code(code);
    if (status->kind == 4) return BounceKind::soft;
    if (status->kind != 5) return BounceKind::neither;
    const auto known = std::ranges::find_if(kMeanings, [&](const Meaning& one) {
        return one.subject == status->subject && one.detail == status->detail;
    });
    return known == kMeanings.end() ? by_subject(status->subject) : known->kind;
}

BounceKind kind_of_bounce(std::string_view status, int code, std::string_view what, bool hard) {
    if (hard && (what == "recipient" || what == "domain")) return BounceKind::hard;
    if (what == "content" || what == "policy") return BounceKind::neither;
    if (!hard) return BounceKind::soft;
    return kind_of_bounce(status, code);
}

}  // namespace candour::core
