#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/people_rows.hpp"
#include "edge/store/users.hpp"

namespace candour::store {
namespace {

/// Whom the provider means; empty: nobody whom we know.
std::string known_identity(Session& session, const flow::Identified& who) {
    std::string teammate;
    Call call = session.call(sql::sign_in::find_identity);
    call.with("issuer", who.issuer).with("subject", who.subject).into(teammate);
    return call.next() ? teammate : std::string();
}

void link_identity(Session& session, const flow::Identified& who, const flow::User& user,
                   const std::string& address, core::Instant now) {
    session.call(sql::sign_in::add_identity)
        .with("issuer", who.issuer)
        .with("subject", who.subject)
        .with("teammate_id", user.teammate.id.text())
        .with("now", now)
        .run();
    const flow::Doer doer{user.teammate.id.text(), user.teammate.name, address};
    write_down(session, {doer, "identity_linked", user.teammate.email, {}, who.issuer + " " + who.subject},
               now);
}

Error unknown_person(const flow::Identified& who) {
    if (who.email.empty())
        return {ErrorCode::denied,
                "your identity provider does not say that your address is verified, so nobody "
                "knows who you are here"};
    return {ErrorCode::denied, who.email + " may not sign in here; an administrator can invite you"};
}

Result<flow::User> person_by_address(Session& session, const flow::Identified& who, core::Instant now) {
    if (who.email.empty()) return unknown_person(who);
    Result<flow::User> user = find_user(session, who.email, now);
    if (user || user.error().code != ErrorCode::not_found) return user;
    if (!who.role) return unknown_person(who);
    const core::Teammate mate = find_or_add_teammate(session, who.email, who.name, now);
    return find_user(session, mate.id.text(), now);
}

Result<flow::User> identified_in(Session& session, const flow::Identified& who, const std::string& address,
                                 core::Instant now) {
    const std::string known = known_identity(session, who);
    Result<flow::User> user =
        known.empty() ? person_by_address(session, who, now) : find_user(session, known, now);
    if (!user) return user;
    if (core::happened(user->deactivated_at) || core::happened(user->disabled_at)) return unknown_person(who);
    if (known.empty()) link_identity(session, who, *user, address, now);
    if (!who.role || *who.role == user->role) return user;
    const flow::Doer provider{"", who.issuer, address};
    return set_user_role_in(session, user->teammate.id.text(), *who.role, provider, now);
}

}  // namespace

flow::Task<Result<flow::User>> Users::identified(flow::Identified who, std::string address,
                                                 core::Instant now) {
    return database_.write<flow::User>(
        [=](Session& session) { return identified_in(session, who, address, now); });
}

}  // namespace candour::store
