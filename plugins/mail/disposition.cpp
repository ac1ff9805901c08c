#include "disposition.hpp"

#include <boost/json.hpp>

#include "bounce/bounce.hpp"
#include "bounce/report.hpp"
#include "characters.hpp"
#include "reading/addresses.hpp"
#include "reading/body.hpp"
#include "reading/charset.hpp"
#include "reading/instant.hpp"
#include "reply/trim.hpp"
#include "threading.hpp"

namespace candour::mail {
namespace {

namespace json = boost::json;

struct Meaning {
    std::string kind;
    std::string reason;
};

json::array list_of(const std::vector<std::string>& list) {
    json::array array;
    for (const std::string& text : list) array.emplace_back(text);
    return array;
}

json::array bounces_json(const Returned& returned) {
    json::array list;
    for (const Bounce& bounce : returned.bounces)
        list.push_back(json::object{{"recipient", repaired(bounce.recipient)},
                                    {"status", bounce.status},
                                    {"reply_code", bounce.reply_code},
                                    {"class", bounce.kind},
                                    {"hard", bounce.hard},
                                    {"diagnostic", repaired(bounce.diagnostic)},
                                    {"waits", bounce.waits}});
    return list;
}

/// Of a file, a charset, a type; longer ones are attacks.
constexpr std::size_t kLongestName = 255;

/// The groups of a report count as parts of their own, as the fields of a message without a body do.
void add_part(const Leaf& leaf, json::array& list) {
    if (leaf.type.starts_with("message/")) {
        for (const Group& group : groups_of(leaf.content + "\n"))
            list.push_back(json::object{
                {"type", "text/plain"}, {"charset", ""}, {"name", leaf.type}, {"bytes", group.bytes}});
        return;
    }
    const auto named = [](std::string_view text) { return repaired(cut(text, kLongestName)); };
    list.push_back(json::object{{"type", named(leaf.type)},
                                {"charset", named(leaf.charset)},
                                {"name", named(leaf.name)},
                                {"bytes", leaf.bytes}});
}

std::string_view to_text(Returned::Kind kind) {
    switch (kind) {
        case Returned::Kind::bounce:
            return "bounce";
        case Returned::Kind::complaint:
            return "complaint";
        case Returned::Kind::delivery_notice:
            return "delivery_notice";
        case Returned::Kind::read_receipt:
            return "read_receipt";
        case Returned::Kind::none:
            break;
    }
    return "";
}

/// The order matters: a report also looks automatic, an automatic reply also looks like a reply.
Meaning meaning_of(const Letter& letter, const Envelope& envelope, const Returned& returned,
                   const Thread& thread) {
    const Fields& fields = letter.fields;
    if (fields.list().empty()) return {"rejected", "no header could be read"};
    if (returned.kind != Returned::Kind::none) return {std::string(to_text(returned.kind)), returned.reason};
    if (std::string why = loop_reason(fields); !why.empty()) return {"loop", std::move(why)};
    if (std::string why = unsubscribe_reason(fields, envelope); !why.empty())
        return {"unsubscribe", std::move(why)};
    if (std::string why = automatic_reason(fields, envelope); !why.empty())
        return {"auto_reply", std::move(why)};
    if (!thread.tokens.empty()) return {"reply", "it was sent to the address of a conversation"};
    if (std::string why = spam_reason(fields); !why.empty()) return {"spam", std::move(why)};
    if (std::string why = list_reason(fields); !why.empty()) return {"list", std::move(why)};
    if (!thread.in_reply_to.empty() || !thread.references.empty())
        return {"reply", "it names the mail that it answers"};
    return {"human", "nothing says that a program wrote it"};
}

void add_words(std::string_view text, std::string_view sender_name, json::object& document) {
    const Trimmed trimmed = trim_reply(text, sender_name);
    document["text"] = text;
    document["reply"] = trimmed.reply;
    document["reply_trimmed"] = trimmed.reply_trimmed;
    document["signature"] = trimmed.signature;
    document["interleaved"] = trimmed.interleaved;
}

Mailbox author_of(const Fields& fields) {
    for (const char* name : {"from", "sender", "reply-to"})
        for (const Field& field : fields.list())
            if (same(field.name, name))
                if (const std::vector<Mailbox> found = mailboxes(field.value); !found.empty())
                    return found.front();
    return {};
}

std::vector<std::string> addressees(const Fields& fields) {
    std::vector<std::string> found;
    for (const char* name : {"to", "cc"})
        for (const Field& field : fields.list())
            if (same(field.name, name))
                for (const Mailbox& mailbox : mailboxes(field.value)) found.push_back(mailbox.address);
    return found;
}

std::string first_of(const std::vector<std::string>& list) {
    return list.empty() ? std::string() : list.front();
}

void add_thread(const Letter& letter, const Thread& thread, const Returned& returned,
                json::object& document) {
    document["message_id"] = first_of(message_ids(letter.fields.plain("message-id")));
    document["in_reply_to"] = first_of(thread.in_reply_to);
    document["references"] = list_of(thread.references);
    document["tokens"] = list_of(thread.tokens);
    document["original_message_id"] = returned.original_message_id;
    document["original_envelope_id"] = returned.original_envelope_id;
}

}  // namespace

json::object disposition_of(std::string_view raw, const Envelope& envelope) {
    const Letter letter = open_letter(raw);
    const Body body = body_of(letter);
    const Returned returned = read_returned(letter, body.text, envelope);
    const Thread thread = thread_of(letter, envelope, returned);
    const Meaning meaning = meaning_of(letter, envelope, returned, thread);
    const Mailbox author = author_of(letter.fields);
    json::object document{{"disposition", meaning.kind},
                          {"reason", meaning.reason},
                          {"bounces", bounces_json(returned)},
                          {"from", author.address}};
    document["authored_by"] = json::object{{"address", author.address}, {"name", author.name}};
    document["to"] = list_of(addressees(letter.fields));
    document["subject"] = squeezed(letter.fields.text("subject"));
    document["date"] = rfc3339_of(letter.fields.plain("date"));
    document["language"] = lower(std::string(trimmed(letter.fields.plain("content-language"))));
    add_thread(letter, thread, returned, document);
    add_words(body.text, author.name, document);
    json::array parts;
    for (const Leaf& leaf : letter.leaves) add_part(leaf, parts);
    document["parts"] = std::move(parts);
    document["defects"] = list_of(letter.defects);
    document["truncated"] = letter.truncated || body.truncated;
    return document;
}

json::object disposition_of_text(std::string_view text, bool html) {
    const std::string readable = html ? html_as_text(text, "") : plain_as_text(text, "");
    json::object document{{"disposition", "human"},
                          {"reason", "a text that came alone"},
                          {"bounces", json::array{}},
                          {"from", ""}};
    document["authored_by"] = json::object{{"address", ""}, {"name", ""}};
    document["to"] = json::array{};
    for (const char* key : {"subject", "date", "language"}) document[key] = "";
    add_thread(Letter{}, Thread{}, Returned{}, document);
    add_words(cut(readable, kMostText), "", document);
    document["parts"] = json::array{json::object{
        {"type", html ? "text/html" : "text/plain"}, {"charset", ""}, {"name", ""}, {"bytes", text.size()}}};
    document["defects"] = json::array{};
    document["truncated"] = readable.size() > kMostText;
    return document;
}

}  // namespace candour::mail
