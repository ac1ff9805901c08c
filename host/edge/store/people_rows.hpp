/// Accounts, contacts and teammates as rows.
#pragma once
#include <optional>

#include "candour/result.hpp"
#include "core/relationship/import.hpp"
#include "edge/store/history.hpp"
#include "edge/store/session.hpp"

namespace candour::store {

class AccountColumns {
 public:
    void read_from(Call& call);
    core::Account account() const;

 private:
    std::string id_, ref_, name_, segment_, owner_, renewal_on_;
    long long revenue_ = -1;
};

class ContactColumns {
 public:
    void read_from(Call& call);
    core::Contact contact() const;

 private:
    std::string id_, account_, email_, name_, level_, language_, zone_;
    long long active_ = 1;
};

enum class Change { added, changed, unchanged };

core::Teammate find_or_add_teammate(Session& session, const std::string& email, const std::string& name,
                                    core::Instant now);
Result<Change> import_account(Session& session, const core::AccountRow& row, ChangeTime when);
std::optional<core::Account> find_account(Session& session, const std::string& ref);
/// Whatever a file may say of a contact that is there.
void update_contact(Session& session, const core::Contact& contact, core::Instant now);

}  // namespace candour::store
