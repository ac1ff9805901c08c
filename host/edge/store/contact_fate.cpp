#include <algorithm>

#include "candour_queries.hpp"
#include "core/relationship/tags.hpp"
#include "edge/json/person_row.hpp"
#include "edge/json/plugin_event.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/plugin_events.hpp"

namespace candour::store {
namespace {

constexpr const char* kErasedName = "erased";

core::Instant updated_at(Session& session, const core::Contact& contact) {
    long long at = 0;
    Call call = session.call(sql::directory::updated_at);
    call.with("id", contact.id.text()).into(at);
    call.next();
    return core::from_us(at);
}

/// Both together; where they differ, what was said last holds.
flow::PersonView united(const flow::PersonView& into, const flow::PersonView& from, bool from_is_later) {
    const core::Contact& later = from_is_later ? from.contact : into.contact;
    const core::Contact& earlier = from_is_later ? into.contact : from.contact;
    const auto last = [](const std::string& first, const std::string& otherwise) {
        return first.empty() ? otherwise : first;
    };
    flow::PersonView both = into;
    both.contact.email = last(into.contact.email, from.contact.email);
    both.contact.name = last(later.name, earlier.name);
    both.contact.level = later.level;
    both.contact.language = last(later.language, earlier.language);
    both.contact.zone = last(later.zone, earlier.zone);
    both.contact.active = later.active;
    both.tags.insert(both.tags.end(), from.tags.begin(), from.tags.end());
    both.tags = core::clean_tags(both.tags).value_or(into.tags);
    for (const core::ContactRole role : from.roles)
        if (std::find(both.roles.begin(), both.roles.end(), role) == both.roles.end())
            both.roles.push_back(role);
    return both;
}

Done may_merge(Session& session, const flow::PersonView& from, const flow::PersonView& into) {
    if (from.contact.id == into.contact.id)
        return Error{ErrorCode::conflict, "contact " + from.contact.id.text() + " is the same row already"};
    if (from.contact.account != into.contact.account)
        return Error{ErrorCode::conflict, "expected two contacts of one account, found one at " +
                                              from.account_name + " and one at " + into.account_name +
                                              ": a person at two organisations is two contacts"};
    long long behind = 0;
    Call call = session.call(sql::directory::merged_into);
    call.with("id", from.contact.id.text()).into(behind);
    call.next();
    if (behind > 0)
        return Error{ErrorCode::conflict, "others were merged into " + from.contact.id.text() +
                                              "; merge it the other way round, or split them first"};
    return done();
}

Result<flow::PersonView> merge_in(Session& session, const std::string& from_key, const std::string& into_key,
                                  const flow::Doer& doer, ChangeTime when) {
    const Result<flow::PersonView> from = load_own_person(session, from_key);
    if (!from) return from;
    const Result<flow::PersonView> into = load_own_person(session, into_key);
    if (!into) return into;
    if (Done may = may_merge(session, *from, *into); !may) return may.error();
    const bool later = std::pair(updated_at(session, from->contact), from->contact.id) >
                       std::pair(updated_at(session, into->contact), into->contact.id);
    const flow::PersonView both = united(*into, *from, later);
    session.call(sql::directory::add_merge)
        .with("from_id", from->contact.id.text())
        .with("into_id", into->contact.id.text())
        .with("before", json::write_person_rows(*from, *into))
        .with("by_whom", doer.id)
        .with("at", when.at)
        .run();
    enter_history(session);
    flow::PersonView gone = *from;
    gone.merged_into = into->contact.id;
    gone.contact.active = false;
    if (into->contact.email.empty()) gone.contact.email.clear();  // an address stands once at an account
    record_contact(session, from->contact, gone.contact, when, std::nullopt);
    write_person(session, gone, when.at);
    touch_history(session, into->contact, when);
    record_contact(session, into->contact, both.contact, when, std::nullopt);
    write_person(session, both, when.at);
    for (const Query& move : {sql::directory::move_facts, sql::answers::move_places})
        session.call(move)
            .with("into_id", into->contact.id.text())
            .with("from_id", from->contact.id.text())
            .run();
    const std::string gone_id = from->contact.id.text();
    write_down(session,
               {doer, "contact_merged", gone_id, gone_id + " and " + into->contact.id.text(),
                into->contact.id.text()},
               when.at);
    return both;
}

Result<flow::PersonView> split_in(Session& session, const std::string& key, const flow::Doer& doer,
                                  ChangeTime when) {
    const Result<flow::PersonView> gone = load_person(session, key);
    if (!gone) return gone;
    if (gone->merged_into.empty())
        return Error{ErrorCode::conflict,
                     "contact " + gone->contact.id.text() + " was not merged into anybody"};
    std::string into_id, before;
    long long merge = 0;
    {
        Call call = session.call(sql::directory::open_merge);
        call.with("from_id", gone->contact.id.text()).into(merge).into(into_id).into(before);
        if (!call.next())
            return Error{ErrorCode::corrupt,
                         "contact " + gone->contact.id.text() + ": how they were merged is not on record"};
    }
    const Result<flow::PersonView> into = load_person(session, into_id);
    if (!into) return into;
    flow::PersonView one = *gone, other = *into;
    if (Done read = json::read_person_rows(before, one, other); !read) return read.error();
    enter_history(session);
    record_contact(session, into->contact, other.contact, when, std::nullopt);
    touch_history(session, other.contact, when);
    write_person(session, other, when.at);
    record_contact(session, gone->contact, one.contact, when, std::nullopt);
    write_person(session, one, when.at);
    for (const Query& turn : {sql::directory::return_facts, sql::answers::return_places})
        session.call(turn)
            .with("from_id", one.contact.id.text())
            .with("into_id", other.contact.id.text())
            .run();
    session.call(sql::directory::undo_merge).with("id", merge).with("at", when.at).run();
    const std::string one_id = one.contact.id.text(), other_id = other.contact.id.text();
    write_down(session, {doer, "contact_split", one_id, other_id, one_id + " and " + other_id}, when.at);
    return one;
}

std::int64_t drop(Session& session, const Query& query, const core::Contact& contact) {
    return session.call(query).with("id", contact.id.text()).run();
}

flow::Erasure erase_rows(Session& session, const core::Contact& contact, core::Instant now) {
    flow::Erasure erasure;
    std::string item;
    Call items = session.call(sql::directory::items_of);
    items.with("id", contact.id.text()).into(item);
    while (items.next()) ++erasure.items;
    erasure.contents = drop(session, sql::directory::erase_contents, contact);
    drop(session, sql::directory::erase_observation_keys, contact);
    drop(session, sql::directory::erase_facts, contact);
    drop(session, sql::answers::erase_places, contact);
    erasure.answers = drop(session, sql::directory::erase_observations, contact);
    drop(session, sql::directory::erase_copies, contact);
    session.call(sql::directory::erase_letters_of_nobody).run();
    drop(session, sql::directory::erase_receipts, contact);
    erasure.messages =
        session.call(sql::directory::close_messages).with("id", contact.id.text()).with("now", now).run();
    erasure.requests = drop(session, sql::directory::erase_journal, contact);
    erasure.mails = session.call(sql::directory::erase_mails)
                        .with("id", contact.id.text())
                        .with("email", contact.email)
                        .run();
    session.call(sql::directory::erase_mail_contents).run();
    session.call(sql::directory::erase_suppressions).with("email", contact.email).run();
    session.call(sql::suppression::forget_bounces).with("address", contact.email).run();
    session.call(sql::suppression::forget_lifts).with("address", contact.email).run();
    session.call(sql::wishes::forget_wishes).with("contact_id", contact.id.text()).run();
    session.call(sql::wishes::forget_tags).with("contact_id", contact.id.text()).run();
    drop(session, sql::directory::erase_opt_outs, contact);
    drop(session, sql::directory::erase_merges, contact);
    drop(session, sql::imports::forget_refs, contact);
    return erasure;
}

/// Counts: whatever else there was to say is gone.
std::string erasure_in_words(const flow::Erasure& erasure) {
    std::string words;
    const std::pair<const char*, std::int64_t> parts[] = {
        {"items", erasure.items},       {"contents", erasure.contents}, {"answers", erasure.answers},
        {"messages", erasure.messages}, {"requests", erasure.requests}, {"mails", erasure.mails}};
    for (const auto& [name, count] : parts)
        words += (words.empty() ? "" : ", ") + std::string(name) + ": " + std::to_string(count);
    return words;
}

Result<flow::Erasure> erase_in(Session& session, const std::string& key, const flow::Doer& doer,
                               ChangeTime when, bool dry_run) {
    const Result<flow::PersonView> found = load_own_person(session, key);
    if (!found) return found.error();
    if (dry_run) session.execute("SAVEPOINT erasure");
    flow::Erasure erasure = erase_rows(session, found->contact, when.at);
    flow::PersonView nobody;
    nobody.contact.id = found->contact.id;
    nobody.contact.account = found->contact.account;
    nobody.contact.name = kErasedName;
    nobody.contact.level = found->contact.level;
    nobody.contact.active = false;
    nobody.erased_at = when.at;
    enter_history(session);
    touch_history(session, nobody.contact, when);
    write_person(session, nobody, when.at);
    tell_plugins(session, {"contact.erased",
                           nobody.contact.id.text(),
                           json::write_contact_erased(nobody.contact.id, when.at),
                           {},
                           when.at});
    write_down(session,
               {doer, "contact_erased", nobody.contact.id.text(), "of " + nobody.contact.account.text(),
                erasure_in_words(erasure)},
               when.at);
    if (dry_run) session.execute("ROLLBACK TO SAVEPOINT erasure");
    if (dry_run) session.execute("RELEASE SAVEPOINT erasure");
    erasure.dry_run = dry_run;
    return erasure;
}

}  // namespace

flow::Task<Result<flow::PersonView>> Directory::merge(std::string from, std::string into, flow::Doer doer,
                                                      core::Instant now) {
    std::function<Result<flow::PersonView>(Session&)> work = [=, when = time_of(now)](Session& session) {
        return merge_in(session, from, into, doer, when);
    };
    return database_.write<flow::PersonView>(std::move(work));
}

flow::Task<Result<flow::PersonView>> Directory::split(std::string from, flow::Doer doer, core::Instant now) {
    std::function<Result<flow::PersonView>(Session&)> work = [=, when = time_of(now)](Session& session) {
        return split_in(session, from, doer, when);
    };
    return database_.write<flow::PersonView>(std::move(work));
}

flow::Task<Result<flow::Erasure>> Directory::erase(std::string key, flow::Doer doer, core::Instant now,
                                                   bool dry_run) {
    std::function<Result<flow::Erasure>(Session&)> work = [=, when = time_of(now)](Session& session) {
        return erase_in(session, key, doer, when, dry_run);
    };
    return database_.write<flow::Erasure>(std::move(work));
}

}  // namespace candour::store
