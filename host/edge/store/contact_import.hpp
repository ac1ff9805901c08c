/// Contacts of a file, in its order: looked up and written many at a time.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/store/history.hpp"
#include "edge/store/people_rows.hpp"

namespace candour::store {

class ContactImport {
 public:
    ContactImport(Session& session, const std::vector<core::ContactRow>& rows, ChangeTime when);
    /// The next row; the last one writes what is left. Errors: not_found when its account is unknown.
    Result<Change> next();

 private:
    Result<Change> import(const core::ContactRow& row);
    void write();
    void look_ahead();
    const std::optional<core::Account>& account_of(const std::string& ref);
    Change put(core::Contact contact, const core::ContactRow& row);

    Session& session_;
    const std::vector<core::ContactRow>& rows_;
    ChangeTime when_;
    std::size_t at_ = 0;
    std::map<std::string, std::optional<core::Account>>
        accounts_;                                ///< by reference, as far as they were asked for
    std::map<std::string, core::Contact> known_;  ///< of the rows that were looked up last
    Bulk fresh_;
    HistoryRows history_;
    Bulk tags_;
};

}  // namespace candour::store
