/// What plugins are told of what happens at the host: schemas/json/event.schema.json.
#pragma once
#include <string>

#include "candour/ids.hpp"
#include "core/instant.hpp"

namespace candour::json {

std::string write_contact_erased(const ContactId& contact, core::Instant at);

/// What became of a mail that the plugin sent.
struct MailStatus {
    MessageId message;
    std::string key;  ///< as the plugin gave it
    ContactId contact;
    std::string status;  ///< handed_over, rejected, bounced, given_up, suppressed, unknown
    std::string code;    ///< enhanced status code, or empty
    std::string detail;
    core::Instant at;
};
std::string write_mail_status(const MailStatus& status);

}  // namespace candour::json
