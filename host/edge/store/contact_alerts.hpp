/// The account's owner hears of it when somebody who matters is about to be lost. Inside a transaction.
#pragma once
#include <cstdint>
#include <string>

#include "core/instant.hpp"
#include "core/names.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

/// Executives, and whoever carries the tag `key`.
enum class ContactAlert : std::uint8_t { unreachable, opted_out, left, silent };
inline constexpr core::NameTable<ContactAlert, 4> kContactAlerts{{
    {ContactAlert::unreachable, "contact_unreachable"},
    {ContactAlert::opted_out, "contact_opted_out"},
    {ContactAlert::left, "contact_left"},
    {ContactAlert::silent, "contact_silent"},
}};

/// Of everybody who reads the address and matters. Of one occasion nobody hears twice.
void alert_of_address(Session& session, const std::string& address, ContactAlert alert, core::Instant at);
void alert_of_contact(Session& session, const std::string& contact, ContactAlert alert, core::Instant at);

/// Those who matter and let two questions pass without a word, the second one two weeks ago or more. Again:
/// nothing more, until they let another one pass. Returns how many alerts were written.
int alert_of_silence(Session& session, core::Instant now);

}  // namespace candour::store
