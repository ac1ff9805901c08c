#include "edge/store/candidate_columns.hpp"

#include "candour_queries.hpp"

namespace candour::store {
namespace {

struct AccountFacts {
    std::string id, ref, name, calendar;
    core::Segment segment = core::Segment::unclassified;
};

std::vector<AccountFacts> accounts_between(Session& session, const AccountRange& accounts) {
    std::vector<AccountFacts> all;
    AccountFacts one;
    std::string segment;
    Call call = session.call(sql::campaign::accounts_between);
    bind_accounts(call, &accounts);
    call.into(one.id).into(one.ref).into(segment).into(one.name).into(one.calendar);
    while (call.next()) {
        one.segment = core::value_of(core::kSegments, segment).value_or(core::Segment::unclassified);
        all.push_back(one);
    }
    return all;
}

class PeopleColumns {
 public:
    void read_from(Call& call) {
        for (std::string* column : {&contact_, &account_, &level_, &address_}) call.into(*column);
        call.into(active_);
        for (std::string* column : {&name_, &roles_, &tags_, &zone_}) call.into(*column);
    }
    const std::string& account() const { return account_; }
    core::Candidate at(const AccountFacts& account) const {
        core::Candidate one;
        one.contact = ContactId::trusted(contact_);
        one.account = AccountId::trusted(account_);
        one.account_ref = account.ref;
        one.segment = account.segment;
        one.level = core::value_of(core::kLevels, level_).value_or(core::Level::operational);
        one.address = address_;
        one.active = active_ != 0;
        one.roles = roles_;
        one.tags = tags_;
        one.zone = zone_;
        one.calendar = account.calendar;
        one.name = name_;
        one.account_name = account.name;
        return one;
    }

 private:
    std::string contact_, account_, level_, address_, name_, roles_, tags_, zone_;
    long long active_ = 0;
};

}  // namespace

void read_people(Session& session, const AccountRange& accounts, const Circumstances& known,
                 std::vector<core::Candidate>& everybody) {
    const std::vector<AccountFacts> facts = accounts_between(session, accounts);
    PeopleColumns columns;
    Call call = session.call(sql::campaign::people);
    bind_accounts(call, &accounts);
    columns.read_from(call);
    auto account = facts.begin();
    while (call.next()) {
        // Both come in the order of the accounts; some of those have nobody.
        while (account != facts.end() && account->id != columns.account()) ++account;
        if (account == facts.end()) return;
        everybody.push_back(columns.at(*account));
        known.apply(everybody.back());
    }
}

}  // namespace candour::store
