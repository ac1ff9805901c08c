#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/directory.hpp"
#include "edge/store/people_rows.hpp"
#include "edge/store/users.hpp"

namespace candour::store {
namespace {

std::vector<flow::TeammateView> select_teammates(Session& session, const std::string& sees = {}) {
    std::string id, email, name, unreachable;
    long long deactivated = 0, items = 0;
    Call call = session.call(sql::directory::teammates);
    call.with("sees", sees);
    call.into(id).into(email).into(name).into(deactivated).into(items).into(unreachable);
    std::vector<flow::TeammateView> all;
    while (call.next())
        all.push_back(
            {{TeammateId::trusted(id), email, name}, core::from_us(deactivated), items, unreachable});
    return all;
}

Result<flow::TeammateView> teammate_view(Session& session, const std::string& key) {
    for (const flow::TeammateView& one : select_teammates(session))
        if (one.teammate.id.text() == key || one.teammate.email == key) return one;
    return Error{ErrorCode::not_found,
                 "there is no teammate \"" + key + "\"; candour teammate list shows them"};
}

void set_deactivated(Session& session, const flow::TeammateView& one, core::Instant at) {
    session.call(sql::directory::set_deactivated).with("id", one.teammate.id.text()).with("at", at).run();
}

/// As the audit log says it.
std::string teammate_in_words(const Result<flow::TeammateView>& one) {
    if (!one) return {};
    return one->teammate.name + (core::happened(one->deactivated_at) ? ", left" : ", here");
}

Result<flow::TeammateView> add_in(Session& session, const std::string& email, const std::string& name,
                                  const flow::Doer& doer, core::Instant now) {
    const std::string before = teammate_in_words(teammate_view(session, email));
    const core::Teammate known = find_or_add_teammate(session, email, name, now);
    if (!name.empty() && name != known.name)
        session.call(sql::directory::rename_teammate).with("id", known.id.text()).with("name", name).run();
    const Result<flow::TeammateView> found = teammate_view(session, known.id.text());
    if (found && core::happened(found->deactivated_at)) set_deactivated(session, *found, core::kNever);
    Result<flow::TeammateView> after = teammate_view(session, known.id.text());
    write_down(session, {doer, "teammate_added", email, before, teammate_in_words(after)}, now);
    return after;
}

Result<flow::TeammateView> deactivate_in(Session& session, const std::string& key, const flow::Doer& doer,
                                         core::Instant now) {
    const Result<flow::TeammateView> found = teammate_view(session, key);
    if (!found) return found;
    if (core::happened(found->deactivated_at)) return found;
    if (found->open_items > 0)
        return Error{ErrorCode::conflict, found->teammate.name + " still owns " +
                                              std::to_string(found->open_items) +
                                              " open items; hand them over first: candour care hand-over " +
                                              found->teammate.email + " --to SOMEBODY"};
    const Result<flow::User> user = find_user(session, found->teammate.id.text(), now);
    if (!user) return user.error();
    if (Done may = may_lose_admin(session, *user); !may) return may.error();
    set_deactivated(session, *found, now);
    session.call(sql::directory::revoke_tokens_of)
        .with("id", found->teammate.id.text())
        .with("at", now)
        .run();
    end_all_sessions(session, found->teammate.id, "", now);
    Result<flow::TeammateView> after = teammate_view(session, key);
    write_down(session,
               {doer, "teammate_deactivated", found->teammate.email, teammate_in_words(found),
                teammate_in_words(after)},
               now);
    return after;
}

/// A row as the database keeps it: people by id.
struct Touchpoint {
    std::string account, contacts, teammates;
    const core::TouchpointRow* row;
    friend bool operator==(const Touchpoint&, const Touchpoint&) = default;
};

Result<std::string> ids_of_contacts(Session& session, const std::vector<std::string>& addresses,
                                    const std::string& account) {
    std::string all;
    for (const std::string& address : addresses) {
        ContactColumns columns;
        Call call = session.call(sql::relationship::find_contact);
        call.with("account_id", account).with("email", address).with("name", std::string());
        columns.read_from(call);
        if (!call.next())
            return Error{ErrorCode::not_found, "contacts: the account has nobody with the address \"" +
                                                   address + "\"; import contacts first"};
        all += (all.empty() ? "" : ",") + columns.contact().id.text();
    }
    return all;
}

Result<std::string> ids_of_teammates(Session& session, const std::vector<std::string>& addresses) {
    std::string all;
    for (const std::string& address : addresses) {
        std::string id, name;
        Call call = session.call(sql::relationship::find_teammate);
        call.with("email", address).into(id).into(name);
        if (!call.next())
            return Error{ErrorCode::not_found, "teammates: nobody here has the address \"" + address +
                                                   "\"; candour teammate add makes them known"};
        all += (all.empty() ? "" : ",") + id;
    }
    return all;
}

Result<Touchpoint> resolve(Session& session, const core::TouchpointRow& row) {
    Touchpoint point{{}, {}, {}, &row};
    {
        std::string name, segment, owner, renewal;
        long long revenue = 0;
        Call call = session.call(sql::relationship::find_account);
        call.with("ref", row.account_ref)
            .into(point.account)
            .into(name)
            .into(segment)
            .into(owner)
            .into(renewal)
            .into(revenue);
        if (!call.next())
            return Error{ErrorCode::not_found, "account_ref: there is no account \"" + row.account_ref +
                                                   "\"; import accounts first"};
    }
    Result<std::string> contacts = ids_of_contacts(session, row.contacts, point.account),
                        teammates = ids_of_teammates(session, row.teammates);
    if (!contacts) return contacts.error();
    if (!teammates) return teammates.error();
    point.contacts = std::move(*contacts);
    point.teammates = std::move(*teammates);
    return point;
}

bool is_as_stored(Session& session, const Touchpoint& point, bool& there) {
    std::string account, kind, contacts, teammates, topics;
    long long id = 0, at = 0, minutes = 0;
    Call call = session.call(sql::directory::find_touchpoint);
    call.with("ref", point.row->ref)
        .into(id)
        .into(account)
        .into(kind)
        .into(at)
        .into(minutes)
        .into(contacts)
        .into(teammates)
        .into(topics);
    there = call.next();
    return there && account == point.account &&
           kind == core::name_of(core::kTouchpointKinds, point.row->kind) &&
           core::from_us(at) == point.row->at && minutes == point.row->minutes &&
           contacts == point.contacts && teammates == point.teammates && topics == point.row->topics;
}

void write(Session& session, const Touchpoint& point, bool there, core::Instant now) {
    session.call(there ? sql::directory::update_touchpoint : sql::directory::add_touchpoint)
        .with("ref", point.row->ref)
        .with("account_id", point.account)
        .with("kind", std::string(core::name_of(core::kTouchpointKinds, point.row->kind)))
        .with("at", point.row->at)
        .with("minutes", point.row->minutes)
        .with("contacts", point.contacts)
        .with("teammates", point.teammates)
        .with("topics", point.row->topics)
        .with("now", now)
        .run();
}

flow::ImportReport import_in(Session& session, const std::vector<core::TouchpointRow>& rows,
                             core::Instant now, bool dry_run) {
    flow::ImportReport report;
    report.dry_run = dry_run;
    for (const core::TouchpointRow& row : rows) {
        const Result<Touchpoint> point = resolve(session, row);
        if (!point) {
            report.problems.push_back({row.line, point.error().message});
            continue;
        }
        bool there = false;
        const bool same = is_as_stored(session, *point, there);
        ++(same ? report.unchanged : there ? report.changed : report.added);
        if (!same && !dry_run) write(session, *point, there, now);
    }
    return report;
}

}  // namespace

flow::Task<Result<std::vector<flow::TeammateView>>> Directory::teammates(std::string sees) {
    using Views = std::vector<flow::TeammateView>;
    std::function<Result<Views>(Session&)> work = [sees = std::move(sees)](Session& session) {
        return Result<Views>(select_teammates(session, sees));
    };
    return database_.read<Views>(std::move(work));
}

flow::Task<Result<flow::TeammateView>> Directory::add_teammate(std::string email, std::string name,
                                                               flow::Doer doer, core::Instant now) {
    std::function<Result<flow::TeammateView>(Session&)> work = [=](Session& session) {
        return add_in(session, email, name, doer, now);
    };
    return database_.write<flow::TeammateView>(std::move(work));
}

flow::Task<Result<flow::TeammateView>> Directory::deactivate_teammate(std::string id_or_address,
                                                                      flow::Doer doer, core::Instant now) {
    std::function<Result<flow::TeammateView>(Session&)> work = [=](Session& session) {
        return deactivate_in(session, id_or_address, doer, now);
    };
    return database_.write<flow::TeammateView>(std::move(work));
}

flow::Task<Result<flow::ImportReport>> Directory::import_touchpoints(std::vector<core::TouchpointRow> rows,
                                                                     flow::Doer doer, core::Instant now,
                                                                     bool dry_run) {
    std::function<Result<flow::ImportReport>(Session&)> work =
        [rows = std::move(rows), doer = std::move(doer), now, dry_run](Session& session) {
            const flow::ImportReport report = import_in(session, rows, now, dry_run);
            write_down_import(session, {doer, "touchpoints", now}, report);
            return Result<flow::ImportReport>(report);
        };
    return database_.write<flow::ImportReport>(std::move(work));
}

}  // namespace candour::store
