#include "bounce/notification.hpp"

#include <boost/json.hpp>

#include "bounce/reply_code.hpp"
#include "bounce/verdict.hpp"
#include "characters.hpp"

namespace candour::mail {
namespace {

namespace json = boost::json;

/// The document at the front of the text; the service writes a farewell behind it, and may wrap lines.
json::value document_in(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with('{')) return {};
    std::string joined;
    for (const std::string_view line : lines_of(text)) {
        if (line == "--") break;
        joined += line;
    }
    json::error_code ec;
    json::value document = json::parse(joined, ec);
    return ec ? json::value() : document;
}

std::string text_at(const json::value& object, std::string_view key) {
    const json::value* value = object.is_object() ? object.get_object().if_contains(key) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::value& at(const json::value& object, std::string_view key) {
    static const json::value none;
    const json::value* value = object.is_object() ? object.get_object().if_contains(key) : nullptr;
    return value != nullptr ? *value : none;
}

Bounce bounce_of(const json::value& recipient, std::string_view type) {
    Bounce bounce;
    bounce.recipient = text_at(recipient, "emailAddress");
    bounce.diagnostic = text_at(recipient, "diagnosticCode");
    bounce.status = text_at(recipient, "status");
    if (bounce.status.empty()) bounce.status = status_in(bounce.diagnostic);
    bounce.reply_code = reply_code_in(bounce.diagnostic);
    const Verdict verdict = judge(bounce.diagnostic, bounce.status, bounce.reply_code);
    bounce.kind = verdict.kind;
    bounce.hard = verdict.hard && type != "Transient";
    return bounce;
}

void read_recipients(const json::value& list, std::string_view type, Returned& returned) {
    if (!list.is_array()) return;
    for (const json::value& recipient : list.get_array())
        returned.bounces.push_back(bounce_of(recipient, type));
    for (Bounce& bounce : returned.bounces)
        if (returned.kind == Returned::Kind::complaint) bounce.kind = "complaint", bounce.hard = false;
}

}  // namespace

Returned read_notification(std::string_view text) {
    Returned returned;
    json::value document = document_in(text);
    if (const std::string inner = text_at(document, "Message"); !inner.empty()) document = document_in(inner);
    const std::string type = text_at(document, "notificationType");
    if (type == "Bounce") {
        returned.kind = Returned::Kind::bounce;
        returned.reason = "the relay's notification says that the mail bounced";
        const json::value& bounce = at(document, "bounce");
        read_recipients(at(bounce, "bouncedRecipients"), text_at(bounce, "bounceType"), returned);
    } else if (type == "Complaint") {
        returned.kind = Returned::Kind::complaint;
        returned.reason = "the relay's notification says that the recipient called the mail unwanted";
        read_recipients(at(at(document, "complaint"), "complainedRecipients"), "", returned);
    } else if (type == "Delivery") {
        returned.kind = Returned::Kind::delivery_notice;
        returned.reason = "the relay's notification says that the mail arrived";
    }
    return returned;
}

}  // namespace candour::mail
