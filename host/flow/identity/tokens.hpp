/// API tokens: shown once, kept as a digest.
#pragma once
#include <string>
#include <vector>

#include "candour/ids.hpp"
#include "candour/result.hpp"
#include "core/instant.hpp"
#include "flow/identity/scope.hpp"
#include "flow/identity/sight.hpp"
#include "flow/task.hpp"

namespace candour::flow {

/// Who calls: what the ledger names as the actor.
struct Caller {
    TokenId token;        ///< of a browser that signed in: its session's id stands here
    TeammateId teammate;  ///< empty: a program
    std::string name;
    Scopes scopes;
    core::Instant expires_at = core::kNever;    ///< never: it does not
    core::Instant last_used_at = core::kNever;  ///< to the minute
    bool signed_in = false;                     ///< a person in a browser, not a program with a token
    std::string address{};                      ///< where the call came from
    std::string proof{};                        ///< the digest by which they were found
    Sight sight{};  ///< whose customers they see; a token sees what its teammate does

    /// Teammate's id, else the token's.
    std::string actor() const { return teammate.empty() ? token.text() : teammate.text(); }
};

struct NewToken {
    TokenId id;
    std::string name;
    TeammateId teammate;
    std::string digest;  ///< SHA-256 of the secret, hexadecimal
    Scopes scopes = Scopes::all();
    core::Instant expires_at = core::kNever;
};

struct TokenView {
    Caller holder;
    std::string teammate_email;
    core::Instant created_at;
    core::Instant revoked_at;
};

struct Doer;

/// What is done to them is written into the audit log in the same transaction.
class Tokens {
 public:
    virtual ~Tokens() = default;
    virtual Task<Done> create(NewToken token, Doer doer, core::Instant now) = 0;
    /// Errors: not_found when nobody has it or it was revoked. Whether it has expired is the caller's to see.
    virtual Task<Result<Caller>> find(std::string digest) = 0;
    /// Oldest first, revoked ones too.
    virtual Task<Result<std::vector<TokenView>>> list() = 0;
    /// Errors: not_found when there is none, or it was revoked before.
    virtual Task<Done> revoke(TokenId id, Doer doer, core::Instant now) = 0;
    virtual Task<Done> used(TokenId id, core::Instant now) = 0;
};

}  // namespace candour::flow
