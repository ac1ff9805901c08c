#include "edge/json/mail_document.hpp"

#include <boost/json.hpp>

#include "edge/json/disposition.hpp"
#include "edge/json/time_text.hpp"

namespace candour::json {
namespace {

namespace bj = boost::json;

bj::value or_null(const std::string& text) {
    return text.empty() ? bj::value(nullptr) : bj::value(text);
}

bj::value item_of(const flow::MailRow& row) {
    if (row.item.empty()) return nullptr;
    bj::object item{{"id", row.item.text()}};
    if (row.item_number != 0) item["alias"] = "LP-" + std::to_string(row.item_number);
    return item;
}

bj::value contact_of(const flow::MailRow& row) {
    if (row.contact.empty()) return nullptr;
    return bj::object{{"id", row.contact.text()}, {"name", row.contact_name}};
}

}  // namespace

bj::object mail_document(const flow::MailRow& row) {
    return {{"id", row.id},
            {"state", core::name_of(flow::kMailStates, row.state)},
            {"received_at", to_rfc3339(row.received_at)},
            {"envelope", bj::object{{"sender", row.sender}, {"recipient", row.recipient}}},
            {"kind", or_null(row.kind)},
            {"from", row.from},
            {"subject", row.subject},
            {"outcome", or_null(row.outcome)},
            {"detail", row.detail},
            {"attempts", row.attempts},
            {"message", or_null(row.message.text())},
            {"item", item_of(row)},
            {"contact", contact_of(row)},
            {"settled_at",
             core::happened(row.settled_at) ? bj::value(to_rfc3339(row.settled_at)) : bj::value(nullptr)},
            {"settled_by", or_null(row.settled_by)},
            {"digest", row.digest}};
}

bj::object whole_mail_document(const flow::MailRow& row) {
    bj::object document = mail_document(row);
    boost::system::error_code none;
    document["disposition"] = row.document.empty() ? bj::value(nullptr) : bj::parse(row.document, none);
    const Result<core::Disposition> mail = read_disposition(row.document);
    document["words"] = mail ? core::words_of(*mail) : std::string();
    return document;
}

}  // namespace candour::json
