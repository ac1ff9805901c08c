#include "edge/json/people_document.hpp"

#include <boost/json.hpp>

#include "edge/json/time_value.hpp"

namespace candour::json {

namespace bj = boost::json;

bj::object account_document(const core::Account& account) {
    return {{"id", account.id.text()},
            {"ref", account.ref},
            {"name", account.name},
            {"segment", core::name_of(core::kSegments, account.segment)},
            {"owner", account.owner.text()},
            {"renewal_on", account.renewal_on},
            {"annual_revenue",
             account.annual_revenue < 0 ? bj::value(nullptr) : bj::value(account.annual_revenue)}};
}

bj::object person_document(const flow::PersonView& person) {
    const core::Contact& contact = person.contact;
    bj::array roles;
    for (const core::ContactRole role : person.roles)
        roles.emplace_back(core::name_of(core::kContactRoles, role));
    return {{"id", contact.id.text()},
            {"account", contact.account.text()},
            {"account_name", person.account_name},
            {"email", contact.email},
            {"name", contact.name},
            {"level", core::name_of(core::kLevels, contact.level)},
            {"language", contact.language},
            {"zone", contact.zone},
            {"active", contact.active},
            {"roles", std::move(roles)},
            {"tags", bj::array(person.tags.begin(), person.tags.end())},
            {"merged_into",
             person.merged_into.empty() ? bj::value(nullptr) : bj::value(person.merged_into.text())},
            {"erased_at", time_or_null(person.erased_at)}};
}

}  // namespace candour::json
