#include "candour_queries.hpp"
#include "core/feedback/text.hpp"
#include "crypto/id_source.hpp"
#include "edge/json/content.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/people_rows.hpp"
#include "edge/store/sights.hpp"
#include "edge/store/team_mail.hpp"
#include "edge/store/users.hpp"

namespace candour::store {
namespace {

using flow::Doer;
using flow::EntrancePurpose;

/// What a browser says of itself, as far as somebody recognises it by that.
constexpr std::size_t kProgramShown = 300;
/// Ended sessions are kept so long, for who wants to know where they were signed in.
constexpr std::chrono::hours kSessionsKept{24 * 90};

/// An invitation waits over a holiday; what opens a door that has an owner does not.
std::chrono::hours entrance_lifetime(EntrancePurpose purpose) {
    return purpose == EntrancePurpose::invite ? std::chrono::hours(24 * 7) : std::chrono::hours(24);
}

Error no_entrance() {
    return {ErrorCode::not_found,
            "this link was used, has expired, or a newer one was sent; ask for another on the sign-in page"};
}

Done open_session_in(Session& session, const flow::NewSession& fresh, core::Instant now) {
    if (!fresh.replaces.empty())
        session.call(sql::sign_in::end_session_of).with("now", now).with("hash", fresh.replaces).run();
    session.call(sql::sign_in::unlock).with("teammate_id", fresh.teammate.text()).run();
    session.call(sql::sign_in::forget_sessions)
        .with("teammate_id", fresh.teammate.text())
        .with("before", now - kSessionsKept)
        .run();
    session.call(sql::sign_in::open_session)
        .with("id", fresh.id.text())
        .with("hash", fresh.digest)
        .with("teammate_id", fresh.teammate.text())
        .with("way", fresh.way)
        .with("address", fresh.address)
        .with("program", core::shortened(fresh.program, kProgramShown))
        .with("now", now)
        .with("expires_at", now + flow::kSessionLongest)
        .run();
    const Result<flow::User> user = find_user(session, fresh.teammate.text(), now);
    if (!user) return user.error();
    write_down(session,
               {Doer{fresh.teammate.text(), user->teammate.name, fresh.address},
                "signed_in",
                user->teammate.email,
                {},
                fresh.way},
               now);
    return done();
}

Result<flow::Caller> find_session_in(Session& session, const std::string& digest, core::Instant now) {
    std::string id, teammate, name, role, sees;
    long long expires = 0, used = 0;
    Call call = session.call(sql::sign_in::find_session);
    call.with("hash", digest).with("now", now).with("idle_since", now - flow::kSessionIdle);
    call.into(id).into(teammate).into(name).into(role).into(expires).into(used).into(sees);
    if (!call.next())
        return Error{ErrorCode::not_found, "nobody is signed in here any more; please sign in again"};
    flow::Caller caller{TokenId::trusted(id),
                        TeammateId::trusted(teammate),
                        name,
                        flow::scopes_of(core::value_of(flow::kRoles, role).value_or(flow::Role::viewer)),
                        core::from_us(expires),
                        core::from_us(used)};
    caller.signed_in = true;
    caller.sight = sight_in(sees, caller.teammate);
    return caller;
}

std::vector<flow::Device> select_devices(Session& session, const TeammateId& teammate, core::Instant now) {
    flow::Device device;
    std::string id;
    long long created = 0, used = 0, expires = 0;
    Call call = session.call(sql::sign_in::devices);
    call.with("teammate_id", teammate.text()).with("now", now).with("idle_since", now - flow::kSessionIdle);
    call.into(id).into(device.way).into(device.address).into(device.program);
    call.into(created).into(used).into(expires);
    std::vector<flow::Device> all;
    while (call.next()) {
        device.id = flow::SessionId::trusted(id);
        device.created_at = core::from_us(created);
        device.last_used_at = core::from_us(used);
        device.expires_at = core::from_us(expires);
        all.push_back(device);
    }
    return all;
}

Result<flow::Entrance> find_entrance_in(Session& session, const MessageId& id, core::Instant now) {
    std::string purpose, teammate;
    flow::Entrance entrance;
    Call call = session.call(sql::sign_in::entrance);
    call.with("id", id.text()).with("now", now).into(purpose).into(teammate);
    call.into(entrance.teammate.email).into(entrance.teammate.name);
    const auto known = call.next() ? core::value_of(flow::kEntrancePurposes, purpose) : std::nullopt;
    if (!known) return no_entrance();
    entrance.purpose = *known;
    entrance.teammate.id = TeammateId::trusted(teammate);
    return entrance;
}

/// The first administrator: made by whoever holds the link, as long as there is no other.
Result<TeammateId> make_first_admin(Session& session, const flow::ChosenPassword& chosen, core::Instant now) {
    long long admins = 0;
    {
        Call call = session.call(sql::sign_in::admins);
        call.with("without", std::string()).into(admins);
        call.next();
    }
    if (admins > 0)
        return Error{ErrorCode::conflict, "there is an administrator already; ask them for an invitation"};
    const core::Teammate mate = find_or_add_teammate(session, chosen.email, chosen.name, now);
    session.call(sql::sign_in::set_role).with("role", std::string("admin")).with("id", mate.id.text()).run();
    session.call(sql::sign_in::set_disabled).with("at", core::kNever).with("id", mate.id.text()).run();
    return mate.id;
}

Result<TeammateId> use_entrance_in(Session& session, const MessageId& id, const flow::ChosenPassword& chosen,
                                   const std::string& address, core::Instant now) {
    const Result<flow::Entrance> entrance = find_entrance_in(session, id, now);
    if (!entrance) return entrance.error();
    if (session.call(sql::sign_in::use_entrance).with("now", now).with("id", id.text()).run() != 1)
        return no_entrance();
    const bool first = entrance->purpose == EntrancePurpose::first;
    const Result<TeammateId> teammate =
        first ? make_first_admin(session, chosen, now) : Result<TeammateId>(entrance->teammate.id);
    if (!teammate) return teammate.error();
    const Result<flow::User> user = find_user(session, teammate->text(), now);
    if (!user) return user.error();
    const Doer doer{teammate->text(), user->teammate.name, address};
    session.call(sql::sign_in::unlock).with("teammate_id", teammate->text()).run();
    if (entrance->purpose == EntrancePurpose::unlock) {
        write_down(session, {doer, "unlocked", user->teammate.email, {}, {}}, now);
        return teammate;
    }
    session.call(sql::sign_in::close_entrances).with("now", now).with("teammate_id", teammate->text()).run();
    session.call(sql::sign_in::set_password)
        .with("teammate_id", teammate->text())
        .with("hash", chosen.hash)
        .with("now", now)
        .run();
    end_all_sessions(session, *teammate, "", now);
    write_down(session,
               {doer,
                "password_chosen",
                user->teammate.email,
                {},
                std::string(core::name_of(flow::kEntrancePurposes, entrance->purpose))},
               now);
    return teammate;
}

Result<MessageId> add_entrance_in(Session& session, EntrancePurpose purpose, const TeammateId& teammate,
                                  bool by_mail, const Doer& doer, core::Instant now) {
    const Result<flow::User> user =
        teammate.empty() ? Result<flow::User>(flow::User{}) : find_user(session, teammate.text(), now);
    if (!user) return user.error();
    if (purpose != EntrancePurpose::unlock)
        session.call(sql::sign_in::close_entrances)
            .with("now", now)
            .with("teammate_id", teammate.text())
            .run();
    MessageId id = crypto::new_id<MessageId>(now);
    if (by_mail)
        id = mail_entrance(session, purpose, teammate, now);
    else
        add_entrance(session, id, purpose, teammate, now);
    write_down(session,
               {doer,
                "link_made",
                user->teammate.email,
                {},
                std::string(core::name_of(flow::kEntrancePurposes, purpose)) + (by_mail ? ", by mail" : "")},
               now);
    return id;
}

}  // namespace

void add_entrance(Session& session, const MessageId& id, EntrancePurpose purpose, const TeammateId& teammate,
                  core::Instant now) {
    session.call(sql::sign_in::add_entrance)
        .with("id", id.text())
        .with("purpose", std::string(core::name_of(flow::kEntrancePurposes, purpose)))
        .with("teammate_id", teammate.text())
        .with("now", now)
        .with("expires_at", now + entrance_lifetime(purpose))
        .run();
}

MessageId mail_entrance(Session& session, EntrancePurpose purpose, const TeammateId& teammate,
                        core::Instant now) {
    const MessageId id = crypto::new_id<MessageId>(now);
    add_entrance(session, id, purpose, teammate, now);
    const core::Content document{{"purpose", std::string(core::name_of(flow::kEntrancePurposes, purpose))}};
    add_letter(session, {id, teammate.text(), "entrance", "", json::write_content(document)}, now);
    return id;
}

std::int64_t end_all_sessions(Session& session, const TeammateId& teammate, const std::string& but,
                              core::Instant now) {
    return session.call(sql::sign_in::end_sessions)
        .with("now", now)
        .with("teammate_id", teammate.text())
        .with("but", but)
        .run();
}

flow::Task<Done> Users::open(flow::NewSession fresh, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) { return open_session_in(session, fresh, now); });
}

flow::Task<Result<flow::Caller>> Users::find_session(std::string digest, core::Instant now) {
    return database_.read<flow::Caller>(
        [=](Session& session) { return find_session_in(session, digest, now); });
}

flow::Task<Done> Users::session_used(TokenId id, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) {
        session.call(sql::sign_in::session_used).with("now", now).with("id", id.text()).run();
        return done();
    });
}

flow::Task<Result<std::vector<flow::Device>>> Users::devices(TeammateId teammate, core::Instant now) {
    using All = std::vector<flow::Device>;
    return database_.read<All>(
        [=](Session& session) { return Result<All>(select_devices(session, teammate, now)); });
}

flow::Task<Done> Users::end_session(TeammateId teammate, flow::SessionId id, Doer doer, core::Instant now) {
    return database_.write<Nothing>([=](Session& session) -> Done {
        Call call = session.call(sql::sign_in::end_session);
        call.with("now", now).with("id", id.text()).with("teammate_id", teammate.text());
        if (call.run() != 1)
            return Error{ErrorCode::not_found, "they have no session " + id.text() + " that is still open"};
        write_down(session, {doer, "session_ended", teammate.text(), {}, id.text()}, now);
        return done();
    });
}

flow::Task<Result<std::int64_t>> Users::end_sessions(TeammateId teammate, Doer doer, core::Instant now) {
    return database_.write<std::int64_t>([=](Session& session) {
        const std::int64_t ended = end_all_sessions(session, teammate, "", now);
        write_down(session, {doer, "sessions_ended", teammate.text(), {}, std::to_string(ended)}, now);
        return Result<std::int64_t>(ended);
    });
}

flow::Task<Result<MessageId>> Users::add_entrance(EntrancePurpose purpose, TeammateId teammate, bool by_mail,
                                                  Doer doer, core::Instant now) {
    return database_.write<MessageId>(
        [=](Session& session) { return add_entrance_in(session, purpose, teammate, by_mail, doer, now); });
}

flow::Task<Result<flow::Entrance>> Users::entrance(MessageId id, core::Instant now) {
    return database_.read<flow::Entrance>(
        [=](Session& session) { return find_entrance_in(session, id, now); });
}

flow::Task<Result<TeammateId>> Users::use_entrance(MessageId id, flow::ChosenPassword chosen,
                                                   std::string address, core::Instant now) {
    return database_.write<TeammateId>(
        [=](Session& session) { return use_entrance_in(session, id, chosen, address, now); });
}

}  // namespace candour::store
