/// What becomes of an imported file: whose answer each row is, when it was given, whether it is new.
#pragma once
#include <functional>
#include <map>
#include <optional>

#include "flow/clock.hpp"
#include "flow/ingest/imports.hpp"
#include "flow/ingest/past_answers.hpp"

namespace candour::flow {

/// Rows of people whom nobody here knows.
enum class UnknownPeople : std::uint8_t {
    refuse,  ///< is told about, with the row
    keep,    ///< the answer is kept without them
    create   ///< they become contacts of the account that the row or the wish names
};
inline constexpr core::NameTable<UnknownPeople, 3> kUnknownPeople{
    {{UnknownPeople::refuse, "refuse"}, {UnknownPeople::keep, "keep"}, {UnknownPeople::create, "create"}}};

struct ImportWishes {
    bool dry_run = false;
    UnknownPeople unknown = UnknownPeople::refuse;
    std::string account;  ///< of people who are created and whose row names none: its number
    Doer doer{};          ///< for the audit log
};

struct FoundPerson {
    ContactId contact;
    AccountId account;
};

/// What another system calls a contact, with the system in front: delighted:4711.
struct NamedElsewhere {
    std::string ref;
    ContactId contact;
};

class ImportedPeople {
 public:
    virtual ~ImportedPeople() = default;
    /// One answer for each, in their order. Errors of one: not_found, conflict (several accounts have them).
    virtual Task<Result<std::vector<Result<FoundPerson>>>> find(std::vector<ImportedPerson> people) = 0;
    /// From now on they are found by these names; one that stood for somebody else stands for this contact.
    virtual Task<Done> remember(std::vector<NamedElsewhere> names, core::Instant now) = 0;
};

struct FileReport {
    std::int64_t rows = 0, refused_rows = 0;
    std::int64_t fresh = 0, known = 0;  ///< observations that were new, and that were there already
    std::int64_t anonymous = 0;         ///< of the new ones
    std::int64_t created = 0;           ///< contacts
    std::int64_t people = 0;            ///< of whom another system's name is known now
    std::vector<RefusedRow> refused;
    std::vector<std::string> notes;
};

struct PieceReport {
    std::uint64_t consumed = 0;
    std::string state;
    FileReport report;
};

/// Errors: not_found when there is no such zone.
using WallClock = std::function<Result<core::Instant>(const WallTime&)>;

struct ImportNeeds {
    Importers& importers;
    Relationships& relationships;
    ImportedPeople& people;
    Observations& observations;
    KnownFacts& known;
    const Clock& clock;
    CivilDays days;
    WallClock instant_of;
};

class ImportDesk {
 public:
    explicit ImportDesk(ImportNeeds needs) : needs_(std::move(needs)) {}

    /// One piece; the next one begins behind what was consumed and carries the state. Nothing of a piece is
    /// kept when it ends in an error, and all of it when it does not.
    Task<Result<PieceReport>> piece(std::string plugin, ImportPiece piece, ImportWishes wishes);
    /// The whole file, several pieces on their way at once. What was read before an error stays: importing
    /// the file again changes nothing that is there.
    Task<Result<FileReport>> file(std::string plugin, ImportPiece file, ImportWishes wishes);

 private:
    struct Batch;
    /// What comes of a piece that the plugin has read.
    Task<Result<PieceReport>> settle(ImportedPiece read, ImportWishes wishes);
    Task<Result<ImportedPiece>> read_on(const std::string& plugin, const ImportPiece& piece, bool more);
    Task<Done> prepare(Batch& batch);
    Task<Done> put_away(std::optional<Batch>& ready, FileReport& report);
    Task<Done> find_people(Batch& batch);
    Task<Done> create_people(Batch& batch);
    Task<Done> remember_people(Batch& batch);
    Task<Done> look(Batch& batch);
    Task<Done> keep(Batch& batch);

    ImportNeeds needs_;
};

}  // namespace candour::flow
