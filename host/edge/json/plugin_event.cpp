#include "edge/json/plugin_event.hpp"

#include <boost/json.hpp>

#include "edge/json/time_text.hpp"

namespace candour::json {

namespace bj = boost::json;

std::string write_contact_erased(const ContactId& contact, core::Instant at) {
    return bj::serialize(bj::object{{"contact", contact.text()}, {"at", to_rfc3339(at)}});
}

std::string write_mail_status(const MailStatus& status) {
    return bj::serialize(bj::object{{"message", status.message.text()},
                                    {"key", status.key},
                                    {"contact", status.contact.text()},
                                    {"status", status.status},
                                    {"code", status.code},
                                    {"detail", status.detail},
                                    {"at", to_rfc3339(status.at)}});
}

}  // namespace candour::json
