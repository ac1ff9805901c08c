#include "bounce/bounce.hpp"

#include <algorithm>

#include "bounce/notice.hpp"
#include "bounce/notification.hpp"
#include "bounce/report.hpp"
#include "characters.hpp"
#include "reading/addresses.hpp"

namespace candour::mail {
namespace {

bool is_receipt(const Letter& letter) {
    const auto fits = [](const Leaf& leaf) {
        return leaf.type == "message/disposition-notification" && leaf.enclosed == 0;
    };
    return std::ranges::any_of(letter.leaves, fits);
}

/// Who cannot be the recipient that failed: the server, and whoever the notice was sent to.
std::vector<std::string> never_recipients(const Letter& letter, const Fields& returned) {
    std::vector<std::string> never;
    for (const char* name :
         {"from", "to", "return-path", "delivered-to", "x-original-to", "reply-to", "envelope-to"})
        for (const std::string& value : letter.fields.all(name))
            for (std::string& address : addresses_in(value)) never.push_back(std::move(address));
    for (const char* name : {"from", "return-path", "sender", "message-id", "reply-to"})
        for (std::string& address : addresses_in(returned.plain(name))) never.push_back(std::move(address));
    return never;
}

/// A report may name a file or nobody at all where the prose or the header names the address.
Returned named(Returned returned, const Letter& letter, const Notice& notice) {
    if (returned.bounces.size() != 1) return returned;
    std::string& recipient = returned.bounces.front().recipient;
    if (is_address(recipient) || recipient.find("\"@") != std::string::npos) return returned;
    const std::vector<Bounce> told = bounces_in(letter, notice, never_recipients(letter, {}));
    if (!told.empty()) recipient = told.front().recipient;
    return returned;
}

Returned read_prose(const Letter& letter, std::string_view text, const Notice& notice) {
    Returned returned;
    const Fields inner =
        letter.enclosures.empty() ? fields_of(notice.returned) : letter.enclosures.front().fields;
    std::vector<std::string> never = never_recipients(letter, inner);
    returned.bounces = report_in_prose(text, notice.text);
    if (returned.bounces.empty()) returned.bounces = bounces_in(letter, notice, never);
    if (returned.bounces.empty()) {
        // Nobody is named, so it is whoever the returned mail was for.
        Notice with_recipients = notice;
        with_recipients.text += "\n";
        for (const std::string& address : addresses_in(inner.plain("to")))
            with_recipients.text += "recipient: <" + address + ">\n";
        never.clear();
        for (std::string& address : addresses_in(inner.plain("from"))) never.push_back(std::move(address));
        returned.bounces = bounces_in(letter, with_recipients, never);
    }
    const std::vector<std::string> ids = message_ids(inner.plain("message-id"));
    if (!ids.empty()) returned.original_message_id = ids.front();
    returned.kind = Returned::Kind::bounce;
    returned.reason = "a mail server writes that a mail was not delivered";
    return returned;
}

}  // namespace

Returned read_returned(const Letter& letter, std::string_view text, const Envelope& envelope) {
    const Notice notice = split_notice(text);
    if (Returned complaint = read_complaint(letter); complaint.kind != Returned::Kind::none) return complaint;
    if (Returned report = read_delivery_report(letter, notice.text); report.kind != Returned::Kind::none)
        return named(std::move(report), letter, notice);
    if (is_receipt(letter))
        return {
            Returned::Kind::read_receipt, "the recipient's program says that the mail was shown", {}, {}, {}};
    if (Returned told = read_notification(notice.text); told.kind != Returned::Kind::none) return told;
    if (!sounds_like_a_bounce(letter, notice, envelope)) return {};
    return read_prose(letter, text, notice);
}

}  // namespace candour::mail
