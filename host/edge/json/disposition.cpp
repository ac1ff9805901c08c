#include "edge/json/disposition.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "core/relationship/cells.hpp"
#include "edge/json/members.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

std::vector<core::MailBounce> bounces_at(const bj::object& object) {
    std::vector<core::MailBounce> bounces;
    const bj::value* found = object.if_contains("bounces");
    if (found == nullptr || !found->is_array()) return bounces;
    for (const bj::value& each : found->get_array()) {
        if (!each.is_object()) continue;
        const bj::object& one = each.get_object();
        bounces.push_back({text_at(one, "recipient"), text_at(one, "status"), text_at(one, "reply_code"),
                           text_at(one, "class"), flag_at(one, "hard"), text_at(one, "diagnostic"),
                           flag_at(one, "waits")});
    }
    return bounces;
}

}  // namespace

Result<core::Disposition> read_disposition(std::string_view text) {
    boost::system::error_code bad;
    const bj::value value = bj::parse(text, bad);
    if (bad || !value.is_object()) return Error{ErrorCode::invalid, "disposition: expected a JSON object"};
    const bj::object& object = value.get_object();
    const std::string word = text_at(object, "disposition");
    const auto kind = core::value_of(core::kMailKinds, word);
    if (!kind)
        return Error{ErrorCode::invalid,
                     "disposition: expected a word such as human, reply or bounce, found \"" + word + "\""};
    core::Disposition mail;
    mail.kind = *kind;
    mail.reason = text_at(object, "reason");
    mail.from = core::lower(text_at(object, "from"));
    mail.subject = text_at(object, "subject");
    mail.message_id = text_at(object, "message_id");
    mail.in_reply_to = text_at(object, "in_reply_to");
    mail.references = texts_at(object, "references");
    mail.tokens = texts_at(object, "tokens");
    mail.original_message_id = text_at(object, "original_message_id");
    mail.original_envelope_id = text_at(object, "original_envelope_id");
    mail.text = text_at(object, "text");
    mail.reply = text_at(object, "reply");
    mail.reply_trimmed = text_at(object, "reply_trimmed");
    mail.language = text_at(object, "language");
    mail.bounces = bounces_at(object);
    mail.truncated = flag_at(object, "truncated");
    return mail;
}

}  // namespace candour::json
