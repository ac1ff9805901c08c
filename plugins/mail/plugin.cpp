// Mail: says what an incoming mail means. It stores nothing and sends nothing. See README.md.
#include "candour/plugin.hpp"

#include <boost/json.hpp>

#include "disposition.hpp"
#include "reading/letter.hpp"

namespace candour::mail {

namespace json = boost::json;

namespace {

struct Asked {
    Envelope envelope;
    std::string as = "message";
};

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// {"sender": "", "recipients": ["…"], "as": "message" | "text" | "html"}. Without a sender the envelope is
/// unknown: a mail that was kept as a file has none.
Result<Asked> read_envelope(std::string_view text) {
    json::error_code ec;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), ec);
    if (ec || !document.is_object())
        return Error{ErrorCode::invalid,
                     "expected the envelope as {\"sender\": …, \"recipients\": […]}, found " +
                         std::string(text.substr(0, 80))};
    const json::object& object = document.get_object();
    Asked asked;
    asked.envelope.known = object.contains("sender");
    asked.envelope.sender = text_at(object, "sender");
    if (const json::value* recipients = object.if_contains("recipients");
        recipients != nullptr && recipients->is_array())
        for (const json::value& recipient : recipients->get_array())
            if (recipient.is_string()) asked.envelope.recipients.emplace_back(recipient.get_string());
    if (object.contains("as")) asked.as = text_at(object, "as");
    if (asked.as != "message" && asked.as != "text" && asked.as != "html")
        return Error{ErrorCode::invalid,
                     "expected \"as\" to be message, text or html, found \"" + asked.as + "\""};
    return asked;
}

class Mail {
 public:
    explicit Mail(sdk::Host) { prepare_reader(); }

    Result<std::string> handle_mail(const sdk::Call&, const sdk::RawMail& mail) {
        const Result<Asked> asked = read_envelope(mail.envelope_json);
        if (!asked) return asked.error();
        const json::object document = asked->as == "message"
                                          ? disposition_of(mail.raw, asked->envelope)
                                          : disposition_of_text(mail.raw, asked->as == "html");
        return json::serialize(document);
    }
};

}  // namespace

}  // namespace candour::mail

CANDOUR_PLUGIN(candour::mail::Mail)
