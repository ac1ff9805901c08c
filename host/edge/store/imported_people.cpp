#include "edge/store/imported_people.hpp"

#include <algorithm>
#include <map>

#include "candour_queries.hpp"
#include "edge/json/rows.hpp"

namespace candour::store {
namespace {

using flow::FoundPerson;
using flow::ImportedPerson;

/// A contact as somebody may mean it, with its account's number and name.
struct MeantPerson {
    FoundPerson person;
    std::string ref, name;
};

using PeopleByKey = std::multimap<std::string, MeantPerson>;

bool is_contact_id(const std::string& id) {
    return ContactId::parse(id).has_value();
}

/// Those of `keys` whom the database knows, by key.
PeopleByKey select_candidates(Session& session, const Query& query, const std::vector<std::string>& keys) {
    PeopleByKey found;
    if (keys.empty()) return found;
    json::Rows rows;
    for (const std::string& key : keys) rows.row().with("key", key);
    std::string key, id, account, ref, name;
    Call call = session.call(query);
    call.with("keys", rows.text()).into(key).into(id).into(account).into(ref).into(name);
    while (call.next())
        found.emplace(key, MeantPerson{{ContactId::trusted(id), AccountId::trusted(account)}, ref, name});
    return found;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [lower](char x, char y) { return lower(x) == lower(y); });
}

/// One of those with this key: the only one, or the only one at the account that the row names.
std::optional<Result<FoundPerson>> choose_candidate(const PeopleByKey& found, const std::string& key,
                                                    const std::string& account) {
    const auto [from, to] = found.equal_range(key);
    if (from == to) return std::nullopt;
    if (std::next(from) == to) return Result<FoundPerson>(from->second.person);
    const MeantPerson* chosen = nullptr;
    int fitting = 0;
    for (auto at = from; at != to; ++at) {
        const MeantPerson& one = at->second;
        if (account.empty() || !(same_but_for_case(one.ref, account) || same_but_for_case(one.name, account)))
            continue;
        chosen = &one;
        ++fitting;
    }
    if (fitting == 1) return Result<FoundPerson>(chosen->person);
    return Result<FoundPerson>(Error{
        ErrorCode::conflict, "several accounts have \"" + key + "\"; name the account's number in the row"});
}

std::string nobody_like(const ImportedPerson& person) {
    return person.email.empty() ? "there is nobody with the id \"" + person.id + "\""
                                : "there is no contact with the address \"" + person.email + "\"";
}

std::vector<Result<FoundPerson>> find_people_in(Session& session, const std::vector<ImportedPerson>& people) {
    std::vector<std::string> ids, refs, addresses;
    for (const ImportedPerson& person : people) {
        if (!person.id.empty()) (is_contact_id(person.id) ? ids : refs).push_back(person.id);
        if (!person.email.empty()) addresses.push_back(person.email);
    }
    const PeopleByKey by_id = select_candidates(session, sql::imports::people_by_id, ids),
                      by_ref = select_candidates(session, sql::imports::people_by_ref, refs),
                      by_address = select_candidates(session, sql::imports::people_by_address, addresses);
    std::vector<Result<FoundPerson>> found;
    for (const ImportedPerson& person : people) {
        std::optional<Result<FoundPerson>> one;
        for (const auto& [candidates, key] : {std::pair{&by_id, &person.id}, std::pair{&by_ref, &person.id},
                                              std::pair{&by_address, &person.email}})
            if (!one && !key->empty()) one = choose_candidate(*candidates, *key, person.account);
        found.push_back(one ? *std::move(one)
                            : Result<FoundPerson>(Error{ErrorCode::not_found, nobody_like(person)}));
    }
    return found;
}

}  // namespace

flow::Task<Result<std::vector<Result<FoundPerson>>>> ImportedPeople::find(
    std::vector<ImportedPerson> people) {
    using Found = std::vector<Result<FoundPerson>>;
    return database_.read<Found>([people = std::move(people)](Session& session) {
        return Result<Found>(find_people_in(session, people));
    });
}

flow::Task<Done> ImportedPeople::remember(std::vector<flow::NamedElsewhere> names, core::Instant now) {
    return database_.write<Nothing>([names = std::move(names), now](Session& session) -> Done {
        std::map<std::string, std::string> last;  // a name that stands twice in the file is the last one's
        for (const auto& [ref, contact] : names) last[ref] = contact.text();
        Bulk rows(sql::imports::remember_refs, {"ref", "contact_id", "now"});
        for (const auto& [ref, contact] : last) rows.row({ref, contact, std::to_string(core::to_us(now))});
        rows.run(session);
        return done();
    });
}

}  // namespace candour::store
