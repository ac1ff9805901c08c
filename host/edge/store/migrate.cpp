#include "edge/store/migrate.hpp"

#include "candour_queries.hpp"
#include "crypto/digest.hpp"
#include "edge/store/failure.hpp"
#include "edge/store/session.hpp"
#include "postgresql_migrations.hpp"
#include "sqlite_migrations.hpp"

namespace candour::store {
namespace {

struct Migration {
    int number;
    const char* name;
    std::string_view sqlite;
    std::string_view postgresql;
};

const Migration kMigrations[] = {
    {1, "spine", schemas::sqlite::_0001_spine_sql, schemas::postgresql::_0001_spine_sql},
    {2, "inbound_mail", schemas::sqlite::_0002_inbound_mail_sql, schemas::postgresql::_0002_inbound_mail_sql},
    {3, "measuring", schemas::sqlite::_0003_measuring_sql, schemas::postgresql::_0003_measuring_sql},
    {4, "campaigns", schemas::sqlite::_0004_campaigns_sql, schemas::postgresql::_0004_campaigns_sql},
    {5, "loop", schemas::sqlite::_0005_loop_sql, schemas::postgresql::_0005_loop_sql},
    {6, "access", schemas::sqlite::_0006_access_sql, schemas::postgresql::_0006_access_sql},
    {7, "tallies", schemas::sqlite::_0007_tallies_sql, schemas::postgresql::_0007_tallies_sql},
    {8, "team_messages", schemas::sqlite::_0008_team_messages_sql,
     schemas::postgresql::_0008_team_messages_sql},
    {9, "same_since", schemas::sqlite::_0009_same_since_sql, schemas::postgresql::_0009_same_since_sql},
    {10, "dead_letters", schemas::sqlite::_0010_dead_letters_sql,
     schemas::postgresql::_0010_dead_letters_sql},
    {11, "services", schemas::sqlite::_0011_services_sql, schemas::postgresql::_0011_services_sql},
    {12, "packages", schemas::sqlite::_0012_packages_sql, schemas::postgresql::_0012_packages_sql},
    {13, "sweeps", schemas::sqlite::_0013_sweeps_sql, schemas::postgresql::_0013_sweeps_sql},
    {14, "sign_in", schemas::sqlite::_0014_sign_in_sql, schemas::postgresql::_0014_sign_in_sql},
    {15, "waves", schemas::sqlite::_0015_waves_sql, schemas::postgresql::_0015_waves_sql},
    {16, "wishes", schemas::sqlite::_0016_wishes_sql, schemas::postgresql::_0016_wishes_sql},
    {17, "imports", schemas::sqlite::_0017_imports_sql, schemas::postgresql::_0017_imports_sql},
    {18, "webhooks", schemas::sqlite::_0018_webhooks_sql, schemas::postgresql::_0018_webhooks_sql},
    {19, "settings", schemas::sqlite::_0019_settings_sql, schemas::postgresql::_0019_settings_sql},
    {20, "boards", schemas::sqlite::_0020_boards_sql, schemas::postgresql::_0020_boards_sql},
    {21, "wanted_events", schemas::sqlite::_0021_wanted_events_sql,
     schemas::postgresql::_0021_wanted_events_sql},
    {22, "sights", schemas::sqlite::_0022_sights_sql, schemas::postgresql::_0022_sights_sql},
    {23, "progress", schemas::sqlite::_0023_progress_sql, schemas::postgresql::_0023_progress_sql},
    {24, "shared_letters", schemas::sqlite::_0024_shared_letters_sql,
     schemas::postgresql::_0024_shared_letters_sql},
    {25, "desk", schemas::sqlite::_0025_desk_sql, schemas::postgresql::_0025_desk_sql},
};

std::string_view text_of(const Migration& migration, Dialect dialect) {
    return dialect == Dialect::sqlite ? migration.sqlite : migration.postgresql;
}

/// Statements end with `;` at the end of a line; a `$$ … $$` body and `BEGIN … END;` of a trigger stay whole.
std::vector<std::string> statements_of(std::string_view script) {
    std::vector<std::string> statements;
    std::string current;
    bool in_body = false;
    while (!script.empty()) {
        const std::size_t end = std::min(script.find('\n'), script.size());
        std::string line(script.substr(0, end));
        script.remove_prefix(std::min(end + 1, script.size()));
        if (const std::size_t comment = line.find("--"); comment != std::string::npos) line.resize(comment);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
        if (line.empty()) continue;
        for (std::size_t at = line.find("$$"); at != std::string::npos; at = line.find("$$", at + 2))
            in_body = !in_body;
        current += line + "\n";
        const bool opens_trigger =
            current.find("CREATE TRIGGER") == 0 && current.find("EXECUTE FUNCTION") == std::string::npos;
        const bool ends = !in_body && (opens_trigger ? line.ends_with("END;") : line.ends_with(";"));
        if (!ends) continue;
        statements.push_back(current);
        current.clear();
    }
    return statements;
}

struct Applied {
    int number;
    std::string checksum;
};

std::vector<Applied> applied_in(Session& session) {
    std::vector<Applied> all;
    std::string name, checksum;
    long long number = 0;
    Call call = session.call(sql::migration::applied);
    call.into(number).into(name).into(checksum);
    while (call.next()) all.push_back({static_cast<int>(number), checksum});
    return all;
}

Done check_applied(const std::vector<Applied>& applied, Dialect dialect) {
    for (const Applied& row : applied) {
        const auto known = std::find_if(std::begin(kMigrations), std::end(kMigrations),
                                        [&](const Migration& m) { return m.number == row.number; });
        if (known == std::end(kMigrations))
            return Error{ErrorCode::conflict, "the database has migration " + std::to_string(row.number) +
                                                  ", which this program does not know (its last one is " +
                                                  std::to_string(std::size(kMigrations)) +
                                                  "); use the newer program"};
        if (crypto::to_hex(crypto::sha256(text_of(*known, dialect))) != row.checksum)
            return Error{ErrorCode::conflict,
                         "migration " + std::to_string(row.number) +
                             " was changed after it was applied to this database; restore the file"};
    }
    return done();
}

void apply(Session& session, const Migration& migration, core::Instant now) {
    const std::string_view text = text_of(migration, session.dialect());
    for (const std::string& statement : statements_of(text)) session.execute(statement);
    session.call(sql::migration::record)
        .with("number", migration.number)
        .with("name", std::string(migration.name))
        .with("checksum", crypto::to_hex(crypto::sha256(text)))
        .with("now", now)
        .run();
}

Result<Migrated> migrate_in(Session& session, core::Instant now) {
    {
        std::string ignored;
        Call lock = session.call(sql::migration::one_at_a_time);
        lock.into(ignored);
        lock.next();
    }
    session.call(sql::migration::make_record)
        .run();  // under the lock: CREATE … IF NOT EXISTS is no match for a race
    const std::vector<Applied> before = applied_in(session);
    if (Done sound = check_applied(before, session.dialect()); !sound) return sound.error();
    Migrated migrated;
    for (const Migration& migration : kMigrations) {
        migrated.number = migration.number;
        const bool there =
            std::ranges::any_of(before, [&](const Applied& row) { return row.number == migration.number; });
        if (there) continue;
        apply(session, migration, now);
        migrated.applied.push_back(std::to_string(migration.number) + " " + migration.name);
    }
    return migrated;
}

Done check_all(Session& session) {
    const std::vector<Applied> applied = applied_in(session);
    if (Done sound = check_applied(applied, session.dialect()); !sound) return sound;
    if (applied.size() == std::size(kMigrations)) return done();
    return Error{ErrorCode::invalid, "the database stands at migration " + std::to_string(applied.size()) +
                                         " of " + std::to_string(std::size(kMigrations)) +
                                         "; run `candour migrate`"};
}

}  // namespace

Result<Migrated> migrate(const Target& target, core::Instant now) {
    try {
        Session session(target);
        session.execute(target.dialect == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN");
        Result<Migrated> migrated = migrate_in(session, now);
        session.execute(migrated ? "COMMIT" : "ROLLBACK");
        return migrated;
    } catch (const std::exception& failure) {
        return error_of(failure);
    }
}

Done check_schema(const Target& target) {
    try {
        Session session(target);
        session.call(sql::migration::make_record).run();
        return check_all(session);
    } catch (const std::exception& failure) {
        return error_of(failure);
    }
}

flow::Task<Done> schema_still_fits(Database& database) {
    return database.read<Nothing>([](Session& session) { return check_all(session); });
}

}  // namespace candour::store
