#include "bounce/report.hpp"

#include <algorithm>

#include "bounce/conclusion.hpp"
#include "bounce/reply_code.hpp"
#include "characters.hpp"
#include "reading/addresses.hpp"

namespace candour::mail {
namespace {

constexpr std::size_t kMostGroups = 500;
constexpr std::size_t kLongestDiagnostic = 2'000;

/// "rfc822; ann@example.com" and what else is met: <…>, no type at all, a comment behind it.
std::string address_of(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    std::string_view address =
        trimmed(semicolon == std::string_view::npos ? value : value.substr(semicolon + 1));
    const bool quoted = address.find("\"@") != std::string_view::npos;
    const std::vector<std::string> found = quoted ? std::vector<std::string>() : addresses_in(address);
    if (!found.empty()) return found.back();
    while (!address.empty() && (address.front() == '<' || (address.front() == '"' && !quoted)))
        address.remove_prefix(1);
    while (!address.empty() && (address.back() == '>' || address.back() == '"')) address.remove_suffix(1);
    return std::string(address);
}

/// Somebody's, at a real domain: no file, no source route ("@relay:ann@host"), no bare host.
bool is_usable(std::string_view value, std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at != std::string_view::npos && at > 0 && address.find('.', at) != std::string_view::npos &&
           value.find(":") == std::string_view::npos;
}

/// Final-Recipient may be a mailbox inside the far side; what we wrote to is Original-Recipient.
std::string recipient_of(const Fields& fields) {
    std::string best;
    for (const char* name :
         {"final-recipient", "original-recipient", "x-actual-recipient", "x-original-recipient"}) {
        const std::string value = fields.plain(name), address = address_of(value);
        if (is_usable(value, address)) return address;
        if (best.empty() || best.find('@') == std::string::npos) best = address;
    }
    return best;
}

std::string diagnostic_of(const Fields& fields) {
    std::string text = fields.plain("diagnostic-code");
    const std::size_t semicolon = text.find(';');
    const std::string type = lower(trimmed(std::string_view(text).substr(0, semicolon)));
    if (semicolon != std::string::npos && type.size() <= 16 && type.find(' ') == std::string::npos)
        text.erase(0, semicolon + 1);
    return squeezed(cut(text, kLongestDiagnostic));
}

Bounce bounce_of(const Fields& fields, std::string_view notice) {
    Bounce bounce;
    bounce.recipient = recipient_of(fields);
    bounce.diagnostic = diagnostic_of(fields);
    bounce.status = status_in(fields.plain("status"));
    bounce.waits = begins(fields.plain("action"), "delayed");
    conclude(bounce, lines_about(notice, bounce.recipient), notice, begins(fields.plain("action"), "failed"));
    return bounce;
}

/// Some servers forget the empty line between two recipients.
std::vector<Fields> recipients_of(const Fields& group) {
    std::vector<Fields> recipients(1);
    for (const Field& field : group.list()) {
        const bool names_one = same(field.name, "final-recipient") || same(field.name, "original-recipient");
        if (names_one && recipients.back().has("action") && recipients.back().has(field.name))
            recipients.emplace_back();
        recipients.back().add(field.name, field.value);
    }
    return recipients;
}

bool is_good_news(std::string_view action) {
    return begins(action, "delivered") || begins(action, "relayed") || begins(action, "expanded");
}

/// A complaint about a mail that failed authentication is about somebody who wrote under our name: it must
/// silence nobody.
bool is_about_a_forgery(const Fields& report) {
    const std::string results = lower(report.plain("authentication-results"));
    const bool failed =
        results.find("spf=fail") != std::string::npos || results.find("dkim=fail") != std::string::npos;
    return same(trimmed(report.plain("feedback-type")), "abuse") && failed &&
           results.find("=pass") == std::string::npos;
}

const Leaf* leaf_of(const Letter& letter, std::string_view type) {
    const auto fits = [type](const Leaf& leaf) { return leaf.type == type && leaf.enclosed == 0; };
    const auto found = std::ranges::find_if(letter.leaves, fits);
    return found == letter.leaves.end() ? nullptr : &*found;
}

void add_returned_ids(const Letter& letter, Returned& returned) {
    const std::vector<std::string> ids = message_ids(returned_field(letter, "message-id"));
    if (!ids.empty()) returned.original_message_id = ids.front();
}

}  // namespace

std::vector<Group> groups_of(std::string_view report) {
    std::vector<Group> groups;
    while (!report.empty() && groups.size() < kMostGroups) {
        std::size_t end = 0;
        while (end < report.size()) {
            const std::size_t next = std::min(report.find('\n', end), report.size() - 1) + 1;
            const bool empty = trimmed(report.substr(end, next - end)).empty();
            if (empty) break;
            end = next;
        }
        groups.push_back({fields_of(report.substr(0, end)), end});
        report.remove_prefix(end);
        report.remove_prefix(std::min(report.find('\n'), report.size() - (report.empty() ? 0 : 1)) +
                             (report.empty() ? 0 : 1));
    }
    return groups;
}

const Leaf* delivery_report(const Letter& letter) {
    const Leaf* report = leaf_of(letter, "message/delivery-status");
    return report != nullptr ? report : leaf_of(letter, "message/global-delivery-status");
}

const Leaf* feedback_report(const Letter& letter) {
    return leaf_of(letter, "message/feedback-report");
}

std::string returned_field(const Letter& letter, std::string_view name) {
    for (const Enclosure& enclosure : letter.enclosures)
        if (enclosure.fields.has(name)) return enclosure.fields.plain(name);
    return {};
}

Returned read_delivery_report(const Letter& letter, std::string_view notice) {
    Returned returned;
    const Leaf* report = delivery_report(letter);
    if (report == nullptr) return returned;
    bool good_news = false;
    for (const Group& group : groups_of(report->text())) {
        if (group.fields.has("original-envelope-id"))
            returned.original_envelope_id = group.fields.plain("original-envelope-id");
        for (const Fields& fields : recipients_of(group.fields)) {
            const bool about_somebody = fields.has("final-recipient") || fields.has("original-recipient") ||
                                        fields.has("x-actual-recipient");
            if (is_good_news(fields.plain("action")))
                good_news = true;
            else if (about_somebody && returned.bounces.size() < kMostBounces)
                returned.bounces.push_back(bounce_of(fields, notice));
        }
    }
    add_returned_ids(letter, returned);
    if (!returned.bounces.empty()) {
        returned.kind = Returned::Kind::bounce;
        returned.reason = "a delivery report says that the mail failed or waits";
    } else if (good_news) {
        returned.kind = Returned::Kind::delivery_notice;
        returned.reason = "a delivery report says that the mail arrived";
    }
    return returned;
}

std::vector<Bounce> report_in_prose(std::string_view text, std::string_view notice) {
    std::vector<Bounce> bounces;
    for (const Group& group : groups_of(text))
        if (bounces.size() < kMostBounces && group.fields.has("final-recipient") &&
            (group.fields.has("action") || group.fields.has("status")))
            bounces.push_back(bounce_of(group.fields, notice));
    return bounces;
}

Returned read_complaint(const Letter& letter) {
    Returned returned;
    const Leaf* report = feedback_report(letter);
    const bool microsoft = report == nullptr && !letter.enclosures.empty() &&
                           begins(letter.fields.text("subject"), "complaint about message from");
    if (report == nullptr && !microsoft) return returned;
    const Fields fields = report == nullptr ? Fields() : fields_of(trimmed(report->text()));
    if (is_about_a_forgery(fields)) return returned;
    returned.kind = Returned::Kind::complaint;
    returned.reason = "the recipient called the mail unwanted";
    std::vector<std::string> recipients;
    for (const char* name : {"original-rcpt-to", "removal-recipient"})
        for (const std::string& value : fields.all(name))
            for (std::string& address : addresses_in(value)) recipients.push_back(std::move(address));
    if (recipients.empty())
        recipients = addresses_in(returned_field(letter, microsoft ? "x-hmxmroriginalrecipient" : "to"));
    if (recipients.empty()) recipients.emplace_back();
    for (const std::string& recipient : recipients) {
        Bounce bounce;
        bounce.recipient = recipient;
        bounce.kind = "complaint";
        bounce.diagnostic = fields.plain("feedback-type");
        returned.bounces.push_back(std::move(bounce));
    }
    returned.original_envelope_id = fields.plain("original-envelope-id");
    add_returned_ids(letter, returned);
    return returned;
}

}  // namespace candour::mail
