/// When we met: rows of a CSV file as touchpoints. Pure: the file is read elsewhere.
#pragma once
#include <string>
#include <vector>

#include "core/instant.hpp"
#include "core/names.hpp"
#include "core/relationship/import.hpp"

namespace candour::core {

enum class TouchpointKind : std::uint8_t { meeting, call, mail };
inline constexpr NameTable<TouchpointKind, 3> kTouchpointKinds{
    {{TouchpointKind::meeting, "meeting"}, {TouchpointKind::call, "call"}, {TouchpointKind::mail, "mail"}}};

/// What a contact is to their own organisation, as far as we are concerned.
enum class ContactRole : std::uint8_t { champion, budget_holder, influencer, sponsor, user };
inline constexpr NameTable<ContactRole, 5> kContactRoles{{{ContactRole::champion, "champion"},
                                                          {ContactRole::budget_holder, "budget_holder"},
                                                          {ContactRole::influencer, "influencer"},
                                                          {ContactRole::sponsor, "sponsor"},
                                                          {ContactRole::user, "user"}}};

struct TouchpointRow {
    int line = 0;
    std::string ref;  ///< the calendar's own key
    std::string account_ref;
    TouchpointKind kind = TouchpointKind::meeting;
    Instant at;
    int minutes = 0;
    std::vector<std::string> contacts;   ///< addresses
    std::vector<std::string> teammates;  ///< addresses
    std::string topics;
};

/// Columns: ref*, account_ref*, kind*, at* (YYYY-MM-DD or with a time in UTC), minutes, contacts, teammates,
/// topics. Several people stand in one cell, separated by semicolons.
Result<Import<TouchpointRow>> read_touchpoints(const Table& table);

}  // namespace candour::core
