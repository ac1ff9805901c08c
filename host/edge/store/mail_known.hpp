/// What the store knows about a mail before anything follows from it; inside a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "edge/store/mail_rows.hpp"

namespace candour::store {

/// Everything that the effects need to know of the mail.
struct KnownMail {
    flow::MailRow row;
    core::Disposition mail;
    std::string meaning;  ///< what makes it the same as another one
    std::optional<core::MailThread> thread;
    core::SoftRule soft;
    core::Instant now;
};

/// All contacts that the address (or the id) names.
std::vector<core::Contact> contacts_with(Session& session, const std::string& id_or_address);
/// The first of the trails that leads to a message of ours.
std::optional<core::MailThread> thread_of(Session& session, const std::vector<core::MailTrail>& trails,
                                          core::Instant now);
std::string meaning_of(const flow::MailRow& row, const core::Disposition& mail);

}  // namespace candour::store
