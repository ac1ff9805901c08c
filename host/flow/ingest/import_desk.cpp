#include "flow/ingest/import_desk.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/metrics/calendar.hpp"
#include "core/relationship/cells.hpp"

namespace candour::flow {
namespace {

using asio::experimental::awaitable_operators::operator&&;

/// People by what the file says of them: each is looked for once.
std::string person_key(const ImportedPerson& person) {
    return person.id + "\n" + person.email + "\n" + core::lower(person.account);
}

std::string person_name(const ImportedPerson& person) {
    return person.email.empty() ? "\"" + person.id + "\"" : person.email;
}

/// Accounts by number or by name, whichever a file has; the number wins.
class AccountRefs {
 public:
    explicit AccountRefs(const std::vector<core::Account>& accounts) {
        for (const core::Account& account : accounts) refs_[core::lower(account.name)] = account.ref;
        for (const core::Account& account : accounts) refs_[core::lower(account.ref)] = account.ref;
    }
    const std::string* find(const std::string& wanted) const {
        const auto found = refs_.find(core::lower(wanted));
        return found == refs_.end() ? nullptr : &found->second;
    }

 private:
    std::map<std::string, std::string> refs_;
};

Result<core::ContactRow> contact_to_create(const ImportedPerson& person, const AccountRefs& refs,
                                           const std::string& account_of_others) {
    if (person.email.empty())
        return Error{ErrorCode::invalid,
                     person_name(person) + " is unknown and has no address to be created by"};
    if (Done address = core::check_address("email", person.email); !address) return address.error();
    const std::string& wanted = person.account.empty() ? account_of_others : person.account;
    const std::string* ref = refs.find(wanted);
    if (ref == nullptr)
        return Error{ErrorCode::invalid, person.email + " is unknown, and there is no account \"" + wanted +
                                             "\" to create them in; import accounts first, or say which "
                                             "account those belong to whose row names none"};
    core::ContactRow row;
    row.account_ref = *ref;
    row.contact.email = person.email;
    row.contact.name = person.name.empty() ? person.email : person.name;
    row.contact.language = person.language;
    return row;
}

void add_piece(FileReport& all, FileReport piece) {
    all.rows += piece.rows;
    all.fresh += piece.fresh;
    all.known += piece.known;
    all.anonymous += piece.anonymous;
    all.created += piece.created;
    all.people += piece.people;
    all.refused_rows += piece.refused_rows;
    for (RefusedRow& row : piece.refused)
        if (all.refused.size() < kNamedRefusals) all.refused.push_back(std::move(row));
    for (std::string& note : piece.notes)
        if (std::ranges::find(all.notes, note) == all.notes.end()) all.notes.push_back(std::move(note));
}

Error after_imported_rows(const FileReport& report, const Error& error) {
    return Error{error.code, error.message + " (" + std::to_string(report.rows) +
                                 " rows before it were read in and stay)"};
}

/// The piece that begins at the offset.
void cut_piece(ImportPiece& piece, const std::string& file) {
    piece.bytes = file.substr(piece.offset, kImportPiece);
    piece.last = piece.offset + piece.bytes.size() == file.size();
}

Done check_progress(const std::string& plugin, const ImportPiece& piece, std::uint64_t consumed) {
    const std::size_t given = piece.bytes.size();
    if (piece.last ? consumed == given : consumed > 0 && consumed <= given) return done();
    return Error{ErrorCode::internal, plugin + " consumed " + std::to_string(consumed) + " of " +
                                          std::to_string(given) + " bytes of a piece: expected " +
                                          (piece.last ? "all, it was the last" : "some")};
}

}  // namespace

/// A piece on its way: its facts, and who is meant.
struct ImportDesk::Batch {
    /// Without a contact, and no reason to refuse the row.
    enum class Absence : std::uint8_t { none, wished, until_created };
    struct Who {
        ImportedPerson person;
        Result<FoundPerson> found;
        Absence absence = Absence::none;
        core::Instant since;  ///< the first of their answers
    };
    struct Row {
        ImportedFact said;
        Who* who = nullptr;  ///< null: the row names nobody

        bool stays_anonymous() const { return who == nullptr || who->absence == Absence::wished; }
    };

    ImportWishes wishes;
    std::vector<Row> rows;
    std::unordered_map<std::string, Who> people;  ///< does not move them
    FileReport report;

    Batch(ImportedPiece read, ImportWishes asked) : wishes(std::move(asked)) {
        rows.reserve(read.facts.size());
        for (ImportedFact& fact : read.facts) rows.push_back({std::move(fact)});
        report.rows = read.rows;
        report.refused = std::move(read.refused);
        report.notes = std::move(read.notes);
    }

    void refuse(const Row& row, std::string why) { report.refused.push_back({row.said.row, std::move(why)}); }

    /// The instants of walls; what is still to come was never said.
    void set_times(const WallClock& instant_of, core::Instant now) {
        std::erase_if(rows, [&](Row& row) {
            core::Observation& fact = row.said.fact;
            if (row.said.wall) {
                const Result<core::Instant> at = instant_of(*row.said.wall);
                if (!at) refuse(row, "date: " + at.error().message);
                if (!at) return true;
                fact.occurred_at = *at;
            }
            if (fact.occurred_at <= now) return false;
            refuse(row, "date: expected an instant up to now, found one that is still to come");
            return true;
        });
    }

    void gather_people() {
        for (Row& row : rows) {
            if (!row.said.person.named()) continue;
            const core::Instant at = row.said.fact.occurred_at;
            const auto [place, fresh] = people.try_emplace(person_key(row.said.person));
            row.who = &place->second;
            if (fresh) *row.who = {row.said.person, FoundPerson(), Absence::none, at};
            row.who->since = std::min(row.who->since, at);
        }
    }

    /// History: it asks for nothing and is answered by nobody.
    void name_people() {
        std::erase_if(rows, [this](Row& row) {
            core::Observation& fact = row.said.fact;
            fact.raise = fact.acknowledge = false;
            fact.answer_class =
                fact.verbatim.empty() ? core::AnswerClass::unverified : core::AnswerClass::human;
            if (row.who == nullptr || row.who->absence != Absence::none) return false;
            if (!row.who->found) refuse(row, row.who->found.error().message);
            if (!row.who->found) return true;
            fact.contact = row.who->found->contact;
            fact.account = row.who->found->account;
            return false;
        });
    }

    void count(const Row& row, bool repeated) {
        ++(repeated ? report.known : report.fresh);
        if (!repeated && row.stays_anonymous()) ++report.anonymous;
    }
    FileReport finish() {
        std::ranges::stable_sort(report.refused, {}, &RefusedRow::row);
        report.refused_rows = static_cast<std::int64_t>(report.refused.size());
        return std::move(report);
    }
};

Task<Result<PieceReport>> ImportDesk::piece(std::string plugin, ImportPiece piece, ImportWishes wishes) {
    auto reading = needs_.importers.import_piece(std::move(plugin), std::move(piece));
    Result<ImportedPiece> read = co_await std::move(reading);
    if (!read) co_return read.error();
    auto settling = settle(std::move(*read), std::move(wishes));
    Result<PieceReport> report = co_await std::move(settling);
    co_return report;
}

Task<Result<PieceReport>> ImportDesk::settle(ImportedPiece read, ImportWishes wishes) {
    const std::uint64_t consumed = read.consumed;
    std::string state = std::move(read.state);
    Batch batch(std::move(read), std::move(wishes));
    auto preparing = prepare(batch);
    const Done prepared = co_await std::move(preparing);
    if (!prepared) co_return prepared.error();
    auto working = batch.wishes.dry_run ? look(batch) : keep(batch);
    const Done worked = co_await std::move(working);
    if (!worked) co_return worked.error();
    co_return PieceReport{consumed, std::move(state), batch.finish()};
}

/// When each row was said, and by whom.
Task<Done> ImportDesk::prepare(Batch& batch) {
    batch.set_times(needs_.instant_of, needs_.clock.now());
    batch.gather_people();
    auto finding = find_people(batch);
    Done found = co_await std::move(finding);
    if (!found) co_return found;
    batch.name_people();
    auto remembering = remember_people(batch);
    Done remembered = co_await std::move(remembering);
    co_return remembered;
}

Task<Done> ImportDesk::find_people(Batch& batch) {
    std::vector<ImportedPerson> people;
    for (const auto& [key, who] : batch.people) people.push_back(who.person);
    if (people.empty()) co_return done();
    auto finding = needs_.people.find(std::move(people));
    Result<std::vector<Result<FoundPerson>>> found = co_await std::move(finding);
    if (!found) co_return found.error();
    auto next = found->begin();
    bool somebody_unknown = false;
    for (auto& [key, who] : batch.people) {
        who.found = std::move(*next++);
        const bool unknown = !who.found && who.found.error().code == ErrorCode::not_found;
        if (!unknown) continue;
        somebody_unknown = true;
        if (batch.wishes.unknown == UnknownPeople::keep) who.absence = Batch::Absence::wished;
        if (batch.wishes.unknown == UnknownPeople::refuse)
            who.found =
                Error{ErrorCode::not_found, who.found.error().message +
                                                "; import contacts first, or choose that unknown "
                                                "people are created or their answers kept without them"};
    }
    if (!somebody_unknown || batch.wishes.unknown != UnknownPeople::create) co_return done();
    auto creating = create_people(batch);
    Done created = co_await std::move(creating);
    co_return created;
}

/// Known since the first answer that this piece has of them, so that figures of that day count them.
Task<Done> ImportDesk::create_people(Batch& batch) {
    auto reading = needs_.relationships.accounts();
    const Result<std::vector<core::Account>> accounts = co_await std::move(reading);
    if (!accounts) co_return accounts.error();
    const AccountRefs refs(*accounts);
    std::vector<core::ContactRow> rows;
    std::vector<Batch::Who*> created;
    for (auto& [key, who] : batch.people) {
        if (who.found || who.found.error().code != ErrorCode::not_found) continue;
        Result<core::ContactRow> row = contact_to_create(who.person, refs, batch.wishes.account);
        if (!row) {
            who.found = row.error();
            continue;
        }
        if (const auto day = needs_.days.day_of(who.since); core::happened(who.since) && day)
            row->known_since = core::date_text(std::chrono::sys_days(*day).time_since_epoch().count());
        row->line = static_cast<int>(created.size());
        if (batch.wishes.dry_run) who.absence = Batch::Absence::until_created;
        created.push_back(&who);
        rows.push_back(std::move(*row));
    }
    if (rows.empty()) co_return done();
    auto importing = needs_.relationships.import_contacts(std::move(rows), batch.wishes.doer,
                                                          needs_.clock.now(), batch.wishes.dry_run);
    const Result<ImportReport> imported = co_await std::move(importing);
    if (!imported) co_return imported.error();
    batch.report.created += imported->added;
    if (batch.wishes.dry_run) co_return done();
    std::vector<ImportedPerson> people;
    for (const Batch::Who* who : created) people.push_back(who->person);
    auto finding = needs_.people.find(std::move(people));
    Result<std::vector<Result<FoundPerson>>> found = co_await std::move(finding);
    if (!found) co_return found.error();
    for (std::size_t i = 0; i < created.size(); ++i) created[i]->found = std::move((*found)[i]);
    co_return done();
}

/// Rows that say nothing but who somebody is.
Task<Done> ImportDesk::remember_people(Batch& batch) {
    std::vector<NamedElsewhere> names;
    std::erase_if(batch.rows, [&](const Batch::Row& row) {
        if (!row.said.fact.key.empty()) return false;
        names.push_back({row.said.person.id, row.said.fact.contact});
        return true;
    });
    batch.report.people = static_cast<std::int64_t>(names.size());
    if (names.empty() || batch.wishes.dry_run) co_return done();
    std::erase_if(names, [](const NamedElsewhere& one) { return one.contact.empty(); });
    auto remembering = needs_.people.remember(std::move(names), needs_.clock.now());
    Done remembered = co_await std::move(remembering);
    co_return remembered;
}

Task<Done> ImportDesk::look(Batch& batch) {
    if (batch.rows.empty()) co_return done();
    std::vector<std::string> keys;
    for (const Batch::Row& row : batch.rows) keys.push_back(row.said.fact.key);
    auto asking = needs_.known.known(batch.rows.front().said.fact.source, std::move(keys));
    Result<std::set<std::string>> known = co_await std::move(asking);
    if (!known) co_return known.error();
    for (const Batch::Row& row : batch.rows) batch.count(row, !known->insert(row.said.fact.key).second);
    co_return done();
}

Task<Done> ImportDesk::keep(Batch& batch) {
    if (batch.rows.empty()) co_return done();
    std::vector<core::Observation> facts;
    facts.reserve(batch.rows.size());
    for (Batch::Row& row : batch.rows) facts.push_back(std::move(row.said.fact));
    auto accepting = needs_.observations.accept(std::move(facts));
    const Result<std::vector<Accepted>> accepted = co_await std::move(accepting);
    if (!accepted) co_return accepted.error();
    for (std::size_t i = 0; i < accepted->size(); ++i) batch.count(batch.rows[i], (*accepted)[i].repeated);
    co_return done();
}

/// Nothing once there is no more.
Task<Result<ImportedPiece>> ImportDesk::read_on(const std::string& plugin, const ImportPiece& piece,
                                                bool more) {
    if (!more) co_return ImportedPiece{};
    auto reading = needs_.importers.import_piece(plugin, piece);
    Result<ImportedPiece> read = co_await std::move(reading);
    co_return read;
}

/// Adds the piece to the report, if there is one.
Task<Done> ImportDesk::put_away(std::optional<Batch>& ready, FileReport& report) {
    if (!ready) co_return done();
    auto working = ready->wishes.dry_run ? look(*ready) : keep(*ready);
    Done worked = co_await std::move(working);
    if (worked) add_piece(report, ready->finish());
    ready.reset();
    co_return worked;
}

/// Three pieces are on their way at once: while one is written, people are looked up for the next, and the
/// one behind it is read.
Task<Result<FileReport>> ImportDesk::file(std::string plugin, ImportPiece whole, ImportWishes wishes) {
    FileReport report;
    std::optional<Batch> ready;
    Done well = done();
    const std::string bytes = std::exchange(whole.bytes, {});
    cut_piece(whole, bytes);
    auto reading = read_on(plugin, whole, true);
    Result<ImportedPiece> read = co_await std::move(reading);
    for (bool more = true; more;) {
        well = read ? check_progress(plugin, whole, read->consumed) : Done(read.error());
        if (!well) break;
        more = !whole.last;
        whole.offset += read->consumed;
        whole.state = read->state;
        cut_piece(whole, bytes);
        Batch batch(std::move(*read), wishes);
        auto all = read_on(plugin, whole, more) && prepare(batch) && put_away(ready, report);
        Done kept;
        std::tie(read, well, kept) = co_await std::move(all);
        if (!kept) co_return after_imported_rows(report, kept.error());
        if (!well) break;
        ready = std::move(batch);
    }
    auto keeping = put_away(ready, report);
    const Done kept = co_await std::move(keeping);
    if (!kept) co_return after_imported_rows(report, kept.error());
    if (!well) co_return after_imported_rows(report, well.error());
    co_return report;
}

}  // namespace candour::flow
