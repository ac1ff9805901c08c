/// Whom we know: organisations and people by pages, our own people, and what becomes of a person's row.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/relationship/people.hpp"
#include "core/relationship/touchpoint.hpp"
#include "flow/identity/audit.hpp"
#include "flow/relationship/relationships.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// Where a page ended.
struct NamePlace {
    std::string name;
    std::string id;
};

struct NameQuery {
    std::string words;    ///< the beginning of a name; of an account's number, or of a contact's address
    std::string account;  ///< contacts only
    NamePlace after;
    int limit = 500;
    std::string sees{};  ///< flow::Sight: only what lies within it
};

template <class Row>
struct NamePage {
    std::vector<Row> rows;
    bool more = false;
};

struct PersonView {
    core::Contact contact;
    std::vector<core::ContactRole> roles;
    std::string account_name;
    ContactId merged_into;  ///< who stands for them; empty: they themselves
    core::Instant erased_at;
    std::vector<std::string> tags{};  ///< words of the organisation's own
};

/// What is left out stays as it is.
struct PersonChange {
    std::optional<std::vector<core::ContactRole>> roles;
    std::optional<std::vector<std::string>> tags;  ///< as core::clean_tags leaves them
    std::optional<core::Level> level;
    std::optional<std::string> language;
    std::optional<std::string> zone;
    std::optional<bool> active;
};

/// How many rows an erasure took, or would take.
struct Erasure {
    std::int64_t items = 0;
    std::int64_t contents = 0;
    std::int64_t answers = 0;
    std::int64_t messages = 0;
    std::int64_t requests = 0;
    std::int64_t mails = 0;
    bool dry_run = false;
};

struct TeammateView {
    core::Teammate teammate;
    core::Instant deactivated_at;
    std::int64_t open_items = 0;
    std::string unreachable;  ///< why no mail goes to them any more; empty: it does
};

/// What is done to people is written into the audit log in the same transaction: who they are by id, and of
/// an erased one nothing that was erased.
class Directory {
 public:
    virtual ~Directory() = default;
    virtual Task<Result<NamePage<core::Account>>> accounts_by_name(NameQuery query) = 0;
    /// Without those who were merged or erased.
    virtual Task<Result<NamePage<PersonView>>> contacts_by_name(NameQuery query) = 0;
    /// By id, or by an address that only one contact has. Errors: not_found, conflict.
    virtual Task<Result<PersonView>> person(std::string key) = 0;
    /// Errors: those of `person`; conflict when they were merged or erased.
    virtual Task<Result<PersonView>> change(std::string key, PersonChange change, Doer doer,
                                            core::Instant now) = 0;
    /// `from` is the same person as `into`, at the same account: their answers count once, and the later word
    /// about them holds. Returns `into`. Errors: not_found, conflict (another account, merged or erased
    /// already).
    virtual Task<Result<PersonView>> merge(std::string from, std::string into, Doer doer,
                                           core::Instant now) = 0;
    /// They were two after all: both as they were, and each with their own answers. Returns `from`.
    virtual Task<Result<PersonView>> split(std::string from, Doer doer, core::Instant now) = 0;
    /// Everything that tells who they were and what they said. The ledger's chain stands. Cannot be taken
    /// back.
    virtual Task<Result<Erasure>> erase(std::string key, Doer doer, core::Instant now, bool dry_run) = 0;

    /// `sees` (flow::Sight): open items are counted as far as that reaches.
    virtual Task<Result<std::vector<TeammateView>>> teammates(std::string sees = {}) = 0;
    /// Makes or renames; somebody who was deactivated is back.
    virtual Task<Result<TeammateView>> add_teammate(std::string email, std::string name, Doer doer,
                                                    core::Instant now) = 0;
    /// Their tokens end. Errors: not_found; conflict while they own open items.
    virtual Task<Result<TeammateView>> deactivate_teammate(std::string id_or_address, Doer doer,
                                                           core::Instant now) = 0;

    virtual Task<Result<ImportReport>> import_touchpoints(std::vector<core::TouchpointRow> rows, Doer doer,
                                                          core::Instant now, bool dry_run) = 0;
};

}  // namespace candour::flow
