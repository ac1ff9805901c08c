/// Accounts, contacts and teammates as values.
#pragma once
#include <cstdint>
#include <string>

#include "candour/ids.hpp"
#include "core/names.hpp"
#include "core/relationship/segment.hpp"

namespace candour::core {

enum class Level : std::uint8_t { operational, managerial, executive };
inline constexpr NameTable<Level, 3> kLevels{{
    {Level::operational, "operational"},
    {Level::managerial, "managerial"},
    {Level::executive, "executive"},
}};

struct Teammate {
    TeammateId id;
    std::string email;  ///< lower case
    std::string name;
};

struct Account {
    AccountId id;
    std::string ref;  ///< the organisation's own number; what imports match by
    std::string name;
    Segment segment = Segment::unclassified;
    TeammateId owner;
    std::string renewal_on;  ///< YYYY-MM-DD or empty
    std::int64_t annual_revenue = -1;
};

struct Contact {
    ContactId id;
    AccountId account;
    std::string email;  ///< lower case; empty: cannot be written to
    std::string name;
    Level level = Level::operational;
    std::string language;  ///< BCP 47 or empty
    std::string zone;      ///< IANA or empty
    bool active = true;
};

}  // namespace candour::core
