/// Whose customers somebody of us sees: everybody's, or those that are theirs.
///
/// Theirs are the accounts that they own or stand behind as sponsor, and those that an administrator named
/// for them; beside these an item that they answer for, wherever it is, and nothing else of that account.
/// What belongs to no account is seen by whoever sees everything. Which accounts these are is said once, by
/// the view `sights` of the database, and every query that reads of customers asks it: `:sees` is empty for
/// everything.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "core/names.hpp"
#include "flow/task.hpp"

namespace candour::flow {

enum class Sees : std::uint8_t { all, own };
inline constexpr core::NameTable<Sees, 2> kSees{{{Sees::all, "all"}, {Sees::own, "own"}}};

struct Sight {
    TeammateId only_of;  ///< empty: everything
    bool limited() const { return !only_of.empty(); }
    /// What queries call `:sees`.
    std::string text() const { return only_of.text(); }
    friend bool operator==(const Sight&, const Sight&) = default;
};

/// What somebody can ask for by name.
enum class Thing : std::uint8_t { account, contact, item, commitment, theme };
inline constexpr core::NameTable<Thing, 5> kThings{{{Thing::account, "account"},
                                                    {Thing::contact, "contact"},
                                                    {Thing::item, "item"},
                                                    {Thing::commitment, "commitment"},
                                                    {Thing::theme, "theme"}}};

struct Doer;

/// An account of somebody whose sight is limited, and why it is one.
struct SeenAccount {
    std::string id, ref, name;
    bool owned = false, sponsored = false, named = false;
};

struct SightView {
    std::string teammate, email, name;
    Sees sees = Sees::all;
    std::vector<SeenAccount> accounts;  ///< that would be theirs, also while they see everything
};

class Sights {
 public:
    virtual ~Sights() = default;
    /// The id of what somebody calls so, if it lies within their sight. Errors: not_found, in the words that
    /// are said of what does not exist.
    virtual Task<Result<std::string>> within(Sight sight, Thing thing, std::string key) = 0;
    virtual Task<Result<std::set<std::string>>> accounts(Sight sight) = 0;

    /// By id or address. Errors: not_found.
    virtual Task<Result<SightView>> sight_of(std::string teammate) = 0;
    /// Errors: not_found; conflict: managers and administrators answer for the whole house.
    virtual Task<Result<SightView>> limit(std::string teammate, Sees sees, Doer doer, core::Instant now) = 0;
    /// Puts an account (by id or number) on their list, or takes it off. Errors: not_found.
    virtual Task<Result<SightView>> name_account(std::string teammate, std::string account, bool named,
                                                 Doer doer, core::Instant now) = 0;
};

}  // namespace candour::flow
