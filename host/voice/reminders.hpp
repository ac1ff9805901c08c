/// The mail that reminds one of us. It leads to our own pages, never to a customer's.
#pragma once
#include <optional>
#include <string>

#include "voice/mails.hpp"

namespace candour::voice {

struct ReminderFacts {
    std::string organisation;
    std::string language = "en";
    std::string step;        ///< core's word for what is owed: hear, decide, change, tell, another_channel
    std::string item;        ///< its alias, such as LP-187
    std::string contact;     ///< whom it is about, with their account; or empty
    std::string owner_name;  ///< who answers for it; or empty
    std::optional<Date> due;
    std::string said;  ///< the customer's own words; or empty
    std::string item_url;
};

Mail reminder_mail(const ReminderFacts& facts);

}  // namespace candour::voice
