#include "core/campaign/audience.hpp"

#include <algorithm>
#include <set>

#include "core/relationship/touchpoint.hpp"

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

bool rests(const Candidate& one) {
    return happened(one.asked_at) || (one.light && happened(one.asked_within_twice));
}

std::optional<LeftOut> reason_of(const Candidate& candidate) {
    if (!candidate.active) return LeftOut::inactive;
    if (candidate.address.empty()) return LeftOut::no_address;
    if (candidate.suppressed) return LeftOut::suppressed;
    if (candidate.opted_out) return LeftOut::opted_out;
    if (candidate.muted) return LeftOut::muted;
    if (rests(candidate)) return LeftOut::resting;
    return std::nullopt;
}

/// The roles alone know which names there are; tags are the organisation's own.
Done check_last_answer(const LastAnswer& last) {
    const bool more = last.before != kNoCivilDay || last.after != kNoCivilDay || !last.classes.empty();
    if (last.never && more)
        return Error{
            ErrorCode::invalid,
            "audience.last_answer: expected never alone, found it beside a day or a class: who never "
            "answered has neither"};
    if (last.before != kNoCivilDay && last.after != kNoCivilDay && last.after >= last.before - 1)
        return Error{ErrorCode::invalid,
                     "audience.last_answer: expected after to lie before \"before\" with a day between them"};
    return check_names("last_answer.class", last.classes, kScoreClasses);
}

bool answered_so(const LastAnswer& last, const Candidate& one) {
    if (last.never) return one.answered_on == kNoCivilDay;
    if (!last.asked_for()) return true;
    if (one.answered_on == kNoCivilDay) return false;
    if (last.before != kNoCivilDay && one.answered_on >= last.before) return false;
    if (last.after != kNoCivilDay && one.answered_on <= last.after) return false;
    return last.classes.empty() ||
           (one.score >= 0 && holds(last.classes, name_of(kScoreClasses, class_of(one.score))));
}

}  // namespace

Done check(const Audience& audience) {
    const bool lists = !audience.accounts.empty() || !audience.segments.empty() || !audience.levels.empty() ||
                       !audience.contacts.empty() || !audience.roles.empty() || !audience.tags.empty() ||
                       audience.last_answer.asked_for();
    if (audience.all && lists)
        return Error{ErrorCode::invalid, "audience: expected all or lists of whom to ask, found both"};
    if (!audience.all && !lists)
        return Error{
            ErrorCode::invalid,
            "audience: expected accounts, segments, levels, roles, tags, contacts, last_answer, or all; "
            "found nobody"};
    if (Done known = check_names("segments", audience.segments, kSegments); !known) return known;
    if (Done known = check_names("levels", audience.levels, kLevels); !known) return known;
    if (Done known = check_names("roles", audience.roles, kContactRoles); !known) return known;
    if (Done sound = check_last_answer(audience.last_answer); !sound) return sound;
    return check_sample(audience.sample);
}

bool belongs(const Audience& audience, const Candidate& candidate) {
    if (!audience.accounts.empty() && !names_account(audience, candidate)) return false;
    if (!audience.contacts.empty() && !names_contact(audience, candidate)) return false;
    if (!audience.segments.empty() && !holds(audience.segments, name_of(kSegments, candidate.segment)))
        return false;
    if (!audience.levels.empty() && !holds(audience.levels, name_of(kLevels, candidate.level))) return false;
    if (!audience.roles.empty() && !holds_one_of(candidate.roles, audience.roles)) return false;
    if (!audience.tags.empty() && !holds_one_of(candidate.tags, audience.tags)) return false;
    return answered_so(audience.last_answer, candidate);
}

std::string_view words_of(LeftOut reason) {
    switch (reason) {
        case LeftOut::inactive:
            return "has left";
        case LeftOut::no_address:
            return "has no address";
        case LeftOut::suppressed:
            return "mail to the address came back for good, or its owner complained";
        case LeftOut::opted_out:
            return "wants to be asked nothing";
        case LeftOut::muted:
            return "wants no more of this question";
        case LeftOut::resting:
            return "was asked not long ago";
        case LeftOut::duplicate:
            return "is asked at another account";
        case LeftOut::not_sampled:
            return "the sample fell on others";
    }
    return "";
}

void Chooser::choose_account(Chosen* begin, Chosen* end) {
    std::vector<Drawable> people;
    std::set<std::string_view> here;
    for (Chosen* one = begin; one != end; ++one) {
        const Candidate& candidate = one->candidate;
        one->left_out = reason_of(candidate);
        if (one->left_out) continue;
        if (candidate.taken || taken_.contains(candidate.address) || !here.insert(candidate.address).second)
            one->left_out = LeftOut::duplicate;
        else if (!sample_.asked_for())
            taken_.add(candidate.address);
        else
            people.push_back(
                {static_cast<std::size_t>(one - begin), candidate.contact.text(), candidate.level});
    }
    if (people.empty()) return;
    for (const Drawable& one : people) (begin + one.index)->left_out = LeftOut::not_sampled;
    for (const std::size_t drawn : draw(sample_, seed_, begin->candidate.account.text(), people)) {
        (begin + drawn)->left_out = std::nullopt;
        taken_.add((begin + drawn)->candidate.address);
    }
}

std::vector<Chosen> Chooser::choose(std::vector<Candidate> accounts) {
    std::vector<Chosen> chosen;
    chosen.reserve(accounts.size());
    for (Candidate& candidate : accounts) chosen.push_back({std::move(candidate), std::nullopt});
    for (std::size_t from = 0; from < chosen.size();) {
        std::size_t to = from + 1;
        while (to < chosen.size() && chosen[to].candidate.account == chosen[from].candidate.account) ++to;
        choose_account(chosen.data() + from, chosen.data() + to);
        from = to;
    }
    return chosen;
}

std::vector<Chosen> choose(std::vector<Candidate> candidates) {
    return Chooser().choose(std::move(candidates));
}

}  // namespace candour::core
