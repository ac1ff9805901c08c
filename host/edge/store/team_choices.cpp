#include "candour_queries.hpp"
#include "edge/store/team_mail.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

using core::NoticeChoice;

Result<flow::TeamChoices> select_choices(Session& session, const std::string& key) {
    flow::TeamChoices chosen;
    std::string id;
    long long hour = 0, deactivated = 0;
    {
        Call call = session.call(sql::team::teammate);
        call.with("key", key).into(id).into(chosen.teammate.email).into(chosen.teammate.name);
        call.into(hour).into(chosen.digest_zone).into(deactivated).into(chosen.unreachable);
        if (!call.next())
            return Error{ErrorCode::not_found,
                         "there is no teammate \"" + key + "\"; candour teammate list shows them"};
    }
    chosen.teammate.id = TeammateId::trusted(id);
    chosen.digest_hour = static_cast<int>(hour);
    chosen.kinds = kinds_of(session, id);
    return chosen;
}

Result<flow::TeamChoices> write_choices(Session& session, const std::string& key,
                                        const flow::NewTeamChoices& wanted) {
    Result<flow::TeamChoices> known = select_choices(session, key);
    if (!known) return known;
    const std::string id = known->teammate.id.text();
    for (const auto& [kind, choice] : wanted.kinds)
        session.call(sql::team::choose)
            .with("teammate_id", id)
            .with("kind", std::string(core::name_of(core::kNoticeKinds, kind)))
            .with("choice", std::string(core::name_of(core::kNoticeChoices, choice)))
            .run();
    session.call(sql::team::choose_digest)
        .with("digest_hour", wanted.digest_hour.value_or(known->digest_hour))
        .with("digest_zone", wanted.digest_zone.value_or(known->digest_zone))
        .with("id", id)
        .run();
    if (wanted.write_again) session.call(sql::team::write_again).with("address", known->teammate.email).run();
    return select_choices(session, id);
}

}  // namespace

std::map<core::NoticeKind, NoticeChoice> kinds_of(Session& session, const std::string& teammate) {
    std::map<core::NoticeKind, NoticeChoice> kinds;
    for (const auto& [kind, name] : core::kNoticeKinds) kinds[kind] = core::usual_choice(kind);
    std::string kind, choice;
    Call call = session.call(sql::team::choices);
    call.with("teammate_id", teammate).into(kind).into(choice);
    while (call.next()) {
        const auto known = core::value_of(core::kNoticeKinds, kind);
        const auto chosen = core::value_of(core::kNoticeChoices, choice);
        if (known && chosen) kinds[*known] = *chosen;
    }
    return kinds;
}

std::vector<std::string> unreachable_teammates(Session& session) {
    std::string address;
    Call call = session.call(sql::team::unreachable);
    call.into(address);
    std::vector<std::string> all;
    while (call.next()) all.push_back(address);
    return all;
}

flow::Task<Result<flow::TeamChoices>> TeamMail::choices(std::string id_or_address) {
    return database_.read<flow::TeamChoices>(
        [key = std::move(id_or_address)](Session& session) { return select_choices(session, key); });
}

flow::Task<Result<flow::TeamChoices>> TeamMail::choose(std::string id_or_address,
                                                       flow::NewTeamChoices chosen) {
    return database_.write<flow::TeamChoices>(
        [key = std::move(id_or_address), chosen = std::move(chosen)](Session& session) {
            return write_choices(session, key, chosen);
        });
}

}  // namespace candour::store
