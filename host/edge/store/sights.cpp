#include "edge/store/sights.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/items.hpp"
#include "flow/identity/role.hpp"
#include "flow/loop/commitments.hpp"
#include "flow/loop/themes.hpp"

namespace candour::store {
namespace {

using flow::SightView;
using flow::Thing;

/// Accounts by the hundred belong into a role, not into a list.
constexpr std::size_t kShownInAudit = 40;

std::string found_by(Call& call, const std::string& sees) {
    std::string id;
    call.with("sees", sees).into(id);
    return call.next() ? id : std::string();
}

std::string found_by_key(Session& session, const Query& query, const std::string& key,
                         const std::string& sees) {
    Call call = session.call(query);
    call.with("key", key);
    return found_by(call, sees);
}

/// The words are those of whoever looks for it with no limit: nobody can tell what is hidden from what is
/// not.
Error nothing_called(Thing thing, const std::string& key) {
    return {ErrorCode::not_found,
            "there is no " + std::string(core::name_of(flow::kThings, thing)) + " \"" + key + "\""};
}

template <class Ref>
Result<std::string> found_by_ref(Session& session, const Query& query, const std::string& key,
                                 const std::string& sees, const std::string& missing, const char* alias) {
    const Result<Ref> ref = Ref::parse(key);
    if (!ref) return ref.error();
    Call call = session.call(query);
    call.with("id", ref->id.text()).with("number", ref->number);
    std::string id = found_by(call, sees);
    if (!id.empty()) return id;
    return Error{ErrorCode::not_found,
                 missing + (ref->id.empty() ? alias + std::to_string(ref->number) : ref->id.text())};
}

Result<std::string> promise_within(Session& session, const std::string& key, const std::string& sees) {
    Result<std::string> id = found_by_ref<flow::CommitmentRef>(session, sql::sight::commitment, key, sees,
                                                               "there is no commitment ", "PR-");
    if (!id && id.error().code == ErrorCode::not_found)
        return Error{ErrorCode::not_found, id.error().message + " that stands alone"};
    return id;
}

Result<std::string> find_within(Session& session, const std::string& sees, Thing thing,
                                const std::string& key) {
    std::string id;
    switch (thing) {
        case Thing::account:
            id = found_by_key(session, sql::sight::account, key, sees);
            break;
        case Thing::contact:
            id = found_by_key(session, sql::sight::contact, key, sees);
            break;
        case Thing::item:
            return found_by_ref<flow::ItemRef>(session, sql::sight::item, key, sees, "there is no item ",
                                               "LP-");
        case Thing::commitment:
            return promise_within(session, key, sees);
        case Thing::theme:
            return found_by_ref<flow::ThemeRef>(session, sql::sight::theme, key, sees, "there is no theme ",
                                                "TH-");
    }
    if (id.empty()) return nothing_called(thing, key);
    return id;
}

std::set<std::string> seen_account_ids(Session& session, const std::string& sees) {
    std::string id;
    std::set<std::string> all;
    Call call = session.call(sql::sight::accounts);
    call.with("sees", sees).into(id);
    while (call.next()) all.insert(id);
    return all;
}

struct Looker {
    SightView view;
    flow::Role role = flow::Role::member;
};

Result<Looker> find_looker(Session& session, const std::string& key) {
    Looker found;
    std::string role, sees;
    Call call = session.call(sql::sight::of_teammate);
    call.with("key", key).into(found.view.teammate).into(found.view.email).into(found.view.name);
    call.into(role).into(sees);
    if (!call.next())
        return Error{ErrorCode::not_found,
                     "there is no teammate \"" + key + "\"; candour teammate list shows them"};
    found.role = core::value_of(flow::kRoles, role).value_or(flow::Role::viewer);
    found.view.sees = core::value_of(flow::kSees, sees).value_or(flow::Sees::own);
    return found;
}

/// Whoever is none of us sees nothing.
bool lies_in_sight(Session& session, const std::string& teammate, Thing thing, const std::string& id) {
    const Result<Looker> found = find_looker(session, teammate);
    if (!found) return false;
    return found->view.sees == flow::Sees::all || bool{find_within(session, found->view.teammate, thing, id)};
}

void read_seen_accounts(Session& session, SightView& view) {
    flow::SeenAccount one;
    long long owned = 0, sponsored = 0, named = 0;
    Call call = session.call(sql::sight::seen_accounts);
    call.with("teammate_id", view.teammate).into(one.id).into(one.ref).into(one.name);
    call.into(owned).into(sponsored).into(named);
    while (call.next()) {
        one.owned = owned != 0;
        one.sponsored = sponsored != 0;
        one.named = named != 0;
        view.accounts.push_back(one);
    }
}

Result<Looker> load_looker(Session& session, const std::string& key) {
    Result<Looker> found = find_looker(session, key);
    if (found) read_seen_accounts(session, found->view);
    return found;
}

/// As the audit log says it: what was named for them, since what they own says the account itself.
std::string sight_in_words(const SightView& view) {
    std::string words(core::name_of(flow::kSees, view.sees));
    std::size_t shown = 0;
    for (const flow::SeenAccount& one : view.accounts) {
        if (!one.named) continue;
        if (shown++ < kShownInAudit) words += (shown == 1 ? "; named: " : ", ") + one.ref;
    }
    if (shown > kShownInAudit) words += " and " + std::to_string(shown - kShownInAudit) + " more";
    return words;
}

Result<SightView> noted_sight(Session& session, const SightView& before, const flow::Doer& doer,
                              core::Instant now) {
    const Result<Looker> after = load_looker(session, before.teammate);
    if (!after) return after.error();
    const std::string was = sight_in_words(before), is = sight_in_words(after->view);
    if (was != is) write_down(session, {doer, "sight_changed", before.email, was, is}, now);
    return after->view;
}

Result<SightView> limit_in(Session& session, const std::string& key, flow::Sees sees, const flow::Doer& doer,
                           core::Instant now) {
    const Result<Looker> found = load_looker(session, key);
    if (!found) return found.error();
    if (sees == flow::Sees::own && flow::answers_for_the_house(found->role))
        return Error{ErrorCode::conflict,
                     found->view.email + " is " + std::string(core::name_of(flow::kRoles, found->role)) +
                         " and answers for the whole house; only viewers and members can be limited to their "
                         "own accounts: candour user role gives another role"};
    session.call(sql::sight::set_sees)
        .with("id", found->view.teammate)
        .with("sees", std::string(core::name_of(flow::kSees, sees)))
        .run();
    return noted_sight(session, found->view, doer, now);
}

Result<SightView> name_account_in(Session& session, const std::string& key, const std::string& account,
                                  bool named, const flow::Doer& doer, core::Instant now) {
    const Result<Looker> found = load_looker(session, key);
    if (!found) return found.error();
    std::string id, name;
    {
        Call call = session.call(sql::calendar::account_by_id_or_ref);
        call.with("key", account).into(id).into(name);
        if (!call.next()) return nothing_called(Thing::account, account);
    }
    session.call(named ? sql::sight::name_account : sql::sight::forget_account)
        .with("teammate_id", found->view.teammate)
        .with("account_id", id)
        .run();
    return noted_sight(session, found->view, doer, now);
}

}  // namespace

flow::Sight sight_in(const std::string& sees, const TeammateId& teammate) {
    return sees == core::name_of(flow::kSees, flow::Sees::all) ? flow::Sight{} : flow::Sight{teammate};
}

bool sees_item(Session& session, const std::string& teammate, const ItemId& item) {
    return lies_in_sight(session, teammate, Thing::item, item.text());
}

bool sees_account(Session& session, const std::string& teammate, const AccountId& account) {
    return lies_in_sight(session, teammate, Thing::account, account.text());
}

flow::Task<Result<std::string>> Sights::within(flow::Sight sight, flow::Thing thing, std::string key) {
    return database_.read<std::string>(
        [=](Session& session) { return find_within(session, sight.text(), thing, key); });
}

flow::Task<Result<std::set<std::string>>> Sights::accounts(flow::Sight sight) {
    using Ids = std::set<std::string>;
    return database_.read<Ids>(
        [=](Session& session) { return Result<Ids>(seen_account_ids(session, sight.text())); });
}

flow::Task<Result<SightView>> Sights::sight_of(std::string teammate) {
    return database_.read<SightView>([=](Session& session) -> Result<SightView> {
        Result<Looker> found = load_looker(session, teammate);
        if (!found) return found.error();
        return std::move(found->view);
    });
}

flow::Task<Result<SightView>> Sights::limit(std::string teammate, flow::Sees sees, flow::Doer doer,
                                            core::Instant now) {
    return database_.write<SightView>(
        [=](Session& session) { return limit_in(session, teammate, sees, doer, now); });
}

flow::Task<Result<SightView>> Sights::name_account(std::string teammate, std::string account, bool named,
                                                   flow::Doer doer, core::Instant now) {
    return database_.write<SightView>(
        [=](Session& session) { return name_account_in(session, teammate, account, named, doer, now); });
}

}  // namespace candour::store
