#include "core/campaign/audience.hpp"

#include <algorithm>
#include <set>

namespace candour::core {
namespace {

bool holds(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

template <class Enum, std::size_t N>
Done check_names(const char* list, const std::vector<std::string>& names, const NameTable<Enum, N>& table) {
    for (const std::string& name : names) {
        if (value_of(table, name)) continue;
        std::string known;
        for (const auto& [value, text] : table) known += (known.empty() ? "" : ", ") + std::string(text);
        return Error{ErrorCode::invalid, "audience." + std::string(list) + ": expected one of " + known +
                                             "; found \"" + name + "\""};
    }
    return done();
}

bool names_account(const Audience& audience, const Candidate& one) {
    return holds(audience.accounts, one.account.text()) || holds(audience.accounts, one.account_ref);
}

bool names_contact(const Audience& audience, const Candidate& one) {
    return holds(audience.contacts, one.contact.text()) ||
           (!one.address.empty() && holds(audience.contacts, one.address));
}

std::optional<LeftOut> reason_of(const Candidate& candidate, const std::set<std::string>& taken) {
    if (!candidate.active) return LeftOut::inactive;
    if (candidate.address.empty()) return LeftOut::no_address;
    if (candidate.suppressed) return LeftOut::suppressed;
    if (candidate.opted_out) return LeftOut::opted_out;
    if (happened(candidate.asked_at)) return LeftOut::resting;
    if (taken.contains(candidate.address)) return LeftOut::duplicate;
    return std::nullopt;
}

}  // namespace

Done check(const Audience& audience) {
    const bool lists = !audience.accounts.empty() || !audience.segments.empty() || !audience.levels.empty() ||
                       !audience.contacts.empty();
    if (audience.all && lists)
        return Error{ErrorCode::invalid, "audience: expected all or lists of whom to ask, found both"};
    if (!audience.all && !lists)
        return Error{ErrorCode::invalid,
                     "audience: expected accounts, segments, levels, contacts, or all; found nobody"};
    if (Done known = check_names("segments", audience.segments, kSegments); !known) return known;
    return check_names("levels", audience.levels, kLevels);
}

bool belongs(const Audience& audience, const Candidate& candidate) {
    if (!audience.accounts.empty() && !names_account(audience, candidate)) return false;
    if (!audience.contacts.empty() && !names_contact(audience, candidate)) return false;
    if (!audience.segments.empty() && !holds(audience.segments, name_of(kSegments, candidate.segment)))
        return false;
    return audience.levels.empty() || holds(audience.levels, name_of(kLevels, candidate.level));
}

std::vector<std::string> unknown_names(const Audience& audience, const std::vector<Candidate>& everybody) {
    std::set<std::string_view> accounts, contacts;
    for (const Candidate& one : everybody) {
        accounts.insert({one.account.text(), one.account_ref});
        contacts.insert({one.contact.text(), one.address});
    }
    std::vector<std::string> unknown;
    for (const std::string& name : audience.accounts)
        if (!accounts.contains(name)) unknown.push_back("account " + name);
    for (const std::string& name : audience.contacts)
        if (!contacts.contains(name)) unknown.push_back("contact " + name);
    return unknown;
}

std::vector<Chosen> choose(std::vector<Candidate> candidates) {
    std::vector<Chosen> chosen;
    std::set<std::string> taken;
    for (Candidate& candidate : candidates) {
        const std::optional<LeftOut> reason = reason_of(candidate, taken);
        if (!reason) taken.insert(candidate.address);
        chosen.push_back({std::move(candidate), reason});
    }
    return chosen;
}

}  // namespace candour::core
