/// The history of the relationship: what was true of an account or a contact from which day on. Rows are
/// written in the transaction of the change itself; metrics read them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/metrics/fact.hpp"
#include "core/relationship/people.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

struct ChangeTime {
    core::Day day = 0;  ///< the organisation's civil day of `at`
    core::Instant at;
};

/// Once per transaction, before its first row: readers follow the rows in order of their numbers.
void enter_history(Session& session);

/// Rows of the history, kept back and written together.
class HistoryRows {
 public:
    HistoryRows();
    /// As record_contact.
    void contact(Session& session, const std::optional<core::Contact>& before, const core::Contact& contact,
                 ChangeTime when, std::optional<core::Day> known_since);
    /// Of a contact, or without one of the account itself.
    void add(const std::string& account, const std::string& contact, const char* what, std::string value,
             ChangeTime when);
    void write(Session& session) { rows_.run(session); }

 private:
    Bulk rows_;
};

/// What differs from `before`; without one, all of it.
void record_account(Session& session, const std::optional<core::Account>& before,
                    const core::Account& account, ChangeTime when);
/// `known_since`: for a contact that was known before it came here; what is said of it is then true since
/// that day.
void record_contact(Session& session, const std::optional<core::Contact>& before,
                    const core::Contact& contact, ChangeTime when, std::optional<core::Day> known_since);
/// Recorded once, however often it is said. true: it was news.
bool record_opt_out(Session& session, const core::Contact& contact, bool opted_out, ChangeTime when);

}  // namespace candour::store
