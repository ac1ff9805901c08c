#include "edge/store/users.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/people_rows.hpp"

namespace candour::store {
namespace {

using flow::Doer;
using flow::User;

struct UserColumns {
    std::string id, role, sees;
    long long deactivated = 0, disabled = 0, locked = 0, seen = 0, sessions = 0, provided = 0;
    User user;

    void read_from(Call& call, core::Instant now) {
        call.with("now", now).with("idle_since", now - flow::kSessionIdle);
        call.into(id).into(user.teammate.email).into(user.teammate.name).into(role).into(deactivated);
        call.into(disabled)
            .into(user.password)
            .into(locked)
            .into(seen)
            .into(sessions)
            .into(provided)
            .into(sees);
    }
    User row() const {
        User one = user;
        one.teammate.id = TeammateId::trusted(id);
        one.role = core::value_of(flow::kRoles, role).value_or(flow::Role::viewer);
        one.deactivated_at = core::from_us(deactivated);
        one.disabled_at = core::from_us(disabled);
        one.locked_until = core::from_us(locked);
        one.last_seen_at = core::from_us(seen);
        one.sessions = sessions;
        one.by_provider = provided != 0;
        one.sees = core::value_of(flow::kSees, sees).value_or(flow::Sees::own);
        return one;
    }
};

std::vector<User> select_users(Session& session, core::Instant now) {
    UserColumns columns;
    Call call = session.call(sql::sign_in::users);
    columns.read_from(call, now);
    std::vector<User> all;
    while (call.next()) all.push_back(columns.row());
    return all;
}

long long admins_without(Session& session, const std::string& teammate) {
    long long count = 0;
    Call call = session.call(sql::sign_in::admins);
    call.with("without", teammate).into(count);
    call.next();
    return count;
}

/// A token that may do more than its teammate would be a way around their role.
int end_tokens_beyond(Session& session, const TeammateId& teammate, flow::Scopes allowed, core::Instant now) {
    std::vector<std::string> beyond;
    {
        std::string id, scopes;
        Call call = session.call(sql::sign_in::tokens_of);
        call.with("teammate_id", teammate.text()).into(id).into(scopes);
        while (call.next())
            if (!allowed.cover(flow::Scopes::parse(scopes).value_or({}))) beyond.push_back(id);
    }
    for (const std::string& id : beyond)
        session.call(sql::identity::revoke_token).with("id", id).with("now", now).run();
    return static_cast<int>(beyond.size());
}

void write_user_role(Session& session, const TeammateId& teammate, flow::Role role) {
    session.call(sql::sign_in::set_role)
        .with("role", std::string(core::name_of(flow::kRoles, role)))
        .with("id", teammate.text())
        .run();
}

void let_user_in(Session& session, const User& user) {
    session.call(sql::sign_in::set_disabled)
        .with("at", core::kNever)
        .with("id", user.teammate.id.text())
        .run();
}

Result<User> add_user_in(Session& session, const flow::NewUser& fresh, const Doer& doer, core::Instant now) {
    const core::Teammate mate = find_or_add_teammate(session, fresh.email, fresh.name, now);
    const Result<User> user = find_user(session, mate.id.text(), now);
    if (!user) return user;
    if (core::happened(user->deactivated_at))
        return Error{ErrorCode::conflict,
                     fresh.email + " has left; candour teammate add brings them back among us first"};
    if (user->may_sign_in())
        return Error{ErrorCode::conflict, fresh.email + " can sign in already, as " +
                                              std::string(core::name_of(flow::kRoles, user->role))};
    let_user_in(session, *user);
    write_user_role(session, mate.id, fresh.role);
    write_down(session,
               {doer, "user_added", fresh.email, {}, std::string(core::name_of(flow::kRoles, fresh.role))},
               now);
    return find_user(session, mate.id.text(), now);
}

Result<User> disable_user_in(Session& session, const std::string& key, const Doer& doer, core::Instant now) {
    const Result<User> user = find_user(session, key, now);
    if (!user) return user;
    if (Done may = may_lose_admin(session, *user); !may) return may.error();
    const TeammateId& id = user->teammate.id;
    session.call(sql::sign_in::set_disabled).with("at", now).with("id", id.text()).run();
    session.call(sql::sign_in::forget_password).with("teammate_id", id.text()).run();
    session.call(sql::sign_in::close_entrances).with("now", now).with("teammate_id", id.text()).run();
    session.call(sql::directory::revoke_tokens_of).with("id", id.text()).with("at", now).run();
    const std::int64_t ended = end_all_sessions(session, id, "", now);
    write_down(session,
               {doer, "user_disabled", user->teammate.email, {}, "sessions ended: " + std::to_string(ended)},
               now);
    return find_user(session, key, now);
}

Result<bool> count_wrong_password(Session& session, const TeammateId& teammate, const std::string& address,
                                  core::Instant now) {
    long long failures = 0;
    {
        Call call = session.call(sql::sign_in::count_failure);
        call.with("teammate_id", teammate.text()).into(failures);
        call.next();
    }
    if (failures < flow::kWrongPasswords) return false;
    session.call(sql::sign_in::lock)
        .with("until", now + flow::kLockedFor)
        .with("teammate_id", teammate.text())
        .run();
    mail_entrance(session, flow::EntrancePurpose::unlock, teammate, now);
    const Result<User> user = find_user(session, teammate.text(), now);
    write_down(session, {Doer{"", "", address}, "locked_out", user ? user->teammate.email : "", {}, {}}, now);
    return true;
}

}  // namespace

/// Nobody locks the house from outside.
Done may_lose_admin(Session& session, const User& user) {
    const bool administers = user.role == flow::Role::admin && user.may_come_in();
    if (!administers || admins_without(session, user.teammate.id.text()) > 0) return done();
    return Error{ErrorCode::conflict,
                 user.teammate.email + " is the last administrator who can sign in; make another one first"};
}

Result<User> find_user(Session& session, const std::string& key, core::Instant now) {
    UserColumns columns;
    Call call = session.call(sql::sign_in::user);
    call.with("key", key);
    columns.read_from(call, now);
    if (call.next()) return columns.row();
    return Error{ErrorCode::not_found, "there is no teammate \"" + key + "\"; candour user list shows them"};
}

Result<User> set_user_role_in(Session& session, const std::string& key, flow::Role role, const Doer& doer,
                              core::Instant now) {
    const Result<User> user = find_user(session, key, now);
    if (!user || user->role == role) return user;
    if (Done may = may_lose_admin(session, *user); !may) return may.error();
    write_user_role(session, user->teammate.id, role);
    std::string after(core::name_of(flow::kRoles, role));
    if (user->sees == flow::Sees::own && answers_for_the_house(role)) after += "; sees everything now";
    const int ended = end_tokens_beyond(session, user->teammate.id, flow::scopes_of(role), now);
    if (ended > 0) after += "; tokens that could do more ended: " + std::to_string(ended);
    write_down(session,
               {doer, "role_changed", user->teammate.email,
                std::string(core::name_of(flow::kRoles, user->role)), after},
               now);
    return find_user(session, key, now);
}

flow::Task<Result<User>> Users::user(std::string key) {
    return database_.read<User>([key](Session& session) { return find_user(session, key, core::kNever); });
}

flow::Task<Result<std::vector<User>>> Users::users(core::Instant now) {
    using All = std::vector<User>;
    return database_.read<All>([now](Session& session) { return Result<All>(select_users(session, now)); });
}

flow::Task<Result<bool>> Users::has_no_admin() {
    return database_.read<bool>(
        [](Session& session) { return Result<bool>(admins_without(session, "") == 0); });
}

flow::Task<Result<User>> Users::add_user(flow::NewUser user, Doer doer, core::Instant now) {
    return database_.write<User>([=](Session& session) { return add_user_in(session, user, doer, now); });
}

flow::Task<Result<User>> Users::set_role(std::string key, flow::Role role, Doer doer, core::Instant now) {
    return database_.write<User>(
        [=](Session& session) { return set_user_role_in(session, key, role, doer, now); });
}

flow::Task<Result<User>> Users::disable(std::string key, Doer doer, core::Instant now) {
    return database_.write<User>([=](Session& session) { return disable_user_in(session, key, doer, now); });
}

flow::Task<Done> Users::set_password(TeammateId teammate, std::string hash, flow::SessionId keep, Doer doer,
                                     core::Instant now) {
    return database_.write<Nothing>([=](Session& session) {
        session.call(sql::sign_in::set_password)
            .with("teammate_id", teammate.text())
            .with("hash", hash)
            .with("now", now)
            .run();
        end_all_sessions(session, teammate, keep.text(), now);
        write_down(session, {doer, "password_changed", doer.name, {}, {}}, now);
        return done();
    });
}

flow::Task<Result<bool>> Users::wrong_password(TeammateId teammate, std::string address, core::Instant now) {
    return database_.write<bool>(
        [=](Session& session) { return count_wrong_password(session, teammate, address, now); });
}

}  // namespace candour::store
