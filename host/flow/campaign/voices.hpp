/// The plugins that supply a campaign's words.
#pragma once
#include <string>

#include "candour/result.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// What a voice may know of the message it writes.
struct WordsRequest {
    std::string plugin;
    std::string kind;  ///< invitation, reminder
    std::string language;
    std::string about;
    std::string contact_name;
    std::string account_name;
    std::string organisation;
};

class Voices {
 public:
    virtual ~Voices() = default;
    /// schemas/json/message.schema.json, checked. Errors: not_found, unsupported, unavailable, internal (a
    /// bad document).
    virtual Task<Result<std::string>> compose(WordsRequest request) = 0;
    /// What the plugin asks when nobody says what; empty: each campaign names what it sends. Errors:
    /// not_found (no such plugin), unsupported (it asks nobody), unavailable (it does not run).
    virtual Result<std::string> asks_about(const std::string& plugin) const = 0;
};

}  // namespace candour::flow
