/// Our own people as they sign in: passwords, the browsers that they signed in with, and the links by which
/// somebody comes in for the first time or again.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "core/relationship/people.hpp"
#include "flow/identity/audit.hpp"
#include "flow/identity/role.hpp"

namespace candour::flow {

struct SessionTag {
    static constexpr std::string_view prefix = "ses_";
};
using SessionId = Id<SessionTag>;

/// A session that nobody uses ends after a while, and every one in the end.
inline constexpr std::chrono::hours kSessionIdle{24 * 3};
inline constexpr std::chrono::hours kSessionLongest{24 * 30};
/// So many wrong passwords in a row, and the door stays shut for so long, or until its owner opens it.
inline constexpr int kWrongPasswords = 10;
inline constexpr std::chrono::hours kLockedFor{1};

struct User {
    core::Teammate teammate;
    Role role = Role::member;
    core::Instant deactivated_at;  ///< has left
    core::Instant disabled_at;     ///< may not sign in
    std::string password;          ///< its hash; empty: none yet
    core::Instant locked_until;
    core::Instant last_seen_at;
    std::int64_t sessions = 0;  ///< browsers that are signed in
    bool by_provider = false;   ///< an identity provider knows them
    Sees sees = Sees::all;

    /// With a password.
    bool may_sign_in() const {
        return !core::happened(deactivated_at) && !core::happened(disabled_at) && !password.empty();
    }
    /// With that, or by an identity provider.
    bool may_come_in() const {
        return !core::happened(deactivated_at) && !core::happened(disabled_at) &&
               (by_provider || !password.empty());
    }
};

struct NewSession {
    SessionId id;
    std::string digest;  ///< SHA-256 of what the cookie holds, hexadecimal
    TeammateId teammate;
    std::string way;  ///< password, link, oidc
    std::string address;
    std::string program;   ///< what the browser calls itself
    std::string replaces;  ///< digest of the session that this browser had before; or empty
};

struct Device {
    SessionId id;
    std::string way, address, program;
    core::Instant created_at, last_used_at, expires_at;
};

/// What a link opens. It is named by the id of the mail that it may have come with.
enum class EntrancePurpose : std::uint8_t {
    first,   ///< the first administrator makes themselves known
    invite,  ///< a first password
    reset,   ///< another one
    unlock   ///< it was me who typed wrongly
};
inline constexpr core::NameTable<EntrancePurpose, 4> kEntrancePurposes{{{EntrancePurpose::first, "first"},
                                                                        {EntrancePurpose::invite, "invite"},
                                                                        {EntrancePurpose::reset, "reset"},
                                                                        {EntrancePurpose::unlock, "unlock"}}};

struct Entrance {
    EntrancePurpose purpose = EntrancePurpose::invite;
    core::Teammate teammate;  ///< empty when it is the first
};

struct NewUser {
    std::string email, name;
    Role role = Role::member;
};

/// Somebody as an identity provider knows them.
struct Identified {
    std::string issuer, subject;
    std::string email;  ///< that the provider has verified; or empty
    std::string name;
    std::optional<Role> role;  ///< that their groups give them
};

/// Using a link: what is chosen with it.
struct ChosenPassword {
    std::string hash;
    std::string email{}, name{};  ///< of the first administrator
};

/// What a request needs of all this.
class Sessions {
 public:
    virtual ~Sessions() = default;
    /// Errors: not_found when there is none, it has ended or expired, or whose it was may not sign in any
    /// more.
    virtual Task<Result<Caller>> find_session(std::string digest, core::Instant now) = 0;
    virtual Task<Done> session_used(TokenId id, core::Instant now) = 0;
};

class Users : public Sessions {
 public:
    /// By id or address. Errors: not_found.
    virtual Task<Result<User>> user(std::string key) = 0;
    virtual Task<Result<std::vector<User>>> users(core::Instant now) = 0;
    /// Whether nobody who can come in may administer: then a link of purpose `first` works.
    virtual Task<Result<bool>> has_no_admin() = 0;
    /// Makes a teammate, or gives one who is there a role; whoever was shut out may come back.
    virtual Task<Result<User>> add_user(NewUser user, Doer doer, core::Instant now) = 0;
    /// Tokens of theirs that may do more than the role end. Errors: not_found; conflict: nobody would be left
    /// to administer.
    virtual Task<Result<User>> set_role(std::string key, Role role, Doer doer, core::Instant now) = 0;
    /// Password, sessions, links and tokens end; what they own stays theirs. Errors: as above.
    virtual Task<Result<User>> disable(std::string key, Doer doer, core::Instant now) = 0;
    /// Other sessions than `keep` end.
    virtual Task<Done> set_password(TeammateId teammate, std::string hash, SessionId keep, Doer doer,
                                    core::Instant now) = 0;
    /// True: that was one too many, the door is shut and they were written to.
    virtual Task<Result<bool>> wrong_password(TeammateId teammate, std::string address,
                                              core::Instant now) = 0;

    /// Who it is: known from before, else by their verified address. Somebody new is let in when a group
    /// gives them a role; a role that a group gives holds from then on. Errors: denied.
    virtual Task<Result<User>> identified(Identified who, std::string address, core::Instant now) = 0;

    virtual Task<Done> open(NewSession session, core::Instant now) = 0;
    virtual Task<Result<std::vector<Device>>> devices(TeammateId teammate, core::Instant now) = 0;
    /// Errors: not_found when this teammate has no such session.
    virtual Task<Done> end_session(TeammateId teammate, SessionId id, Doer doer, core::Instant now) = 0;
    /// Returns how many there were.
    virtual Task<Result<std::int64_t>> end_sessions(TeammateId teammate, Doer doer, core::Instant now) = 0;

    /// A link for them; with `by_mail` it goes to their address. The teammate is empty for `first`.
    virtual Task<Result<MessageId>> add_entrance(EntrancePurpose purpose, TeammateId teammate, bool by_mail,
                                                 Doer doer, core::Instant now) = 0;
    /// Errors: not_found when it was used, has expired or was replaced.
    virtual Task<Result<Entrance>> entrance(MessageId id, core::Instant now) = 0;
    /// Once. Errors: as above; conflict (`first`, and somebody was faster).
    virtual Task<Result<TeammateId>> use_entrance(MessageId id, ChosenPassword chosen, std::string address,
                                                  core::Instant now) = 0;
};

}  // namespace candour::flow
