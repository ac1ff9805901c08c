#include "edge/store/relationships.hpp"

#include "candour_queries.hpp"
#include "edge/store/audit.hpp"
#include "edge/store/contact_import.hpp"
#include "edge/store/people_rows.hpp"
#include "zone/civil.hpp"

namespace candour::store {
namespace {

/// A dry run does everything and then takes it back: the report cannot differ from the real thing. `import`
/// takes one row after the other.
template <class Row, class Import>
Result<flow::ImportReport> import_rows(Session& session, const std::vector<Row>& rows, bool dry_run,
                                       Import import) {
    flow::ImportReport report;
    report.dry_run = dry_run;
    if (dry_run) session.execute("SAVEPOINT dry_run");
    enter_history(session);
    for (const Row& row : rows) {
        const Result<Change> change = import(row);
        if (!change) {
            report.problems.push_back({row.line, change.error().message});
            continue;
        }
        switch (*change) {
            case Change::added:
                ++report.added;
                break;
            case Change::changed:
                ++report.changed;
                break;
            case Change::unchanged:
                ++report.unchanged;
                break;
        }
    }
    if (dry_run) session.execute("ROLLBACK TO SAVEPOINT dry_run");
    if (dry_run) session.execute("RELEASE SAVEPOINT dry_run");
    return report;
}

}  // namespace

flow::Task<Result<flow::ImportReport>> Relationships::import_accounts(std::vector<core::AccountRow> rows,
                                                                      flow::Doer doer, core::Instant now,
                                                                      bool dry_run) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<flow::ImportReport>(
        [rows = std::move(rows), doer = std::move(doer), when, dry_run](Session& session) {
            const auto next = [&session, when](const core::AccountRow& row) {
                return import_account(session, row, when);
            };
            Result<flow::ImportReport> report = import_rows(session, rows, dry_run, next);
            if (report) write_down_import(session, {doer, "accounts", when.at}, *report);
            return report;
        });
}

flow::Task<Result<flow::ImportReport>> Relationships::import_contacts(std::vector<core::ContactRow> rows,
                                                                      flow::Doer doer, core::Instant now,
                                                                      bool dry_run) {
    const ChangeTime when{zone::civil_day(now, zone_), now};
    return database_.write<flow::ImportReport>(
        [rows = std::move(rows), doer = std::move(doer), when, dry_run](Session& session) {
            ContactImport import(session, rows, when);
            const auto next = [&import](const core::ContactRow&) { return import.next(); };
            Result<flow::ImportReport> report = import_rows(session, rows, dry_run, next);
            if (report) write_down_import(session, {doer, "contacts", when.at}, *report);
            return report;
        });
}

flow::Task<Result<std::vector<core::Account>>> Relationships::accounts() {
    return database_.read<std::vector<core::Account>>([](Session& session) {
        std::vector<core::Account> all;
        AccountColumns columns;
        Call call = session.call(sql::relationship::accounts);
        columns.read_from(call);
        while (call.next()) all.push_back(columns.account());
        return Result<std::vector<core::Account>>(std::move(all));
    });
}

flow::Task<Result<std::vector<core::Contact>>> Relationships::contacts() {
    return database_.read<std::vector<core::Contact>>([](Session& session) {
        std::vector<core::Contact> all;
        ContactColumns columns;
        Call call = session.call(sql::relationship::contacts);
        columns.read_from(call);
        while (call.next()) all.push_back(columns.contact());
        return Result<std::vector<core::Contact>>(std::move(all));
    });
}

flow::Task<Result<core::Contact>> Relationships::contact(std::string id_or_address) {
    return database_.read<core::Contact>(
        [key = std::move(id_or_address)](Session& session) -> Result<core::Contact> {
            ContactColumns columns;
            Call call = session.call(sql::relationship::contact_by_id_or_address);
            call.with("key", key);
            columns.read_from(call);
            if (!call.next()) return Error{ErrorCode::not_found, "there is no contact \"" + key + "\""};
            const core::Contact contact = columns.contact();
            if (call.next())
                return Error{ErrorCode::conflict, "several accounts have a contact with the address \"" +
                                                      key + "\"; use the contact's id"};
            return contact;
        });
}

flow::Task<Result<core::Teammate>> Relationships::teammate(std::string email, std::string name,
                                                           core::Instant now) {
    return database_.write<core::Teammate>([=](Session& session) {
        return Result<core::Teammate>(find_or_add_teammate(session, email, name, now));
    });
}

}  // namespace candour::store
